/**
 * Which repositories a poll of a job looks at: its own, and as WorkflowJob.poll of Jenkins those that its last good build (where
 * there is none, its last) has checked out, without `poll: false`. Not those of shared libraries, which Jenkins does not poll either.
 * A push to one of them wakes the job too (push-starts.ts).
 */
import { parse } from '../builds/records.ts';
import { DETACHED, repositoryKey } from '../builds/revisions.ts';
import type { WatchedCheckout } from '../scm/watched-checkout.ts';
import type { Tx } from '../store/store.ts';
import type { IgnoreRules } from './ignored-changes.ts';
import type { GitSource } from './trigger-specs.ts';

export interface WatchedSource extends GitSource {
  readonly ignore: IgnoreRules | undefined;
  /** What the newest build was made of, that waits for nothing any more; null: nothing was built of it. */
  readonly built: string | null;
  /** Of one that is not the job's own; tells it from the others. */
  readonly key: string | null;
  /** Its branch is what a variable stood for when it was checked out. */
  readonly isVariable: boolean;
}

const MOST = 100;

export async function watchedSources(db: Tx, item: number, own: GitSource | null, ignore: IgnoreRules | undefined): Promise<WatchedSource[]> {
  const found: WatchedSource[] = [];
  if (own !== null) found.push({ ...own, ignore, built: await builtCommit(db, item, own.url, null), key: null, isVariable: own.branch.includes('$') });
  for (const source of await checkedOutSources(db, item)) if (own === null || source.url !== own.url || source.branch !== own.branch) found.push(source);
  return found;
}

/** Those beside the job's own; `isMeant`: of these addresses alone. */
export async function checkedOutSources(db: Tx, item: number, isMeant: (url: string) => boolean = () => true): Promise<WatchedSource[]> {
  const build = await lastBuild(db, item);
  const found = new Map<string, WatchedSource>();
  for (const { checkout, branch } of build === null ? [] : await watchedCheckouts(db, build)) {
    const { url, credentialsId, branches, ignore } = checkout;
    if (!isMeant(url)) continue;
    for (const written of branches) {
      const spec = settled(written, branch);
      const key = `${repositoryKey(url)} ${spec}`;
      if (!found.has(key))
        found.set(key, { url, branch: spec, credentialsId, ignore, built: await builtCommit(db, item, url, branch), key, isVariable: written.includes('$') });
    }
  }
  return [...found.values()];
}

/** What a variable stood for, or matched a regular expression, is what was checked out. */
function settled(spec: string, branch: string): string {
  if (!spec.includes('$') && !spec.startsWith(':')) return spec;
  return branch === DETACHED ? spec : `refs/heads/${branch.slice(branch.indexOf('/') + 1)}`;
}

export async function watchedCheckouts(db: Tx, build: number): Promise<{ readonly checkout: WatchedCheckout; readonly branch: string }[]> {
  const rows = await db
    .selectFrom('build_revisions')
    .select(['watched', 'branch'])
    .where('build_id', '=', build)
    .where('kind', '=', 'checkout')
    .where('poll', '=', 1)
    .where('watched', 'is not', null)
    .orderBy('ask_id')
    .limit(MOST)
    .execute();
  return rows.map(({ watched, branch }) => ({ checkout: parse<WatchedCheckout>(watched as string), branch }));
}

/** A look at an index for each result, however many builds are kept. */
export async function lastBuild(db: Tx, item: number): Promise<number | null> {
  const newest = (result: string | null): Promise<{ id: number; number: number | null } | undefined> => {
    const query = db.selectFrom('builds').select(['id', 'number']).where('item_id', '=', item).where('state', '=', 'ended').where('number', 'is not', null);
    return (result === null ? query : query.where('result', '=', result)).orderBy('number', 'desc').limit(1).executeTakeFirst();
  };
  const good = [await newest('SUCCESS'), await newest('UNSTABLE')].sort((a, b) => (b?.number ?? 0) - (a?.number ?? 0))[0];
  return (good ?? (await newest(null)))?.id ?? null;
}

/** `branch`: as the checkout told it; null: whichever. */
async function builtCommit(db: Tx, item: number, url: string, branch: string | null): Promise<string | null> {
  let query = db
    .selectFrom('build_revisions')
    .select('commit_id')
    .where('item_id', '=', item)
    .where('repo', '=', repositoryKey(url))
    .where('kind', 'in', ['checkout', 'script']);
  if (branch !== null) query = query.where('branch', '=', branch);
  return (await query.orderBy('build_id', 'desc').limit(1).executeTakeFirst())?.commit_id ?? null;
}
