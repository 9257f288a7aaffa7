/** The tables of java.util.regex. */

import { mapOf } from '../../collections/map-of.ts';
import type { Native, NativeClass, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { JavaObject, PENDING } from '../../runtime/values.ts';
import { required } from '../failures.ts';
import type { JavaStringBuilder } from '../string-builder.ts';
import { stringArray, textOf } from '../values.ts';
import * as flags from './flags.ts';
import type { MatchResult } from './matcher.ts';
import { JavaMatcher } from './matcher.ts';
import { JavaPattern, quote } from './pattern.ts';
import { quoteReplacement, replace } from './replacement.ts';
import { PatternSyntaxException } from './syntax-error.ts';

const index =
  (pick: (self: MatchResult, group: number) => Value): Native =>
  (_rt, self: MatchResult, group: number) =>
    pick(self, group);
const name =
  (pick: (self: MatchResult, group: number) => Value): Native =>
  (_rt, self: MatchResult, group: string) =>
    pick(self, self.groupIndex(group));
const start = (self: MatchResult, group: number): Value => self.start(group);
const end = (self: MatchResult, group: number): Value => self.end(group);
const group = (self: MatchResult, n: number): Value => self.group(n);

const results: Signatures = {
  'start()': (_rt, self: MatchResult) => self.start(),
  'start(int)': index(start),
  'end()': (_rt, self: MatchResult) => self.end(),
  'end(int)': index(end),
  'group()': (_rt, self: MatchResult) => self.group(),
  'group(int)': index(group),
  'groupCount()': (_rt, self: MatchResult) => self.groupCount,
};
/** Those that JDK 17 declares in Matcher alone, and JDK 20 in MatchResult. */
const byName: Signatures = {
  'hasMatch()': (_rt, self: MatchResult) => self.hasMatch,
  'namedGroups()': (_rt, self: MatchResult) => mapOf([...self.pattern.regex.parsed.names]),
  'start(java.lang.String)': name(start),
  'end(java.lang.String)': name(end),
  'group(java.lang.String)': name(group),
};

function append(rt: Runtime, target: Value, text: string): void {
  rt.alloc(text.length);
  (required(target) as JavaStringBuilder).append(text);
}
const appendReplacement: Native = (rt, self: JavaMatcher, target: Value, replacement: string) => {
  append(rt, target, self.replacementFor(required(replacement)));
  return self;
};
const appendTail: Native = (rt, self: JavaMatcher, target: Value) => {
  append(rt, target, self.tail());
  return target;
};
function replaceText(once: boolean): Native {
  return (rt, self: JavaMatcher, replacement: string) => {
    required(replacement);
    self.reset();
    const text = replace(self.pattern, self.text, replacement, once, (n) => rt.alloc(n));
    return text;
  };
}
function replaceByFunction(once: boolean) {
  return function* (rt: Runtime, self: JavaMatcher, f: Value): Computation {
    let out = '';
    self.reset();
    while (self.find()) {
      const match = self.toMatchResult();
      let r = rt.call(required(f), [match]);
      if (r === PENDING) r = yield* rt.take();
      const piece = self.replacementFor(rt.str(required(r as Value)));
      rt.alloc(piece.length);
      out += piece;
      if (once) break;
    }
    return out + self.tail();
  };
}

const matcher: NativeClass = {
  name: 'java.util.regex.Matcher',
  interfaces: ['java.util.regex.MatchResult'],
  methods: {
    ...results,
    ...byName,
    'find()': (_rt, self: JavaMatcher) => self.find(),
    'find(int)': (_rt, self: JavaMatcher, from: number) => self.findFrom(from),
    'matches()': (_rt, self: JavaMatcher) => self.matches(),
    'lookingAt()': (_rt, self: JavaMatcher) => self.lookingAt(),
    'hitEnd()': (_rt, self: JavaMatcher) => self.hitEnd,
    'pattern()': (_rt, self: JavaMatcher) => self.pattern,
    'reset()': (_rt, self: JavaMatcher) => self.reset(),
    'reset(java.lang.CharSequence)': (rt, self: JavaMatcher, text: Value) => self.reset(textOf(rt, text)),
    'region(int, int)': (_rt, self: JavaMatcher, from: number, to: number) => self.region(from, to),
    'regionStart()': (_rt, self: JavaMatcher) => self.from,
    'regionEnd()': (_rt, self: JavaMatcher) => self.to,
    'hasAnchoringBounds()': (_rt, self: JavaMatcher) => self.anchoring,
    'hasTransparentBounds()': (_rt, self: JavaMatcher) => self.transparent,
    'useAnchoringBounds(boolean)': (_rt, self: JavaMatcher, on: boolean) => {
      self.anchoring = on;
      return self;
    },
    'useTransparentBounds(boolean)': (_rt, self: JavaMatcher, on: boolean) => {
      self.transparent = on;
      return self;
    },
    'usePattern(java.util.regex.Pattern)': (_rt, self: JavaMatcher, pattern: JavaPattern) => self.usePattern(pattern),
    'toMatchResult()': (_rt, self: JavaMatcher) => self.toMatchResult(),
    'appendReplacement(java.lang.StringBuffer, java.lang.String)': appendReplacement,
    'appendReplacement(java.lang.StringBuilder, java.lang.String)': appendReplacement,
    'appendTail(java.lang.StringBuffer)': appendTail,
    'appendTail(java.lang.StringBuilder)': appendTail,
    'replaceAll(java.lang.String)': replaceText(false),
    'replaceFirst(java.lang.String)': replaceText(true),
    'replaceAll(java.util.function.Function)': replaceByFunction(false),
    'replaceFirst(java.util.function.Function)': replaceByFunction(true),
  },
  statics: {
    'quoteReplacement(java.lang.String)': (_rt, _self, text: string) => quoteReplacement(required(text)),
  },
};

/** `asPredicate` and `asMatchPredicate` */
class PatternPredicate extends JavaObject {
  readonly pattern: JavaPattern;
  readonly whole: boolean;
  constructor(pattern: JavaPattern, whole: boolean) {
    super();
    this.pattern = pattern;
    this.whole = whole;
  }
  get $type(): string {
    return 'java.util.regex.Pattern$Predicate';
  }
}

const pattern: NativeClass = {
  name: 'java.util.regex.Pattern',
  interfaces: ['java.io.Serializable'],
  methods: {
    'matcher(java.lang.CharSequence)': (rt, self: JavaPattern, text: Value) => new JavaMatcher(self, textOf(rt, text)),
    'pattern()': (_rt, self: JavaPattern) => self.pattern,
    'flags()': (_rt, self: JavaPattern) => self.flags,
    'split(java.lang.CharSequence)': (rt, self: JavaPattern, text: Value) => stringArray(self.split(sequence(rt, text))),
    'split(java.lang.CharSequence, int)': (rt, self: JavaPattern, text: Value, limit: number) => stringArray(self.split(sequence(rt, text), limit)),
    'asPredicate()': (_rt, self: JavaPattern) => new PatternPredicate(self, false),
    'asMatchPredicate()': (_rt, self: JavaPattern) => new PatternPredicate(self, true),
    'toString()': (_rt, self: JavaPattern) => self.pattern,
  },
  statics: {
    'compile(java.lang.String)': (_rt, _self, text: string) => new JavaPattern(required(text)),
    'compile(java.lang.String, int)': (_rt, _self, text: string, n: number) => new JavaPattern(required(text), n),
    'matches(java.lang.String, java.lang.CharSequence)': (rt, _self, regex: string, text: Value) => new JavaPattern(required(regex)).matches(textOf(rt, text)),
    'quote(java.lang.String)': (_rt, _self, text: string) => quote(required(text)),
  },
  fields: {
    UNIX_LINES: () => flags.UNIX_LINES,
    CASE_INSENSITIVE: () => flags.CASE_INSENSITIVE,
    COMMENTS: () => flags.COMMENTS,
    MULTILINE: () => flags.MULTILINE,
    LITERAL: () => flags.LITERAL,
    DOTALL: () => flags.DOTALL,
    UNICODE_CASE: () => flags.UNICODE_CASE,
    CANON_EQ: () => flags.CANON_EQ,
    UNICODE_CHARACTER_CLASS: () => flags.UNICODE_CHARACTER_CLASS,
  },
};
function sequence(rt: Runtime, value: Value): string {
  const text = textOf(rt, value);
  rt.alloc(text.length);
  return text;
}

export const regexClasses: readonly NativeClass[] = [
  { name: 'java.util.regex.MatchResult', kind: 'interface', methods: { ...results, ...byName } },
  { name: 'java.util.regex.Matcher$ImmutableMatchResult', interfaces: ['java.util.regex.MatchResult'], methods: {} },
  matcher,
  pattern,
  {
    name: 'java.util.regex.Pattern$Predicate',
    interfaces: ['java.util.function.Predicate'],
    methods: {
      'test(java.lang.Object)': (rt, self: PatternPredicate, text: Value) => {
        const found = new JavaMatcher(self.pattern, textOf(rt, text));
        return self.whole ? found.matches() : found.find();
      },
    },
  },
  {
    name: 'java.util.regex.PatternSyntaxException',
    superclass: 'java.lang.IllegalArgumentException',
    constructors: {
      '(java.lang.String, java.lang.String, int)': (_rt, _self, description: string, regex: string, at: number) =>
        new PatternSyntaxException(description, regex, at),
    },
    methods: {
      'getDescription()': (_rt, self: PatternSyntaxException) => self.description,
      'getIndex()': (_rt, self: PatternSyntaxException) => self.index,
      'getPattern()': (_rt, self: PatternSyntaxException) => self.pattern,
    },
  },
];
