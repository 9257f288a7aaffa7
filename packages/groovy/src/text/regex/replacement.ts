/** Replacement texts: `$1`, `${name}` and `\` of Matcher.replaceAll. */
import { JavaThrowable } from '../../runtime/values.ts';
import type { JavaPattern } from './pattern.ts';
import type { Match } from './regex.ts';

export type Replacement = readonly (string | number)[];

const illegal = (message: string): JavaThrowable => new JavaThrowable('java.lang.IllegalArgumentException', message);
const isDigit = (c: string): boolean => c >= '0' && c <= '9';

/** Literal parts and numbers of groups. Java finds errors only when it replaces something: make it on the first match. */
export function parseReplacement(pattern: JavaPattern, text: string): Replacement {
  if (!/[\\$]/.test(text)) return [text];
  const parts: (string | number)[] = [];
  let literal = '';
  for (let i = 0; i < text.length; ) {
    const c = text.charAt(i++);
    if (c === '\\') {
      if (i === text.length) throw illegal('character to be escaped is missing');
      literal += text.charAt(i++);
      continue;
    }
    if (c !== '$') {
      literal += c;
      continue;
    }
    if (i === text.length) throw illegal('Illegal group reference: group index is missing');
    let group: number;
    if (text.charAt(i) === '{') {
      const name = /^[A-Za-z0-9]*/.exec(text.slice(++i))?.[0] ?? '';
      i += name.length;
      if (name === '' && text.charAt(i) === '}') throw illegal('named capturing group has 0 length name');
      if (name === '' || text.charAt(i) !== '}') throw illegal("named capturing group is missing trailing '}'");
      if (isDigit(name.charAt(0))) throw illegal(`capturing group name {${name}} starts with digit character`);
      const known = pattern.regex.parsed.names.get(name);
      if (known === undefined) throw illegal(`No group with name {${name}}`);
      group = known;
      i++;
    } else {
      if (!isDigit(text.charAt(i))) throw illegal('Illegal group reference');
      group = text.charCodeAt(i++) - 0x30;
      // As many digits as still name a group.
      while (i < text.length && isDigit(text.charAt(i))) {
        const longer = group * 10 + text.charCodeAt(i) - 0x30;
        if (longer > pattern.regex.groups) break;
        group = longer;
        i++;
      }
      if (group > pattern.regex.groups) throw new JavaThrowable('java.lang.IndexOutOfBoundsException', `No group ${group}`);
    }
    if (literal !== '') {
      parts.push(literal);
      literal = '';
    }
    parts.push(group);
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

export function expand(replacement: Replacement, match: Match): string {
  let text = '';
  for (const part of replacement) text += typeof part === 'string' ? part : (match.group(part) ?? '');
  return text;
}

/** `Matcher.quoteReplacement` */
export const quoteReplacement = (text: string): string => text.replace(/[\\$]/g, '\\$&');

/** `text.replaceAll(pattern, replacement)`; with `once`, replaceFirst. `announce` hears of each piece's length. */
export function replace(pattern: JavaPattern, text: string, replacement: string, once: boolean, announce: (n: number) => void): string {
  let parsed: Replacement | null = null;
  let result = '',
    at = 0;
  for (const match of pattern.matchesIn(text)) {
    parsed ??= parseReplacement(pattern, replacement);
    const piece = expand(parsed, match);
    announce(match.start - at + piece.length);
    result += text.slice(at, match.start) + piece;
    at = match.end;
    if (once) break;
  }
  return parsed === null ? text : result + text.slice(at);
}
