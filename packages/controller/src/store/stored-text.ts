/**
 * Text as the databases keep it. PostgreSQL refuses U+0000, Node's SQLite gives back what stands before it alone, and neither
 * keeps half of a surrogate pair; a step may print all of that. So these, and the escape itself, are written as the noncharacter
 * U+FDD0 and four hexadecimal digits. Lengths and offsets are always those of the text, not of what is kept.
 */
const ESCAPE = '\uFDD0';
const ODD = /[\0\uFDD0]|\p{Cs}/gu;
const ESCAPED = /\uFDD0([0-9a-f]{4})/g;

export function toStored(text: string): string {
  if (!text.includes('\0') && !text.includes(ESCAPE) && text.isWellFormed()) return text;
  return text.replace(ODD, (odd) => ESCAPE + odd.charCodeAt(0).toString(16).padStart(4, '0'));
}

export function fromStored(kept: string): string {
  return kept.includes(ESCAPE) ? kept.replace(ESCAPED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))) : kept;
}

/** What a statement is given. */
export function storedValues<T>(values: readonly T[]): T[] {
  return values.map((value) => (typeof value === 'string' ? (toStored(value) as T) : value));
}
