/** java.util.StringTokenizer, and the tokens that Groovy's `tokenize` and `split()` take from it. */
import type { NativeClass } from '../runtime/native.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { required } from './failures.ts';

const SPACES = ' \t\n\r\f';

export class StringTokenizer extends JavaObject {
  private readonly text: string;
  private delimiters: string;
  private readonly giveDelimiters: boolean;
  private at = 0;
  constructor(text: string, delimiters = SPACES, giveDelimiters = false) {
    super();
    this.text = text;
    this.delimiters = delimiters;
    this.giveDelimiters = giveDelimiters;
  }
  get $type(): string {
    return 'java.util.StringTokenizer';
  }
  private isDelimiter(at: number): boolean {
    return this.delimiters.includes(this.text.charAt(at));
  }
  private skip(from: number): number {
    if (this.giveDelimiters) return from;
    while (from < this.text.length && this.isDelimiter(from)) from++;
    return from;
  }
  private scan(from: number): number {
    let at = from;
    while (at < this.text.length && !this.isDelimiter(at)) at++;
    return this.giveDelimiters && at === from && at < this.text.length ? at + 1 : at;
  }
  hasMore(): boolean {
    return this.skip(this.at) < this.text.length;
  }
  next(delimiters: string = this.delimiters): string {
    this.delimiters = delimiters;
    const start = this.skip(this.at);
    if (start >= this.text.length) throw new JavaThrowable('java.util.NoSuchElementException');
    this.at = this.scan(start);
    return this.text.slice(start, this.at);
  }
  count(): number {
    let n = 0;
    for (let at = this.skip(this.at); at < this.text.length; at = this.skip(this.scan(at))) n++;
    return n;
  }
}

/** All tokens: the parts between delimiters that are not empty. */
export function tokens(text: string, delimiters = SPACES): string[] {
  const tokenizer = new StringTokenizer(text, delimiters);
  const out: string[] = [];
  while (tokenizer.hasMore()) out.push(tokenizer.next());
  return out;
}

export const tokenizerClass: NativeClass = {
  name: 'java.util.StringTokenizer',
  interfaces: ['java.util.Enumeration'],
  constructors: {
    '(java.lang.String)': (_rt, _self, text: string) => new StringTokenizer(required(text)),
    '(java.lang.String, java.lang.String)': (_rt, _self, text: string, delimiters: string) => new StringTokenizer(required(text), required(delimiters)),
    '(java.lang.String, java.lang.String, boolean)': (_rt, _self, text: string, delimiters: string, give: boolean) =>
      new StringTokenizer(required(text), required(delimiters), give),
  },
  methods: {
    'hasMoreTokens()': (_rt, self: StringTokenizer) => self.hasMore(),
    'hasMoreElements()': (_rt, self: StringTokenizer) => self.hasMore(),
    'nextToken()': (_rt, self: StringTokenizer) => self.next(),
    'nextElement()': (_rt, self: StringTokenizer) => self.next(),
    'nextToken(java.lang.String)': (_rt, self: StringTokenizer, delimiters: string) => self.next(required(delimiters)),
    'countTokens()': (_rt, self: StringTokenizer) => self.count(),
  },
};
