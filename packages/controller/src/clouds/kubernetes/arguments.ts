/** Arguments of pod templates as Jenkins' data binding reads them: `'3'` where a number is meant, `true` where text is. */
import type { Json } from '@millrace/pipeline';

export type Fields = { readonly [name: string]: Json };

/** A template that cannot be used; the message names the place. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export function isFields(value: Json | undefined): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A mapping's fields with their place, for errors. Null stands for absent. */
export class Arguments {
  readonly at: string;
  private readonly fields: Fields;
  constructor(value: Json, at: string) {
    if (!isFields(value)) throw new TemplateError(`${at} must be a mapping`);
    this.fields = value;
    this.at = at;
  }

  get names(): string[] {
    return Object.keys(this.fields);
  }
  /** What it is in the plug-in's terms: its symbol, or its class' name without the package; `kind` in the configuration. */
  get kind(): string {
    const name = this.text('$symbol') ?? this.text('$class') ?? this.text('kind') ?? '';
    return name.slice(name.lastIndexOf('.') + 1);
  }
  raw(name: string): Json {
    return this.fields[name] ?? null;
  }
  text(name: string): string | null {
    const value = this.raw(name);
    if (value === null) return null;
    if (typeof value === 'object') throw this.wrong(name, 'must be text');
    return String(value);
  }
  /** Absent where it is blank. */
  word(name: string): string | null {
    const text = this.text(name)?.trim() ?? '';
    return text === '' ? null : text;
  }
  required(name: string): string {
    const text = this.word(name);
    if (text === null) throw this.wrong(name, 'is missing');
    return text;
  }
  whole(name: string): number | null {
    const word = this.word(name);
    if (word === null) return null;
    if (!/^-?\d{1,15}$/.test(word)) throw this.wrong(name, 'must be a whole number');
    return Number(word);
  }
  flag(name: string): boolean | null {
    const word = this.word(name);
    return word === null ? null : word.toLowerCase() === 'true';
  }
  list(name: string): Arguments[] {
    return this.items(name).map((item, i) => new Arguments(item, `${this.at}.${name}[${i}]`));
  }
  words(name: string): string[] {
    return this.items(name).map((item, i) => {
      if (typeof item === 'string') return item;
      throw this.wrong(`${name}[${i}]`, 'must be text');
    });
  }
  object(name: string): Arguments | null {
    const value = this.raw(name);
    return value === null ? null : new Arguments(value, `${this.at}.${name}`);
  }
  wrong(name: string, what: string): TemplateError {
    return new TemplateError(`${this.at}.${name} ${what}`);
  }
  private items(name: string): readonly Json[] {
    const value = this.raw(name);
    if (value === null) return [];
    if (!Array.isArray(value)) throw this.wrong(name, 'must be a list');
    return value as readonly Json[];
  }
}
