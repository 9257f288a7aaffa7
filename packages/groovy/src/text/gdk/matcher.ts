/** Groovy's methods of Matcher: `matcher[0]`, `matcher[0][1]`, `matcher.count`, walking over its matches. */
import { borders, placeOf } from '../../collections/gdk/access.ts';
import { JavaIterator, JavaList } from '../../collections/model.ts';
import { GroovyRange, IntRange } from '../../collections/range.ts';
import { Long } from '../../numbers/boxes.ts';
import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { indexOutOfBounds, required } from '../failures.ts';
import { lastMatcher, rememberMatcher } from '../regex/last-matcher.ts';
import type { JavaMatcher } from '../regex/matcher.ts';
import { groupsOf } from './matching.ts';

export const MATCHER_ITERATOR = 'org.codehaus.groovy.runtime.StringGroovyMethods$1';

/** Moves the matcher itself along. */
class MatcherIterator extends JavaIterator {
  private readonly matcher: JavaMatcher;
  private found = false;
  private done = false;
  constructor(matcher: JavaMatcher) {
    super();
    this.matcher = matcher;
  }
  override get $type(): string {
    return MATCHER_ITERATOR;
  }
  hasNext(): boolean {
    if (!this.found && !this.done) {
      this.found = this.matcher.find();
      this.done = !this.found;
    }
    return this.found;
  }
  next(): Value {
    if (!this.hasNext()) throw new JavaThrowable('java.util.NoSuchElementException');
    this.found = false;
    return groupsOf(this.matcher.pattern, this.matcher);
  }
}

function count(matcher: JavaMatcher): number {
  let n = 0;
  matcher.reset();
  while (matcher.find()) n++;
  return n;
}
function checkPlace(index: number, size: number): void {
  if (index < -size || index >= size) throw indexOutOfBounds(`index is out of range ${-size === 0 ? 0 : -size}..${size - 1} (index = ${index})`);
}
function getAt(_rt: Runtime, matcher: JavaMatcher, index: number): Value {
  const size = count(matcher);
  checkPlace(index, size);
  const at = placeOf(index, size);
  matcher.reset();
  for (let i = 0; i <= at; i++) matcher.find();
  return groupsOf(matcher.pattern, matcher);
}
function getAtAll(rt: Runtime, matcher: JavaMatcher, indices: Value): JavaList {
  let places = required(indices);
  if (places instanceof IntRange) {
    const { from, to } = borders(rt, places, count(matcher));
    places = new IntRange(places.inclusive, from, to - 1);
  }
  const found: Value[] = [];
  for (const index of rt.iterate(places)) {
    if (index instanceof GroovyRange) for (const item of getAtAll(rt, matcher, index).items) found.push(item);
    else found.push(getAt(rt, matcher, rt.cast(index, 'int') as number));
    rt.alloc(1);
  }
  return new JavaList(found);
}

export const matcherMethods: Signatures = {
  'asBoolean(java.util.regex.Matcher)': (rt, self: JavaMatcher | null) => {
    if (self === null) return false;
    rememberMatcher(rt, self);
    return self.find();
  },
  'getAt(java.util.regex.Matcher, int)': getAt,
  'getAt(java.util.regex.Matcher, java.util.Collection)': getAtAll,
  'getCount(java.util.regex.Matcher)': (_rt, self: JavaMatcher) => count(self),
  'size(java.util.regex.Matcher)': (_rt, self: JavaMatcher) => Long.of(count(self)),
  'hasGroup(java.util.regex.Matcher)': (_rt, self: JavaMatcher) => self.groupCount > 0,
  'matchesPartially(java.util.regex.Matcher)': (_rt, self: JavaMatcher) => self.matches() || self.hitEnd,
  'iterator(java.util.regex.Matcher)': (_rt, self: JavaMatcher) => new MatcherIterator(self.reset()),
  'setIndex(java.util.regex.Matcher, int)': (_rt, self: JavaMatcher, index: number) => {
    const size = count(self);
    checkPlace(index, size);
    self.reset();
    for (let i = 0; i < (index < 0 ? index + size : index); i++) self.find();
    return null;
  },
};
export const matcherStatics: Signatures = {
  'getLastMatcher(java.util.regex.Matcher)': (rt) => lastMatcher(rt),
};
