/**
 * What a look at a repository changes: which jobs there are, where they stand, and which are to be built. One transaction for
 * some heads, idempotent: found again as they are, they change nothing.
 */
import type { MultibranchConfig } from '@millrace/protocol';
import { pipelineConfig } from '@millrace/protocol';
import type { Cause } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import { freshItem } from '../jobs/fresh-item.ts';
import type { NewRow, Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { whyNotBuilt } from './automatic.ts';
import type { Looked } from './branch-source.ts';
import type { Head, Revision } from './head.ts';
import { revisionText, shownRevision } from './head.ts';
import { jobNameOf } from './head-names.ts';

export interface FoundHead {
  readonly head: Head;
  /** Null: it stands where it was looked at before. */
  readonly looked: Looked | null;
  readonly author: { readonly name: string | null; readonly email: string | null } | null;
}

/** What heads.facts holds. */
export interface HeadFacts {
  readonly change: (Head['change'] & { readonly authorDisplayName: string | null; readonly authorEmail: string | null }) | null;
  /** Milliseconds since 1970. */
  readonly taggedAt: number | null;
}

export interface Parent {
  readonly id: number;
  readonly fullName: string;
  readonly config: MultibranchConfig;
}

export interface Writing {
  readonly parent: Parent;
  readonly source: number;
  readonly causeOf: (head: Head, isNew: boolean) => Cause;
  readonly now: number;
  readonly print: (line: string) => void;
  /** Names of items come and go one at a time. */
  readonly exclusive: (tx: Tx) => Promise<void>;
}

/** Of the commit and the path that it was looked for at. */
export function lookedText(head: Head, path: string): string {
  return `${head.revision.hash} ${path}`;
}

export async function knownHeads(db: Tx, parent: number, source: number, names: readonly string[]): Promise<Map<string, Row<'heads'>>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .selectFrom('heads')
    .selectAll()
    .where('parent_id', '=', parent)
    .where('source', '=', source)
    .where('name', 'in', [...names])
    .execute();
  return new Map(rows.map((row) => [row.name, row]));
}

/** Answers how many of the heads have a job. */
export async function writeHeads(tx: Tx, wakes: Wakes, found: readonly FoundHead[], writing: Writing): Promise<number> {
  const { parent, source } = writing;
  const known = await knownHeads(
    tx,
    parent.id,
    source,
    found.map((f) => f.head.name),
  );
  const jobless = found.filter((f) => f.looked?.found === true && known.get(f.head.name)?.item_id == null);
  const made = jobless.length === 0 ? new Map<string, number>() : await makeJobs(tx, wakes, jobless, writing);
  const fresh: NewRow<'heads'>[] = [];
  let jobs = 0;
  for (const one of found) if (await writeHead(tx, wakes, one, known.get(one.head.name) ?? null, made, fresh, writing)) jobs++;
  if (fresh.length > 0) await tx.insertInto('heads').values(fresh).execute();
  return jobs;
}

async function writeHead(
  tx: Tx,
  wakes: Wakes,
  { head, looked, author }: FoundHead,
  row: Row<'heads'> | null,
  made: ReadonlyMap<string, number>,
  fresh: NewRow<'heads'>[],
  writing: Writing,
): Promise<boolean> {
  const { parent, source, print, now } = writing;
  print(`  Checking ${spoken(head)}`);
  const isThere = looked === null ? row?.item_id != null && row.gone_at === null : looked.found;
  if (looked !== null) print(looked.found ? `      ‘${parent.config.path}’ found` : `      ‘${parent.config.path}’ not found`);
  print(isThere ? '    Met criteria' : '    Does not meet criteria');

  const facts = factsOf(head, looked, author, row);
  const values = {
    kind: head.kind,
    ref: head.ref,
    revision: JSON.stringify(head.revision),
    facts: JSON.stringify(facts),
    is_primary: head.primary ? 1 : 0,
    ...(looked === null ? {} : { looked: lookedText(head, parent.config.path) }),
  };
  const save = async (more: Partial<Row<'heads'>>): Promise<void> => {
    const all = { ...values, ...more };
    if (row === null) fresh.push({ ...empty(parent.id, source, head.name), ...all });
    else if (!isSame(row, all)) await tx.updateTable('heads').set(all).where('id', '=', row.id).execute();
  };
  if (!isThere) {
    // Remembered, so that it is not looked at again before it changes.
    await save({});
    if (row !== null && row.item_id !== null && row.gone_at === null) await leaveHead(tx, wakes, row, now, print);
    return false;
  }

  const item = row?.item_id ?? made.get(head.name) ?? null;
  if (item === null) {
    print(`    Ignoring duplicate branch project ${head.name}`);
    return false;
  }
  if (row?.gone_at != null && row.disabled_here === 1) {
    await tx.updateTable('items').set({ disabled: 0, updated_at: now }).where('id', '=', item).execute();
    wakes.add(`job ${item}`);
  }
  const built = row?.built == null ? null : parse<Revision>(row.built);
  if (built !== null && revisionText(built) !== revisionText(head.revision))
    print(`Changes detected: ${head.name} (${shownRevision(built)} → ${shownRevision(head.revision)})`);
  const why = whyNotBuilt(parent.config, { head, built, taggedAt: facts.taggedAt }, now);
  print(why ?? `Scheduled build for branch: ${head.name}`);
  const due = why === null ? { due: JSON.stringify(mergedCauses(row?.due ?? null, writing.causeOf(head, row === null))), due_at: row?.due_at ?? now } : {};
  await save({ item_id: item, gone_at: null, disabled_here: 0, ...due });
  if (why === null) wakes.add('scan');
  return true;
}

function isSame(row: Row<'heads'>, values: Partial<Row<'heads'>>): boolean {
  return Object.entries(values).every(([name, value]) => row[name as keyof Row<'heads'>] === value);
}

function mergedCauses(due: string | null, cause: Cause): readonly Cause[] {
  const known = due === null ? [] : parse<Cause[]>(due);
  return known.some((c) => c.text === cause.text) ? known : [...known, cause].slice(0, 20);
}

/** A row of a head that was not there. */
function empty(parent: number, source: number, name: string) {
  return { parent_id: parent, source, name, item_id: null, looked: null, built: null, due: null, due_at: null, gone_at: null, disabled_here: 0 };
}

export function spoken({ kind, name, change }: Pick<Head, 'kind' | 'name' | 'change'>): string {
  return kind === 'change' ? `pull request #${change?.id ?? ''} (${name})` : `${kind} ${name}`;
}

function factsOf(head: Head, looked: Looked | null, author: FoundHead['author'], row: Row<'heads'> | null): HeadFacts {
  const old = row === null ? null : parse<HeadFacts>(row.facts);
  const { change } = head;
  return {
    change:
      change === null
        ? null
        : {
            ...change,
            authorDisplayName: change.authorDisplayName ?? author?.name ?? old?.change?.authorDisplayName ?? null,
            authorEmail: change.authorEmail ?? author?.email ?? old?.change?.authorEmail ?? null,
          },
    taggedAt: head.kind !== 'tag' ? null : looked === null ? (old?.taggedAt ?? null) : looked.at,
  };
}

/** By the head's name. One whose job's name is there already has none: another source was first. */
async function makeJobs(tx: Tx, wakes: Wakes, found: readonly FoundHead[], { parent, source, now, exclusive }: Writing): Promise<Map<string, number>> {
  await exclusive(tx);
  const full = new Map(found.map(({ head }) => [`${parent.fullName}/${jobNameOf(head.name)}`, head.name]));
  const there = await tx
    .selectFrom('items')
    .select('full_name')
    .where('full_name', 'in', [...full.keys()])
    .execute();
  for (const { full_name } of there) full.delete(full_name);
  if (full.size === 0) return new Map();
  const rows = [...full.values()].map((head) => {
    const name = jobNameOf(head);
    const config = branchJobConfig(parent.config, source, head);
    return freshItem({ parent_id: parent.id, kind: 'pipeline', name, full_name: `${parent.fullName}/${name}`, description: '', config }, now);
  });
  const made = await tx.insertInto('items').values(rows).returning(['id', 'full_name']).execute();
  for (const { id } of made) wakes.add(`job ${id}`);
  wakes.add(`job ${parent.id}`);
  return new Map(made.map(({ id, full_name }) => [full.get(full_name) as string, id]));
}

/** What a branch's job says, all of it from its multibranch job. */
export function branchJobConfig({ path, environment, retention }: MultibranchConfig, source: number, name: string): string {
  const usual = pipelineConfig.parse({ definition: { kind: 'inline', script: '' }, environment, retention });
  return JSON.stringify({ ...usual, definition: { kind: 'branch', source, name, path } });
}

/** Its branch is not there any more, or has no Jenkinsfile: nothing starts any more, what was done stays for a while. */
export async function leaveHead(tx: Tx, wakes: Wakes, row: Row<'heads'>, now: number, print: (line: string) => void): Promise<void> {
  if (row.item_id === null) {
    await tx.deleteFrom('heads').where('id', '=', row.id).execute();
    return;
  }
  const item = await tx.selectFrom('items').select(['disabled', 'full_name']).where('id', '=', row.item_id).executeTakeFirst();
  const disables = item?.disabled === 0;
  if (disables) await tx.updateTable('items').set({ disabled: 1, updated_at: now }).where('id', '=', row.item_id).execute();
  await tx
    .updateTable('heads')
    .set({ gone_at: now, due: null, due_at: null, disabled_here: disables ? 1 : row.disabled_here })
    .where('id', '=', row.id)
    .execute();
  wakes.add(`job ${row.item_id}`);
  wakes.add('queue');
  print(`Disabled ${row.name}: its ${row.kind === 'change' ? 'pull request' : row.kind} is gone`);
}
