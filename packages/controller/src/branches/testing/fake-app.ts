/** The side of GitHub that knows Apps, for tests: it checks their JSON Web Tokens with the public key, and gives tokens that end. */
import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, verify } from 'node:crypto';

const HOUR_MS = 3_600_000;

export class FakeApp {
  readonly id: string;
  /** PEM, as GitHub gives it to who made the app. */
  readonly privateKey: string;
  readonly installations: { readonly id: number; readonly login: string }[];
  /** All that it has given, by when they end. */
  readonly tokens = new Map<string, number>();
  /** What was asked for with each: the body. */
  readonly asked: unknown[] = [];
  private readonly publicKey: KeyObject;
  private readonly now: () => number;

  constructor({
    id = '1234',
    installations = [{ id: 77, login: 'acme' }],
    now = Date.now,
  }: Partial<Pick<FakeApp, 'id' | 'installations'> & { now: () => number }> = {}) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.id = id;
    this.privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    this.publicKey = pair.publicKey;
    this.installations = [...installations];
    this.now = now;
  }

  knows(token: string | undefined): boolean {
    return token !== undefined && (this.tokens.get(token) ?? 0) > this.now();
  }

  /** Null: it is no request about apps. */
  answer(method: string, path: string, authorization: string | undefined, body: string): { status: number; body: string } | null {
    if (!path.startsWith('/app')) return null;
    const refusal = this.refusal(authorization?.replace('Bearer ', '') ?? '');
    if (refusal !== null) return said(401, { message: refusal });
    if (method === 'GET' && path === '/app/installations')
      return said(
        200,
        this.installations.map(({ id, login }) => ({ id, account: { login }, permissions: {} })),
      );
    const one = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(path);
    if (method !== 'POST' || !this.installations.some((i) => i.id === Number(one?.[1]))) return said(404, { message: 'Not Found' });
    this.asked.push(JSON.parse(body));
    const token = `ghs_made_by_a_test_${this.tokens.size}_${'x'.repeat(20)}`;
    const endsAt = this.now() + HOUR_MS;
    this.tokens.set(token, endsAt);
    return said(201, { token, expires_at: `${new Date(endsAt).toISOString().slice(0, 19)}Z`, permissions: { checks: 'write' }, repository_selection: 'all' });
  }

  private refusal(jwt: string): string | null {
    const [head = '', claims = '', signature = ''] = jwt.split('.');
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), this.publicKey, Buffer.from(signature, 'base64url')))
      return 'A JSON web token could not be decoded';
    const { iat, exp, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iat: number; exp: number; iss: string };
    const seconds = this.now() / 1_000;
    if (iss !== this.id) return "'Issuer' claim ('iss') must be an Integer or a client ID";
    if (exp - iat > 600 || exp < seconds || iat > seconds) return "'Expiration time' claim ('exp') is too far in the future";
    return null;
  }
}

function said(status: number, body: unknown): { status: number; body: string } {
  return { status, body: JSON.stringify(body) };
}
