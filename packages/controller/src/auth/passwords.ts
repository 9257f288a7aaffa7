/**
 * Passwords, hashed with scrypt. The parameters stand with the hash (`scrypt$N$r$p$salt$hash`), so they can grow: a login with
 * an old hash makes a new one.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** What OWASP names: 32 MiB and some 100 ms. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
export const SHORTEST_PASSWORD = 8;

export class Passwords {
  private readonly cost: ScryptCost;
  private decoy: Promise<string> | null = null;

  constructor(cost: ScryptCost = SCRYPT_COST) {
    this.cost = cost;
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const { N, r, p } = this.cost;
    return `scrypt$${N}$${r}$${p}$${salt.toString('base64url')}$${(await derive(password, salt, this.cost, 32)).toString('base64url')}`;
  }

  /** `stored` null: there is no such user, or one without a password. It takes as long. */
  async verify(password: string, stored: string | null): Promise<boolean> {
    this.decoy ??= this.hash(randomBytes(16).toString('base64url'));
    const parsed = parseHash(stored ?? (await this.decoy));
    if (parsed === null) return false;
    const given = await derive(password, parsed.salt, parsed.cost, parsed.hash.length);
    return timingSafeEqual(given, parsed.hash) && stored !== null;
  }

  /** Whether a hash is of less than today's cost. */
  isOld(stored: string): boolean {
    const cost = parseHash(stored)?.cost;
    return cost === undefined || cost.N * cost.r * cost.p < this.cost.N * this.cost.r * this.cost.p;
  }
}

function parseHash(stored: string): { readonly cost: ScryptCost; readonly salt: Buffer; readonly hash: Buffer } | null {
  const [kind, N, r, p, salt, hash] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return null;
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}

function derive(password: string, salt: Buffer, { N, r, p }: ScryptCost, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same password may be typed in different forms of Unicode.
    scrypt(password.normalize('NFKC'), salt, length, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
