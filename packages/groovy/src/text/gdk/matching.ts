/** Groovy's methods that look for a pattern in a text: `find`, `findAll`, `eachMatch`, `replaceAll` with closures, `=~`, `==~`. */
import { JavaArray, JavaList } from '../../collections/model.ts';
import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { required } from '../failures.ts';
import { patternOf } from '../regex/cache.ts';
import { rememberMatcher } from '../regex/last-matcher.ts';
import { JavaMatcher } from '../regex/matcher.ts';
import { JavaPattern } from '../regex/pattern.ts';
import type { Match } from '../regex/regex.ts';
import { replace } from '../regex/replacement.ts';
import { stringList, textOf } from '../values.ts';
import { both, CLOSURE, PATTERN } from './overloads.ts';

/** `text =~ pattern` */
export function findRegex(rt: Runtime, text: Value, pattern: Value): JavaMatcher {
  return new JavaMatcher(asPattern(rt, pattern), rt.format(text));
}
/** `text ==~ pattern` */
export function matchRegex(rt: Runtime, text: Value, pattern: Value): boolean {
  if (text === null || pattern === null) return false;
  const matcher = findRegex(rt, text, pattern);
  rememberMatcher(rt, matcher);
  return matcher.matches();
}
/** `~x` of a text: an object of its own each time. */
export function bitwiseNegate(rt: Runtime, text: Value): JavaPattern {
  const { pattern, regex } = patternOf(rt, textOf(rt, text));
  return new JavaPattern(pattern, 0, regex);
}

function asPattern(rt: Runtime, pattern: Value): JavaPattern {
  return pattern instanceof JavaPattern ? pattern : patternOf(rt, rt.format(pattern));
}

/** What closures get of a match: its text, or a list of the groups where the pattern has some. */
export function groupsOf(pattern: JavaPattern, match: { group(index: number): string | null }): Value {
  const n = pattern.regex.groups;
  if (n === 0) return match.group(0);
  const groups: (string | null)[] = [];
  for (let i = 0; i <= n; i++) groups.push(match.group(i));
  return stringList(groups);
}

function find(rt: Runtime, self: Value, pattern: Value): Value {
  for (const match of asPattern(rt, required(pattern)).matchesIn(textOf(rt, self))) return match.group(0);
  return null;
}
function* findWith(rt: Runtime, self: Value, regex: Value, closure: Value): Computation {
  const pattern = asPattern(rt, required(regex));
  for (const match of pattern.matchesIn(textOf(rt, self))) {
    let r = rt.call(closure, [groupsOf(pattern, match)]);
    if (r === PENDING) r = yield* rt.take();
    return rt.format(r as Value);
  }
  return null;
}
function findAll(rt: Runtime, self: Value, regex: Value): JavaList {
  const found: Value[] = [];
  for (const match of asPattern(rt, required(regex)).matchesIn(textOf(rt, self))) {
    rt.alloc(match.end - match.start + 1);
    found.push(match.group(0));
  }
  return new JavaList(found);
}
function* findAllWith(rt: Runtime, self: Value, regex: Value, closure: Value): Computation {
  const pattern = asPattern(rt, required(regex));
  const found: Value[] = [];
  for (const match of pattern.matchesIn(textOf(rt, self))) {
    let r = rt.call(closure, [groupsOf(pattern, match)]);
    if (r === PENDING) r = yield* rt.take();
    rt.alloc(1);
    found.push(r as Value);
  }
  return new JavaList(found);
}
function* eachMatch(rt: Runtime, self: Value, regex: Value, closure: Value): Computation {
  const pattern = asPattern(rt, required(regex));
  for (const match of pattern.matchesIn(textOf(rt, self))) {
    const r = rt.call(closure, [groupsOf(pattern, match)]);
    if (r === PENDING) yield* rt.take();
  }
  return self;
}

function* replaceWith(rt: Runtime, self: Value, regex: Value, closure: Value, once: boolean): Computation {
  const pattern = asPattern(rt, required(regex)),
    text = textOf(rt, self);
  let result = '',
    at = 0;
  for (const match of pattern.matchesIn(text)) {
    let r = rt.call(closure, [argumentOf(rt, pattern, match, closure)]);
    if (r === PENDING) r = yield* rt.take();
    const piece = rt.format(r as Value);
    rt.alloc(match.start - at + piece.length);
    result += text.slice(at, match.start) + piece;
    at = match.end;
    if (once) break;
  }
  return result + text.slice(at);
}
/** A closure whose one parameter is an Object[] gets the groups as such. */
function argumentOf(rt: Runtime, pattern: JavaPattern, match: Match, closure: Value): Value {
  const groups = groupsOf(pattern, match);
  if (!(groups instanceof JavaList) || rt.arity(closure) !== 1) return groups;
  return takesArray(closure) ? new JavaArray('java.lang.Object', groups.toArray()) : groups;
}
function takesArray(closure: Value): boolean {
  const types = (closure as { readonly parameterTypes?: unknown } | null)?.parameterTypes;
  return Array.isArray(types) && types[0] === 'java.lang.Object[]';
}

function replaceText(once: boolean) {
  return (rt: Runtime, self: Value, pattern: Value, replacement: Value): string =>
    replace(asPattern(rt, required(pattern)), textOf(rt, self), textOf(rt, replacement), once, (n) => rt.alloc(n));
}
function replaceClosure(once: boolean) {
  return function* (rt: Runtime, self: Value, pattern: Value, closure: Value): Computation {
    return yield* replaceWith(rt, self, pattern, closure, once);
  };
}

/** `case text:` */
function isCase(rt: Runtime, self: Value, value: Value): boolean {
  return value !== null && textOf(rt, self) === rt.str(value);
}
/** `case ~/pattern/:` */
function patternIsCase(rt: Runtime, self: JavaPattern, value: Value): boolean {
  if (value === null) return false;
  const matcher = new JavaMatcher(self, rt.str(value));
  if (!matcher.matches()) return false;
  rememberMatcher(rt, matcher);
  return true;
}

export const matchingMethods: Signatures = {
  ...both({
    'bitwiseNegate()': bitwiseNegate,
    'find(~)': find,
    [`find(${PATTERN})`]: find,
    [`find(~, ${CLOSURE})`]: findWith,
    [`find(${PATTERN}, ${CLOSURE})`]: findWith,
    'findAll(~)': findAll,
    [`findAll(${PATTERN})`]: findAll,
    [`findAll(~, ${CLOSURE})`]: findAllWith,
    [`findAll(${PATTERN}, ${CLOSURE})`]: findAllWith,
    [`eachMatch(~, ${CLOSURE})`]: eachMatch,
    [`eachMatch(${PATTERN}, ${CLOSURE})`]: eachMatch,
    [`replaceAll(~, ${CLOSURE})`]: replaceClosure(false),
    [`replaceAll(${PATTERN}, ${CLOSURE})`]: replaceClosure(false),
    [`replaceAll(${PATTERN}, ~)`]: replaceText(false),
    [`replaceFirst(~, ${CLOSURE})`]: replaceClosure(true),
    [`replaceFirst(${PATTERN}, ${CLOSURE})`]: replaceClosure(true),
    [`replaceFirst(${PATTERN}, ~)`]: replaceText(true),
    [`matches(${PATTERN})`]: (rt, self: Value, pattern: JavaPattern) => required(pattern).matches(textOf(rt, self)),
    [`minus(${PATTERN})`]: (rt, self: Value, pattern: JavaPattern) => replace(required(pattern), textOf(rt, self), '', true, () => {}),
    'isCase(java.lang.Object)': isCase,
  }),
  'replaceAll(java.lang.CharSequence, java.lang.CharSequence, java.lang.CharSequence)': replaceText(false),
  'replaceFirst(java.lang.CharSequence, java.lang.CharSequence, java.lang.CharSequence)': replaceText(true),
  'isCase(java.util.regex.Pattern, java.lang.Object)': patternIsCase,
};
