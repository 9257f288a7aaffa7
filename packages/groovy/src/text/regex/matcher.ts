/**
 * java.util.regex.Matcher and MatchResult. A matcher's state: the region it looks at, the last match (`first` and
 * `last` are its ends; `first` -1: there is none), and how far `appendReplacement` has come.
 */

import type { Runtime } from '../../runtime/runtime.ts';
import { JavaObject, JavaThrowable } from '../../runtime/values.ts';
import type { Input } from './machine.ts';
import { newBudget } from './machine.ts';
import type { JavaPattern } from './pattern.ts';
import type { Match, Mode } from './regex.ts';
import { expand, parseReplacement } from './replacement.ts';

const outOfBounds = (message: string): JavaThrowable => new JavaThrowable('java.lang.IndexOutOfBoundsException', message);

/** What Matcher and its snapshots have in common. */
export abstract class MatchResult extends JavaObject {
  abstract readonly pattern: JavaPattern;
  protected abstract readonly match: Match | null;
  protected abstract readonly first: number;
  protected abstract readonly last: number;

  get groupCount(): number {
    return this.pattern.regex.groups;
  }
  groupIndex(name: string | null): number {
    if (name === null) throw new JavaThrowable('java.lang.NullPointerException', 'Group name');
    const index = this.pattern.regex.parsed.names.get(name);
    if (index === undefined) throw new JavaThrowable('java.lang.IllegalArgumentException', `No group with name <${name}>`);
    return index;
  }
  group(index = 0): string | null {
    this.check(index, 'No match found');
    return this.match?.group(index) ?? null;
  }
  start(index = 0): number {
    this.check(index, 'No match available');
    return index === 0 ? this.first : (this.match?.startOf(index) ?? -1);
  }
  end(index = 0): number {
    this.check(index, 'No match available');
    return index === 0 ? this.last : (this.match?.endOf(index) ?? -1);
  }
  get hasMatch(): boolean {
    return this.first >= 0;
  }
  private check(index: number, message: string): void {
    if (this.first < 0) throw new JavaThrowable('java.lang.IllegalStateException', message);
    if (index < 0 || index > this.groupCount) throw outOfBounds(`No group ${index}`);
  }
}

/** `toMatchResult()` */
export class JavaMatchResult extends MatchResult {
  readonly pattern: JavaPattern;
  protected readonly match: Match | null;
  protected readonly first: number;
  protected readonly last: number;
  constructor(pattern: JavaPattern, match: Match | null, first: number, last: number) {
    super();
    this.pattern = pattern;
    this.match = match;
    this.first = first;
    this.last = last;
  }
  get $type(): string {
    return 'java.util.regex.Matcher$ImmutableMatchResult';
  }
}

export class JavaMatcher extends MatchResult {
  pattern: JavaPattern;
  text: string;
  from = 0;
  to: number;
  anchoring = true;
  transparent = false;
  protected match: Match | null = null;
  protected first = -1;
  protected last = 0;
  private oldLast = -1;
  private appended = 0;
  /** The last attempt, for `hitEnd`. */
  private attempt: { readonly input: Input; readonly start: number; readonly mode: Mode } | null = null;

  constructor(pattern: JavaPattern, text: string) {
    super();
    this.pattern = pattern;
    this.text = text;
    this.to = text.length;
  }
  get $type(): string {
    return 'java.util.regex.Matcher';
  }
  override javaString(_rt: Runtime): string {
    const found = this.first >= 0 ? (this.group() ?? '') : '';
    return `java.util.regex.Matcher[pattern=${this.pattern.pattern} region=${this.from},${this.to} lastmatch=${found}]`;
  }

  private run(start: number, mode: Mode): boolean {
    if (this.oldLast < 0) this.oldLast = start;
    const input: Input = { text: this.text, from: this.from, to: this.to, anchoring: this.anchoring, transparent: this.transparent, lastEnd: this.oldLast };
    this.attempt = { input, start, mode };
    this.match = this.pattern.regex.match(input, start, mode, newBudget());
    if (this.match === null) this.first = -1;
    else {
      this.first = this.match.start;
      this.last = this.match.end;
    }
    this.oldLast = this.last;
    return this.match !== null;
  }

  find(): boolean {
    let start = this.last === this.first ? this.last + 1 : this.last;
    if (start < this.from) start = this.from;
    if (start > this.to) {
      this.match = null;
      return false;
    }
    return this.run(start, 'search');
  }
  findFrom(start: number): boolean {
    if (start < 0 || start > this.text.length) throw outOfBounds('Illegal start index');
    this.reset();
    return this.run(start, 'search');
  }
  matches(): boolean {
    return this.run(this.from, 'whole');
  }
  lookingAt(): boolean {
    return this.run(this.from, 'at');
  }

  get hitEnd(): boolean {
    const { attempt } = this;
    return attempt !== null && this.pattern.regex.hitsEnd(attempt.input, attempt.start, attempt.mode, newBudget());
  }

  reset(text: string = this.text): this {
    this.text = text;
    this.first = -1;
    this.last = 0;
    this.oldLast = -1;
    this.match = null;
    this.appended = 0;
    this.from = 0;
    this.to = text.length;
    return this;
  }
  region(start: number, end: number): this {
    if (start < 0 || start > this.text.length) throw outOfBounds('start');
    if (end < 0 || end > this.text.length) throw outOfBounds('end');
    if (start > end) throw outOfBounds('start > end');
    this.reset();
    this.from = start;
    this.to = end;
    return this;
  }
  usePattern(pattern: JavaPattern | null): this {
    if (pattern === null) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Pattern cannot be null');
    this.pattern = pattern;
    this.match = null;
    return this;
  }
  toMatchResult(): JavaMatchResult {
    return new JavaMatchResult(this.pattern, this.match, this.first, this.last);
  }

  /** What `appendReplacement` appends: the text since the last one, and the replacement. */
  replacementFor(replacement: string): string {
    if (this.first < 0) throw new JavaThrowable('java.lang.IllegalStateException', 'No match available');
    const expanded = expand(parseReplacement(this.pattern, replacement), this.match as Match);
    const text = this.text.slice(this.appended, this.first) + expanded;
    this.appended = this.last;
    return text;
  }
  /** What `appendTail` appends. */
  tail(): string {
    return this.text.slice(this.appended);
  }
}
