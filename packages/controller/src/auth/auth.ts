/** What belongs together for logins and rights, put together once for a controller. */
import type { Role } from '@millrace/protocol';
import type { Store } from '../store/store.ts';
import { Audit } from './audit.ts';
import { Authenticator } from './authenticator.ts';
import { LoginThrottle } from './login-throttle.ts';
import type { ScryptCost } from './passwords.ts';
import { Passwords } from './passwords.ts';
import type { SessionLimits } from './sessions.ts';
import { Sessions } from './sessions.ts';
import { Tokens } from './tokens.ts';
import { Users } from './users.ts';

export interface AuthOptions {
  readonly store: Store;
  readonly now: () => number;
  /** What everybody may without a login; null: nothing. */
  readonly anonymousRole?: () => Role | null;
  readonly scrypt?: ScryptCost;
  readonly sessionLimits?: SessionLimits;
}

export interface Auth {
  readonly audit: Audit;
  readonly authenticator: Authenticator;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly users: Users;
}

export function createAuth({ store, now, anonymousRole = () => null, scrypt, sessionLimits }: AuthOptions): Auth {
  const audit = new Audit(store, now);
  const passwords = new Passwords(scrypt);
  const sessions = new Sessions(store, now, sessionLimits);
  const tokens = new Tokens(store, audit, now);
  const throttle = new LoginThrottle({ store, now });
  const users = new Users({ store, audit, passwords, sessions, now });
  const authenticator = new Authenticator({ store, passwords, sessions, tokens, throttle, anonymousRole, now });
  return { audit, authenticator, passwords, sessions, tokens, users };
}
