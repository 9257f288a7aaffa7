/**
 * One look at the repositories of a multibranch job: at all of their heads, or at single refs that an event names. Heads come
 * in batches, and each batch is one transaction, so that a scan that is cut short has done what it has told, and is made again
 * from its beginning by whoever takes it up: what stands as it stood changes nothing.
 *
 * Jobs of branches that were not found are left only after all sources have told all they have.
 */
import type { BranchSourceConfig } from '@millrace/protocol';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Store, Tx } from '../store/store.ts';
import type { BranchSource, CodedError, OpenSource } from './branch-source.ts';
import { changeNumber } from './branch-source.ts';
import { eventCause, INDEXING } from './causes.ts';
import type { Head } from './head.ts';
import { refsOfChange } from './head.ts';
import type { FoundHead, Parent, Writing } from './heads-write.ts';
import { knownHeads, leaveHead, lookedText, spoken, writeHeads } from './heads-write.ts';
import { nameFilter } from './name-filter.ts';
import { pruneOrphans } from './orphans.ts';
import type { ScanLog } from './scan-log.ts';

export interface RepositoryScan {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  readonly parent: Parent;
  readonly open: OpenSource;
  readonly log: ScanLog;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Blobs of builds of jobs that go. */
  readonly deleteBlobs: (keys: readonly string[]) => Promise<void>;
}

const PAGE = 500;

export async function scanRepositories(scan: RepositoryScan): Promise<void> {
  const { parent, log, signal } = scan;
  const seen: Set<string>[] = [];
  for (const [i, source] of parent.config.sources.entries()) {
    log.print(`Fetching upstream changes from ${shownSource(source)}`);
    log.print('Checking branches...');
    const names = new Set<string>();
    const filter = nameFilter(source.filter);
    const opened = await scan.open(parent.fullName, source);
    for await (const batch of opened.heads(signal)) {
      signal.throwIfAborted();
      const passed = filter(batch.map((h) => h.name));
      const heads = batch.filter((_, at) => passed[at]);
      for (const { name } of heads) names.add(name);
      await lookAt(scan, i, opened, heads, () => INDEXING);
    }
    log.print(`Processed ${names.size} branches`);
    seen.push(names);
  }
  signal.throwIfAborted();
  await leaveUnseen(scan, seen);
  await pruneOrphans({ ...scan, orphans: parent.config.orphans, table: 'heads' });
}

/** `refs`: as events name them, each with what is told as the cause. */
export async function scanRefs(scan: RepositoryScan, refs: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const { parent, signal, store } = scan;
  let away: CodedError | undefined;
  for (const [i, source] of parent.config.sources.entries()) {
    const opened = await scan.open(parent.fullName, source);
    const found = await opened.headsAt([...refs.keys()], signal);
    const passed = nameFilter(source.filter)(found.map((h) => h.name));
    const heads = found.filter((_, at) => passed[at]);
    const refOf = (head: Head): string => (head.change === null ? head.ref : `change:${head.change.id}`);
    const failures = await lookAt(scan, i, opened, heads, (head, isNew) => {
      const [told] = refs.get(refOf(head)) ?? [];
      return eventCause(told ?? (head.change === null ? `Push event to ${spoken(head)}` : `Pull request #${head.change.id} ${isNew ? 'opened' : 'updated'}`));
    });
    away ??= failures.find(({ code }) => code === 'MR_GIT_AWAY');
    // What these refs were and are no more.
    const here = new Set(heads.map((h) => h.name));
    for (const ref of refs.keys()) {
      const number = changeNumber(ref);
      const known = await store.db
        .selectFrom('heads')
        .select(['name'])
        .where('parent_id', '=', parent.id)
        .where('source', '=', i)
        .where('gone_at', 'is', null)
        .where('ref', 'in', number === null ? [ref] : refsOfChange(number))
        .execute();
      const gone = known.map((r) => r.name).filter((name) => !here.has(name));
      if (gone.length > 0) await leave(scan, i, gone);
    }
  }
  await pruneOrphans({ ...scan, orphans: parent.config.orphans, table: 'heads' });
  // What the others are is written; the event is looked at again later.
  if (away !== undefined) throw away;
}

/** Answers why heads could not be looked at; these stay as they are. */
async function lookAt(scan: RepositoryScan, source: number, opened: BranchSource, heads: readonly Head[], causeOf: Writing['causeOf']): Promise<CodedError[]> {
  const { store, write, parent, log, now, signal } = scan;
  const { path } = parent.config;
  const fresh: Head[] = [];
  for (const some of portions(heads)) {
    const names = some.map((h) => h.name);
    const known = await knownHeads(store.db, parent.id, source, names);
    for (const head of some) {
      const row = known.get(head.name);
      if (row?.looked !== lookedText(head, path) || row.gone_at !== null) fresh.push(head);
    }
  }
  // All at once: a look is some processes, however many heads it is for.
  const answers = await opened.look(fresh, path, signal);
  const looked = new Map(fresh.map((head, i) => [head.name, answers[i] ?? null]));
  const failures: CodedError[] = [];
  for (const head of fresh) {
    const failure = looked.get(head.name)?.failure;
    if (failure === undefined) continue;
    log.print(`  Checking ${spoken(head)}`);
    log.print(`    ERROR: ${failure.code}: ${failure.message}`);
    failures.push(failure);
  }
  for (const some of portions(heads.filter(({ name }) => looked.get(name)?.failure === undefined))) {
    const found: FoundHead[] = [];
    for (const head of some) {
      const wantsAuthor = looked.has(head.name) && head.change !== null && head.change.authorDisplayName === null;
      found.push({ head, looked: looked.get(head.name) ?? null, author: wantsAuthor ? await opened.author(head) : null });
    }
    await log.write(write, (tx, wakes, print) =>
      writeHeads(tx, wakes, found, { parent, source, causeOf, now: now(), print, exclusive: exclusiveNames(store) }),
    );
  }
  return failures;
}

function portions<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / PAGE) }, (_, i) => all.slice(i * PAGE, (i + 1) * PAGE));
}

function exclusiveNames(store: Store): (tx: Tx) => Promise<void> {
  return (tx) => store.engine.exclusive(tx, 'item names');
}

async function leaveUnseen(scan: RepositoryScan, seen: readonly ReadonlySet<string>[]): Promise<void> {
  const { store, parent } = scan;
  for (let after = 0; ; ) {
    const rows = await store.db
      .selectFrom('heads')
      .select(['id', 'name', 'source'])
      .where('parent_id', '=', parent.id)
      .where('gone_at', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    const sources = new Map<number, string[]>();
    for (const row of rows) if (seen[row.source]?.has(row.name) !== true) sources.set(row.source, [...(sources.get(row.source) ?? []), row.name]);
    for (const [source, names] of sources) await leave(scan, source, names);
    after = (rows.at(-1) as { id: number }).id;
  }
}

async function leave({ write, parent, log, now }: RepositoryScan, source: number, names: readonly string[]): Promise<void> {
  await log.write(write, async (tx, wakes, print) => {
    for (const row of (await knownHeads(tx, parent.id, source, names)).values()) if (row.gone_at === null) await leaveHead(tx, wakes, row, now(), print);
  });
}

/** Without what an address should not hold. */
export function shownSource(source: BranchSourceConfig): string {
  const text = source.kind === 'git' ? source.url : (source.url ?? `${source.apiUrl ?? source.kind}: ${source.repository}`);
  return text.replace(/\/\/[^/@]*@/, '//');
}
