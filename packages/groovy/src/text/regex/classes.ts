/** The predefined sets, and those that depend on case folding. */
import type { CharSet } from './charset.ts';
import { negate, rangesSet, setOf, union } from './charset.ts';
import type { Fold } from './folding.ts';
import { lowerCodePoint, upperCodePoint } from './folding.ts';
import { propertySet } from './properties.ts';

export const lineTerminators = (unix: boolean): CharSet => rangesSet(unix ? [10, 10] : [10, 10, 13, 13, 0x85, 0x85, 0x2028, 0x2029]);
export const anyCharacter = (): CharSet => rangesSet([0, 0x10ffff]);

/** The set behind `\d`, `\s`, `\w`, `\h`, `\v` and their complements. */
export function escapeSet(letter: string, unicode: boolean): CharSet {
  const lower = letter.toLowerCase();
  let set: CharSet;
  if (lower === 'd') set = unicode ? propertySet('\\p{Nd}') : rangesSet([0x30, 0x39]);
  else if (lower === 's') set = unicode ? propertySet('\\p{White_Space}') : rangesSet([9, 13, 32, 32]);
  else if (lower === 'w') set = unicode ? unicodeWord() : rangesSet([0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]);
  else if (lower === 'h')
    set = rangesSet([9, 9, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x180e, 0x180e, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000]);
  else set = rangesSet([10, 13, 0x85, 0x85, 0x2028, 0x2029]);
  return letter === lower ? set : negate(set);
}

export const unicodeWord = (): CharSet => propertySet('\\p{Alphabetic}', '\\p{M}', '\\p{Nd}', '\\p{Pc}', '\\p{Join_Control}');

/** One character, with its other cases under a fold. */
export function singleSet(cp: number, fold: Fold): CharSet {
  if (fold === 1 && cp < 0x80) {
    const lower = lowerCodePoint(cp),
      upper = upperCodePoint(cp);
    return rangesSet([lower, lower, upper, upper]);
  }
  if (fold === 2) {
    const upper = upperCodePoint(cp),
      lower = lowerCodePoint(upper);
    if (upper !== lower) return setOf((c) => c === lower || lowerCodePoint(upperCodePoint(c)) === lower);
  }
  return rangesSet([cp, cp]);
}

/** `first-last` in a class, with the other cases under a fold. */
export function rangeSet(first: number, last: number, fold: Fold): CharSet {
  const plain = rangesSet([first, last]);
  if (fold === 0) return plain;
  const inside = (c: number): boolean => c >= first && c <= last;
  if (fold === 2) {
    return setOf((c) => {
      if (inside(c)) return true;
      const upper = upperCodePoint(c);
      return inside(upper) || inside(lowerCodePoint(upper));
    });
  }
  const others: number[] = [];
  for (let c = 0; c < 0x80; c++) if (inside(upperCodePoint(c)) || inside(lowerCodePoint(c))) others.push(c, c);
  return others.length === 0 ? plain : union(plain, rangesSet(others));
}
