/** java.text.MessageFormat: `{0}`, `{1,number,#.##}`, quotes in single quotes. Dates and choices are not known here. */
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { isNumber } from '../number-values.ts';
import type { DecimalFormat } from './decimal-format.ts';

function illegal(message: string): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalArgumentException', message);
}

/** `make` gives a DecimalFormat of the default locale. Throws IllegalArgumentException for a malformed pattern. */
export function formatMessage(rt: Runtime, pattern: string, args: readonly Value[], make: (pattern: string) => DecimalFormat): string {
  let text = '';
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at] as string;
    if (c === "'") {
      if (pattern[at + 1] === "'") {
        text += "'";
        at++;
        continue;
      }
      const end = pattern.indexOf("'", at + 1);
      text += pattern.slice(at + 1, end < 0 ? pattern.length : end);
      at = end < 0 ? pattern.length : end;
    } else if (c === '{') {
      const end = closing(pattern, at);
      text += element(rt, pattern.slice(at + 1, end), args, make);
      at = end;
    } else text += c;
  }
  return text;
}

function closing(pattern: string, open: number): number {
  let depth = 0,
    quoted = false;
  for (let at = open; at < pattern.length; at++) {
    const c = pattern[at];
    if (c === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return at;
  }
  throw illegal('Unmatched braces in the pattern.');
}

function element(rt: Runtime, inside: string, args: readonly Value[], make: (pattern: string) => DecimalFormat): string {
  const [index = '', type = '', ...style] = inside.split(',');
  if (!/^\d+$/.test(index.trim())) throw illegal(`can't parse argument number: ${index}`);
  const n = Number(index.trim());
  if (n >= args.length) return `{${n}}`;
  const value = args[n] as Value;
  if (value === null) return 'null';
  switch (type.trim().toLowerCase()) {
    case '':
      return isNumber(value) ? make('#,##0.###').format(rt, value) : rt.str(value);
    case 'number':
      return make(numberPattern(style.join(',').trim())).format(rt, value);
    case 'date':
    case 'time':
    case 'choice':
      throw illegal(`the ${type.trim()} format of MessageFormat is not supported; format the value before`);
    default:
      throw illegal(`unknown format type: ${type}`);
  }
}
function numberPattern(style: string): string {
  switch (style) {
    case '':
      return '#,##0.###';
    case 'integer':
      return '#,##0';
    case 'percent':
      return '#,##0%';
    case 'currency':
      return '¤#,##0.00';
    default:
      return style;
  }
}
