/** `millrace job …`: folders and jobs of a server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../client/api-client.ts';
import { itemAddress } from '../client/api-client.ts';
import { applyJobs } from '../client/apply-jobs.ts';
import { Call, COMMON_HELP, print, printJson, STATUS_HELP } from '../client/call.ts';
import { done } from '../client/done.ts';
import { jobSource, kindOf, SOURCE_OPTIONS } from '../client/job-file.ts';
import { listed } from '../client/listed.ts';
import type { Item, ItemSummary, JobCaches, Scans } from '../client/shapes.ts';
import { plain, table } from '../client/table.ts';
import { moment } from '../client/times.ts';
import { CommandError } from '../errors.ts';

const HELP = `Usage: millrace job list [FOLDER] [-r]
       millrace job get JOB [--config]
       millrace job create JOB FILE [--description TEXT]
       millrace job create JOB --git URL [--branch NAME] [--path FILE] [--credentials ID]
       millrace job create JOB --kind multibranch --git URL [--path FILE] [--credentials ID]
       millrace job create FOLDER --folder
       millrace job configure JOB FILE | --git URL …
       millrace job apply -f FILE|FOLDER [-f …] [--dry-run]
       millrace job copy|move JOB NEW
       millrace job enable|disable JOB
       millrace job scan JOB [--wait] [--log]
       millrace job caches JOB [--delete] [--key KEY]
       millrace job delete JOB [--recursive] [--abort]

JOB is the full name: folder/job. FILE is a Jenkinsfile, or a configuration as the API takes it, in .json or .yaml (one with
steps makes a freestyle job, with sources a multibranch job, with source an organization folder); - reads standard input. configure replaces the configuration; with a Jenkinsfile or --git only
where the pipeline comes from. apply makes and configures many jobs from YAML or JSON; what is as it should be stays as it is.

Options:
  -r, --recursive           list: also what is below; delete: also a folder that is not empty
      --config              get: the configuration alone, as create and configure take it
      --folder              create: a folder
      --description TEXT    create: what it is for
      --git URL, --branch NAME, --path FILE, --credentials ID
                            the Jenkinsfile comes from a repository (branch main, path Jenkinsfile)
      --kind KIND           create: pipeline, or multibranch: a job for each branch of the repository
      --wait                scan: until it has ended; fails with it
      --log                 scan: prints the log of the last scan, with --wait of the new one
  -f, --file FILE           apply: a file, or a folder of .yaml, .yml and .json files
      --dry-run             apply: only tells what would be done
      --delete              caches: removes them, or with --key those of one key
      --abort               delete: also while builds run, which are aborted
${COMMON_HELP}
${STATUS_HELP}`;

const ACTIONS: { readonly [name: string]: (call: Call, client: ApiClient) => Promise<number> } = {
  list,
  get,
  create,
  configure,
  apply: applyJobs,
  copy,
  move,
  enable: (call, client) => disable(call, client, false),
  disable: (call, client) => disable(call, client, true),
  scan,
  caches,
  delete: remove,
};

export async function job(args: readonly string[]): Promise<number> {
  const flag = { type: 'boolean' } as const;
  const call = new Call('job', args, {
    recursive: { type: 'boolean', short: 'r' },
    config: flag,
    folder: flag,
    abort: flag,
    delete: flag,
    wait: flag,
    log: flag,
    kind: { type: 'string' },
    file: { type: 'string', short: 'f', multiple: true },
    'dry-run': flag,
    key: { type: 'string' },
    description: { type: 'string' },
    ...SOURCE_OPTIONS,
  });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const [name = ''] = call.words;
  if (!Object.hasOwn(ACTIONS, name)) throw call.wrong(name === '' ? 'it takes list, get, create, …' : `there is no ${name}`);
  return (ACTIONS[name] as (typeof ACTIONS)[string])(call, call.client());
}

const HOLDERS: ReadonlySet<string> = new Set(['folder', 'multibranch', 'organization']);

async function list(call: Call, client: ApiClient): Promise<number> {
  const [, folder] = call.take('list', 'FOLDER?');
  const items = await below(client, folder, call.flag('recursive'));
  const rows = items.map((i) => [
    HOLDERS.has(i.kind) ? `${i.path}/` : i.path,
    i.kind,
    i.disabled ? 'disabled' : i.running > 0 ? `${i.running} running` : i.queued > 0 ? `${i.queued} waiting` : '',
    i.lastBuild?.number == null ? '' : `#${i.lastBuild.number} ${i.lastBuild.result ?? i.lastBuild.state}`,
    moment(i.lastBuild?.startedAt ?? null),
    i.description,
  ]);
  return listed(call, items, ['JOB', 'KIND', 'STATE', 'LAST BUILD', 'STARTED', 'DESCRIPTION'], rows);
}

async function below(client: ApiClient, folder: string | undefined, recursive: boolean): Promise<ItemSummary[]> {
  const items = await client.all<ItemSummary>(folder === undefined ? '/items' : itemAddress(folder, '/items'));
  if (!recursive) return items;
  const out: ItemSummary[] = [];
  for (const item of items) {
    out.push(item);
    if (HOLDERS.has(item.kind)) out.push(...(await below(client, item.path, true)));
  }
  return out;
}

async function get(call: Call, client: ApiClient): Promise<number> {
  const [, path] = call.take('get', 'JOB') as [string, string];
  const item = await client.get<Item>(itemAddress(path));
  if (call.flag('config')) printJson(item.config);
  else if (call.json) printJson(item);
  else print(described(item));
  return 0;
}

function described(item: Item): string {
  const lines = [
    `${item.path}  (${item.kind}${item.disabled ? ', disabled' : ''})`,
    ...(item.description === '' ? [] : [item.description]),
    ...(item.lastBuild?.number == null ? [] : [`Last build: #${item.lastBuild.number} ${item.lastBuild.result ?? item.lastBuild.state}`]),
  ];
  const parameters = (item.parameters ?? []).map((p) => [p.name, p.type, String(p.default ?? ''), p.description ?? '']);
  return `${lines.map((line) => `${plain(line)}\n`).join('')}${parameters.length === 0 ? '' : `\n${table(['PARAMETER', 'TYPE', 'DEFAULT', 'DESCRIPTION'], parameters)}`}`;
}

/** Where it is, and what it is called there. */
function placeOf(call: Call, path: string): { readonly folder: string | null; readonly name: string } {
  const at = path.lastIndexOf('/');
  const name = path.slice(at + 1);
  if (name === '' || at === 0) throw call.wrong(`${path} is no name of a folder or job`);
  return { folder: at < 0 ? null : path.slice(0, at), name };
}

async function create(call: Call, client: ApiClient): Promise<number> {
  const [, path, file] = call.take('create', 'JOB', 'FILE?') as [string, string, string | undefined];
  const about = { ...placeOf(call, path), description: call.text('description') ?? '' };
  const source = await jobSource(call, file);
  if (source === null && !call.flag('folder')) throw call.wrong('it needs a file, --git URL, or --folder');
  if (source?.kind === 'definition' && call.flag('folder')) throw call.wrong('a folder has no Jenkinsfile');
  const kind = call.text('kind') ?? 'pipeline';
  if (kind !== 'pipeline' && kind !== 'multibranch') throw call.wrong('--kind is pipeline or multibranch; other kinds come from a file');
  const config =
    source === null
      ? {}
      : source.kind === 'config'
        ? source.config
        : kind === 'multibranch'
          ? branchesOf(call, source.definition)
          : { definition: source.definition };
  return shown(call, await client.change<Item>('POST', '/items', { body: { ...about, kind: kindOf(config), config } }), 'is made');
}

/** A multibranch job of the repository that --git names. */
function branchesOf(call: Call, definition: object): Record<string, unknown> {
  const { kind, url, path, credentialsId = null } = definition as { kind: string; url?: string; path?: string; credentialsId?: string | null };
  if (kind !== 'git' || call.text('branch') !== undefined) throw call.wrong('--kind multibranch takes --git URL, and no --branch');
  return { sources: [{ kind, url, credentialsId }], ...(path === undefined ? {} : { path }) };
}

const SCAN_PAUSE_MS = 500;

async function scan(call: Call, client: ApiClient): Promise<number> {
  const [, path] = call.take('scan', 'JOB') as [string, string];
  const address = itemAddress(path, '/scans');
  const last = (scans: Scans | null): number => scans?.runs.find((r) => r.kind === 'scan')?.id ?? 0;
  if (!call.flag('log') || call.flag('wait')) {
    const before = last(await client.get<Scans>(address));
    const asked = await client.change<Scans>('POST', itemAddress(path, '/scan'));
    if (!call.flag('wait')) return done(call, asked ?? {}, `${path} is scanned soon`);
    for (;;) {
      const run = (await client.get<Scans>(address)).runs.find((r) => r.kind === 'scan' && r.id > before && r.state !== 'running');
      if (run === undefined) await sleep(SCAN_PAUSE_MS);
      else if (call.flag('log')) break;
      else if (run.failure === null) return done(call, run, `${path} is scanned`);
      else throw new CommandError('MR_SCAN', `${run.failure.code}: ${run.failure.message}`, 1);
    }
  }
  const run = last(await client.get<Scans>(address));
  if (run === 0) throw new CommandError('MR_SCAN', `${path} has not been scanned yet`, 1);
  print(await (await client.send('GET', itemAddress(path, `/scans/${run}/log`))).text());
  return 0;
}

async function configure(call: Call, client: ApiClient): Promise<number> {
  const [, path, file] = call.take('configure', 'JOB', 'FILE?') as [string, string, string | undefined];
  const source = await jobSource(call, file);
  if (source === null) throw call.wrong('it needs a file, or --git URL');
  const response = await client.send('GET', itemAddress(path));
  const etag = response.headers.get('etag') ?? '*';
  const item = (await response.json()) as Item;
  const config = source.kind === 'config' ? source.config : { ...item.config, definition: source.definition };
  return shown(call, await client.change<Item>('PUT', itemAddress(path, '/config'), { body: config, ifMatch: etag }), 'is configured');
}

async function copy(call: Call, client: ApiClient): Promise<number> {
  const [, from, to] = call.take('copy', 'JOB', 'NEW') as [string, string, string];
  return shown(call, await client.change<Item>('POST', itemAddress(from, '/copy'), { body: placeOf(call, to) }), 'is made');
}

/** Another folder, another name, or both: one after the other. */
async function move(call: Call, client: ApiClient): Promise<number> {
  const [, from, to] = call.take('move', 'JOB', 'NEW') as [string, string, string];
  const old = placeOf(call, from),
    wanted = placeOf(call, to);
  let item: Item | null = null,
    path = from;
  if (wanted.folder !== old.folder) {
    item = await client.change<Item>('POST', itemAddress(path, '/move'), { body: { folder: wanted.folder } });
    path = item?.path ?? path;
  }
  if (wanted.name !== old.name) item = await client.change<Item>('POST', itemAddress(path, '/rename'), { body: { name: wanted.name } });
  return shown(call, item ?? (await client.get<Item>(itemAddress(path))), 'is there');
}

async function disable(call: Call, client: ApiClient, disabled: boolean): Promise<number> {
  const [, path] = call.take(disabled ? 'disable' : 'enable', 'JOB') as [string, string];
  return shown(call, await client.change<Item>('PATCH', itemAddress(path), { body: { disabled } }), disabled ? 'is disabled' : 'is enabled');
}

async function caches(call: Call, client: ApiClient): Promise<number> {
  const [, path] = call.take('caches', 'JOB') as [string, string];
  const address = itemAddress(path, '/caches');
  const key = call.text('key');
  if (call.flag('delete')) {
    await client.change('DELETE', address, { query: { key } });
    return done(call, { deleted: path }, `the caches of ${path} are deleted`);
  }
  const { caches: found } = await client.get<JobCaches>(address);
  const shownHere = found.filter((cache) => key === undefined || cache.key === key);
  const rows = shownHere.map((c) => [
    c.key,
    `${(c.bytes / 2 ** 20).toFixed(1)} MB`,
    c.build === null ? '' : `#${c.build}`,
    moment(c.createdAt),
    moment(c.usedAt),
  ]);
  return listed(call, shownHere, ['KEY', 'SIZE', 'BUILD', 'SAVED', 'USED'], rows, 'There are no caches');
}

const PAUSE_MS = 300;

/** While its builds are being aborted, the server says so, and is asked again. */
async function remove(call: Call, client: ApiClient): Promise<number> {
  const [, path] = call.take('delete', 'JOB') as [string, string];
  const query = { recursive: call.flag('recursive'), abort: call.flag('abort') };
  while ((await client.change('DELETE', itemAddress(path), { query })) !== null) await sleep(PAUSE_MS);
  if (call.json) printJson({ deleted: path });
  else print(`${plain(path)} is deleted\n`);
  return 0;
}

function shown(call: Call, item: Item | null, words: string): number {
  if (call.json) printJson(item);
  else print(`${plain(item?.path ?? '')} ${words}\n`);
  return 0;
}
