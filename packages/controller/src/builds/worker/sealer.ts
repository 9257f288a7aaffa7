/**
 * Encrypts what may hold secrets before it goes to the database: AES-256-GCM. Several keys are known: the newest that is
 * active seals, any opens. Text says which key sealed it, `<key>.<base64>`; text of the first key says none.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface SealKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Milliseconds since 1970: not to seal with before. */
  readonly activeAt: number;
}

export class KeyUnknown extends Error {
  readonly code = 'MR_KEY';
}

export class Sealer {
  private first: Uint8Array;
  private later: readonly SealKey[] = [];

  /** 32 bytes. */
  constructor(first: Uint8Array, later: readonly SealKey[] = []) {
    this.first = first;
    this.use(later);
  }
  /** In place of those that were known, but for the first. */
  use(later: readonly SealKey[]): void {
    this.later = [...later].sort((a, b) => b.activeAt - a.activeAt);
  }
  /** Of the key that seals now; empty: the first. */
  get current(): string {
    return this.later.find((k) => k.activeAt <= Date.now())?.id ?? '';
  }
  seal(text: string): string {
    const id = this.current;
    const sealed = sealWith(this.keyOf(id), text);
    return id === '' ? sealed : `${id}.${sealed}`;
  }
  /** Throws where it was sealed with another key, or changed. */
  open(sealed: string): string {
    const dot = sealed.indexOf('.');
    return openWith(this.keyOf(dot < 0 ? '' : sealed.slice(0, dot)), sealed.slice(dot + 1));
  }

  private keyOf(id: string): Uint8Array {
    if (id === '') return this.first;
    const found = this.later.find((k) => k.id === id);
    if (found === undefined) throw new KeyUnknown(`MR_KEY: it is sealed with the key ${id}, which this controller does not have`);
    return found.key;
  }
}

export function sealWith(key: Uint8Array, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

export function openWith(key: Uint8Array, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
