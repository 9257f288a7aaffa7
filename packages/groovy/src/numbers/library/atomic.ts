/** java.util.concurrent.atomic.AtomicInteger and AtomicLong: counters that closures of several branches share. */
import type { Native, NativeClass, Signatures } from '../../runtime/native.ts';
import type { Value } from '../../runtime/values.ts';
import { Long } from '../boxes.ts';
import { OtherNumber } from '../number-values.ts';
import { minus, numbersEqual, numberText, plus } from '../operators.ts';

export class AtomicNumber extends OtherNumber {
  readonly type: 'Integer' | 'Long';
  value: Value;
  constructor(type: 'Integer' | 'Long', value: Value) {
    super();
    this.type = type;
    this.value = value;
  }
  get $type(): string {
    return `java.util.concurrent.atomic.Atomic${this.type}`;
  }
  numberValue(): Value {
    return this.value;
  }
  override javaString(): string {
    return numberText(this.value);
  }
}

/** Sets the new value and answers it, or the one before. */
function update(change: (old: Value, by: Value) => Value, answerOld: boolean): Native {
  return (_rt, self: AtomicNumber, by: Value) => {
    const old = self.value;
    self.value = change(old, by);
    return answerOld ? old : self.value;
  };
}
function methods(primitive: 'int' | 'long'): Signatures {
  const set: Native = (_rt, self: AtomicNumber, value: Value) => {
    self.value = value;
    return null;
  };
  const compareAndSet: Native = (_rt, self: AtomicNumber, expected: Value, value: Value) => {
    if (!numbersEqual(self.value, expected)) return false;
    self.value = value;
    return true;
  };
  return {
    'get()': (_rt, self: AtomicNumber) => self.value,
    [`set(${primitive})`]: set,
    [`lazySet(${primitive})`]: set,
    'incrementAndGet()': update((old) => plus(old, 1), false),
    'decrementAndGet()': update((old) => minus(old, 1), false),
    'getAndIncrement()': update((old) => plus(old, 1), true),
    'getAndDecrement()': update((old) => minus(old, 1), true),
    [`addAndGet(${primitive})`]: update(plus, false),
    [`getAndAdd(${primitive})`]: update(plus, true),
    [`getAndSet(${primitive})`]: update((_old, value) => value, true),
    [`compareAndSet(${primitive}, ${primitive})`]: compareAndSet,
  };
}

export const atomicIntegerTable: NativeClass = {
  name: 'java.util.concurrent.atomic.AtomicInteger',
  superclass: 'java.lang.Number',
  constructors: { '()': () => new AtomicNumber('Integer', 0), '(int)': (_rt, _self, n: number) => new AtomicNumber('Integer', n) },
  methods: methods('int'),
};
export const atomicLongTable: NativeClass = {
  name: 'java.util.concurrent.atomic.AtomicLong',
  superclass: 'java.lang.Number',
  constructors: { '()': () => new AtomicNumber('Long', Long.of(0)), '(long)': (_rt, _self, n: Long) => new AtomicNumber('Long', n) },
  methods: methods('long'),
};
