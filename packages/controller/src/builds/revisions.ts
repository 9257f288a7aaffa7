/**
 * Which commits of which repositories a build was made of, and what had changed since the build before: rows, so that a
 * new machine counts changes as an old one does, and whoever polls knows what was built.
 */
import { createHash } from 'node:crypto';
import type { ScmChange } from '@millrace/pipeline';
import { shownUrl } from '@millrace/protocol/git';
import type { WatchedCheckout } from '../scm/watched-checkout.ts';
import type { Tx } from '../store/store.ts';
import type { BuildIdentity } from './ask-context.ts';

/** So many changes are kept of a build, of all that it checked out together. */
export const MOST_CHANGES = 1_000;
/** So many revisions are looked back on for one repository: a job without that many branches sees all of them. */
const LOOK_BACK = 500;

export interface NewRevision {
  readonly askId: string;
  readonly kind: 'checkout' | 'script' | 'library';
  /** Of the library. */
  readonly name?: string;
  readonly url: string;
  readonly branch: string;
  readonly commit: string;
  readonly poll: boolean;
  readonly changes: readonly ScmChange[];
  readonly more: boolean;
  /** Of a checkout that polling looks at by itself. */
  readonly watched?: WatchedCheckout | null;
}

/** What stands for an address in `build_revisions.repo`. */
export function repositoryKey(url: string): string {
  return createHash('sha256').update(shownUrl(url)).digest('hex').slice(0, 32);
}

/** Kept once: asked again for the same ask it changes nothing. */
export async function keepRevision(tx: Tx, build: Pick<BuildIdentity, 'id' | 'itemId' | 'number'>, revision: NewRevision): Promise<void> {
  const known = await tx
    .selectFrom('build_revisions')
    .select('ask_id')
    .where('build_id', '=', build.id)
    .where('ask_id', '=', revision.askId)
    .executeTakeFirst();
  if (known !== undefined) return;
  const last = await tx.selectFrom('build_changes').select('n').where('build_id', '=', build.id).orderBy('n', 'desc').limit(1).executeTakeFirst();
  const from = last === undefined ? 0 : last.n + 1;
  const kept = revision.changes.slice(0, Math.max(0, MOST_CHANGES - from));
  await tx
    .insertInto('build_revisions')
    .values({
      build_id: build.id,
      ask_id: revision.askId,
      item_id: build.itemId,
      kind: revision.kind,
      name: revision.name ?? null,
      repo: repositoryKey(revision.url),
      url: shownUrl(revision.url),
      branch: revision.branch,
      commit_id: revision.commit,
      poll: revision.poll ? 1 : 0,
      more: revision.more || kept.length < revision.changes.length ? 1 : 0,
      watched: revision.watched == null ? null : JSON.stringify(revision.watched),
    })
    .onConflict((c) => c.columns(['build_id', 'ask_id']).doNothing())
    .execute();
  const rows = kept.map((change, i) => ({
    build_id: build.id,
    n: from + i,
    ask_id: revision.askId,
    item_id: build.itemId,
    number: build.number,
    commit_id: change.commit ?? null,
    author: change.author ?? 'unknown',
    email: change.email ?? '',
    at: change.at ?? 0,
    title: change.title,
    comment: change.comment,
    files: JSON.stringify(change.paths.map((path, p) => [change.edits?.[p] ?? 'edit', path])),
  }));
  for (let at = 0; at < rows.length; at += 50)
    await tx
      .insertInto('build_changes')
      .values(rows.slice(at, at + 50))
      .onConflict((c) => c.columns(['build_id', 'n']).doNothing())
      .execute();
}

export interface Previous {
  readonly url: string;
  readonly branch: string;
  readonly commit: string;
  readonly successful: string | null;
}

/** What the job's builds before this one have checked out of a repository: the newest of each branch. */
export async function previousRevisions(
  db: Tx,
  build: Pick<BuildIdentity, 'id' | 'itemId'>,
  url: string,
  kind: NewRevision['kind'] = 'checkout',
): Promise<Previous[]> {
  const before = db
    .selectFrom('build_revisions')
    .where('build_revisions.item_id', '=', build.itemId)
    .where('build_revisions.repo', '=', repositoryKey(url))
    .where('build_revisions.build_id', '<', build.id)
    .where('build_revisions.kind', '=', kind)
    .orderBy('build_revisions.build_id', 'desc')
    .limit(LOOK_BACK);
  const rows = await before.select(['branch', 'commit_id']).execute();
  const good = await before
    .innerJoin('builds', 'builds.id', 'build_revisions.build_id')
    .select(['build_revisions.branch', 'build_revisions.commit_id'])
    .where('builds.result', '=', 'SUCCESS')
    .execute();
  const found = new Map<string, Previous>();
  for (const { branch, commit_id } of rows)
    if (!found.has(branch)) found.set(branch, { url, branch, commit: commit_id, successful: good.find((g) => g.branch === branch)?.commit_id ?? null });
  return [...found.values()];
}

/** The commit that a build's script was read at; null: it has none, or is not bound to one. */
export async function scriptRevision(db: Tx, buildId: number): Promise<{ readonly commit: string; readonly branch: string | null } | null> {
  const row = await db
    .selectFrom('build_revisions')
    .select(['commit_id', 'branch'])
    .where('build_id', '=', buildId)
    .where('ask_id', '=', SCRIPT)
    .executeTakeFirst();
  return row === undefined ? null : { commit: row.commit_id, branch: row.branch === DETACHED ? null : row.branch };
}
export const SCRIPT = 'script';
export const DETACHED = 'detached';
