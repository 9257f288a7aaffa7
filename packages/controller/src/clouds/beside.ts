/**
 * What clouds have beside machines, as the holder of the duty saw it last: a row a cloud, so that every controller shows the
 * same and none asks the clouds for it.
 */
import type { Store, Tx } from '../store/store.ts';
import type { Beside } from './cloud.ts';

export interface CloudState extends Beside {
  /** What keeps it from being as it is wanted. */
  readonly problem: string | null;
}

export const NOTHING: CloudState = { placeholders: null, imageCaches: [], problem: null };

export async function writeState(tx: Tx, cloud: string, state: CloudState, at: number): Promise<void> {
  const row = { state: JSON.stringify(state), at };
  await tx
    .insertInto('cloud_states')
    .values({ cloud, ...row })
    .onConflict((c) => c.column('cloud').doUpdateSet(row))
    .execute();
}

export async function readStates(store: Store): Promise<Map<string, CloudState>> {
  const rows = await store.db.selectFrom('cloud_states').select(['cloud', 'state']).execute();
  return new Map(rows.map(({ cloud, state }) => [cloud, { ...NOTHING, ...(JSON.parse(state) as Partial<CloudState>) }]));
}
