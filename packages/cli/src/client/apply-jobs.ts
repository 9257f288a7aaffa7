/**
 * `millrace job apply`: files with many jobs are sent in portions, folders first. A portion that was sent twice changes nothing the
 * second time, so that a broken command is simply run again.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../errors.ts';
import type { ApiClient } from './api-client.ts';
import type { Call } from './call.ts';
import { print, printJson } from './call.ts';
import { content, kindOf } from './job-file.ts';
import type { ApplyOutcome } from './shapes.ts';
import { plain } from './table.ts';

/** As the API takes them together (JOBS_AT_ONCE is more), and few enough that a request stays short. */
const PORTION = 200;

interface Entry {
  readonly kind: string;
  readonly folder: string | null;
  readonly name: string;
  readonly description: string;
  readonly config: object;
}
type Outcome = ApplyOutcome['items'][number];

/** Exits with 1 where something was refused. */
export async function applyJobs(call: Call, client: ApiClient): Promise<number> {
  call.take('apply');
  const paths = call.list('file');
  if (paths.length === 0) throw call.wrong('it needs -f FILE');
  const entries: Entry[] = [];
  for (const file of paths.flatMap(filesOf)) entries.push(...(await entriesOf(file)));
  const depth = (e: Entry): number => (e.folder === null ? 0 : e.folder.split('/').length);
  const folders = entries.filter((e) => e.kind === 'folder').sort((a, b) => depth(a) - depth(b));
  const jobs = entries.filter((e) => e.kind !== 'folder');
  const dryRun = call.flag('dry-run');
  const assumeFolders = dryRun ? folders.map(pathOf) : [];
  const outcomes: Outcome[] = [];
  // Folders by themselves: their libraries have to be there before jobs are looked at.
  for (const all of [folders, jobs])
    for (let at = 0; at < all.length; at += PORTION) {
      const items = all.slice(at, at + PORTION);
      const answer = await client.change<ApplyOutcome>('POST', '/apply', { body: { items, dryRun, assumeFolders } });
      outcomes.push(...(answer?.items ?? []));
      if (!call.json) for (const outcome of answer?.items ?? []) tell(outcome);
    }
  if (call.json) printJson({ items: outcomes });
  else {
    const count = (kind: Outcome['outcome']): number => outcomes.filter((o) => o.outcome === kind).length;
    const words = dryRun ? 'would be ' : '';
    print(`${count('created')} ${words}created, ${count('changed')} ${words}changed, ${count('unchanged')} unchanged, ${count('refused')} refused\n`);
  }
  return outcomes.some((o) => o.outcome === 'refused') ? 1 : 0;
}

function tell({ path, outcome, code, detail, errors }: Outcome): void {
  if (outcome === 'unchanged') return;
  print(`${outcome.padEnd(8)} ${plain(path)}\n`);
  if (outcome !== 'refused') return;
  if (errors.length === 0) print(`         ${code ?? ''} ${plain(detail ?? '')}\n`);
  for (const error of errors) print(`         ${code ?? ''} ${plain(error.pointer)}: ${plain(error.detail)}\n`);
}

function pathOf({ folder, name }: Entry): string {
  return folder === null ? name : `${folder}/${name}`;
}

function filesOf(path: string): string[] {
  if (path === '-') return [path];
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError('MR_USAGE', `${path} is not there`);
  if (!found.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ya?ml)$/i.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** A document is a job, a list of them, or `jobs:` with one beside common `folder`, `library`, `template` and `version`. */
async function entriesOf(file: string): Promise<Entry[]> {
  const { parseAllDocuments } = await import('yaml');
  const documents = parseAllDocuments(await content(file));
  const entries: Entry[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    if (document.errors[0] !== undefined) throw new CommandError('MR_USAGE', `${file} is no YAML: ${document.errors[0].message}`);
    const data = document.toJS() as unknown;
    if (data === null) continue;
    const { jobs, ...common } = isObject(data) && 'jobs' in data ? data : { jobs: data };
    for (const one of Array.isArray(jobs) ? jobs : [jobs]) {
      if (!isObject(one)) throw new CommandError('MR_USAGE', `${file}: ${JSON.stringify(one)} is no job`);
      entries.push(entryOf({ ...common, ...one }, file));
    }
  }
  return entries;
}

function entryOf(given: Record<string, unknown>, file: string): Entry {
  const { name, folder = null, description = '', kind, config, library, template, version = null, parameters = {}, ...more } = given;
  if (typeof name !== 'string') throw new CommandError('MR_USAGE', `${file}: a job has no name`);
  const unknown = Object.keys(more)[0];
  if (unknown !== undefined) throw new CommandError('MR_USAGE', `${file}: ${name} has ${unknown}, which is not known`);
  const isTemplate = library !== undefined || template !== undefined;
  const own = config ?? {};
  if (!isObject(own)) throw new CommandError('MR_USAGE', `${file}: the config of ${name} is no configuration`);
  const whole = isTemplate ? { ...own, definition: { kind: 'template', library, template, version, parameters } } : own;
  return { kind: typeof kind === 'string' ? kind : kindOf(whole), folder: folder as string | null, name, description: String(description), config: whole };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
