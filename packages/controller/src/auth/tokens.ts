/** API tokens: `mr_` and 32 random bytes, of which only the SHA-256 is kept. They act for their user, within their scopes. */
import { randomBytes } from 'node:crypto';
import type { Scope } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Actor, Audit } from './audit.ts';
import type { Principal } from './principal.ts';
import { reaches } from './principal.ts';
import { digest } from './sessions.ts';

export const TOKEN_PREFIX = 'mr_';
/** How old `used_at` may get before it is written anew. */
const COARSE_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

export interface ShownToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: Scope[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly usedAt: number | null;
}

export class Tokens {
  private readonly store: Store;
  private readonly audit: Audit;
  private readonly now: () => number;
  constructor(store: Store, audit: Audit, now: () => number) {
    this.store = store;
    this.audit = audit;
    this.now = now;
  }

  async find(value: string): Promise<Row<'tokens'> | null> {
    const row = await this.store.db.selectFrom('tokens').selectAll().where('hash', '=', digest(value)).executeTakeFirst();
    const at = this.now();
    if (row === undefined || (row.expires_at !== null && row.expires_at <= at)) return null;
    if (at - (row.used_at ?? 0) > COARSE_MS) await this.store.write((tx) => tx.updateTable('tokens').set({ used_at: at }).where('id', '=', row.id).execute());
    return row;
  }

  async list(user: string): Promise<ShownToken[]> {
    const rows = await this.store.db.selectFrom('tokens').selectAll().where('user_id', '=', user).orderBy('created_at').orderBy('id').execute();
    return rows.map(shown);
  }

  /** A token cannot make one that reaches further. */
  async create(
    principal: Principal,
    actor: Actor,
    request: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number | null },
  ): Promise<ShownToken & { value: string }> {
    for (const scope of request.scopes) if (!reaches(principal, scope)) throw new ApiError('MR_SCOPE');
    const value = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
    const at = this.now();
    const row = {
      id: randomBytes(9).toString('base64url'),
      user_id: principal.user as string,
      name: request.name,
      hash: digest(value),
      scopes: JSON.stringify(request.scopes),
      created_at: at,
      expires_at: request.days === null ? null : at + request.days * DAY_MS,
      used_at: null,
    };
    await this.audit.change(actor, async (tx, _wakes, note) => {
      await tx.insertInto('tokens').values(row).execute();
      note('token.create', row.user_id, { token: row.id, name: row.name, scopes: [...request.scopes] });
    });
    return { ...shown(row), value };
  }

  async delete(user: string, actor: Actor, id: string): Promise<void> {
    await this.audit.change(actor, async (tx, _wakes, note) => {
      const { numDeletedRows } = await tx.deleteFrom('tokens').where('id', '=', id).where('user_id', '=', user).executeTakeFirst();
      if (Number(numDeletedRows) === 0) throw new ApiError('MR_TOKEN_UNKNOWN');
      note('token.delete', user, { token: id });
    });
  }
}

function shown(row: Row<'tokens'>): ShownToken {
  return { id: row.id, name: row.name, scopes: JSON.parse(row.scopes) as Scope[], createdAt: row.created_at, expiresAt: row.expires_at, usedAt: row.used_at };
}
