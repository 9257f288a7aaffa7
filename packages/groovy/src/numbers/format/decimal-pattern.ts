/** The patterns of java.text.DecimalFormat: `#,##0.00`, `0.###E0`, `00%`, `'#'0;(0)`. */
import { JavaThrowable } from '../../runtime/values.ts';

export interface DecimalPattern {
  positivePrefix: string;
  positiveSuffix: string;
  /** null: the positive ones with a minus in front. */
  negativePrefix: string | null;
  negativeSuffix: string | null;
  multiplier: number;
  groupingSize: number;
  groupingUsed: boolean;
  minInteger: number;
  maxInteger: number;
  minFraction: number;
  maxFraction: number;
  pointAlways: boolean;
  /** How many exponent digits at least; -1 where there is no exponent. */
  exponentDigits: number;
  isCurrency: boolean;
}

export const UNLIMITED = 2147483647;

function malformed(message: string): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalArgumentException', message);
}

/** Throws IllegalArgumentException with Java's message. `currency` replaces `¤`, `code` a double one. */
export function parsePattern(pattern: string, currency: string, code: string): DecimalPattern {
  const result: DecimalPattern = {
    positivePrefix: '',
    positiveSuffix: '',
    negativePrefix: null,
    negativeSuffix: null,
    multiplier: 1,
    groupingSize: 0,
    groupingUsed: false,
    minInteger: 0,
    maxInteger: UNLIMITED,
    minFraction: 0,
    maxFraction: UNLIMITED,
    pointAlways: false,
    exponentDigits: -1,
    isCurrency: false,
  };
  let at = 0;
  for (const positive of [true, false]) {
    let phase = 0,
      quoted = false;
    const affixes = ['', ''];
    let left = 0,
      zeros = 0,
      right = 0,
      point = -1,
      grouping = -1,
      exponent = -1;
    let multiplier = 1;
    let more = false;
    for (; at < pattern.length; at++) {
      const c = pattern[at] as string;
      if (phase === 1) {
        // The number itself.
        if (c === '#') {
          if (zeros > 0) right++;
          else left++;
          if (grouping >= 0 && point < 0) grouping++;
        } else if (c === '0') {
          if (right > 0) throw malformed(`Unexpected '0' in pattern "${pattern}"`);
          zeros++;
          if (grouping >= 0 && point < 0) grouping++;
        } else if (c === ',') grouping = 0;
        else if (c === '.') {
          if (point >= 0) throw malformed(`Multiple decimal separators in pattern "${pattern}"`);
          point = left + zeros + right;
        } else if (c === 'E') {
          if (exponent >= 0) throw malformed(`Multiple exponential symbols in pattern "${pattern}"`);
          exponent = 0;
          while (pattern[at + 1] === '0') {
            at++;
            exponent++;
          }
          if (left + zeros < 1 || exponent < 1) throw malformed(`Malformed exponential pattern "${pattern}"`);
          phase = 2;
        } else {
          phase = 2;
          at--;
        }
        continue;
      }
      if (quoted) {
        if (c === "'") {
          if (pattern[at + 1] === "'") {
            at++;
            affixes[phase === 0 ? 0 : 1] += "'";
          } else quoted = false;
          continue;
        }
      } else {
        if (phase === 0 && (c === '#' || c === '0' || c === ',' || c === '.')) {
          phase = 1;
          at--;
          continue;
        }
        if (c === '¤') {
          result.isCurrency = true;
          if (pattern[at + 1] === '¤') {
            at++;
            affixes[phase === 0 ? 0 : 1] += code;
          } else affixes[phase === 0 ? 0 : 1] += currency;
          continue;
        }
        if (c === "'") {
          if (pattern[at + 1] === "'") {
            at++;
            affixes[phase === 0 ? 0 : 1] += "'";
          } else quoted = true;
          continue;
        }
        if (c === ';') {
          if (phase === 0 || !positive) throw malformed(`Unquoted special character '${c}' in pattern "${pattern}"`);
          more = true;
          at++;
          break;
        }
        if (phase === 2 && (c === '#' || c === '0' || c === ',' || c === '.')) throw malformed(`Unquoted special character '${c}' in pattern "${pattern}"`);
        if (c === '%' || c === '\u2030') {
          if (multiplier !== 1) throw malformed(`Too many percent/per mille characters in pattern "${pattern}"`);
          multiplier = c === '%' ? 100 : 1000;
        }
      }
      affixes[phase === 0 ? 0 : 1] += c;
    }
    if (zeros === 0 && left > 0 && point >= 0) {
      // `###.###`: one digit before the point is shown.
      const n = point === 0 ? 1 : point;
      right = left - n;
      left = n - 1;
      zeros = 1;
    }
    if ((point < 0 && right > 0) || (point >= 0 && (point < left || point > left + zeros)) || grouping === 0 || quoted) {
      throw malformed(`Malformed pattern "${pattern}"`);
    }
    if (!positive) {
      result.negativePrefix = affixes[0] as string;
      result.negativeSuffix = affixes[1] as string;
      break;
    }
    result.positivePrefix = affixes[0] as string;
    result.positiveSuffix = affixes[1] as string;
    result.multiplier = multiplier;
    const total = left + zeros + right;
    result.exponentDigits = exponent;
    result.minInteger = (point >= 0 ? point : total) - left;
    result.maxInteger = exponent >= 0 ? left + result.minInteger : UNLIMITED;
    result.maxFraction = point >= 0 ? total - point : 0;
    result.minFraction = point >= 0 ? left + zeros - point : 0;
    result.groupingUsed = grouping >= 0;
    result.groupingSize = Math.max(grouping, 0);
    result.pointAlways = point === 0 || point === total;
    if (!more) break;
  }
  if (pattern === '') {
    result.maxFraction = UNLIMITED;
    result.pointAlways = false;
    result.groupingUsed = true;
    result.groupingSize = 3;
  }
  // A negative half equal to the positive one says nothing.
  if (result.negativePrefix === result.positivePrefix && result.negativeSuffix === result.positiveSuffix) result.negativePrefix = result.negativeSuffix = null;
  return result;
}
