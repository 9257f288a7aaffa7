/** The script of a build whose job has parameters alone: it loads the library and calls the template's step. */

/** As it is read at the head of a console or replayed by hand. `version` null: the library has none to choose. */
export function templateScript(library: string, version: string | null, entry: string, parameters: Readonly<Record<string, unknown>>): string {
  return `@Library(${quoted(version === null ? library : `${library}@${version}`)}) _\n\n${entry}(${literal(parameters, '')})\n`;
}

function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return number(value);
  if (value === null || typeof value === 'boolean') return String(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map((v) => literal(v, deeper)).join(', ')}]`;
  const entries = Object.entries(value as object).filter(([, v]) => v !== undefined);
  if (entries.length === 0) return '[:]';
  return `[\n${entries.map(([name, v]) => `${deeper}${quoted(name)}: ${literal(v, deeper)},\n`).join('')}${indent}]`;
}

/** Nothing in single quotes is evaluated. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\'\n\r\t\b\f]|[^\x20-\x7e]/g, (c) => ESCAPES[c] ?? [...unitsOf(c)].join(''))}'`;
}
const ESCAPES: { readonly [c: string]: string } = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

function unitsOf(c: string): string[] {
  // What people read stays as it is.
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(c)) return [c];
  return Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`);
}

function number(value: number): string {
  if (!Number.isInteger(value)) return /e/.test(String(value)) ? `(${value} as BigDecimal)` : String(value);
  if (Math.abs(value) < 2 ** 31) return String(value);
  return Number.isSafeInteger(value) ? `${value}L` : `${BigInt(value)}G`;
}
