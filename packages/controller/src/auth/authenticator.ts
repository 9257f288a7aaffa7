/**
 * Who sends a request: an API token (Bearer, or Basic with the user before it), a password (Basic), a session's cookie, or
 * nobody. Credentials that are given and wrong are refused; they never fall back to anonymous.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Role, Scope } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { Passwords } from './passwords.ts';
import type { Grant, Principal } from './principal.ts';
import { anonymous } from './principal.ts';
import type { Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';
import { TOKEN_PREFIX } from './tokens.ts';

export interface Credentials {
  readonly authorization: string | null;
  readonly sessionCookie: string | null;
  readonly address: string;
}

export interface AuthenticatorOptions {
  readonly store: Store;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly throttle: LoginThrottle;
  /** What everybody may, without a login. */
  readonly anonymousRole: () => Role | null;
  readonly now: () => number;
}

/** How long a password of Basic authentication is not computed again. */
const REMEMBER_MS = 60_000,
  REMEMBERED = 1_000;

export class Authenticator {
  private readonly options: AuthenticatorOptions;
  private readonly key = randomBytes(32);
  /** By user, password and stored hash: right ones alone stay. */
  private readonly checked = new Map<string, { readonly until: number; readonly right: Promise<boolean> }>();

  constructor(options: AuthenticatorOptions) {
    this.options = options;
  }

  async authenticate({ authorization, sessionCookie, address }: Credentials): Promise<Principal> {
    if (authorization !== null) return this.byHeader(authorization, address);
    if (sessionCookie !== null) {
      const session = await this.options.sessions.find(sessionCookie);
      const user = session === null ? null : await this.user(session.user_id);
      // A session that has ended is no attack: the page asks for a login.
      if (session !== null && user !== null) return this.principal(user, { via: 'session', session: { hash: session.hash, csrf: session.csrf } });
    }
    return anonymous(this.options.anonymousRole());
  }

  /** Throws MR_LOGIN, MR_LOGIN_THROTTLED. A hash of less than today's cost is made anew. */
  async login(name: string, password: string, address: string): Promise<Row<'users'>> {
    const { throttle, passwords, store } = this.options;
    await throttle.attempt(name, address);
    const user = await this.user(name);
    if (!(await passwords.verify(password, user?.password ?? null)) || user === null) throw new ApiError('MR_LOGIN');
    await throttle.succeeded(name, address);
    if (passwords.isOld(user.password as string)) {
      const hash = await passwords.hash(password);
      await store.write((tx) => tx.updateTable('users').set({ password: hash }).where('id', '=', user.id).where('password', '=', user.password).execute());
    }
    return user;
  }

  async principal(user: Row<'users'>, more: { via: Principal['via']; session?: Principal['session']; scopes?: readonly Scope[] }): Promise<Principal> {
    const grants = await this.options.store.db.selectFrom('grants').select(['scope', 'role']).where('user_id', '=', user.id).orderBy('scope').execute();
    return {
      user: user.id,
      fullName: user.full_name,
      role: user.role as Role | null,
      grants: grants as Grant[],
      via: more.via,
      scopes: more.scopes ?? null,
      mustChange: user.must_change === 1 && more.via !== 'token',
      session: more.session ?? null,
    };
  }

  private async byHeader(header: string, address: string): Promise<Principal> {
    const bearer = /^Bearer +(\S+)$/i.exec(header)?.[1];
    if (bearer !== undefined) return this.byToken(bearer, null);
    const basic = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(header)?.[1];
    const pair = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8');
    const colon = pair.indexOf(':');
    if (colon < 1) throw new ApiError('MR_LOGIN');
    const name = pair.slice(0, colon),
      secret = pair.slice(colon + 1);
    return secret.startsWith(TOKEN_PREFIX) ? this.byToken(secret, name) : this.byPassword(name, secret, address);
  }

  private async byToken(value: string, name: string | null): Promise<Principal> {
    const token = value.startsWith(TOKEN_PREFIX) ? await this.options.tokens.find(value) : null;
    const user = token === null ? null : await this.user(token.user_id);
    if (token === null || user === null || (name !== null && name.toLowerCase() !== user.id.toLowerCase())) throw new ApiError('MR_LOGIN');
    return this.principal(user, { via: 'token', scopes: JSON.parse(token.scopes) as Scope[] });
  }

  private async byPassword(name: string, password: string, address: string): Promise<Principal> {
    const known = await this.user(name);
    const key = createHmac('sha256', this.key)
      .update(JSON.stringify([name.toLowerCase(), password, known?.password ?? null]))
      .digest('base64');
    const at = this.options.now();
    let entry = this.checked.get(key);
    if (entry === undefined || entry.until <= at) {
      const right = this.login(name, password, address).then(() => true);
      entry = { until: at + REMEMBER_MS, right };
      this.checked.set(key, entry);
      if (this.checked.size > REMEMBERED) this.checked.delete(this.checked.keys().next().value as string);
      right.catch(() => {
        this.checked.delete(key);
      });
    }
    await entry.right;
    const user = await this.user(name);
    if (user === null) throw new ApiError('MR_LOGIN');
    return this.principal(user, { via: 'password' });
  }

  /** One that may log in. */
  private async user(name: string): Promise<Row<'users'> | null> {
    if (name.includes('\0')) return null;
    const row = await this.options.store.db
      .selectFrom('users')
      .selectAll()
      .where((e) => e(e.fn<string>('lower', ['id']), '=', name.toLowerCase()))
      .executeTakeFirst();
    return row === undefined || row.disabled === 1 ? null : row;
  }
}
