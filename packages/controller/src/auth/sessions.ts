/**
 * Sessions of browsers: a random id in a cookie, of which only the SHA-256 is kept. One ends by logout, when it was not used
 * for a while, and in any case after some days. A login begins a new one and ends that which came with it.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';

export const SESSION_COOKIE = 'millrace_session',
  CSRF_COOKIE = 'millrace_csrf';

export interface SessionLimits {
  readonly idleMs: number;
  readonly longestMs: number;
}
export const SESSION_LIMITS: SessionLimits = { idleMs: 24 * 3_600_000, longestMs: 14 * 24 * 3_600_000 };
/** How old `used_at` may get before it is written anew. */
const COARSE_MS = 60_000;

export interface NewSession {
  readonly id: string;
  readonly csrf: string;
}

export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export class Sessions {
  private readonly store: Store;
  private readonly now: () => number;
  private readonly limits: SessionLimits;
  constructor(store: Store, now: () => number, limits: SessionLimits = SESSION_LIMITS) {
    this.store = store;
    this.now = now;
    this.limits = limits;
  }

  async begin(tx: Tx, user: string): Promise<NewSession> {
    const id = randomBytes(32).toString('base64url'),
      csrf = randomBytes(32).toString('base64url');
    const at = this.now();
    await tx
      .insertInto('sessions')
      .values({ hash: digest(id), user_id: user, csrf, created_at: at, used_at: at, expires_at: at + this.limits.longestMs })
      .execute();
    await tx
      .deleteFrom('sessions')
      .where((e) => e.or([e('expires_at', '<', at), e('used_at', '<', at - this.limits.idleMs)]))
      .execute();
    return { id, csrf };
  }

  async find(id: string): Promise<Row<'sessions'> | null> {
    const row = await this.store.db.selectFrom('sessions').selectAll().where('hash', '=', digest(id)).executeTakeFirst();
    const at = this.now();
    if (row === undefined || row.expires_at <= at || row.used_at + this.limits.idleMs <= at) return null;
    if (at - row.used_at > COARSE_MS) await this.store.write((tx) => tx.updateTable('sessions').set({ used_at: at }).where('hash', '=', row.hash).execute());
    return row;
  }

  end(tx: Tx, hash: string): Promise<unknown> {
    return tx.deleteFrom('sessions').where('hash', '=', hash).execute();
  }
  endAll(tx: Tx, user: string): Promise<unknown> {
    return tx.deleteFrom('sessions').where('user_id', '=', user).execute();
  }
}
