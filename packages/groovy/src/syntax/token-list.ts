/**
 * All tokens of a source, as columns of numbers: a source of a megabyte has some 300,000 of them, and an object
 * for each would cost more than the parsing itself.
 */

import type { SourceText } from './source-text.ts';
import * as T from './tokens.ts';

/** What the lexer couldn't read. The list then ends with a token of kind ERROR, which the parser must not pass. */
export interface LexicalError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export class TokenList {
  readonly source: SourceText;
  count = 0;
  kinds: Uint8Array;
  /** Offsets in the source's text. */
  starts: Int32Array;
  ends: Int32Array;
  lines: Int32Array;
  lastLines: Int32Array;
  /**
   * For an opening bracket, the token that closes it, or -1; the start of a string with values is one.
   * For a string's token, its text's place in `texts`.
   */
  links: Int32Array;
  /** For a `{`, the first `->` that stands directly in it, or -1. */
  arrows: Int32Array;
  readonly texts: string[] = [];
  error: LexicalError | null = null;

  constructor(source: SourceText) {
    this.source = source;
    const capacity = (source.text.length >> 2) + 64;
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.lines = new Int32Array(capacity);
    this.lastLines = new Int32Array(capacity);
    this.links = new Int32Array(capacity);
    this.arrows = new Int32Array(capacity);
  }

  add(kind: number, start: number, end: number, line: number, lastLine: number): number {
    const at = this.count++;
    if (at === this.kinds.length) this.grow();
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    this.lines[at] = line;
    this.lastLines[at] = lastLine;
    this.links[at] = -1;
    this.arrows[at] = -1;
    return at;
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.starts = grown(this.starts, capacity);
    this.ends = grown(this.ends, capacity);
    this.lines = grown(this.lines, capacity);
    this.lastLines = grown(this.lastLines, capacity);
    this.links = grown(this.links, capacity);
    this.arrows = grown(this.arrows, capacity);
  }

  /** How a message writes the token: as it stands in the source, a string without its quotes. */
  text(at: number): string {
    const kind = this.kinds[at]!;
    if (kind === T.EOF) return '';
    if (kind === T.NLS) return '<newline>';
    if (kind >= T.STRING_LITERAL && kind <= T.STRING_CTOR_END) return this.texts[this.stringIndex(at)]!;
    return this.source.text.slice(this.starts[at], this.ends[at]);
  }

  stringIndex(at: number): number {
    // The start of a string with values has its link to its end; the arrows column is free there.
    return this.kinds[at] === T.STRING_CTOR_START ? this.arrows[at]! : this.links[at]!;
  }

  column(at: number): number {
    return this.source.column(this.starts[at]!, this.lines[at]!);
  }
}

function grown(from: Int32Array, capacity: number): Int32Array {
  const to = new Int32Array(capacity);
  to.set(from);
  return to;
}
