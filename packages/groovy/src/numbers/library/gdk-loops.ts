/** times, upto, downto and step: loops over numbers, after DefaultGroovyMethods of Groovy 2.4. */
import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { JavaThrowable, PENDING } from '../../runtime/values.ts';
import { BigDecimal, Double, Float, Long } from '../boxes.ts';
import { toWhole } from '../decimal.ts';
import { DecimalFormat } from '../format/decimal-format.ts';
import { moneyOf, symbolsOf } from '../format/symbols.ts';
import { decimalValue, doubleValue, floatValue, intValue, longValue, wholeValue } from '../number-values.ts';
import { compareNumbers, minus, numberText, plus } from '../operators.ts';

function* each(rt: Runtime, closure: Value, argument: Value): Computation<void> {
  const r = rt.call(closure, [argument]);
  if (r === PENDING) yield* rt.take();
}

function* times(rt: Runtime, self: Value, closure: Value): Computation {
  const size = intValue(self);
  for (let i = 0; i < size; i++) {
    const r = rt.call(closure, [i]);
    if (r === PENDING) yield* rt.take();
  }
  return null;
}

/** `1.0`, as Groovy steps decimals: the values get a place. */
const DECIMAL_ONE = new BigDecimal(10n, 1);

interface Course {
  readonly from: Value;
  readonly to: Value;
  readonly step: Value;
  readonly show: (v: Value) => Value;
}
const same = (v: Value): Value => v;

/** In which type a loop runs, by its start; a BigInteger's also by its end. */
function course(self: Value, to: Value, down: boolean): Course {
  if (self instanceof Long) return { from: self, to: longValue(to), step: Long.of(1), show: same };
  if (self instanceof Float) {
    // float arithmetic, though Groovy's own operators make doubles of floats.
    return { from: self, to: new Float(floatValue(to)), step: new Float(1), show: same };
  }
  if (self instanceof Double) return { from: self, to: new Double(doubleValue(to)), step: new Double(1), show: same };
  if (self instanceof BigDecimal) return { from: self, to: decimalValue(to), step: DECIMAL_ONE, show: same };
  if (typeof self === 'bigint') {
    if (!(to instanceof BigDecimal)) return { from: self, to: wholeOfText(to), step: 1n, show: same };
    return { from: decimalValue(self), to, step: DECIMAL_ONE, show: down ? (v) => toWhole(v as BigDecimal) : same };
  }
  return { from: intValue(self), to: intValue(to), step: 1, show: same };
}
/** `new BigInteger(to.toString())` */
function wholeOfText(to: Value): bigint {
  if (to instanceof Double || to instanceof Float) throw new JavaThrowable('java.lang.NumberFormatException', `For input string: "${numberText(to)}"`);
  return wholeValue(to);
}

function shown(rt: Runtime, self: Value, v: Value): string {
  // A BigInteger's message is made by MessageFormat, which groups digits.
  if (typeof self !== 'bigint') return numberText(v);
  return new DecimalFormat('#,##0.###', symbolsOf('en', 'US'), moneyOf('en', 'US')).format(rt, v);
}

function advance(v: Value, step: Value, down: boolean): Value {
  if (v instanceof Float) return new Float(down ? v.n - 1 : v.n + 1);
  return down ? minus(v, step) : plus(v, step);
}

function* upto(rt: Runtime, self: Value, to: Value, closure: Value): Computation {
  const c = course(self, to, false);
  if (!(compareNumbers(c.from, c.to) <= 0)) {
    throw new JavaThrowable(
      'groovy.lang.GroovyRuntimeException',
      `The argument (${shown(rt, self, to)}) to upto() cannot be less than the value (${shown(rt, self, self)}) it's called on.`,
    );
  }
  for (let i = c.from; compareNumbers(i, c.to) <= 0; i = advance(i, c.step, false)) yield* each(rt, closure, c.show(i));
  return null;
}

function* downto(rt: Runtime, self: Value, to: Value, closure: Value): Computation {
  const c = course(self, to, true);
  if (!(compareNumbers(c.from, c.to) >= 0)) {
    throw new JavaThrowable(
      'groovy.lang.GroovyRuntimeException',
      `The argument (${shown(rt, self, to)}) to downto() cannot be greater than the value (${shown(rt, self, self)}) it's called on.`,
    );
  }
  for (let i = c.from; compareNumbers(i, c.to) >= 0; i = advance(i, c.step, true)) yield* each(rt, closure, c.show(i));
  return null;
}

function* step(rt: Runtime, self: Value, to: Value, by: Value, closure: Value): Computation {
  const all = [self, to, by];
  const convert: (v: Value) => Value = all.some((v) => v instanceof BigDecimal)
    ? decimalValue
    : all.some((v) => typeof v === 'bigint')
      ? wholeOfText
      : intValue;
  const from = convert(self),
    end = convert(to),
    distance = convert(by);
  const direction = compareNumbers(distance, 0);
  const order = compareNumbers(end, from);
  if (direction !== 0 && order === direction) {
    for (let i = from; compareNumbers(end, i) === direction; i = plus(i, distance)) yield* each(rt, closure, i);
  } else if (order !== 0) {
    throw new JavaThrowable('groovy.lang.GroovyRuntimeException', `Infinite loop in ${numberText(from)}.step(${numberText(end)}, ${numberText(distance)})`);
  }
  return null;
}

const CLOSURE = 'groovy.lang.Closure';
export const loopMethods: Signatures = {
  [`times(java.lang.Number, ${CLOSURE})`]: times,
  [`upto(java.lang.Number, java.lang.Number, ${CLOSURE})`]: upto,
  [`downto(java.lang.Number, java.lang.Number, ${CLOSURE})`]: downto,
  [`step(java.lang.Number, java.lang.Number, java.lang.Number, ${CLOSURE})`]: step,
};
