/**
 * Keeps `watched_repositories` equal to what each job's last good build has checked out with polling, so that a push finds the
 * jobs it concerns by one look, however many jobs and builds there are. It changes in the transaction that ends or deletes a
 * build. It names who may be concerned: whoever looks at it asks the build's own rows (watched-sources.ts) what is so.
 */
import { repositoryAddress } from '../scm/repository-address.ts';
import type { Engine } from '../store/engine.ts';
import type { Work } from '../store/group-writer.ts';
import type { Store, Tx } from '../store/store.ts';
import { lastBuild, watchedCheckouts } from './watched-sources.ts';

/** `ended`: the build that has ended now; null: any may have changed. */
export async function indexWatched(tx: Tx, exclusive: Engine['exclusive'], item: number, ended: number | null): Promise<void> {
  // Most jobs check out what their Jenkinsfile came from and nothing else: they wait for nobody.
  if (ended !== null && (await watchedCheckouts(tx, ended)).length === 0 && (await knownOf(tx, item)).length === 0) return;
  // Two builds of a job may end at once.
  await exclusive(tx, `watched ${item}`);
  const [known, wanted] = [await knownOf(tx, item), await wantedOf(tx, item)];
  const gone = known.filter((address) => !wanted.includes(address));
  if (gone.length > 0) await tx.deleteFrom('watched_repositories').where('item_id', '=', item).where('address', 'in', gone).execute();
  const more = wanted.filter((address) => !known.includes(address)).map((address) => ({ address, item_id: item }));
  if (more.length > 0)
    await tx
      .insertInto('watched_repositories')
      .values(more)
      .onConflict((c) => c.columns(['address', 'item_id']).doNothing())
      .execute();
}

async function knownOf(tx: Tx, item: number): Promise<string[]> {
  return (await tx.selectFrom('watched_repositories').select('address').where('item_id', '=', item).execute()).map((row) => row.address);
}

async function wantedOf(tx: Tx, item: number): Promise<string[]> {
  const build = await lastBuild(tx, item);
  if (build === null) return [];
  return [...new Set((await watchedCheckouts(tx, build)).flatMap(({ checkout }) => repositoryAddress(checkout.url) ?? []))];
}

const PORTION = 100;

/**
 * What builds ended under an older version, which has kept no index: once for each holder of the duty, a portion at a time.
 * Of the items after `after`; answers the last of them, null at the end.
 */
export async function indexOlder(
  { store, write }: { readonly store: Store; readonly write: <T>(work: Work<T>) => Promise<T> },
  after: number,
): Promise<number | null> {
  const rows = await store.db
    .selectFrom('triggers')
    .select('item_id')
    .distinct()
    .where('kind', 'in', ['push', 'poll', 'gitlab'])
    .where('item_id', '>', after)
    .orderBy('item_id')
    .limit(PORTION)
    .execute();
  for (const { item_id } of rows) {
    const [known, wanted] = [await knownOf(store.db, item_id), await wantedOf(store.db, item_id)];
    if (known.length === wanted.length && known.every((address) => wanted.includes(address))) continue;
    await write((tx) => indexWatched(tx, store.engine.exclusive, item_id, null));
  }
  return rows.length < PORTION ? null : (rows.at(-1) as { item_id: number }).item_id;
}
