/** The digits that `%f`, `%e` and `%g` write for a number that is not negative. */
import { BigDecimal } from '../boxes.ts';
import * as decimal from '../decimal.ts';
import { decimalToPlainString } from '../decimal-text.ts';
import { doubleDigits } from '../floating-text.ts';
import { digitCount } from '../magnitude.ts';
import { HALF_UP } from '../rounding.ts';

/** `digits` with a point; `exponent` with its sign and at least two digits, null where there is none. */
export interface Body {
  readonly digits: string;
  readonly exponent: string | null;
}

/** Java rounds the digits that toString would show (half up), not the binary value: `%.2f` of 1.005 is 1.01. */
export function doubleBody(conversion: string, value: number, precision: number): Body {
  if (value === 0) {
    const zero = new BigDecimal(0n, 0);
    if (conversion === 'e') return { digits: fixed(zero, precision < 0 ? 6 : precision), exponent: '+00' };
    return { digits: fixed(zero, conversion === 'g' ? (precision < 0 ? 6 : Math.max(precision, 1)) - 1 : precision < 0 ? 6 : precision), exponent: null };
  }
  const { digits, exponent } = doubleDigits(value, false);
  const shown = new BigDecimal(BigInt(digits), digits.length - exponent);
  if (conversion === 'f') return { digits: fixed(shown, precision < 0 ? 6 : precision), exponent: null };
  if (conversion === 'e') return scientific(shown, precision < 0 ? 6 : precision);
  return general(shown, precision);
}

export function decimalBody(conversion: string, value: BigDecimal, precision: number): Body {
  if (conversion === 'f') return { digits: fixed(value, precision < 0 ? 6 : precision), exponent: null };
  if (conversion === 'e') return scientific(value, precision < 0 ? 6 : precision);
  return general(value, precision);
}

/** %g: the value, rounded to so many digits, decides between the two forms. */
function general(value: BigDecimal, precision: number): Body {
  const wanted = precision < 0 ? 6 : Math.max(precision, 1);
  const rounded = decimal.round(value, { precision: wanted, mode: HALF_UP });
  const isZero = value.unscaled === 0n && value.scale === 0;
  const power = digitCount(rounded.unscaled) - 1 - rounded.scale;
  if (!isZero && (rounded.unscaled === 0n || power < -4 || power >= wanted)) return scientific(rounded, wanted - 1);
  return { digits: fixed(rounded, wanted - power - 1), exponent: null };
}

function fixed(value: BigDecimal, places: number): string {
  const rounded = decimal.setScale(value, places, HALF_UP);
  return decimalToPlainString(rounded.unscaled, rounded.scale);
}

function scientific(value: BigDecimal, places: number): Body {
  const rounded = decimal.round(value, { precision: places + 1, mode: HALF_UP });
  const digits = rounded.unscaled.toString();
  const power = digits.length - 1 - rounded.scale;
  const all = digits.padEnd(places + 1, '0');
  return {
    digits: places === 0 ? all : `${all[0]}.${all.slice(1)}`,
    exponent: `${power < 0 ? '-' : '+'}${Math.abs(power).toString().padStart(2, '0')}`,
  };
}
