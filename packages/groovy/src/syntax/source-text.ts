/**
 * The text that the lexer reads, and the way back from its offsets to lines and columns of the file.
 *
 * Groovy replaces `\u0041` anywhere in a source before it reads tokens. Sources without such escapes (nearly all)
 * are read as they are; for the others a table leads each character of the replaced text to its place in the file.
 */

export class SourceText {
  /** As the file has it. */
  readonly original: string;
  /** With unicode escapes replaced. */
  readonly text: string;
  /** Offsets in `text` at which lines start; the lexer adds them as it meets newlines. */
  readonly lineStarts: number[] = [0];
  private readonly origins: Int32Array | null;

  constructor(original: string, text: string, origins: Int32Array | null) {
    this.original = original;
    this.text = text;
    this.origins = origins;
  }

  /** Where a character of `text` stands in the file. */
  offset(at: number): number {
    return this.origins === null ? at : this.origins[at]!;
  }

  /** The column of an offset on a line that is known, both in the file; columns count from 1. */
  column(at: number, line: number): number {
    const start = this.lineStarts[line - 1]!;
    return this.origins === null ? at - start + 1 : this.origins[at]! - this.origins[start]! + 1;
  }
}

/** A `\u` that no four hexadecimal digits follow. */
export interface BadUnicodeEscape {
  readonly offset: number;
}

export function readSource(original: string): SourceText | BadUnicodeEscape {
  if (!original.includes('\\u')) return new SourceText(original, original, null);
  const pieces: string[] = [];
  const origins = new Int32Array(original.length + 1);
  let length = 0;
  let from = 0;
  let at = original.indexOf('\\');
  while (at >= 0) {
    if (original.charCodeAt(at + 1) !== 117) {
      // Two backslashes are one escaped backslash: what follows them is no unicode escape.
      at = original.indexOf('\\', at + 2);
      continue;
    }
    let digits = at + 2;
    while (original.charCodeAt(digits) === 117) digits++;
    for (let i = 0; i < 4; i++) if (!isHexDigit(original.charCodeAt(digits + i))) return { offset: digits + i };
    for (let i = from; i < at; i++) origins[length++] = i;
    pieces.push(original.slice(from, at));
    origins[length++] = at;
    pieces.push(String.fromCharCode(parseInt(original.slice(digits, digits + 4), 16)));
    from = digits + 4;
    at = original.indexOf('\\', from);
  }
  if (pieces.length === 0) return new SourceText(original, original, null);
  for (let i = from; i <= original.length; i++) origins[length++] = i;
  pieces.push(original.slice(from));
  return new SourceText(original, pieces.join(''), origins.subarray(0, length));
}

export function isHexDigit(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
}
