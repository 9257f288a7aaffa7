/** java.lang.Number and Boolean. */
import type { NativeClass } from '../../runtime/native.ts';
import type { Value } from '../../runtime/values.ts';
import { Byte, Double, Float, Short } from '../boxes.ts';
import { doubleValue, floatValue, intValue, longValue } from '../number-values.ts';

export const numberTable: NativeClass = {
  name: 'java.lang.Number',
  kind: 'abstract',
  interfaces: ['java.io.Serializable'],
  methods: {
    'intValue()': (_rt, self: Value) => intValue(self),
    'longValue()': (_rt, self: Value) => longValue(self),
    'doubleValue()': (_rt, self: Value) => new Double(doubleValue(self)),
    'floatValue()': (_rt, self: Value) => new Float(floatValue(self)),
    'shortValue()': (_rt, self: Value) => new Short(intValue(self)),
    'byteValue()': (_rt, self: Value) => new Byte(intValue(self)),
  },
};

const parseBoolean = (text: string | null): boolean => text !== null && text.toLowerCase() === 'true';

export const booleanTable: NativeClass = {
  name: 'java.lang.Boolean',
  interfaces: ['java.lang.Comparable', 'java.io.Serializable'],
  constructors: {
    '(boolean)': (_rt, _self, b: boolean) => b,
    '(java.lang.String)': (_rt, _self, text: string | null) => parseBoolean(text),
  },
  fields: { TRUE: () => true, FALSE: () => false },
  methods: {
    'booleanValue()': (_rt, self: boolean) => self,
    'compareTo(java.lang.Boolean)': (_rt, self: boolean, other: boolean) => Number(self) - Number(other),
  },
  statics: {
    'parseBoolean(java.lang.String)': (_rt, _self, text: string | null) => parseBoolean(text),
    'valueOf(boolean)': (_rt, _self, b: boolean) => b,
    'valueOf(java.lang.String)': (_rt, _self, text: string | null) => parseBoolean(text),
    'toString(boolean)': (_rt, _self, b: boolean) => String(b),
    'hashCode(boolean)': (_rt, _self, b: boolean) => (b ? 1231 : 1237),
    'compare(boolean, boolean)': (_rt, _self, a: boolean, b: boolean) => Number(a) - Number(b),
    'logicalAnd(boolean, boolean)': (_rt, _self, a: boolean, b: boolean) => a && b,
    'logicalOr(boolean, boolean)': (_rt, _self, a: boolean, b: boolean) => a || b,
    'logicalXor(boolean, boolean)': (_rt, _self, a: boolean, b: boolean) => a !== b,
  },
};
