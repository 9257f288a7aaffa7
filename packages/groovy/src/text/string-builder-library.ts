/** The tables of AbstractStringBuilder, StringBuilder and StringBuffer. */
import type { JavaArray } from '../collections/model.ts';
import { Character } from '../numbers/boxes.ts';
import type { Native, NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { checkIndex, checkOffset, illegalArgument, indexOutOfBounds, required, stringIndex } from './failures.ts';
import { copyChars, sequencePart } from './java-string.ts';
import * as letters from './letters.ts';
import { JavaStringBuffer, JavaStringBuilder } from './string-builder.ts';
import { textOf, textOfChars } from './values.ts';

type Builder = JavaStringBuilder;

/** `start 2, end 1, length 3` */
function checkRange(start: number, end: number, length: number): void {
  if (start < 0 || start > end || end > length) throw stringIndex(`start ${start}, end ${end}, length ${length}`);
}
function append(rt: Runtime, self: Builder, text: string): Builder {
  rt.alloc(text.length);
  return self.append(text);
}
function insert(rt: Runtime, self: Builder, offset: number, text: string): Builder {
  checkOffset(offset, self.length);
  rt.alloc(text.length);
  return self.splice(offset, offset, text);
}
const appendValue: Native = (rt, self: Builder, value: Value) => append(rt, self, rt.str(value));
const insertValue: Native = (rt, self: Builder, offset: number, value: Value) => insert(rt, self, offset, rt.str(value));

/** Each type on its own, as Java declares them: the whitelist and the choice of overloads go by these. */
function forTypes(name: string, before: string, types: readonly string[], native: Native): Signatures {
  return Object.fromEntries(types.map((type) => [`${name}(${before}${type})`, native]));
}
const SIMPLE = ['java.lang.Object', 'java.lang.String', 'java.lang.CharSequence', 'boolean', 'char', 'int', 'long', 'float', 'double'];

const methods: Signatures = {
  ...forTypes('append', '', [...SIMPLE, 'java.lang.StringBuffer'], appendValue),
  'append(char[])': (rt, self: Builder, chars: JavaArray) => append(rt, self, textOfChars(required(chars))),
  'append(char[], int, int)': (rt, self: Builder, chars: JavaArray, offset: number, count: number) => {
    const length = required(chars).items.length,
      end = offset + count;
    if (offset < 0 || count < 0 || end > length) throw indexOutOfBounds(`start ${offset}, end ${end}, length ${length}`);
    return append(rt, self, textOfChars(chars, offset, count));
  },
  'append(java.lang.CharSequence, int, int)': (rt, self: Builder, text: Value, start: number, end: number) =>
    append(rt, self, sequencePart(rt, text, start, end)),
  'appendCodePoint(int)': (rt, self: Builder, cp: number) => {
    if (cp < 0 || cp > 0x10ffff) throw illegalArgument(`Not a valid Unicode code point: 0x${(cp >>> 0).toString(16).toUpperCase()}`);
    return append(rt, self, String.fromCodePoint(cp));
  },
  ...forTypes('insert', 'int, ', SIMPLE, insertValue),
  'insert(int, char[])': (rt, self: Builder, offset: number, chars: JavaArray) => insert(rt, self, offset, textOfChars(required(chars))),
  'insert(int, char[], int, int)': (rt, self: Builder, index: number, chars: JavaArray, offset: number, count: number) => {
    checkOffset(index, self.length);
    checkRange(offset, offset + count, required(chars).items.length);
    return insert(rt, self, index, textOfChars(chars, offset, count));
  },
  'insert(int, java.lang.CharSequence, int, int)': (rt, self: Builder, offset: number, text: Value, start: number, end: number) => {
    checkOffset(offset, self.length);
    return insert(rt, self, offset, sequencePart(rt, text, start, end));
  },
  'delete(int, int)': (_rt, self: Builder, start: number, end: number) => {
    const last = Math.min(end, self.length);
    checkRange(start, last, self.length);
    return self.splice(start, last, '');
  },
  'deleteCharAt(int)': (_rt, self: Builder, index: number) => {
    checkIndex(index, self.length);
    return self.splice(index, index + 1, '');
  },
  'replace(int, int, java.lang.String)': (rt, self: Builder, start: number, end: number, text: string) => {
    const last = Math.min(end, self.length);
    checkRange(start, last, self.length);
    rt.alloc(required(text).length);
    return self.splice(start, last, text);
  },
  'reverse()': (_rt, self: Builder) => {
    self.text = letters.reverse(self.text);
    return self;
  },

  'length()': (_rt, self: Builder) => self.length,
  'isEmpty()': (_rt, self: Builder) => self.length === 0,
  'charAt(int)': (_rt, self: Builder, index: number) => {
    checkIndex(index, self.length);
    return new Character(self.unitAt(index));
  },
  'setCharAt(int, char)': (_rt, self: Builder, index: number, c: Character) => {
    checkIndex(index, self.length);
    self.setUnitAt(index, c.code);
    return null;
  },
  'setLength(int)': (rt, self: Builder, length: number) => {
    if (length < 0) throw stringIndex(`String index out of range: ${length}`);
    if (length <= self.length) self.text = self.text.slice(0, length);
    else {
      rt.alloc(length - self.length);
      self.append('\0'.repeat(length - self.length));
    }
    return null;
  },
  'substring(int)': (_rt, self: Builder, start: number) => {
    checkRange(start, self.length, self.length);
    return self.text.slice(start);
  },
  'substring(int, int)': (_rt, self: Builder, start: number, end: number) => {
    checkRange(start, end, self.length);
    return self.text.slice(start, end);
  },
  'subSequence(int, int)': (_rt, self: Builder, start: number, end: number) => {
    checkRange(start, end, self.length);
    return self.text.slice(start, end);
  },
  'indexOf(java.lang.String)': (_rt, self: Builder, text: string) => self.text.indexOf(required(text)),
  'indexOf(java.lang.String, int)': (_rt, self: Builder, text: string, from: number) => self.text.indexOf(required(text), from),
  'lastIndexOf(java.lang.String)': (_rt, self: Builder, text: string) => self.text.lastIndexOf(required(text)),
  'lastIndexOf(java.lang.String, int)': (_rt, self: Builder, text: string, from: number) => (from < 0 ? -1 : self.text.lastIndexOf(required(text), from)),
  'capacity()': (_rt, self: Builder) => self.capacity,
  'ensureCapacity(int)': (_rt, self: Builder, n: number) => {
    self.ensureCapacity(n);
    return null;
  },
  'trimToSize()': (_rt, self: Builder) => {
    self.capacity = self.length;
    return null;
  },
  'getChars(int, int, char[], int)': (_rt, self: Builder, begin: number, end: number, target: JavaArray, at: number) =>
    copyChars(self.text, begin, end, required(target), at),
  'codePointAt(int)': (_rt, self: Builder, index: number) => {
    checkIndex(index, self.length);
    return letters.codePointAt(self.text, index);
  },
  'codePointBefore(int)': (_rt, self: Builder, index: number) => {
    if (index < 1 || index > self.length) throw stringIndex(`String index out of range: ${index}`);
    return letters.codePointBefore(self.text, index);
  },
  'codePointCount(int, int)': (_rt, self: Builder, from: number, to: number) => {
    if (from < 0 || from > to || to > self.length) throw new JavaThrowable('java.lang.IndexOutOfBoundsException');
    return letters.codePointCount(self.text, from, to);
  },
  'offsetByCodePoints(int, int)': (_rt, self: Builder, index: number, offset: number) => {
    const at = index < 0 || index > self.length ? -1 : letters.offsetByCodePoints(self.text, index, offset);
    if (at < 0) throw new JavaThrowable('java.lang.IndexOutOfBoundsException');
    return at;
  },
  'toString()': (_rt, self: Builder) => self.text,
};

function concrete(name: string, make: (text: string) => Builder): NativeClass {
  const compare: Native = (_rt, self: Builder, other: Builder) => letters.compareStrings(self.text, required(other).text);
  return {
    name,
    superclass: 'java.lang.AbstractStringBuilder',
    interfaces: ['java.io.Serializable', 'java.lang.Comparable', 'java.lang.CharSequence'],
    constructors: {
      '()': () => make(''),
      '(int)': (_rt, _self, capacity: number) => {
        if (capacity < 0) throw new JavaThrowable('java.lang.NegativeArraySizeException', String(capacity));
        const builder = make('');
        builder.capacity = capacity;
        return builder;
      },
      '(java.lang.String)': (rt, _self, text: Value) => make(textOf(rt, text)),
      '(java.lang.CharSequence)': (rt, _self, text: Value) => make(textOf(rt, text)),
    },
    methods: { [`compareTo(${name})`]: compare },
  };
}

export const builderClasses: readonly NativeClass[] = [
  { name: 'java.lang.AbstractStringBuilder', kind: 'abstract', interfaces: ['java.lang.Appendable', 'java.lang.CharSequence'], methods },
  concrete('java.lang.StringBuilder', (text) => new JavaStringBuilder(text)),
  concrete('java.lang.StringBuffer', (text) => new JavaStringBuffer(text)),
];
