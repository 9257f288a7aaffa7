/** Groovy's ways to parts of a text: `text[1]`, `text[1..3]`, `text[[0, 2]]`, tokens, characters, numbers. */
import { borders, placeOf } from '../../collections/gdk/access.ts';
import type { JavaArray } from '../../collections/model.ts';
import { JavaCollection } from '../../collections/model.ts';
import type { IntRange } from '../../collections/range.ts';
import { GroovyRange } from '../../collections/range.ts';
import { HashSet } from '../../collections/set.ts';
import type { Character } from '../../numbers/boxes.ts';
import { isNumberText, numberFromText } from '../../numbers/conversions.ts';
import type { Native, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { checkBounds, required, stringIndex } from '../failures.ts';
import { equalsIgnoreCase, reverse, trim } from '../letters.ts';
import { JavaStringBuilder } from '../string-builder.ts';
import { tokens } from '../tokenizer.ts';
import { charArray, stringArray, stringList, textOf } from '../values.ts';
import { both } from './overloads.ts';

/** Builders' own `subSequence` words its complaint otherwise. */
function part(self: Value, text: string, from: number, to: number): string {
  if (self instanceof JavaStringBuilder) {
    if (from < 0 || from > to || to > text.length) throw stringIndex(`start ${from}, end ${to}, length ${text.length}`);
  } else checkBounds(from, to, text.length);
  return text.slice(from, to);
}
function getAt(rt: Runtime, self: Value, index: number): string {
  const text = textOf(rt, self),
    at = placeOf(index, text.length);
  return part(self, text, at, at + 1);
}
function getAtRange(rt: Runtime, self: Value, range: GroovyRange): string {
  const text = textOf(rt, self);
  const found = borders(rt, required(range), text.length);
  const answer = part(self, text, found.from, found.to);
  return found.reverse ? reverse(answer) : answer;
}
function getAtAll(rt: Runtime, self: Value, indices: Value, depth = 0): string {
  if (depth > 1000) throw new JavaThrowable('java.lang.StackOverflowError');
  let answer = '';
  for (const index of rt.iterate(required(indices))) {
    const piece =
      index instanceof GroovyRange
        ? getAtRange(rt, self, index)
        : index instanceof JavaCollection
          ? getAtAll(rt, self, index, depth + 1)
          : getAt(rt, self, rt.cast(index, 'int') as number);
    rt.alloc(piece.length);
    answer += piece;
  }
  return answer;
}
function putAt(rt: Runtime, self: JavaStringBuilder, range: GroovyRange, value: Value): null {
  const { from, to } = borders(rt, required(range), self.length);
  const last = Math.min(to, self.length);
  if (from < 0 || from > last) throw stringIndex(`start ${from}, end ${last}, length ${self.length}`);
  self.splice(from, last, rt.str(required(value)));
  return null;
}
function letters(rt: Runtime, self: Value): string[] {
  const text = textOf(rt, self);
  rt.alloc(text.length);
  return text.split('');
}
const tokenize = (rt: Runtime, self: Value, delimiters?: Value): Value => {
  const text = textOf(rt, self);
  rt.alloc(text.length);
  return stringList(delimiters === undefined ? tokens(text) : tokens(text, textOf(rt, delimiters)));
};

const NUMBERS = ['Integer', 'Long', 'Short', 'Double', 'Float', 'BigDecimal', 'BigInteger'];
function numberMethods(): Signatures {
  const out: Record<string, Native> = {};
  for (const name of NUMBERS) {
    out[`to${name}()`] = (rt, self: Value) => numberFromText(textOf(rt, self), `to${name}`);
    if (name !== 'Short') out[`is${name}()`] = (rt, self: Value) => isNumberText(textOf(rt, self), `to${name}`);
  }
  out['isNumber()'] = (rt, self: Value) => isNumberText(textOf(rt, self), 'toBigDecimal');
  return out;
}

export const accessMethods: Signatures = {
  ...both({
    'getAt(int)': getAt,
    'getAt(groovy.lang.IntRange)': (rt, self: Value, range: IntRange) => getAtRange(rt, self, range),
    'getAt(groovy.lang.Range)': getAtRange,
    'getAt(groovy.lang.EmptyRange)': () => '',
    'getAt(java.util.Collection)': (rt, self: Value, indices: Value) => getAtAll(rt, self, indices),
    'getChars()': (rt, self: Value) => charArray(rt, textOf(rt, self)),
    'toList()': (rt, self: Value) => stringList(letters(rt, self)),
    'toSet()': (rt, self: Value) => HashSet.copy(rt, letters(rt, self)),
    'tokenize()': (rt, self: Value) => tokenize(rt, self),
    'tokenize(~)': tokenize,
    'tokenize(java.lang.Character)': (rt, self: Value, delimiter: Character) => tokenize(rt, self, required(delimiter).text),
    'split()': (rt, self: Value): JavaArray => {
      const text = textOf(rt, self);
      rt.alloc(text.length);
      return stringArray(tokens(text));
    },
    ...numberMethods(),
  }),
  'toBoolean(java.lang.String)': (_rt, self: string) => {
    const text = trim(self);
    return equalsIgnoreCase(text, 'true') || equalsIgnoreCase(text, 'y') || text === '1';
  },
  'putAt(java.lang.StringBuffer, groovy.lang.IntRange, java.lang.Object)': putAt,
  'putAt(java.lang.StringBuffer, groovy.lang.EmptyRange, java.lang.Object)': putAt,
  'putAt(java.lang.StringBuilder, groovy.lang.IntRange, java.lang.Object)': putAt,
  'putAt(java.lang.StringBuilder, groovy.lang.EmptyRange, java.lang.Object)': putAt,
};
