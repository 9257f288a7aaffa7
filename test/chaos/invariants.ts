/** What must hold when all is whole again and the load has ended. Answers what does not, with the evidence. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FolderStore } from '../../packages/controller/src/blobs/folder-store.ts';
import { BuildRecord } from '../../packages/controller/src/logs/build-record.ts';
import type { LogRow } from '../../packages/controller/src/logs/record-form.ts';
import type { Row } from '../../packages/controller/src/store/schema.ts';
import type { Host, LogRecord } from '../../packages/pipeline/src/index.ts';
import { runPipeline } from '../../packages/pipeline/src/index.ts';
import type { Fleet } from './fleet.ts';
import { pause } from './fleet.ts';
import type { Kind } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type { Triggered } from './load.ts';

const REPLAYED = 25;

/** Resolves when no build is open and nothing is held, or when the time is over; answers what is left. */
export async function settled(fleet: Fleet, patienceMs: number): Promise<string[]> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const left = await leftOver(fleet);
    if (left.length === 0) return [];
    if (Date.now() > end) return [...left, ...(await traces(fleet))];
    await pause(200);
  }
}

/** Of work that is never done: how far its machine is, and how far its build. */
async function traces(fleet: Fleet): Promise<string[]> {
  const work = await fleet.look((db) =>
    db.selectFrom('work').innerJoin('nodes', 'nodes.id', 'work.node_id').select(['work.id as id', 'build_id', 'nodes.name as node', 'facts']).execute(),
  );
  const out: string[] = [];
  for (const { id, build_id, node, facts } of work) {
    const { root = '' } = JSON.parse(facts) as { root?: string };
    const folder = join(root, '.millrace', 'tasks', id);
    const files = existsSync(folder) ? readdirSync(folder).map((name) => `${name} ${statSync(join(folder, name)).size}`) : ['nothing'];
    const chunks = await fleet.look((db) =>
      db.selectFrom('build_chunks').select(['seq', 'journal', 'records']).where('build_id', '=', build_id).orderBy('seq', 'desc').limit(3).execute(),
    );
    out.push(
      `  ${id} on ${node}: ${files.join(', ')}; last chunks ${chunks.map((c) => `${c.seq} ${c.records.slice(-200)} ${c.journal.slice(-200)}`).join(' | ')}`,
    );
  }
  return out;
}

async function leftOver(fleet: Fleet): Promise<string[]> {
  return fleet.look(async (db) => {
    const builds = await db
      .selectFrom('builds')
      .select(['id', 'job', 'state', 'owner', 'epoch', 'parked', 'wake_at', 'abort', 'why'])
      .where('state', 'in', ['queued', 'running'])
      .execute();
    const leases = await db.selectFrom('leases').select(['id', 'state', 'node_id', 'why']).execute();
    const locks = await db.selectFrom('locks').select(['id', 'state', 'resources']).execute();
    const work = await db.selectFrom('work').select(['id', 'kind', 'node_id', 'cancel', 'taken_by']).execute();
    const inputs = await db.selectFrom('inputs').select(['build_id', 'state']).where('state', '=', 'waiting').execute();
    const workspaces = await db.selectFrom('workspaces').select(['path', 'lease']).where('lease', 'is not', null).execute();
    const resources = await db.selectFrom('resources').select('name').where('ephemeral', '=', 1).execute();
    const flushes = await db.selectFrom('builds').select(['id', 'record']).where('state', '=', 'ended').where('chunked', '=', 1).execute();
    return Object.entries({ builds, leases, locks, work, inputs, workspaces, resources, flushes }).flatMap(([table, rows]) =>
      rows.map((row) => `${table} still holds ${JSON.stringify(row)}`),
    );
  });
}

export async function judge(fleet: Fleet, triggered: readonly Triggered[]): Promise<string[]> {
  const problems: string[] = [];
  const rows = await fleet.look((db) => db.selectFrom('builds').selectAll().orderBy('id').execute());
  const byToken = new Map<string, Row<'builds'>[]>();
  for (const row of rows) {
    const token = (JSON.parse(row.parameters) as { TOKEN?: string }).TOKEN ?? '';
    byToken.set(token, [...(byToken.get(token) ?? []), row]);
  }
  let replays = 0;
  for (const { kind, token, id } of triggered) {
    const builds = byToken.get(token) ?? [];
    if (builds.length > 1) problems.push(`${kind.name} ${token} was triggered once and is ${builds.length} builds`);
    if (id !== null && builds[0]?.id !== id) problems.push(`${kind.name} ${token} was accepted as ${id} and is ${builds[0]?.id ?? 'not there'}`);
    const [build] = builds;
    if (build === undefined) continue;
    problems.push(...(await judgeBuild(fleet, kind, token, build)));
    if (kind.name === 'up') {
      const below = byToken.get(`${token}-d`) ?? [];
      if (below.length !== 1) problems.push(`up ${token} started ${below.length} builds below it`);
      const down = KINDS.find((k) => k.name === 'down') as Kind;
      for (const one of below) problems.push(...(await judgeBuild(fleet, down, `${token}-d`, one)));
    }
    if (build.state === 'ended' && replays < REPLAYED && build.epoch > 1) {
      replays++;
      problems.push(...(await judgeReplay(fleet, kind, build)));
    }
  }
  problems.push(...(await judgeRecords(fleet, rows)));
  const numbers = new Set<string>();
  for (const { item_id, number } of rows) {
    if (number === null) continue;
    if (numbers.has(`${item_id}#${number}`)) problems.push(`the number ${number} of job ${item_id} was given twice`);
    numbers.add(`${item_id}#${number}`);
  }
  return problems;
}

async function judgeBuild(fleet: Fleet, kind: Kind, token: string, build: Row<'builds'>): Promise<string[]> {
  const problems: string[] = [];
  const say = (what: string): void => {
    problems.push(`${kind.name} ${token} (build ${build.id}, epoch ${build.epoch}): ${what}`);
  };
  const { flushes, journal } = await written(fleet, build);
  const log = flushes.map((f) => f.log ?? '').join('');
  if (build.state !== 'ended') say(`is ${build.state}`);
  else if (!kind.results.includes(build.result ?? '')) say(`ended with ${build.result}:\n${log.slice(-1_500)}`);
  let at = 0,
    last = -1;
  for (const { seq, log: text, log_at } of flushes) {
    if (seq <= last) say(`flush ${seq} comes after ${last}`);
    last = seq;
    if (text !== null && log_at !== at) say(`flush ${seq} begins at ${log_at} and not at ${at}`);
    at += Buffer.byteLength(text ?? '');
  }
  for (const text of journal) {
    for (const line of text.split('\n').slice(0, -1))
      try {
        JSON.parse(line);
      } catch {
        say(`a line of the journal cannot be read: ${line.slice(0, 200)}`);
      }
    if (!text.endsWith('\n')) say(`a flush ends within a line of the journal: ${text.slice(-200)}`);
  }
  if (build.log_bytes !== at) say(`its log has ${at} bytes and not ${build.log_bytes}`);
  if (build.state !== 'ended') return problems;
  if ((log.match(/^Finished: /gm) ?? []).length !== 1) say(`is finished ${(log.match(/^Finished: /gm) ?? []).length} times`);
  if (kind.lines !== null) {
    const expected = kind.lines(token);
    const actual = log.split('\n').filter((line) => line.split(' ').includes(token));
    const order = (lines: readonly string[]): string => JSON.stringify(kind.anyOrder === true ? [...lines].sort() : lines);
    if (order(actual) !== order(expected)) say(`its lines differ: ${difference(actual, expected)}`);
  }
  if (kind.effects !== null) {
    const file = join(fleet.effects, token);
    const done = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1).sort() : [];
    const expected = [...kind.effects(token)].sort();
    if (JSON.stringify(done) !== JSON.stringify(expected)) say(`its steps did ${JSON.stringify(done)} and not ${JSON.stringify(expected)}`);
  }
  await judgeFiles(fleet, kind, build, say);
  return problems;
}

async function judgeFiles(fleet: Fleet, kind: Kind, build: Row<'builds'>, say: (what: string) => void): Promise<void> {
  if (kind.artifacts !== undefined) {
    const rows = await fleet.look((db) => db.selectFrom('artifacts').select(['path', 'size', 'blob']).where('build_id', '=', build.id).execute());
    if (JSON.stringify(rows.map((r) => r.path)) !== JSON.stringify(kind.artifacts)) say(`its artifacts are ${JSON.stringify(rows)}`);
    for (const { path, size, blob } of rows) {
      const kept = await sizeOfBlob(fleet, blob);
      if (kept !== size) say(`the artifact ${path} of ${size} bytes is kept with ${kept}`);
    }
  }
  if (kind.tests !== undefined) {
    const rows = await fleet.look((db) => db.selectFrom('tests').select('seq').where('build_id', '=', build.id).execute());
    if (rows.length !== kind.tests) say(`it has ${rows.length} tests and not ${kind.tests}`);
  }
}

async function sizeOfBlob(fleet: Fleet, key: string): Promise<number | null> {
  return (await new FolderStore(fleet.blobs).stat(key))?.size ?? null;
}

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
}

/** What a build has written, as rows or as an object. */
function written(fleet: Fleet, { id, record }: Row<'builds'>): Promise<{ readonly flushes: readonly LogRow[]; readonly journal: readonly string[] }> {
  return fleet.look(async (db) => {
    const all = new BuildRecord({ db, blobs: new FolderStore(fleet.blobs) }, { id, record });
    return { flushes: await allOf(all.log(0)), journal: await allOf(all.journal()) };
  });
}

/** No object is left that no build has, but for those that are noted and will be deleted. */
async function judgeRecords(fleet: Fleet, rows: readonly Row<'builds'>[]): Promise<string[]> {
  const loose = await fleet.look((db) => db.selectFrom('loose_blobs').select('key').execute());
  const known = new Set([...loose.map(({ key }) => key), ...rows.map(({ record }) => (JSON.parse(record ?? '{}') as { blob?: string }).blob)]);
  const kept = await allOf(new FolderStore(fleet.blobs).list('builds/'));
  return kept.filter((key) => key.includes('/record/') && !known.has(key)).map((key) => `nothing names the blob ${key}`);
}

/** The whole journal again: nothing may be asked of the world, nothing be written, and the end be the same. */
async function judgeReplay(fleet: Fleet, kind: Kind, build: Row<'builds'>): Promise<string[]> {
  const { flushes, journal: kept } = await written(fleet, build);
  const lines = kept.flatMap((text) => text.split('\n').slice(0, -1));
  const records = flushes.flatMap((f) => (f.records === '' ? [] : (JSON.parse(f.records) as { pieces: LogRecord[] }).pieces));
  const sealer = await fleet.sealer();
  const extra: string[] = [];
  const asked = (what: string): void => {
    extra.push(what);
  };
  const host: Host = {
    start: (ask) => {
      asked(`starts ${ask.kind} ${ask.id}`);
    },
    resume: (ask) => {
      asked(`goes on with ${ask.kind} ${ask.id}`);
    },
    cancel: () => undefined,
    now: () => Date.now(),
    breathe: () => pause(0),
    seal: (text) => sealer.seal(text),
    open: (sealed) => sealer.open(sealed),
  };
  const journal = { append: (line: string) => asked(`writes ${line.slice(0, 120)}`), flush: () => undefined };
  const log = { append: (text: string) => asked(`prints ${text.slice(0, 120)}`), flush: () => undefined };
  const say = (what: string): string[] => [`${kind.name} (build ${build.id}, epoch ${build.epoch}): its replay ${what}`];
  try {
    const { outcome } = runPipeline({ host, journal, log, begin: { lines, records } });
    const ended = await Promise.race([outcome, pause(5_000).then(() => null)]);
    if (ended === null) return say(`does not end; it ${extra.join(', ') || 'asks nothing'}`);
    if (ended.result !== build.result) return say(`ends with ${ended.result} and not ${build.result}`);
    return extra.length === 0 ? [] : say(extra.join(', '));
  } catch (error) {
    return say(`fails: ${(error as Error).message}`);
  }
}

function difference(actual: readonly string[], expected: readonly string[]): string {
  const count = (all: readonly string[]): Map<string, number> => {
    const out = new Map<string, number>();
    for (const line of all) out.set(line, (out.get(line) ?? 0) + 1);
    return out;
  };
  const is = count(actual),
    should = count(expected);
  const missing = [...should].filter(([line, n]) => (is.get(line) ?? 0) < n).map(([line]) => line);
  const more = [...is].filter(([line, n]) => n > (should.get(line) ?? 0)).map(([line, n]) => `${n}x ${line}`);
  const first = actual.findIndex((line, i) => line !== expected[i]);
  return `${missing.length} missing (${missing.slice(0, 3).join(', ')}), ${more.length} too many (${more.slice(0, 3).join(', ')}), first at ${first}`;
}
