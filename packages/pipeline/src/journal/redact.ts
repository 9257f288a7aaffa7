/**
 * Keeps secrets out of the journal: each secret text that the build has been given is replaced, inside of strings, by
 * its number between two private characters, and put back when an entry is read. The numbers follow the order of the
 * answers that brought the secrets, so they are the same in every replay.
 */
import type { Json } from '../host.ts';

const OPEN = '\uE0F0',
  CLOSE = '\uE0F1';
const TOKEN = /\uE0F0(\d+)\uE0F1/g;
/** Shorter texts are no secrets worth the name, and would be found everywhere. */
const SHORTEST = 4;

export class Redactor {
  private readonly secrets: string[] = [];
  /** Indexes of `secrets`, the longest text first, so that one that holds another is replaced whole. */
  private order: number[] = [];

  add(secret: string): void {
    if (secret.length < SHORTEST || this.secrets.includes(secret)) return;
    this.secrets.push(secret);
    this.order = this.secrets.map((_, i) => i).sort((a, b) => (this.secrets[b] as string).length - (this.secrets[a] as string).length);
  }

  /** JSON text of a value, without secrets. */
  stringify(value: unknown): string {
    if (this.secrets.length === 0) return JSON.stringify(value);
    return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'string' ? this.hide(v) : v));
  }

  restore<T extends Json | undefined>(value: T): T {
    if (this.secrets.length === 0) return value;
    return this.show(value) as T;
  }

  private hide(text: string): string {
    for (const i of this.order) {
      const secret = this.secrets[i] as string;
      if (text.includes(secret)) text = text.replaceAll(secret, () => `${OPEN}${i}${CLOSE}`);
    }
    return text;
  }

  private show(value: unknown): unknown {
    if (typeof value === 'string') return value.includes(OPEN) ? value.replace(TOKEN, (whole, i: string) => this.secrets[Number(i)] ?? whole) : value;
    if (Array.isArray(value)) return value.map((v) => this.show(v));
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.show(v)]));
    return value;
  }
}
