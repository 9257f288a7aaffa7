/**
 * Which repositories a poll of a job looks at: its own, and as WorkflowJob.poll of Jenkins those that its last good build (where
 * there is none, its last) has checked out, without `poll: false`. Not those of shared libraries, which Jenkins does not poll either.
 */
import { parse } from '../builds/records.ts';
import { repositoryKey } from '../builds/revisions.ts';
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
}

const MOST = 100;

export async function watchedSources(db: Tx, item: number, own: GitSource | null, ignore: IgnoreRules | undefined): Promise<WatchedSource[]> {
  const found: WatchedSource[] = [];
  if (own !== null) found.push({ ...own, ignore, built: await builtCommit(db, item, own.url, null), key: null });
  const build = await lastBuild(db, item);
  if (build === null) return found;
  const rows = await db
    .selectFrom('build_revisions')
    .select(['watched', 'branch', 'commit_id'])
    .where('build_id', '=', build)
    .where('kind', '=', 'checkout')
    .where('poll', '=', 1)
    .where('watched', 'is not', null)
    .orderBy('ask_id')
    .limit(MOST)
    .execute();
  for (const { watched, branch } of rows) {
    const { url, credentialsId, branches, ignore: rules } = parse<WatchedCheckout>(watched as string);
    for (const spec of branches) {
      const key = `${repositoryKey(url)} ${spec}`;
      if (found.some((one) => one.key === key || (one.key === null && one.url === url && one.branch === spec))) continue;
      found.push({ url, branch: spec, credentialsId, ignore: rules, built: await builtCommit(db, item, url, branch), key });
    }
  }
  return found;
}

async function lastBuild(db: Tx, item: number): Promise<number | null> {
  const ended = db.selectFrom('builds').select('id').where('item_id', '=', item).where('state', '=', 'ended').orderBy('number', 'desc').limit(1);
  const row = (await ended.where('result', 'in', ['SUCCESS', 'UNSTABLE']).executeTakeFirst()) ?? (await ended.executeTakeFirst());
  return row?.id ?? null;
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
