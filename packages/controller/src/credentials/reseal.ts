/**
 * The duty `credentials`: what is sealed by an older key than the one that seals now is sealed anew, a portion at a time.
 * Credentials, and defaults of password parameters in configurations. It may be cut off anywhere: what was sealed is sealed.
 */
import { parse } from '../builds/records.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import { resealDefaults } from '../jobs/password-defaults.ts';
import type { Work } from '../store/group-writer.ts';
import type { Store } from '../store/store.ts';

type Write = <T>(work: Work<T>) => Promise<T>;

const PORTION = 100;

export interface ResealOptions {
  readonly store: Store;
  readonly write: Write;
  readonly sealer: Sealer;
}

/** Answers how many it has sealed anew; 0: there is nothing left to do. */
export async function resealPortion({ store, write, sealer }: ResealOptions): Promise<number> {
  const current = sealer.current;
  const rows = await store.db.selectFrom('credentials').selectAll().where('key_id', '!=', current).limit(PORTION).execute();
  if (rows.length === 0) return resealConfigurations(write, sealer, current);
  await write(async (tx) => {
    for (const row of rows)
      await tx
        .updateTable('credentials')
        .set({ data: sealer.seal(sealer.open(row.data)), key_id: current })
        .where('item_id', '=', row.item_id)
        .where('id', '=', row.id)
        // Somebody may have changed it since.
        .where('revision', '=', row.revision)
        .execute();
  });
  return rows.length;
}

/** Where it stands is noted, since configurations do not say which key sealed them. */
const DONE = 'configurations sealed by';

async function resealConfigurations(write: Write, sealer: Sealer, current: string): Promise<number> {
  return write(async (tx) => {
    const known = await tx.selectFrom('meta').select('value').where('key', '=', DONE).executeTakeFirst();
    const at = parse<{ key: string; after: number | null }>(known?.value ?? '{"key":"","after":null}');
    if (at.key === current && at.after === null) return 0;
    const after = at.key === current ? (at.after as number) : 0;
    const rows = await tx.selectFrom('items').select(['id', 'config', 'properties']).where('id', '>', after).orderBy('id').limit(PORTION).execute();
    for (const row of rows) {
      const config = resealDefaults(row.config, sealer),
        properties = resealDefaults(row.properties, sealer);
      if (config !== row.config || properties !== row.properties) await tx.updateTable('items').set({ config, properties }).where('id', '=', row.id).execute();
    }
    const value = JSON.stringify({ key: current, after: rows.length < PORTION ? null : (rows.at(-1)?.id ?? null) });
    await tx
      .insertInto('meta')
      .values({ key: DONE, value })
      .onConflict((c) => c.column('key').doUpdateSet({ value }))
      .execute();
    return rows.length;
  });
}
