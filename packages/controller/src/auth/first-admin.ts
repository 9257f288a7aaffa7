/** The first administrator of a new installation. The password is generated, shown once, and has to be changed. */
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';

export const FIRST_ADMIN = 'admin',
  PASSWORD_FILE = 'initial-admin-password';

export interface FirstAdminOptions {
  readonly store: Store;
  readonly passwords: Passwords;
  /** Where the password is written, for the owner of the process alone; null: nowhere. */
  readonly dataFolder: string | null;
  readonly now: () => number;
}

/** Answers the password where this call made the user, else null: there are users already. */
export async function ensureFirstAdmin({ store, passwords, dataFolder, now }: FirstAdminOptions): Promise<string | null> {
  const anybody = await store.db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  if (anybody !== undefined) return null;
  const password = randomBytes(15).toString('base64url');
  const hash = await passwords.hash(password);
  const file = dataFolder === null ? null : join(dataFolder, PASSWORD_FILE);
  // Before the user is there: nobody can be left without the password.
  if (file !== null) await writeFile(file, `${password}\n`, { mode: 0o600 });
  const made = await store.write(async (tx) => {
    await store.engine.exclusive(tx, 'first administrator');
    const other = await tx.selectFrom('users').select('id').limit(1).executeTakeFirst();
    if (other !== undefined) return false;
    const at = now();
    await tx
      .insertInto('users')
      .values({
        id: FIRST_ADMIN,
        full_name: 'Administrator',
        email: null,
        password: hash,
        role: 'administrator',
        disabled: 0,
        must_change: 1,
        created_at: at,
        revision: 1,
      })
      .execute();
    await tx.insertInto('audit').values({ at, user_id: null, address: null, action: 'user.create', subject: FIRST_ADMIN, detail: '{"first":true}' }).execute();
    return true;
  });
  if (made) return password;
  // Another controller was first, and has shown its own.
  if (file !== null) await rm(file, { force: true });
  return null;
}
