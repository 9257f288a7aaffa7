/** Groovy's methods on the lines of a text: walking over them, indents and margins, tabs, line ends. */
import { ArrayBackedList } from '../../collections/lists.ts';
import type { Character } from '../../numbers/boxes.ts';
import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { JavaThrowable, PENDING } from '../../runtime/values.ts';
import { required } from '../failures.ts';
import { isBlank, isWhitespace, readLines } from '../letters.ts';
import { patternOf } from '../regex/cache.ts';
import type { JavaPattern } from '../regex/pattern.ts';
import { stringList, textOf } from '../values.ts';
import { both, CLOSURE, PATTERN } from './overloads.ts';

function linesOf(rt: Runtime, text: string): string[] {
  rt.alloc(text.length);
  return readLines(text);
}
function* eachLine(rt: Runtime, self: Value, first: number, closure: Value): Computation {
  const withCount = rt.arity(closure) === 2;
  let result: Value = null,
    count = first;
  for (const line of linesOf(rt, textOf(rt, self))) {
    let r = rt.call(closure, withCount ? [line, count] : [line]);
    if (r === PENDING) r = yield* rt.take();
    result = r as Value;
    count++;
  }
  return result;
}
function* splitEachLine(rt: Runtime, self: Value, pattern: JavaPattern, closure: Value): Computation {
  let result: Value = null;
  for (const line of linesOf(rt, textOf(rt, self))) {
    let r = rt.call(closure, [new ArrayBackedList(pattern.split(line))]);
    if (r === PENDING) r = yield* rt.take();
    result = r as Value;
  }
  return result;
}

/** Changes every line, and ends each with \n; the last one only where the text ends so. */
function mapLines(rt: Runtime, text: string, change: (line: string) => string): string {
  if (text === '') return '';
  let out = '';
  for (const line of linesOf(rt, text)) out += `${change(line)}\n`;
  rt.alloc(out.length);
  return text.endsWith('\n') ? out : out.slice(0, -1);
}

function stripIndent(rt: Runtime, text: string, n?: number): string {
  let indent = n ?? -1;
  if (n === undefined) {
    for (const line of readLines(text)) {
      if (isBlank(line)) continue;
      if (indent < 0) indent = line.length;
      let spaces = 0;
      while (spaces < indent && spaces < line.length && isWhitespace(line.charCodeAt(spaces))) spaces++;
      indent = spaces;
      if (indent === 0) break;
    }
  }
  return indent <= 0 ? text : mapLines(rt, text, (line) => (isBlank(line) ? '' : line.slice(indent)));
}
function stripMargin(rt: Runtime, text: string, margin: string): string {
  return mapLines(rt, text, (line) => {
    let at = 0;
    while (at < line.length && line.charCodeAt(at) <= 32) at++;
    return at < line.length && line.charAt(at) === margin ? line.slice(at + 1) : line;
  });
}
const marginOf = (mark: string): string => (mark === '' ? '|' : mark.charAt(0));

function expandLine(rt: Runtime, line: string, tabStop: number): string {
  let out = '';
  for (const c of line) {
    if (c !== '\t') {
      out += c;
      continue;
    }
    if (tabStop === 0) throw new JavaThrowable('java.lang.ArithmeticException', '/ by zero');
    const width = tabStop - (out.length % tabStop);
    rt.alloc(width);
    out += ' '.repeat(Math.max(width, 0));
  }
  return out;
}
/** Blanks before a tab stop become a tab. As in Groovy the stops are counted in the text as it becomes shorter. */
function unexpandLine(line: string, tabStop: number): string {
  let text = line,
    index = 0;
  if (tabStop <= 0) return line;
  while (index + tabStop < text.length) {
    const piece = text.slice(index, index + tabStop);
    let blanks = 0;
    while (blanks < tabStop && isWhitespace(piece.charCodeAt(tabStop - blanks - 1))) blanks++;
    if (blanks > 0) {
      text = `${text.slice(0, index)}${piece.slice(0, tabStop - blanks)}\t${text.slice(index + tabStop)}`;
      index += tabStop - (blanks - 1);
    } else index += tabStop;
  }
  return text;
}

const normalize = (text: string): string => text.replace(/\r\n?/g, '\n');

export const lineMethods: Signatures = {
  ...both({
    'readLines()': (rt, self: Value) => stringList(linesOf(rt, textOf(rt, self))),
    [`eachLine(${CLOSURE})`]: function* (rt: Runtime, self: Value, closure: Value): Computation {
      return yield* eachLine(rt, self, 0, closure);
    },
    [`eachLine(int, ${CLOSURE})`]: eachLine,
    [`splitEachLine(~, ${CLOSURE})`]: function* (rt: Runtime, self: Value, regex: Value, closure: Value): Computation {
      return yield* splitEachLine(rt, self, patternOf(rt, textOf(rt, regex)), closure);
    },
    [`splitEachLine(${PATTERN}, ${CLOSURE})`]: function* (rt: Runtime, self: Value, pattern: JavaPattern, closure: Value): Computation {
      return yield* splitEachLine(rt, self, required(pattern), closure);
    },
    'stripIndent()': (rt, self: Value) => stripIndent(rt, textOf(rt, self)),
    'stripIndent(int)': (rt, self: Value, n: number) => stripIndent(rt, textOf(rt, self), n),
    'stripMargin()': (rt, self: Value) => stripMargin(rt, textOf(rt, self), '|'),
    'stripMargin(char)': (rt, self: Value, margin: Character) => stripMargin(rt, textOf(rt, self), margin.text),
    'stripMargin(~)': (rt, self: Value, margin: Value) => stripMargin(rt, textOf(rt, self), marginOf(textOf(rt, margin))),
    'normalize()': (rt, self: Value) => normalize(textOf(rt, self)),
    // Builds run where lines end with \n.
    'denormalize()': (rt, self: Value) => normalize(textOf(rt, self)),
    'expand()': (rt, self: Value) => mapLines(rt, textOf(rt, self), (line) => expandLine(rt, line, 8)),
    'expand(int)': (rt, self: Value, tabStop: number) => mapLines(rt, textOf(rt, self), (line) => expandLine(rt, line, tabStop)),
    'unexpand()': (rt, self: Value) => mapLines(rt, textOf(rt, self), (line) => unexpandLine(line, 8)),
    'unexpand(int)': (rt, self: Value, tabStop: number) => mapLines(rt, textOf(rt, self), (line) => unexpandLine(line, tabStop)),
    'expandLine(int)': (rt, self: Value, tabStop: number) => expandLine(rt, textOf(rt, self), tabStop),
    'unexpandLine(int)': (rt, self: Value, tabStop: number) => unexpandLine(textOf(rt, self), tabStop),
  }),
};
