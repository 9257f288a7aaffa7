/** java.lang.String: constructors, statics, and the class's table. */

import { NativeComparator } from '../collections/comparators.ts';
import type { JavaArray } from '../collections/model.ts';
import type { Character, Double, Float, Long } from '../numbers/boxes.ts';
import { javaFormat } from '../numbers/format/java-format.ts';
import type { JavaLocale } from '../numbers/locale.ts';
import type { NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaThrowable } from '../runtime/values.ts';
import { formatDateConversion } from '../time/dateConversion.ts';
import type { Encoding } from './charsets.ts';
import { decode } from './charsets.ts';
import { illegalArgument, nullPointer, required, stringIndex } from './failures.ts';
import { encodingNamed, encodingOf, stringMethods } from './java-string.ts';
import { compareIgnoreCase } from './letters.ts';
import { bytesOf, textOf, textOfChars } from './values.ts';

function checkCount(offset: number, count: number, length: number): void {
  if (offset < 0 || count < 0 || offset > length - count) throw stringIndex(`offset ${offset}, count ${count}, length ${length}`);
}
function charsText(rt: Runtime, chars: JavaArray | null, offset = 0, count = chars?.items.length ?? 0): string {
  const array = required(chars);
  checkCount(offset, count, array.items.length);
  rt.alloc(count);
  return textOfChars(array, offset, count);
}
function decoded(rt: Runtime, bytes: JavaArray | null, offset: number, count: number, encoding: Encoding): string {
  const array = required(bytes);
  checkCount(offset, count, array.items.length);
  rt.alloc(count);
  return decode(bytesOf(array, offset, count), encoding);
}

const constructors: Signatures = {
  '()': () => '',
  '(java.lang.String)': (_rt, _self, text: string) => required(text),
  '(java.lang.StringBuilder)': (rt, _self, text: Value) => textOf(rt, text),
  '(java.lang.StringBuffer)': (rt, _self, text: Value) => textOf(rt, text),
  '(char[])': (rt, _self, chars: JavaArray) => charsText(rt, chars),
  '(char[], int, int)': (rt, _self, chars: JavaArray, offset: number, count: number) => charsText(rt, chars, offset, count),
  '(int[], int, int)': (rt, _self, points: JavaArray, offset: number, count: number) => {
    checkCount(offset, count, required(points).items.length);
    rt.alloc(count);
    let text = '';
    for (const cp of points.items.slice(offset, offset + count) as number[]) {
      if (cp < 0 || cp > 0x10ffff) throw illegalArgument(String(cp));
      text += String.fromCodePoint(cp);
    }
    return text;
  },
  '(byte[])': (rt, _self, bytes: JavaArray) => decoded(rt, bytes, 0, required(bytes).items.length, 'UTF-8'),
  '(byte[], int, int)': (rt, _self, bytes: JavaArray, offset: number, count: number) => decoded(rt, bytes, offset, count, 'UTF-8'),
  '(byte[], java.lang.String)': (rt, _self, bytes: JavaArray, name: string) => decoded(rt, bytes, 0, required(bytes).items.length, encodingNamed(name)),
  '(byte[], java.nio.charset.Charset)': (rt, _self, bytes: JavaArray, charset: Value) =>
    decoded(rt, bytes, 0, required(bytes).items.length, encodingOf(rt, charset)),
  '(byte[], int, int, java.lang.String)': (rt, _self, bytes: JavaArray, offset: number, count: number, name: string) =>
    decoded(rt, bytes, offset, count, encodingNamed(name)),
  '(byte[], int, int, java.nio.charset.Charset)': (rt, _self, bytes: JavaArray, offset: number, count: number, charset: Value) =>
    decoded(rt, bytes, offset, count, encodingOf(rt, charset)),
};

const isSequence = (rt: Runtime, v: Value): boolean => typeof v === 'string' || v instanceof GString || rt.instanceOf(v, 'java.lang.CharSequence');

function joined(rt: Runtime, separator: Value, items: Iterable<Value>): string {
  const between = textOf(rt, separator);
  const parts: string[] = [];
  for (const item of items) {
    if (item !== null && !isSequence(rt, item)) {
      const name = rt.classOf(item).name;
      const where = name.startsWith('java.') ? ` (${name} and java.lang.CharSequence are in module java.base of loader 'bootstrap')` : '';
      throw new JavaThrowable('java.lang.ClassCastException', `class ${name} cannot be cast to class java.lang.CharSequence${where}`);
    }
    const part = rt.str(item);
    rt.alloc(part.length + between.length);
    parts.push(part);
  }
  return parts.join(between);
}

const textOfValue = (rt: Runtime, _self: null, value: Value): string => rt.str(value);

const statics: Signatures = {
  'valueOf(java.lang.Object)': textOfValue,
  'valueOf(char[])': (rt, _self, chars: JavaArray) => charsText(rt, chars),
  'valueOf(char[], int, int)': (rt, _self, chars: JavaArray, offset: number, count: number) => charsText(rt, chars, offset, count),
  'copyValueOf(char[])': (rt, _self, chars: JavaArray) => charsText(rt, chars),
  'copyValueOf(char[], int, int)': (rt, _self, chars: JavaArray, offset: number, count: number) => charsText(rt, chars, offset, count),
  'valueOf(boolean)': textOfValue,
  'valueOf(char)': (_rt, _self, c: Character) => c.text,
  'valueOf(int)': textOfValue,
  'valueOf(long)': (rt, _self, n: Long) => rt.str(n),
  'valueOf(float)': (rt, _self, n: Float) => rt.str(n),
  'valueOf(double)': (rt, _self, n: Double) => rt.str(n),
  'join(java.lang.CharSequence, java.lang.CharSequence[])': (rt, _self, separator: Value, items: JavaArray) => joined(rt, separator, required(items).items),
  'join(java.lang.CharSequence, java.lang.Iterable)': (rt, _self, separator: Value, items: Value) => joined(rt, separator, rt.iterate(required(items))),
  'format(java.lang.String, java.lang.Object[])': (rt, _self, template: string, args: JavaArray | null) => format(rt, template, args, null),
  'format(java.util.Locale, java.lang.String, java.lang.Object[])': (rt, _self, locale: JavaLocale | null, template: string, args: JavaArray | null) =>
    format(rt, template, args, locale),
};
function format(rt: Runtime, template: string | null, args: JavaArray | null, locale: JavaLocale | null): string {
  if (template === null) throw nullPointer();
  return javaFormat(rt, template, args === null ? null : args.items, formatDateConversion, locale);
}

const byLetters = (_rt: Runtime, a: Value, b: Value): number => compareIgnoreCase(required(a) as string, required(b) as string);

export const stringClass: NativeClass = {
  name: 'java.lang.String',
  interfaces: ['java.io.Serializable', 'java.lang.Comparable', 'java.lang.CharSequence'],
  constructors,
  methods: { ...stringMethods, 'formatted(java.lang.Object[])': (rt, self: string, args: JavaArray | null) => format(rt, self, args, null) },
  statics,
  fields: { CASE_INSENSITIVE_ORDER: () => new NativeComparator(byLetters, 'java.lang.String$CaseInsensitiveComparator') },
};

export const caseInsensitiveOrder: NativeClass = {
  name: 'java.lang.String$CaseInsensitiveComparator',
  interfaces: ['java.util.Comparator', 'java.io.Serializable'],
  methods: { 'compare(java.lang.Object, java.lang.Object)': (rt, _self, a: Value, b: Value) => byLetters(rt, a, b) },
};
