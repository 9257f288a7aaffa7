/**
 * The installation's key, which is never in the database: it wraps the keys that are (config/keys.ts). From MILLRACE_KEY
 * (base64 of 32 bytes) or a file in the data folder. The database holds a mark by which another key is noticed.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class KeyError extends Error {
  readonly code = 'MR_KEY';
}

/** Throws KeyError where MILLRACE_KEY is no key, or where several controllers may share the database and it is not given. */
export function readKey(folder: string, given: string | undefined, shared: boolean): Uint8Array {
  if (given !== undefined && given !== '') {
    return keyFrom(given, 'MILLRACE_KEY');
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

/** `name`: what it was read from. */
export function keyFrom(base64: string, name: string): Uint8Array {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32) throw new KeyError(`MR_KEY: ${name} has to be 32 bytes in base64: openssl rand -base64 32`);
  return key;
}
