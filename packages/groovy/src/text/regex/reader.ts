/**
 * The pattern's text under a cursor. The ways of moving it (with or without skipping white space and comments, before
 * or after reading) are kept apart as java.util.regex does, since the index in its error messages follows from them.
 */
import { CASE_INSENSITIVE, COMMENTS, UNICODE_CASE, UNIX_LINES } from './flags.ts';
import type { Fold } from './folding.ts';
import { PatternSyntaxException } from './syntax-error.ts';

export const isAsciiSpace = (ch: number): boolean => ch === 0x20 || (ch >= 9 && ch <= 13);
export const isAsciiDigit = (ch: number): boolean => ch >= 0x30 && ch <= 0x39;
export const isAsciiLetter = (ch: number): boolean => (ch >= 0x41 && ch <= 0x5a) || (ch >= 0x61 && ch <= 0x7a);
export const hexValue = (ch: number): number =>
  isAsciiDigit(ch) ? ch - 0x30 : ch >= 0x41 && ch <= 0x46 ? ch - 0x37 : ch >= 0x61 && ch <= 0x66 ? ch - 0x57 : -1;

const BACKSLASH = 0x5c;

export class Reader {
  readonly pattern: string;
  /** Code points, quotations `\Q…\E` turned into escapes. Beyond the end all is 0. */
  readonly points: number[];
  cursor = 0;
  flags: number;

  constructor(pattern: string, flags: number, literal: boolean) {
    this.pattern = pattern;
    this.flags = flags;
    const points = Array.from(pattern, (c) => c.codePointAt(0) as number);
    this.points = literal ? points : unquote(points);
  }
  get length(): number {
    return this.points.length;
  }
  get atEnd(): boolean {
    return this.cursor >= this.points.length;
  }
  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }
  at(index: number): number {
    return this.points[index] ?? 0;
  }

  error(message: string): PatternSyntaxException {
    return new PatternSyntaxException(message, this.pattern, this.cursor - 1);
  }

  peek(): number {
    return this.settle(this.at(this.cursor));
  }
  /** Moves on, and answers the character there. */
  next(): number {
    return this.settle(this.at(++this.cursor));
  }
  nextRaw(): number {
    return this.at(++this.cursor);
  }
  /** Answers the character under the cursor, and moves on. */
  read(): number {
    let ch = this.at(this.cursor++);
    if (!this.has(COMMENTS)) return ch;
    for (;;) {
      while (isAsciiSpace(ch)) ch = this.at(this.cursor++);
      if (ch !== 0x23) return ch;
      do ch = this.at(this.cursor++);
      while (!this.endsComment(ch));
    }
  }
  /** The character after the one under the cursor; the cursor moves behind both. */
  skip(): number {
    this.cursor += 2;
    return this.at(this.cursor - 1);
  }
  unread(): void {
    this.cursor--;
  }
  accept(ch: number, message: string): void {
    if (this.read() !== ch) throw this.error(message);
  }

  private settle(ch: number): number {
    if (!this.has(COMMENTS)) return ch;
    for (;;) {
      while (isAsciiSpace(ch)) ch = this.at(++this.cursor);
      if (ch !== 0x23) return ch;
      do ch = this.at(++this.cursor);
      while (!this.endsComment(ch));
    }
  }
  private endsComment(ch: number): boolean {
    if (ch === 0 && this.cursor >= this.length) return true;
    return this.has(UNIX_LINES) ? ch === 10 : ch === 10 || ch === 13 || ch === 0x85 || (ch | 1) === 0x2029;
  }
}

/** Replaces `\Q…\E` by the same characters, escaped where they could mean something. */
function unquote(points: readonly number[]): number[] {
  const out: number[] = [];
  let quoted = false,
    first = false;
  for (let i = 0; i < points.length; i++) {
    const ch = points[i] as number,
      after = points[i + 1];
    if (!quoted) {
      if (ch !== BACKSLASH || after === undefined) {
        out.push(ch);
        continue;
      }
      i++;
      if (after === 0x51) {
        quoted = true;
        first = true;
      } else out.push(ch, after);
      continue;
    }
    if (ch === BACKSLASH && after === 0x45) {
      quoted = false;
      i++;
      continue;
    }
    // A digit right after `\Q` must not become part of an escape before it.
    if (isAsciiDigit(ch)) {
      if (first) out.push(BACKSLASH, 0x78, 0x33, ch);
      else out.push(ch);
    } else if (ch >= 0x80 || isAsciiLetter(ch)) out.push(ch);
    else out.push(BACKSLASH, ch);
    first = false;
  }
  return out;
}

/** How characters are compared under the flags in force. */
export function foldOf(reader: Reader): Fold {
  return !reader.has(CASE_INSENSITIVE) ? 0 : reader.has(UNICODE_CASE) ? 2 : 1;
}
