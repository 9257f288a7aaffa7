import type { BuildFacts } from '@millrace/pipeline';
import type { CommitStatusConfig } from '@millrace/protocol';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { buildPlace } from './build-place.ts';

/**
 * Whether checks of a build's commit may be taken somewhere, as far as its job tells: its program knows that for its life. At GitLab
 * and Gitea, where they are statuses, those that somebody has named. Null: nowhere.
 */
export async function takesChecks(
  db: Tx,
  build: Row<'builds'>,
  { commitStatus = null }: { readonly commitStatus?: CommitStatusConfig | null },
): Promise<NonNullable<BuildFacts['checks']> | null> {
  // The commit of a branch that somebody started is looked up after its row was read.
  const row = await db.selectFrom('builds').selectAll().where('id', '=', build.id).executeTakeFirst();
  const place = await buildPlace(db, row ?? build);
  // Of a job that checks out by itself it becomes known later.
  if (place === null) return commitStatus === null ? null : (commitStatus.forge ?? 'github') === 'github' ? 'all' : 'named';
  if (place.source.credentialsId === null) return null;
  return place.source.kind === 'github' ? 'all' : 'named';
}
