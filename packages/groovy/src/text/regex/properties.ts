/**
 * The names inside `\p{…}` as java.util.regex.Pattern knows them: general categories, POSIX classes, binary
 * properties, scripts, blocks and the `java…` methods of Character. The characters' data is the JavaScript
 * engine's, whose Unicode version is newer than JDK 17's 13.0.
 */
import { blockRange } from './blocks.ts';
import type { CharSet } from './charset.ts';
import { intersection, negate, rangesSet, setOf, union } from './charset.ts';

/** The union of properties written as JavaScript's regular expressions do. */
export function propertySet(...escapes: readonly string[]): CharSet {
  const test = new RegExp(`^[${escapes.join('')}]$`, 'u');
  // A lone surrogate is of category Cs, which `u` patterns see as well.
  return setOf((cp) => test.test(String.fromCodePoint(cp)));
}

const CATEGORIES = new Set(('Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf ' + 'L M N Z C P S').split(' '));
const CASED = ['\\p{Lu}', '\\p{Ll}', '\\p{Lt}'];

/** General categories, POSIX names in ASCII, and `java…`; null for an unknown name. */
export function namedSet(name: string, ignoreCase: boolean): CharSet | null {
  if (ignoreCase) {
    if (name === 'Lu' || name === 'Ll' || name === 'Lt') return propertySet(...CASED);
    if (name === 'Lower' || name === 'Upper') return rangesSet([0x41, 0x5a, 0x61, 0x7a]);
    if (name === 'javaLowerCase' || name === 'javaUpperCase' || name === 'javaTitleCase') return propertySet('\\p{Lowercase}', '\\p{Uppercase}', '\\p{Lt}');
  }
  if (CATEGORIES.has(name)) return propertySet(`\\p{${name}}`);
  switch (name) {
    case 'LC':
      return propertySet(...CASED);
    case 'LD':
      return propertySet('\\p{L}', '\\p{Nd}');
    case 'L1':
      return rangesSet([0, 0xff]);
    case 'all':
      return rangesSet([0, 0x10ffff]);
    case 'ASCII':
      return rangesSet([0, 0x7f]);
    case 'Alnum':
      return rangesSet([0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a]);
    case 'Alpha':
      return rangesSet([0x41, 0x5a, 0x61, 0x7a]);
    case 'Blank':
      return rangesSet([9, 9, 32, 32]);
    case 'Cntrl':
      return rangesSet([0, 0x1f, 0x7f, 0x7f]);
    case 'Digit':
      return rangesSet([0x30, 0x39]);
    case 'Graph':
      return rangesSet([0x21, 0x7e]);
    case 'Lower':
      return rangesSet([0x61, 0x7a]);
    case 'Print':
      return rangesSet([0x20, 0x7e]);
    case 'Punct':
      return rangesSet([0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e]);
    case 'Space':
      return rangesSet([9, 13, 32, 32]);
    case 'Upper':
      return rangesSet([0x41, 0x5a]);
    case 'XDigit':
      return rangesSet([0x30, 0x39, 0x41, 0x46, 0x61, 0x66]);
    case 'javaLowerCase':
      return propertySet('\\p{Lowercase}');
    case 'javaUpperCase':
      return propertySet('\\p{Uppercase}');
    case 'javaAlphabetic':
      return propertySet('\\p{Alphabetic}');
    case 'javaIdeographic':
      return propertySet('\\p{Ideographic}');
    case 'javaTitleCase':
      return propertySet('\\p{Lt}');
    case 'javaDigit':
      return propertySet('\\p{Nd}');
    case 'javaDefined':
      return propertySet('\\P{Cn}');
    case 'javaLetter':
      return propertySet('\\p{L}');
    case 'javaLetterOrDigit':
      return propertySet('\\p{L}', '\\p{Nd}');
    case 'javaJavaIdentifierStart':
      return propertySet('\\p{L}', '\\p{Nl}', '\\p{Sc}', '\\p{Pc}');
    case 'javaJavaIdentifierPart':
      return union(identifierIgnorable(), propertySet('\\p{L}', '\\p{Nl}', '\\p{Sc}', '\\p{Pc}', '\\p{Nd}', '\\p{Mc}', '\\p{Mn}'));
    case 'javaUnicodeIdentifierStart':
      return propertySet('\\p{ID_Start}');
    case 'javaUnicodeIdentifierPart':
      return union(identifierIgnorable(), propertySet('\\p{ID_Continue}'));
    case 'javaIdentifierIgnorable':
      return identifierIgnorable();
    case 'javaSpaceChar':
      return propertySet('\\p{Z}');
    case 'javaWhitespace':
      return union(rangesSet([9, 13, 0x1c, 0x1f]), intersection(propertySet('\\p{Z}'), negate(rangesSet([0xa0, 0xa0, 0x2007, 0x2007, 0x202f, 0x202f]))));
    case 'javaISOControl':
      return rangesSet([0, 0x1f, 0x7f, 0x9f]);
    case 'javaMirrored':
      return propertySet('\\p{Bidi_Mirrored}');
    default:
      return null;
  }
}
const identifierIgnorable = (): CharSet => union(rangesSet([0, 8, 0xe, 0x1b, 0x7f, 0x9f]), propertySet('\\p{Cf}'));

/** Unicode's binary properties, by any case of their names. */
export function binarySet(name: string, ignoreCase: boolean): CharSet | null {
  let upper = name.toUpperCase();
  if (ignoreCase && (upper === 'LOWERCASE' || upper === 'UPPERCASE' || upper === 'TITLECASE'))
    return propertySet('\\p{Lowercase}', '\\p{Uppercase}', '\\p{Lt}');
  if (upper === 'WHITESPACE') upper = 'WHITE_SPACE';
  else if (upper === 'HEXDIGIT') upper = 'HEX_DIGIT';
  else if (upper === 'NONCHARACTERCODEPOINT') upper = 'NONCHARACTER_CODE_POINT';
  else if (upper === 'JOINCONTROL') upper = 'JOIN_CONTROL';
  switch (upper) {
    case 'ALPHABETIC':
      return propertySet('\\p{Alphabetic}');
    case 'ASSIGNED':
      return propertySet('\\P{Cn}');
    case 'CONTROL':
      return propertySet('\\p{Cc}');
    case 'HEX_DIGIT':
      return propertySet('\\p{Nd}', 'A-Fa-f\\uff21-\\uff26\\uff41-\\uff46');
    case 'IDEOGRAPHIC':
      return propertySet('\\p{Ideographic}');
    case 'JOIN_CONTROL':
      return propertySet('\\p{Join_Control}');
    case 'LETTER':
      return propertySet('\\p{L}');
    case 'LOWERCASE':
      return propertySet('\\p{Lowercase}');
    case 'NONCHARACTER_CODE_POINT':
      return propertySet('\\p{Noncharacter_Code_Point}');
    case 'TITLECASE':
      return propertySet('\\p{Lt}');
    case 'PUNCTUATION':
      return propertySet('\\p{P}');
    case 'UPPERCASE':
      return propertySet('\\p{Uppercase}');
    case 'WHITE_SPACE':
      return propertySet('\\p{White_Space}');
    case 'WORD':
      return propertySet('\\p{Alphabetic}', '\\p{M}', '\\p{Nd}', '\\p{Pc}', '\\p{Join_Control}');
    default:
      return null;
  }
}

/** The POSIX names under UNICODE_CHARACTER_CLASS, by any case of their names. */
export function unicodePosixSet(name: string, ignoreCase: boolean): CharSet | null {
  switch (name.toUpperCase()) {
    case 'ALPHA':
      return propertySet('\\p{Alphabetic}');
    case 'LOWER':
      return binarySet('LOWERCASE', ignoreCase);
    case 'UPPER':
      return binarySet('UPPERCASE', ignoreCase);
    case 'SPACE':
      return propertySet('\\p{White_Space}');
    case 'PUNCT':
      return propertySet('\\p{P}');
    case 'XDIGIT':
      return binarySet('HEX_DIGIT', false);
    case 'ALNUM':
      return propertySet('\\p{Alphabetic}', '\\p{Nd}');
    case 'CNTRL':
      return propertySet('\\p{Cc}');
    case 'DIGIT':
      return propertySet('\\p{Nd}');
    case 'BLANK':
      return propertySet('\\p{Zs}', '\\t');
    case 'GRAPH':
      return graph();
    case 'PRINT':
      return intersection(union(graph(), propertySet('\\p{Zs}', '\\t')), negate(propertySet('\\p{Cc}')));
    default:
      return null;
  }
}
const graph = (): CharSet => negate(propertySet('\\p{Z}', '\\p{Cc}', '\\p{Cs}', '\\p{Cn}', '\\s'));

/** A script by its name or its ISO 15924 code, in any case. */
export function scriptSet(name: string): CharSet | null {
  const proper = name
    .toLowerCase()
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('_');
  // "Phags_Pa", "SignWriting", "Nko" and "Signwriting" are written unlike the rest.
  for (const spelling of [proper, proper.replace('_Of_', '_of_'), { Signwriting: 'SignWriting' }[proper] ?? proper]) {
    if (!/^[A-Za-z_]+$/.test(spelling)) return null;
    try {
      return propertySet(`\\p{Script=${spelling}}`);
    } catch {
      /* not a script's name */
    }
  }
  return null;
}

export function blockSet(name: string): CharSet | null {
  const range = blockRange(name);
  return range === null ? null : rangesSet(range);
}
