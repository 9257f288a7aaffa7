/** Users and their grants. Whoever gets other rights, another password, or none any more, is logged out everywhere. */
import type { Role } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Actor, Audit } from './audit.ts';
import type { Passwords } from './passwords.ts';
import { SHORTEST_PASSWORD } from './passwords.ts';
import type { Grant } from './principal.ts';
import type { NewSession, Sessions } from './sessions.ts';

export interface ShownUser {
  readonly id: string;
  readonly fullName: string;
  readonly email: string | null;
  readonly role: Role | null;
  readonly disabled: boolean;
  readonly mustChange: boolean;
  readonly hasPassword: boolean;
  readonly grants: Grant[];
  readonly createdAt: number;
  readonly revision: number;
}

export interface UserChange {
  readonly fullName?: string | undefined;
  readonly email?: string | null | undefined;
  readonly role?: Role | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly password?: string | undefined;
}

export interface UsersOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly now: () => number;
}

export class Users {
  private readonly options: UsersOptions;
  constructor(options: UsersOptions) {
    this.options = options;
  }

  async list(after: string | null, limit: number): Promise<ShownUser[]> {
    const { db } = this.options.store;
    let query = db.selectFrom('users').selectAll().orderBy('id').limit(limit);
    if (after !== null) query = query.where('id', '>', after);
    const rows = await query.execute();
    const ids = rows.map((r) => r.id);
    const grants = ids.length === 0 ? [] : await db.selectFrom('grants').selectAll().where('user_id', 'in', ids).orderBy('scope').execute();
    return rows.map((row) =>
      shown(
        row,
        grants.filter((g) => g.user_id === row.id),
      ),
    );
  }

  async get(id: string): Promise<ShownUser> {
    const row = await this.options.store.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new ApiError('MR_USER_UNKNOWN');
    return shown(row, await this.options.store.db.selectFrom('grants').selectAll().where('user_id', '=', id).orderBy('scope').execute());
  }

  async create(
    actor: Actor,
    request: {
      readonly id: string;
      readonly fullName: string;
      readonly email: string | null;
      readonly role: Role | null;
      readonly password: string | null;
      readonly mustChange: boolean;
    },
  ): Promise<ShownUser> {
    const { audit, now } = this.options;
    const password = request.password === null ? null : await this.hash(request.password);
    await audit.change(actor, async (tx, _wakes, note) => {
      const taken = await tx
        .selectFrom('users')
        .select('id')
        .where((e) => e(e.fn<string>('lower', ['id']), '=', request.id.toLowerCase()))
        .executeTakeFirst();
      if (taken !== undefined) throw new ApiError('MR_NAME_TAKEN', `The user ${taken.id} exists.`);
      await tx
        .insertInto('users')
        .values({
          id: request.id,
          full_name: request.fullName === '' ? request.id : request.fullName,
          email: request.email,
          password,
          role: request.role,
          disabled: 0,
          must_change: password !== null && request.mustChange ? 1 : 0,
          created_at: now(),
          revision: 1,
        })
        .execute();
      note('user.create', request.id, { role: request.role });
    });
    return this.get(request.id);
  }

  async change(actor: Actor, id: string, revision: number | null, change: UserChange): Promise<ShownUser> {
    const { audit, sessions } = this.options;
    const password = change.password === undefined ? undefined : await this.hash(change.password);
    await audit.change(actor, async (tx, _wakes, note) => {
      const row = await rowOf(tx, id, revision);
      const role = change.role === undefined ? row.role : change.role;
      const disabled = change.disabled === undefined ? row.disabled : change.disabled ? 1 : 0;
      if (row.role === 'administrator' && row.disabled === 0 && (role !== 'administrator' || disabled === 1)) await refuseLast(tx, id);
      await tx
        .updateTable('users')
        .set({
          role,
          disabled,
          ...(change.fullName === undefined ? {} : { full_name: change.fullName }),
          ...(change.email === undefined ? {} : { email: change.email }),
          ...(password === undefined ? {} : { password, must_change: 1 }),
          revision: row.revision + 1,
        })
        .where('id', '=', id)
        .execute();
      if (role !== row.role || disabled !== row.disabled || password !== undefined) await sessions.endAll(tx, id);
      const { password: _secret, ...told } = change;
      note('user.change', id, {
        ...(Object.fromEntries(Object.entries(told).filter(([, v]) => v !== undefined)) as { [name: string]: string }),
        ...(password === undefined ? {} : { password: 'changed' }),
      });
    });
    return this.get(id);
  }

  async setGrants(actor: Actor, id: string, revision: number | null, grants: readonly Grant[]): Promise<ShownUser> {
    const { audit, sessions } = this.options;
    const byScope = new Map(grants.map((g) => [g.scope, g.role]));
    await audit.change(actor, async (tx, _wakes, note) => {
      const row = await rowOf(tx, id, revision);
      await tx.deleteFrom('grants').where('user_id', '=', id).execute();
      if (byScope.size > 0)
        await tx
          .insertInto('grants')
          .values([...byScope].map(([scope, role]) => ({ user_id: id, scope, role })))
          .execute();
      await tx
        .updateTable('users')
        .set({ revision: row.revision + 1 })
        .where('id', '=', id)
        .execute();
      await sessions.endAll(tx, id);
      note('user.grants', id, { grants: [...byScope].map(([scope, role]) => `${scope}: ${role}`) });
    });
    return this.get(id);
  }

  /** On one folder or job alone; null: none there. What is already so changes nothing, and ends no session. */
  async setRoleOn(actor: Actor, id: string, scope: string, role: Role | null): Promise<void> {
    const { audit, sessions } = this.options;
    await audit.change(actor, async (tx, _wakes, note) => {
      const row = await rowOf(tx, id, null);
      const before = await tx.selectFrom('grants').select('role').where('user_id', '=', id).where('scope', '=', scope).executeTakeFirst();
      if ((before?.role ?? null) === role) return;
      if (role === null) await tx.deleteFrom('grants').where('user_id', '=', id).where('scope', '=', scope).execute();
      else
        await tx
          .insertInto('grants')
          .values({ user_id: id, scope, role })
          .onConflict((c) => c.columns(['user_id', 'scope']).doUpdateSet({ role }))
          .execute();
      await tx
        .updateTable('users')
        .set({ revision: row.revision + 1 })
        .where('id', '=', id)
        .execute();
      await sessions.endAll(tx, id);
      note('user.grants', id, { grants: [`${scope}: ${role ?? 'none'}`] });
    });
  }

  async delete(actor: Actor, id: string, revision: number | null): Promise<void> {
    await this.options.audit.change(actor, async (tx, _wakes, note) => {
      const row = await rowOf(tx, id, revision);
      if (row.role === 'administrator' && row.disabled === 0) await refuseLast(tx, id);
      for (const table of ['sessions', 'tokens', 'grants', 'favourites', 'dismissals'] as const) await tx.deleteFrom(table).where('user_id', '=', id).execute();
      await tx.deleteFrom('users').where('id', '=', id).execute();
      note('user.delete', id);
    });
  }

  /** Ends all sessions; all tokens too where wanted. */
  async logOut(actor: Actor, id: string, tokens: boolean): Promise<void> {
    await this.options.audit.change(actor, async (tx, _wakes, note) => {
      await rowOf(tx, id, null);
      await this.options.sessions.endAll(tx, id);
      if (tokens) await tx.deleteFrom('tokens').where('user_id', '=', id).execute();
      note('user.logout', id, { tokens });
    });
  }

  /** The own: `stored` is the hash that the old one was compared with. All sessions end; answers a new one. */
  async changePassword(actor: Actor, id: string, stored: string, password: string): Promise<NewSession> {
    const { audit, sessions } = this.options;
    const hash = await this.hash(password);
    return audit.change(actor, async (tx, _wakes, note) => {
      const { numUpdatedRows } = await tx
        .updateTable('users')
        .set((e) => ({ password: hash, must_change: 0, revision: e('revision', '+', 1) }))
        .where('id', '=', id)
        .where('password', '=', stored)
        .executeTakeFirst();
      if (Number(numUpdatedRows) === 0) throw new ApiError('MR_LOGIN');
      await sessions.endAll(tx, id);
      note('user.password', id);
      return sessions.begin(tx, id);
    });
  }

  private hash(password: string): Promise<string> {
    if ([...password].length < SHORTEST_PASSWORD) throw new ApiError('MR_PASSWORD', `It needs ${SHORTEST_PASSWORD} characters.`);
    return this.options.passwords.hash(password);
  }
}

async function rowOf(tx: Tx, id: string, revision: number | null): Promise<Row<'users'>> {
  const row = await tx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_USER_UNKNOWN');
  if (revision !== null && row.revision !== revision) throw new ApiError('MR_REVISION');
  return row;
}

/** Nobody could mend it afterwards. */
async function refuseLast(tx: Tx, id: string): Promise<void> {
  const other = await tx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled', '=', 0)
    .where('id', '<>', id)
    .limit(1)
    .executeTakeFirst();
  if (other === undefined) throw new ApiError('MR_LAST_ADMINISTRATOR');
}

function shown(row: Row<'users'>, grants: readonly Row<'grants'>[]): ShownUser {
  return {
    id: row.id,
    fullName: row.full_name,
    email: row.email,
    role: row.role as Role | null,
    disabled: row.disabled === 1,
    mustChange: row.must_change === 1,
    hasPassword: row.password !== null,
    grants: grants.map(({ scope, role }) => ({ scope, role: role as Role })),
    createdAt: row.created_at,
    revision: row.revision,
  };
}
