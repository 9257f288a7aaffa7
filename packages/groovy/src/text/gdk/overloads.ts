/**
 * StringGroovyMethods declares most methods twice: for CharSequence, and for String with Strings as arguments.
 * A signature here is written once, without the receiver, with `~` for that type.
 */
import type { Native, Signatures } from '../../runtime/native.ts';

export const STRING_METHODS = 'org.codehaus.groovy.runtime.StringGroovyMethods';
export const CLOSURE = 'groovy.lang.Closure';
export const PATTERN = 'java.util.regex.Pattern';
export const NUMBER = 'java.lang.Number';
const TYPES = ['java.lang.CharSequence', 'java.lang.String'];

/** `find(~)` → `find(java.lang.CharSequence, java.lang.CharSequence)` and `find(java.lang.String, java.lang.String)`. */
export function both(table: Signatures): Signatures {
  const out: Record<string, Native> = {};
  for (const signature in table) for (const type of TYPES) out[declare(signature, type)] = table[signature] as Native;
  return out;
}
/** The declaration for CharSequence alone. */
export function sequences(table: Signatures): Signatures {
  return Object.fromEntries(Object.keys(table).map((signature) => [declare(signature, TYPES[0] as string), table[signature] as Native]));
}
function declare(signature: string, type: string): string {
  const open = signature.indexOf('(');
  const rest = signature.slice(open + 1, -1).replaceAll('~', type);
  return `${signature.slice(0, open)}(${type}${rest === '' ? '' : `, ${rest}`})`;
}
