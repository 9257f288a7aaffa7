/**
 * The keys that seal secrets. They are in the database, wrapped by the installation's key (config/key.ts), which is not:
 * whoever has one without the other has nothing.
 *
 * - Another installation key (MILLRACE_KEY): the keys are wrapped anew, and nothing else changes (`changeInstallationKey`).
 * - Another sealing key (`addKey`): what is sealed from then on is sealed with it, credentials are sealed anew by the duty
 *   `credentials`, and what builds have sealed before can be opened as long as it is kept. It seals only after a while, so that every
 *   controller of the fleet has read it.
 *
 * The first key of a database that was made before there were any is the installation's key of then.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { SealKey } from '../builds/worker/sealer.ts';
import { openWith, sealWith } from '../builds/worker/sealer.ts';
import type { Store, Tx } from '../store/store.ts';
import { KeyError } from './key.ts';

const FIRST = 'k1';
/** How long every controller has to read a new key. They read when they are told, and each minute. */
export const KEY_SPREAD_MS = 120_000;

export interface Keys {
  readonly first: Uint8Array;
  readonly later: readonly SealKey[];
}

/** Makes the first one where there is none. Throws KeyError where the database belongs to another installation key. */
export async function openKeys(store: Store, installationKey: Uint8Array, now: number): Promise<Keys> {
  const mark = markOf(installationKey);
  const rows = await store.write(async (tx) => {
    await store.engine.exclusive(tx, 'keys');
    const known = await tx.selectFrom('meta').select('value').where('key', '=', 'key mark').executeTakeFirst();
    if (known === undefined) await tx.insertInto('meta').values({ key: 'key mark', value: mark }).execute();
    else if (known.value !== mark) throw new KeyError('MR_KEY: this database was made with another key; start with that one');
    const found = await tx.selectFrom('keys').selectAll().execute();
    if (found.length > 0) return found;
    const first = known === undefined ? randomBytes(32) : installationKey;
    const row = { id: FIRST, wrapped: wrap(installationKey, first), created_at: now, active_at: now };
    await tx.insertInto('keys').values(row).execute();
    return [row];
  });
  return unwrapped(rows, installationKey);
}

export async function readKeys(store: Pick<Store, 'db'>, installationKey: Uint8Array): Promise<Keys> {
  return unwrapped(await store.db.selectFrom('keys').selectAll().execute(), installationKey);
}

export async function addKey(tx: Tx, installationKey: Uint8Array, now: number): Promise<{ readonly id: string; readonly activeAt: number }> {
  const rows = await tx.selectFrom('keys').select('id').execute();
  const id = `k${Math.max(...rows.map((r) => Number(r.id.slice(1)))) + 1}`;
  const activeAt = now + KEY_SPREAD_MS;
  await tx
    .insertInto('keys')
    .values({ id, wrapped: wrap(installationKey, randomBytes(32)), created_at: now, active_at: activeAt })
    .execute();
  return { id, activeAt };
}

/** All keys at once, or none. Throws KeyError where `from` is not the installation's. */
export async function changeInstallationKey(store: Store, from: Uint8Array, to: Uint8Array): Promise<number> {
  return store.write(async (tx) => {
    await store.engine.exclusive(tx, 'keys');
    const known = await tx.selectFrom('meta').select('value').where('key', '=', 'key mark').executeTakeFirst();
    if (known?.value !== markOf(from)) throw new KeyError('MR_KEY: MILLRACE_KEY is not the key of this database');
    const rows = await tx.selectFrom('keys').selectAll().execute();
    if (rows.length === 0) throw new KeyError('MR_KEY: no controller of this version has started on this database yet; start one first');
    for (const row of rows)
      await tx
        .updateTable('keys')
        .set({ wrapped: wrap(to, unwrap(from, row.wrapped)) })
        .where('id', '=', row.id)
        .execute();
    await tx
      .updateTable('meta')
      .set({ value: markOf(to) })
      .where('key', '=', 'key mark')
      .execute();
    return rows.length;
  });
}

function unwrapped(rows: readonly { readonly id: string; readonly wrapped: string; readonly active_at: number }[], installationKey: Uint8Array): Keys {
  const all = rows.map((row) => ({ id: row.id, key: unwrap(installationKey, row.wrapped), activeAt: row.active_at }));
  const first = all.find((k) => k.id === FIRST);
  if (first === undefined) throw new KeyError('MR_KEY: the first key is not in the database');
  return { first: first.key, later: all.filter((k) => k.id !== FIRST) };
}

function wrap(by: Uint8Array, key: Uint8Array): string {
  return sealWith(by, Buffer.from(key).toString('base64'));
}
function unwrap(by: Uint8Array, wrapped: string): Uint8Array {
  try {
    return Buffer.from(openWith(by, wrapped), 'base64');
  } catch (cause) {
    throw new KeyError('MR_KEY: the keys in the database are wrapped by another key; start with that one', { cause });
  }
}
function markOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('millrace key').digest('hex').slice(0, 32);
}
