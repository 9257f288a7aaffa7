/**
 * Groovy's operators. The common cases (two Integers, two Strings, a list by index, a map by String) are answered
 * here; every other one is a call of the method that the operator stands for.
 */
import { createRange, JavaArray, JavaList, JavaMap } from '../collections/index.ts';
import { Character, Double, Long } from '../numbers/boxes.ts';
import * as numbers from '../numbers/operators.ts';
import { isNumber } from '../numbers/operators.ts';
import { findRegex, matchRegex } from '../text/index.ts';
import { invokeMethod } from './call.ts';
import { GroovyClass } from './classes.ts';
import type { Interpreter } from './interpreter.ts';
import type { Pending, Value } from './values.ts';
import { GString, JavaThrowable } from './values.ts';

type Answer = Value | Pending;

/**
 * Whether a Character stands beside a number or a Character. Groovy computes with the code where it knows from the
 * declarations that an operand is a `char`, and has no method for it otherwise; here it always computes.
 */
function whole(a: Value, b: Value): boolean {
  return a instanceof Character ? b instanceof Character || isNumber(b) : b instanceof Character && isNumber(a);
}
function codeOf(v: Value): Value {
  return v instanceof Character ? v.code : v;
}

/** Whether an array of these components takes the value as it is. */
function fits(value: Value, component: string): boolean {
  switch (component) {
    case 'int':
      return typeof value === 'number';
    case 'long':
      return value instanceof Long;
    case 'double':
      return value instanceof Double;
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return component === 'java.lang.Object';
  }
}

/** A Long beside an Integer or Long: NumberMath decides, and nobody else has a say. */
function longs(a: Value, b: Value): boolean {
  return a instanceof Long ? b instanceof Long || typeof b === 'number' : b instanceof Long && typeof a === 'number';
}

export function makeOperators(vm: Interpreter) {
  const call = (a: Value, name: string, b: Value): Answer => invokeMethod(vm, a, name, [b]);

  function plus(a: Value, b: Value): Answer {
    if (typeof a === 'number' && typeof b === 'number') return (a + b) | 0;
    if (typeof a === 'string') {
      const text = typeof b === 'string' ? b : vm.format(b);
      if (a.length + text.length > 65_536) vm.alloc(a.length + text.length);
      return a + text;
    }
    return isNumber(a) && isNumber(b) ? numbers.plus(a, b) : call(a, 'plus', b);
  }
  function minus(a: Value, b: Value): Answer {
    if (typeof a === 'number' && typeof b === 'number') return (a - b) | 0;
    return isNumber(a) && isNumber(b) ? numbers.minus(a, b) : call(a, 'minus', b);
  }
  function multiply(a: Value, b: Value): Answer {
    if (typeof a === 'number' && typeof b === 'number') return Math.imul(a, b);
    return isNumber(a) && isNumber(b) ? numbers.multiply(a, b) : call(a, 'multiply', b);
  }
  function div(a: Value, b: Value): Answer {
    return isNumber(a) && isNumber(b) ? numbers.div(a, b) : call(a, 'div', b);
  }
  function mod(a: Value, b: Value): Answer {
    if (typeof a === 'number' && typeof b === 'number' && b !== 0) return (a % b) | 0;
    return isNumber(a) && isNumber(b) ? numbers.mod(a, b) : whole(a, b) ? numbers.mod(codeOf(a), codeOf(b)) : call(a, 'mod', b);
  }
  function power(a: Value, b: Value): Answer {
    return isNumber(a) && isNumber(b) ? numbers.power(a, b) : call(a, 'power', b);
  }
  function and(a: Value, b: Value): Answer {
    return typeof a === 'number' && typeof b === 'number'
      ? a & b
      : longs(a, b)
        ? numbers.and(a, b)
        : whole(a, b)
          ? numbers.and(codeOf(a), codeOf(b))
          : call(a, 'and', b);
  }
  function or(a: Value, b: Value): Answer {
    return typeof a === 'number' && typeof b === 'number'
      ? a | b
      : longs(a, b)
        ? numbers.or(a, b)
        : whole(a, b)
          ? numbers.or(codeOf(a), codeOf(b))
          : call(a, 'or', b);
  }
  function xor(a: Value, b: Value): Answer {
    return typeof a === 'number' && typeof b === 'number'
      ? a ^ b
      : longs(a, b)
        ? numbers.xor(a, b)
        : whole(a, b)
          ? numbers.xor(codeOf(a), codeOf(b))
          : call(a, 'xor', b);
  }
  function leftShift(a: Value, b: Value): Answer {
    if (typeof a === 'number' && typeof b === 'number') return a << b;
    if (a instanceof JavaList && a.constructor === JavaList && a.$class === undefined) {
      a.add(vm, b);
      return a;
    }
    return longs(a, b) ? numbers.leftShift(a, b) : whole(a, b) ? numbers.leftShift(codeOf(a), codeOf(b)) : call(a, 'leftShift', b);
  }
  function rightShift(a: Value, b: Value): Answer {
    return typeof a === 'number' && typeof b === 'number'
      ? a >> b
      : longs(a, b)
        ? numbers.rightShift(a, b)
        : whole(a, b)
          ? numbers.rightShift(codeOf(a), codeOf(b))
          : call(a, 'rightShift', b);
  }
  function rightShiftUnsigned(a: Value, b: Value): Answer {
    return typeof a === 'number' && typeof b === 'number'
      ? (a >>> b) | 0
      : longs(a, b)
        ? numbers.rightShiftUnsigned(a, b)
        : whole(a, b)
          ? numbers.rightShiftUnsigned(codeOf(a), codeOf(b))
          : call(a, 'rightShiftUnsigned', b);
  }
  function negative(a: Value): Answer {
    return typeof a === 'number' ? -a | 0 : isNumber(a) ? numbers.negate(a) : invokeMethod(vm, a, 'negative', []);
  }
  function positive(a: Value): Answer {
    return isNumber(a) ? a : invokeMethod(vm, a, 'positive', []);
  }
  function bitwiseNegate(a: Value): Answer {
    return typeof a === 'number' ? ~a : invokeMethod(vm, a, 'bitwiseNegate', []);
  }
  function next(a: Value): Answer {
    return typeof a === 'number' ? (a + 1) | 0 : isNumber(a) ? numbers.next(a) : invokeMethod(vm, a, 'next', []);
  }
  function previous(a: Value): Answer {
    return typeof a === 'number' ? (a - 1) | 0 : isNumber(a) ? numbers.previous(a) : invokeMethod(vm, a, 'previous', []);
  }

  function eq(a: Value, b: Value): boolean {
    if (a === b) return true;
    const kind = typeof a;
    if (kind === typeof b && kind !== 'object') return false;
    return vm.equals(a, b);
  }
  function ne(a: Value, b: Value): boolean {
    return !eq(a, b);
  }
  function lt(a: Value, b: Value): boolean {
    return typeof a === 'number' && typeof b === 'number' ? a < b : vm.compareForOrder(a, b) < 0;
  }
  function le(a: Value, b: Value): boolean {
    return typeof a === 'number' && typeof b === 'number' ? a <= b : vm.compareForOrder(a, b) <= 0;
  }
  function gt(a: Value, b: Value): boolean {
    return typeof a === 'number' && typeof b === 'number' ? a > b : vm.compareForOrder(a, b) > 0;
  }
  function ge(a: Value, b: Value): boolean {
    return typeof a === 'number' && typeof b === 'number' ? a >= b : vm.compareForOrder(a, b) >= 0;
  }
  function compare(a: Value, b: Value): number {
    if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
    return vm.compare(a, b);
  }
  function same(a: Value, b: Value): boolean {
    return a === b;
  }
  function notSame(a: Value, b: Value): boolean {
    return a !== b;
  }
  function find(a: Value, b: Value): Value {
    return findRegex(vm, a, b);
  }
  function matches(a: Value, b: Value): Value {
    return matchRegex(vm, a, b);
  }
  function isCase(test: Value, subject: Value): Answer {
    if (typeof test === 'string') return subject !== null && (test === subject || (typeof subject !== 'string' && vm.str(subject) === test));
    if (typeof test === 'number') return eq(test, subject);
    if (test === null) return subject === null;
    if (test instanceof GroovyClass) return vm.instanceOf(subject, test.name);
    const r = invokeMethod(vm, test, 'isCase', [subject]);
    return r;
  }
  function isIn(element: Value, container: Value): Answer {
    return container === null ? false : isCase(container, element);
  }

  function at(object: Value, key: Value): Answer {
    if (object instanceof JavaList && typeof key === 'number' && object.constructor === JavaList) {
      const { items } = object;
      if (key >= 0) return key < items.length ? (items[key] as Value) : null;
    } else if (object instanceof JavaArray && typeof key === 'number') {
      if (key >= 0 && key < object.items.length) return object.items[key] as Value;
    } else if (object instanceof JavaMap) {
      // A subscript of a GString is a property's name: the key is its text.
      const name = key instanceof GString ? key.javaString(vm) : key;
      if (object.constructor === JavaMap && object.$class === undefined) return object.get(vm, name);
      return call(object, 'getAt', name);
    }
    if (object === null) throw new JavaThrowable('java.lang.NullPointerException', `Cannot invoke method getAt() on null object`);
    return call(object, 'getAt', key);
  }
  function putAt(object: Value, key: Value, value: Value): Answer {
    if (typeof key === 'number' && key >= 0) {
      if (
        object instanceof JavaArray
          ? fits(value, object.component)
          : object instanceof JavaList && object.constructor === JavaList && object.$class === undefined
      ) {
        const { items } = object as JavaArray | JavaList;
        if (key < items.length) {
          items[key] = value;
          return value;
        }
      }
    }
    if (object instanceof JavaMap) {
      const name = key instanceof GString ? key.javaString(vm) : key;
      if (object.constructor === JavaMap && object.$class === undefined) {
        object.put(vm, name, value);
        return value;
      }
      key = name;
    }
    if (object === null) throw new JavaThrowable('java.lang.NullPointerException', `Cannot invoke method putAt() on null object`);
    const r = invokeMethod(vm, object, 'putAt', [key, value]);
    if (typeof r === 'object' && r !== null && 'pending' in r) return vm.defer(vm.afterwards(vm.take(), value));
    return value;
  }
  function range(a: Value, b: Value, inclusive: boolean): Value {
    return createRange(vm, a, b, inclusive);
  }
  function truth(a: Value): boolean {
    if (typeof a === 'boolean') return a;
    if (a === null) return false;
    if (typeof a === 'string') return a.length > 0;
    return vm.truth(a);
  }
  return {
    plus,
    minus,
    multiply,
    div,
    mod,
    power,
    and,
    or,
    xor,
    leftShift,
    rightShift,
    rightShiftUnsigned,
    negative,
    positive,
    bitwiseNegate,
    next,
    previous,
    eq,
    ne,
    lt,
    le,
    gt,
    ge,
    compare,
    same,
    notSame,
    find,
    matches,
    isCase,
    isIn,
    at,
    putAt,
    range,
    truth,
  };
}
