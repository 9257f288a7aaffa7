/**
 * The installation's key, which is never in the database: it seals secrets, and controllers know each other by it. From
 * MILLRACE_KEY (base64 of 32 bytes) or a file in the data folder. The database holds a mark by which another key is noticed.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../store/store.ts';

export class KeyError extends Error {
  readonly code = 'MR_KEY';
}

/** Throws KeyError where MILLRACE_KEY is no key, or where several controllers may share the database and it is not given. */
export function readKey(folder: string, given: string | undefined, shared: boolean): Uint8Array {
  if (given !== undefined && given !== '') {
    const key = Buffer.from(given, 'base64');
    if (key.length !== 32) throw new KeyError('MR_KEY: MILLRACE_KEY has to be 32 bytes in base64: openssl rand -base64 32');
    return key;
  }
  const file = join(folder, 'secret.key');
  if (existsSync(file)) return readFileSync(file);
  if (shared)
    throw new KeyError(`MR_KEY: controllers on PostgreSQL share a key: set MILLRACE_KEY (openssl rand -base64 32), or put the fleet's key into ${file}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
  return key;
}

/** Throws KeyError where the database belongs to another key. */
export async function checkKey(store: Store, key: Uint8Array): Promise<void> {
  const mark = createHmac('sha256', key).update('millrace key').digest('hex').slice(0, 32);
  const known = await store.write(async (tx) => {
    await tx
      .insertInto('meta')
      .values({ key: 'key mark', value: mark })
      .onConflict((c) => c.column('key').doNothing())
      .execute();
    return (await tx.selectFrom('meta').select('value').where('key', '=', 'key mark').executeTakeFirstOrThrow()).value;
  });
  if (known !== mark) throw new KeyError('MR_KEY: this database was made with another key; start with that one');
}
