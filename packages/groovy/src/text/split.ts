/** `String.split` */
import type { Runtime } from '../runtime/runtime.ts';
import { patternOf } from './regex/cache.ts';

/** A character that means itself, or one behind a backslash that is no letter or digit. */
const LITERAL = /^(?:[^.$|()[{^?*+\\\ud800-\udfff]|\\[^0-9A-Za-z\ud800-\udfff])$/;

export function splitString(rt: Runtime, text: string, regex: string, limit: number): string[] {
  rt.alloc(text.length);
  if (!LITERAL.test(regex)) return patternOf(rt, regex).split(text, limit);
  const separator = regex.charAt(regex.length - 1);
  if (limit > 0) {
    const parts: string[] = [];
    let index = 0;
    while (parts.length < limit - 1) {
      const next = text.indexOf(separator, index);
      if (next < 0) break;
      parts.push(text.slice(index, next));
      index = next + 1;
    }
    parts.push(text.slice(index));
    return parts;
  }
  const parts = text.split(separator);
  // Empty parts at the end are dropped, but for a text without any separator.
  if (limit === 0 && parts.length > 1) while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
  return parts;
}
