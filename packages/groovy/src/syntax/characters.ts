/** Which characters names are made of, after Groovy's lexer (not quite Java's: it knows ranges, no categories). */

/** `a`–`z`, `A`–`Z`, `_`, and from `À` on all but `×` and `÷`. */
export function isLetter(c: number): boolean {
  if (c < 128) return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
  return c >= 0xc0 && c !== 0xd7 && c !== 0xf7 && c < 0xffff;
}

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

const JAVA_START = /[\p{L}\p{Nl}\p{Sc}\p{Pc}]/u;

/** Java's `Character.isJavaIdentifierStart`: what makes the `$` before it the start of a value in a string. */
export function isJavaIdentifierStart(c: number): boolean {
  if (c < 128) return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c === 36;
  return JAVA_START.test(String.fromCharCode(c));
}

/** Java's `Character.isUpperCase`, by which `Foo bar` is a declaration and `foo bar` a call. */
export function isUpperCase(c: number): boolean {
  if (c < 128) return c >= 65 && c <= 90;
  return /\p{Lu}/u.test(String.fromCharCode(c));
}

/** A character as a message writes it: `'a'`, `'\n'`, `'<EOF>'`. */
export function quoteCharacter(c: number): string {
  if (Number.isNaN(c)) return "'<EOF>'";
  if (c === 10) return "'\\n'";
  if (c === 13) return "'\\r'";
  if (c === 9) return "'\\t'";
  return `'${String.fromCharCode(c)}'`;
}

/** A character that no rule expects: itself where it is printable, else its number; the file's end counts as 0xFFFF. */
export function unexpectedCharacter(c: number): string {
  if (Number.isNaN(c)) return 'unexpected char: 0xFFFF';
  if (c >= 32 && c <= 126) return `unexpected char: '${String.fromCharCode(c)}'`;
  return `unexpected char: 0x${c.toString(16).toUpperCase()}`;
}
