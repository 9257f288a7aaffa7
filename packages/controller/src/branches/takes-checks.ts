import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { buildPlace } from './build-place.ts';

/** Whether checks of a build's commit may be taken somewhere, as far as its job tells: its program knows that for its life. */
export async function takesChecks(db: Tx, build: Row<'builds'>, { commitStatus }: { readonly commitStatus?: object | null }): Promise<boolean> {
  // Of a job that is no branch the commit may become known later.
  if (commitStatus != null) return true;
  // The commit of a branch that somebody started is looked up after its row was read.
  const row = await db.selectFrom('builds').selectAll().where('id', '=', build.id).executeTakeFirst();
  const place = await buildPlace(db, row ?? build);
  return place !== null && place.source.credentialsId !== null;
}
