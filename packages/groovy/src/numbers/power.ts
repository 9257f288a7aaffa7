/**
 * `**`, the `power` methods of DefaultGroovyMethods: exact for whole exponents from 0 up, with the base's type or a
 * BigInteger where that is too small; otherwise by doubles, narrowed to an Integer or Long where nothing is lost.
 */
import type { Value } from '../runtime/values.ts';
import { BigDecimal, Byte, Double, Long, Short } from './boxes.ts';
import * as decimal from './decimal.ts';
import { javaPow } from './double-math.ts';
import { doubleToString } from './floating-text.ts';
import { powWhole } from './magnitude.ts';
import { doubleToInt, doubleToLong, doubleValue } from './number-values.ts';

export function power(self: Value, exponent: Value): Value {
  // A Short or Byte is given for an Integer, a Long for a BigInteger where the base is one, as Java's calls widen.
  if (exponent instanceof Short || exponent instanceof Byte) exponent = exponent.n;
  else if (typeof self === 'bigint' && exponent instanceof Long) exponent = exponent.big();
  if (typeof exponent === 'number') {
    if (exponent < 0) return powerByDoubles(doubleValue(self), exponent);
    if (typeof self === 'number') {
      const small = self ** exponent;
      if (small <= 2147483647 && small >= -2147483648) return small | 0;
      return powWhole(BigInt(self), exponent);
    }
    if (self instanceof Long) {
      const answer = powWhole(self.big(), exponent);
      return BigInt.asIntN(64, answer) === answer ? Long.of(answer) : answer;
    }
    if (typeof self === 'bigint') return powWhole(self, exponent);
    if (self instanceof BigDecimal) return decimal.pow(self, exponent);
  }
  if (typeof self === 'bigint' && typeof exponent === 'bigint') {
    if (exponent >= 0n && exponent <= 2147483647n) return powWhole(self, Number(exponent));
    return decimal.toWhole(decimal.decimalOf(doubleToString(javaPow(Number(self), Number(exponent)))));
  }
  return powerByDoubles(doubleValue(self), doubleValue(exponent));
}

function powerByDoubles(base: number, exponent: number): Value {
  const answer = javaPow(base, exponent);
  // -0.0 == 0 in Java, so it becomes the Integer 0.
  const narrowed = doubleToInt(answer);
  if (narrowed === answer) return narrowed + 0;
  const long = doubleToLong(answer);
  return Number(long.n) === answer ? long : new Double(answer);
}
