/**
 * GitHub Apps as credentials: the app's private key makes a JSON Web Token, that a token of one of the app's installations, and
 * this is what uses of the credential get as their password. The key itself leaves neither this process nor the database.
 * Follows GitHubAppCredentials of Jenkins' github-branch-source plug-in and
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
 *
 * Tokens are kept in memory until a quarter of an hour before their end (GitHub gives them an hour), so that a use has that
 * long at least; one that GitHub cannot make anew just now is used until its end. They are asked for once however many want one.
 */
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { z } from 'zod';
import { ForgeError } from '../branches/forges/forge-error.ts';
import { ForgeHttp } from '../branches/forges/forge-http.ts';
import { GITHUB_API } from '../branches/forges/github.ts';
import type { Credential } from './credential.ts';

export const GITHUB_APP = 'gitHubApp';

/** What is wrong with the app itself: its key, its id, or where it is installed. */
export class GitHubAppError extends Error {
  readonly code = 'MR_CREDENTIALS_APP';
  constructor(id: string, appId: string, why: string) {
    super(`The credentials '${id}' give no token of the GitHub App ${appId}: ${why}`);
  }
}

interface Token {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

const HOLDS_MS = 15 * 60_000,
  /** GitHub takes ten minutes at most, and clocks differ. */
  JWT_SECONDS = 540,
  JWT_BEFORE_SECONDS = 60;

const installation = z.object({ id: z.int(), account: z.object({ login: z.string().nullish(), slug: z.string().nullish() }).nullish() });
const accessToken = z.object({ token: z.string().min(1), expires_at: z.string() });

export class GitHubApps {
  private readonly now: () => number;
  private readonly kept = new Map<string, Token>();
  private readonly asked = new Map<string, Promise<Token>>();

  constructor(now: () => number) {
    this.now = now;
  }

  /**
   * The credential as its uses see it: `username` is the app's id, as in Jenkins, and `password` a token. Rejects with
   * MR_CREDENTIALS_APP, and with a ForgeError where GitHub does not answer.
   */
  async open(credential: Credential): Promise<Credential> {
    const { appId = '' } = credential.fields;
    const identity = identityOf(credential.fields);
    const { token } = await this.token(identity, credential);
    return { ...credential, fields: { appId, username: appId, password: token }, identity };
  }

  private async token(key: string, credential: Credential): Promise<Token> {
    const known = this.kept.get(key);
    if (known !== undefined && known.endsAt - HOLDS_MS > this.now()) return known;
    for (const [other, { endsAt }] of this.kept) if (endsAt <= this.now()) this.kept.delete(other);
    try {
      let asked = this.asked.get(key);
      if (asked === undefined) {
        asked = this.ask(credential).finally(() => this.asked.delete(key));
        this.asked.set(key, asked);
      }
      const made = await asked;
      this.kept.set(key, made);
      return made;
    } catch (error) {
      if (error instanceof ForgeError && known !== undefined && known.endsAt > this.now()) return known;
      throw error;
    }
  }

  private async ask({ id, fields }: Credential): Promise<Token> {
    const { appId = '', owner = '', repositories = '', apiUrl = '', privateKey = '' } = fields;
    const wrong = (why: string): GitHubAppError => new GitHubAppError(id, appId, why);
    const jwt = jsonWebToken(appId, privateKey, this.now());
    if (jwt === null) throw wrong('its private key is none');
    const http = new ForgeHttp({
      apiUrl: (apiUrl === '' ? GITHUB_API : apiUrl).replace(/\/+$/, ''),
      headers: { 'x-github-api-version': '2022-11-28', authorization: `Bearer ${jwt}` },
      cache: null,
      now: this.now,
    });
    try {
      const named = repositories
        .split(/[\s,]+/)
        .map((name) => name.slice(name.lastIndexOf('/') + 1))
        .filter((name) => name !== '');
      const path = `/app/installations/${await installationOf(http, owner, wrong)}/access_tokens`;
      const { token, expires_at: expires } = await http.write('POST', path, named.length === 0 ? {} : { repositories: named }, accessToken);
      const endsAt = Date.parse(expires);
      if (!Number.isFinite(endsAt)) throw new ForgeError('MR_FORGE_ANSWER', `${path}: ${expires} is no time`);
      return { token, endsAt };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === 'MR_FORGE_REFUSED' || code === 'MR_FORGE_UNKNOWN') throw wrong(message);
      throw error;
    }
  }
}

/** The only one, or that of the owner. */
async function installationOf(http: ForgeHttp, owner: string, wrong: (why: string) => Error): Promise<number> {
  const names: string[] = [];
  const all: number[] = [];
  for await (const page of http.pages('/app/installations?per_page=100', installation))
    for (const { id, account } of page) {
      const name = account?.login ?? account?.slug ?? '';
      if (owner !== '' && name.toLowerCase() === owner.toLowerCase()) return id;
      all.push(id);
      names.push(name);
    }
  if (all.length === 0) throw wrong('it is installed nowhere');
  if (owner === '' && all.length === 1) return all[0] as number;
  throw wrong(`it is installed at ${names.join(', ')}; ${owner === '' ? 'its owner has to be one of these' : `its owner is ${owner}`}`);
}

/** RFC 7519, signed with RS256. Null: the key is none. */
export function jsonWebToken(appId: string, privateKey: string, now: number): string | null {
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const at = Math.floor(now / 1_000);
  const said = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded({ iat: at - JWT_BEFORE_SECONDS, exp: at + JWT_SECONDS, iss: appId })}`;
  if (!isRsaKey(privateKey)) return null;
  return `${said}.${sign('RSA-SHA256', Buffer.from(said), privateKey).toString('base64url')}`;
}

/** PEM, PKCS#1 as GitHub gives it or PKCS#8 as Jenkins wants it. */
export function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Who cannot tell the key cannot tell this. */
function identityOf(fields: Credential['fields']): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(fields).sort()))
    .digest('hex');
}
