/**
 * Keeps secrets out of the journal: each secret text that the build has been given is replaced, inside of strings, by
 * its number between two private characters, and put back when an entry is read. The numbers follow the order of the
 * answers that brought the secrets, so they are the same in every replay. The first of these characters, where a text has it
 * by itself, is written with the second behind it: a command's output must not read as a secret's place.
 */
const OPEN = '\uE0F0',
  CLOSE = '\uE0F1';
const TOKEN = /\uE0F0(\d*)\uE0F1/g;
const LITERAL = OPEN + CLOSE;
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

  /** An entry as it was before `stringify`. */
  restored<T extends object>(entry: T): T {
    return this.secrets.length === 0 ? entry : (this.show(entry) as T);
  }

  private hide(raw: string): string {
    const literal = raw.includes(OPEN);
    let text = literal ? raw.replaceAll(OPEN, LITERAL) : raw;
    for (const i of this.order) {
      const known = this.secrets[i] as string;
      const secret = literal ? known.replaceAll(OPEN, LITERAL) : known;
      if (text.includes(secret)) text = text.replaceAll(secret, () => `${OPEN}${i}${CLOSE}`);
    }
    return text;
  }

  private show(value: unknown): unknown {
    if (typeof value === 'string')
      return value.includes(OPEN) ? value.replace(TOKEN, (whole, i: string) => (i === '' ? OPEN : (this.secrets[Number(i)] ?? whole))) : value;
    if (Array.isArray(value)) return value.map((v) => this.show(v));
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.show(v)]));
    return value;
  }
}
