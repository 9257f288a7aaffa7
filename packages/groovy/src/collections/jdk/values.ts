/** Optional, tuples, StringJoiner, Expando, and the ranges' classes. */

import type { NativeClass } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { noSuchElement, nullPointer } from '../failures.ts';
import type { JavaArray } from '../model.ts';
import { EmptyRange, objectRange } from '../range.ts';
import { Optional, StringJoiner, Tuple } from '../small-values.ts';
import { apply } from './functions.ts';

const OBJECT = 'java.lang.Object';
const CHARS = 'java.lang.CharSequence';
const RANGE = { superclass: 'java.util.AbstractList', interfaces: ['groovy.lang.Range'] };

function notNull(v: Value): Value {
  if (v === null) throw nullPointer();
  return v;
}
function* callOn(rt: Runtime, f: Value, method: string, args: readonly Value[]): Computation {
  let r = apply(rt, f, method, args);
  if (r === PENDING) r = yield* rt.take();
  return r as Value;
}
function get(self: Optional): Value {
  if (self.value === null) throw noSuchElement('No value present');
  return self.value;
}

export const valueClasses: readonly NativeClass[] = [
  {
    name: 'groovy.lang.ObjectRange',
    ...RANGE,
    constructors: { '(java.lang.Comparable, java.lang.Comparable)': (rt, _s, from: Value, to: Value) => objectRange(rt, from, to) },
  },
  { name: 'groovy.lang.EmptyRange', ...RANGE, constructors: { '(java.lang.Comparable)': (_rt, _s, at: Value) => new EmptyRange(at) } },
  {
    name: 'groovy.lang.Tuple',
    superclass: 'java.util.AbstractList',
    constructors: { [`(${OBJECT}[])`]: (_rt, _s, items: JavaArray) => new Tuple(items.items.slice()) },
  },
  {
    name: 'groovy.lang.Tuple2',
    superclass: 'groovy.lang.Tuple',
    constructors: { [`(${OBJECT}, ${OBJECT})`]: (_rt, _s, a: Value, b: Value) => new Tuple([a, b], 'groovy.lang.Tuple2') },
    methods: { 'getFirst()': (_rt, self: Tuple) => self.items[0] as Value, 'getSecond()': (_rt, self: Tuple) => self.items[1] as Value },
  },
  {
    name: 'java.util.Optional',
    statics: {
      [`of(${OBJECT})`]: (_rt, _s, v: Value) => new Optional(notNull(v)),
      [`ofNullable(${OBJECT})`]: (_rt, _s, v: Value) => new Optional(v),
      'empty()': () => new Optional(null),
    },
    methods: {
      'get()': (_rt, self: Optional) => get(self),
      'orElseThrow()': (_rt, self: Optional) => get(self),
      'isPresent()': (_rt, self: Optional) => self.value !== null,
      'isEmpty()': (_rt, self: Optional) => self.value === null,
      [`orElse(${OBJECT})`]: (_rt, self: Optional, v: Value) => self.value ?? v,
      *'orElseGet(java.util.function.Supplier)'(rt: Runtime, self: Optional, f: Value): Computation {
        return self.value ?? (yield* callOn(rt, f, 'get', []));
      },
      *'orElseThrow(java.util.function.Supplier)'(rt: Runtime, self: Optional, f: Value): Computation {
        if (self.value !== null) return self.value;
        throw yield* callOn(rt, f, 'get', []);
      },
      *'ifPresent(java.util.function.Consumer)'(rt: Runtime, self: Optional, f: Value): Computation {
        if (self.value !== null) yield* callOn(rt, f, 'accept', [self.value]);
        return null;
      },
      *'map(java.util.function.Function)'(rt: Runtime, self: Optional, f: Value): Computation {
        return self.value === null ? self : new Optional(yield* callOn(rt, f, 'apply', [self.value]));
      },
      *'flatMap(java.util.function.Function)'(rt: Runtime, self: Optional, f: Value): Computation {
        return self.value === null ? self : notNull(yield* callOn(rt, f, 'apply', [self.value]));
      },
      *'filter(java.util.function.Predicate)'(rt: Runtime, self: Optional, f: Value): Computation {
        return self.value === null || rt.truth(yield* callOn(rt, f, 'test', [self.value])) ? self : new Optional(null);
      },
      *'or(java.util.function.Supplier)'(rt: Runtime, self: Optional, f: Value): Computation {
        return self.value === null ? yield* callOn(rt, f, 'get', []) : self;
      },
    },
  },
  {
    name: 'java.util.StringJoiner',
    constructors: {
      [`(${CHARS})`]: (rt, _s, separator: Value) => new StringJoiner(rt.str(separator)),
      [`(${CHARS}, ${CHARS}, ${CHARS})`]: (rt, _s, separator: Value, prefix: Value, suffix: Value) =>
        new StringJoiner(rt.str(separator), rt.str(prefix), rt.str(suffix)),
    },
    methods: {
      [`add(${CHARS})`]: (rt, self: StringJoiner, part: Value) => {
        const text = rt.str(part);
        rt.alloc(text.length);
        self.parts.push(text);
        return self;
      },
      [`setEmptyValue(${CHARS})`]: (rt, self: StringJoiner, text: Value) => {
        self.emptyValue = rt.str(text);
        return self;
      },
      'length()': (_rt, self: StringJoiner) => self.javaString().length,
      'toString()': (_rt, self: StringJoiner) => self.javaString(),
    },
  },
];
