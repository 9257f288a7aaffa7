/**
 * Tokens of email-ext and token-macro in a text: `$NAME`, `${NAME}`, `${NAME, argument="x", other=5}`. What `value` does not
 * know (null) stays as it is.
 */
export type TokenArguments = Readonly<Record<string, string>>;

const TOKEN = /\$(?:\{([A-Za-z_][A-Za-z0-9_.]*)((?:,[ \t]*[A-Za-z]+[ \t]*=[ \t]*(?:"(?:[^"\\]|\\.)*"|[^\s,"{}]+)[ \t]*)*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;
const ARGUMENT = /,[ \t]*([A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"{}]+))/g;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

export function replaceTokens(text: string, value: (name: string, args: TokenArguments) => string | null): string {
  return text.replace(TOKEN, (whole, braced: string | undefined, given: string | undefined, bare: string | undefined) => {
    const args: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const m of (given ?? '').matchAll(ARGUMENT)) args[m[1] as string] = m[3] ?? (m[2] as string).replace(/\\(.)/g, (_, c: string) => ESCAPES[c] ?? c);
    return value(braced ?? (bare as string), args) ?? whole;
  });
}

export const DEFAULT_SUBJECT = '$PROJECT_NAME - Build # $BUILD_NUMBER - $BUILD_STATUS!';
export const DEFAULT_CONTENT = '$PROJECT_NAME - Build # $BUILD_NUMBER - $BUILD_STATUS:\n\nCheck console output at $BUILD_URL to view the results.';

/** Letters stay as they are: a mail says what its characters are. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
