/** Groovy's methods that make another text of a text: padding, case, adding, taking away, translating. */
import { placeOf } from '../../collections/gdk/access.ts';
import type { JavaArray } from '../../collections/model.ts';
import { Character } from '../../numbers/boxes.ts';
import { intValue } from '../../numbers/number-values.ts';
import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { JavaThrowable, PENDING } from '../../runtime/values.ts';
import { illegalArgument, required, stringIndex } from '../failures.ts';
import { isBlank, lowerUnit, reverse, upperUnit } from '../letters.ts';
import { JavaStringBuffer, JavaStringBuilder } from '../string-builder.ts';
import { textOf } from '../values.ts';
import { both, NUMBER, sequences } from './overloads.ts';

export function multiply(rt: Runtime, text: string, factor: number): string {
  if (factor < 0) throw illegalArgument(`multiply() should be called with a number of 0 or greater not: ${factor}`);
  rt.alloc(text.length * factor);
  return text.repeat(factor);
}
/** So much of the padding, again and again. */
function padding(rt: Runtime, pad: string, length: number): string {
  if (pad.length >= length) return pad.slice(0, length);
  if (pad === '') throw new JavaThrowable('java.lang.ArithmeticException', '/ by zero');
  return multiply(rt, pad, Math.floor(length / pad.length) + 1).slice(0, length);
}
function padLeft(rt: Runtime, self: Value, width: Value, pad: Value = ' '): string {
  const text = textOf(rt, self),
    missing = intValue(required(width)) - text.length;
  return missing <= 0 ? text : padding(rt, textOf(rt, pad), missing) + text;
}
function padRight(rt: Runtime, self: Value, width: Value, pad: Value = ' '): string {
  const text = textOf(rt, self),
    missing = intValue(required(width)) - text.length;
  return missing <= 0 ? text : text + padding(rt, textOf(rt, pad), missing);
}
function center(rt: Runtime, self: Value, width: Value, pad: Value = ' '): string {
  const text = textOf(rt, self),
    missing = intValue(required(width)) - text.length;
  if (missing <= 0) return text;
  const half = padding(rt, textOf(rt, pad), Math.ceil(missing / 2));
  return half.slice(0, Math.floor(missing / 2)) + text + half;
}
function changeFirst(text: string, change: (unit: number) => number): string {
  return text === '' ? '' : String.fromCharCode(change(text.charCodeAt(0))) + text.slice(1);
}
function minus(rt: Runtime, self: Value, target: Value): string {
  const text = textOf(rt, self),
    part = rt.format(target);
  const at = text.indexOf(part);
  return at < 0 ? text : text.slice(0, at) + text.slice(at + part.length);
}
function plus(rt: Runtime, self: Value, value: Value): string {
  const left = rt.str(self),
    right = rt.format(value);
  rt.alloc(left.length + right.length);
  return left + right;
}
/** The last unit becomes the next one. */
function next(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return text === '' || last === 0xffff ? `${text}\0` : text.slice(0, -1) + String.fromCharCode(last + 1);
}
function previous(text: string): string {
  if (text === '') throw illegalArgument('the string is empty');
  const last = text.charCodeAt(text.length - 1);
  return last === 0 ? text.slice(0, -1) : text.slice(0, -1) + String.fromCharCode(last - 1);
}

/** `a-d` as `abcd`, `d-a` as `dcba`. */
function expandHyphens(rt: Runtime, text: string): string {
  return text.replace(/([^\n\r\u0085\u2028\u2029])-([^\n\r\u0085\u2028\u2029])/g, (_all, begin: string, end: string) => {
    const from = begin.charCodeAt(0),
      to = end.charCodeAt(0);
    rt.alloc(Math.abs(to - from) + 1);
    let out = '';
    for (let c = from; from <= to ? c <= to : c >= to; c += from <= to ? 1 : -1) out += String.fromCharCode(c);
    return out;
  });
}
function tr(rt: Runtime, text: string, sourceSet: string, replacementSet: string): string {
  if (text === '' || sourceSet === '') return text;
  const source = expandHyphens(rt, sourceSet);
  let replacement = expandHyphens(rt, replacementSet);
  const last = replacement.charAt(placeOf(-1, replacement.length));
  replacement = replacement.padEnd(source.length, last);
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const at = source.lastIndexOf(text.charAt(i));
    out += at < 0 ? text.charAt(i) : replacement.charAt(at);
  }
  return out;
}

function* collectReplacements(rt: Runtime, self: string, transform: Value): Computation {
  let out = '';
  for (let i = 0; i < self.length; i++) {
    let r = rt.call(transform, [character(self, i)]);
    if (r === PENDING) r = yield* rt.take();
    const piece = r === null ? self.charAt(i) : rt.str(r as Value);
    rt.alloc(piece.length);
    out += piece;
  }
  return out;
}

/** As many characters as the condition holds for. */
function* prefixLength(rt: Runtime, text: string, condition: Value): Computation<number> {
  for (let i = 0; i < text.length; i++) {
    let r = rt.call(condition, [character(text, i)]);
    if (r === PENDING) r = yield* rt.take();
    if (!rt.truth(r as Value)) return i;
  }
  return text.length;
}

function startsWithAny(rt: Runtime, self: Value, prefixes: JavaArray): boolean {
  const text = textOf(rt, self);
  return prefixes.items.some((prefix) => text.startsWith(textOf(rt, prefix)));
}
function endsWithAny(rt: Runtime, self: Value, suffixes: JavaArray): boolean {
  const text = textOf(rt, self);
  return suffixes.items.some((suffix) => text.endsWith(textOf(rt, suffix)));
}
function count(rt: Runtime, self: Value, part: Value): number {
  const text = textOf(rt, self),
    wanted = textOf(rt, part);
  if (wanted === '') return text.length + 1;
  let n = 0;
  // Overlapping ones count.
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) n++;
  return n;
}

const character = (text: string, at: number): Character => new Character(text.charCodeAt(at));

export const shapeMethods: Signatures = {
  ...both({
    'capitalize()': (rt, self: Value) => changeFirst(textOf(rt, self), upperUnit),
    [`center(${NUMBER})`]: center,
    [`center(${NUMBER}, ~)`]: center,
    [`padLeft(${NUMBER})`]: padLeft,
    [`padLeft(${NUMBER}, ~)`]: padLeft,
    [`padRight(${NUMBER})`]: padRight,
    [`padRight(${NUMBER}, ~)`]: padRight,
    [`multiply(${NUMBER})`]: (rt, self: Value, factor: Value) =>
      multiply(rt, textOf(rt, self), intValue(required(factor, 'Cannot invoke "java.lang.Number.intValue()" because "factor" is null'))),
    'minus(java.lang.Object)': minus,
    'plus(java.lang.Object)': plus,
    'next()': (rt, self: Value) => next(textOf(rt, self)),
    'previous()': (rt, self: Value) => previous(textOf(rt, self)),
    'reverse()': (rt, self: Value) => reverse(textOf(rt, self)),
    'tr(~, ~)': (rt, self: Value, source: Value, replacement: Value) => tr(rt, textOf(rt, self), textOf(rt, source), textOf(rt, replacement)),
    'contains(~)': (rt, self: Value, part: Value) => textOf(rt, self).includes(textOf(rt, part)),
    'count(~)': count,
    'isAllWhitespace()': (rt, self: Value) => isBlank(textOf(rt, self)),
    'size()': (rt, self: Value) => textOf(rt, self).length,
  }),
  ...sequences({
    'uncapitalize()': (rt, self: Value) => changeFirst(textOf(rt, self), lowerUnit),
    'asBoolean()': (rt, self: Value) => self !== null && rt.str(self) !== '',
    'take(int)': (rt, self: Value, n: number) => textOf(rt, self).slice(0, Math.max(n, 0)),
    'drop(int)': (rt, self: Value, n: number) => textOf(rt, self).slice(Math.max(n, 0)),
    'takeWhile(groovy.lang.Closure)': function* (rt: Runtime, self: Value, condition: Value): Computation {
      const text = textOf(rt, self);
      return text.slice(0, yield* prefixLength(rt, text, condition));
    },
    'dropWhile(groovy.lang.Closure)': function* (rt: Runtime, self: Value, condition: Value): Computation {
      const text = textOf(rt, self);
      return text.slice(yield* prefixLength(rt, text, condition));
    },
    'startsWithAny(java.lang.CharSequence[])': startsWithAny,
    'endsWithAny(java.lang.CharSequence[])': endsWithAny,
    'leftShift(java.lang.Object)': (rt, self: Value, value: Value) => new JavaStringBuilder(textOf(rt, self) + rt.str(value)),
  }),
  'plus(java.lang.String, java.lang.CharSequence)': plus,
  'plus(java.lang.Number, java.lang.String)': (rt, self: Value, text: string) => rt.format(self) + rt.str(text),
  'plus(java.lang.StringBuffer, java.lang.String)': plus,
  'collectReplacements(java.lang.String, groovy.lang.Closure)': collectReplacements,
  'leftShift(java.lang.String, java.lang.Object)': (rt, self: string, value: Value) => new JavaStringBuffer(self + rt.str(value)),
  'leftShift(java.lang.StringBuffer, java.lang.Object)': appendTo,
  'leftShift(java.lang.StringBuilder, java.lang.Object)': appendTo,
  'size(java.lang.StringBuffer)': (_rt, self: JavaStringBuilder) => self.length,
  'toCharacter(java.lang.String)': (_rt, self: string) => {
    if (self === '') throw stringIndex('String index out of range: 0');
    return character(self, 0);
  },
};

function appendTo(rt: Runtime, self: JavaStringBuilder, value: Value): JavaStringBuilder {
  const text = rt.str(value);
  rt.alloc(text.length);
  return self.append(text);
}
