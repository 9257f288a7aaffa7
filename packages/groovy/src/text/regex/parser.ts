/**
 * Reads the syntax of java.util.regex.Pattern (its page of JDK 17) and makes the tree. Where the page is silent, the
 * order of decisions was found by asking JDK 17; the tests hold its answers.
 */

import { JavaThrowable } from '../../runtime/values.ts';
import { negate } from './charset.ts';
import { parseClass, parseProperty } from './class-parser.ts';
import { anyCharacter, lineTerminators, singleSet } from './classes.ts';
import { parseEscape } from './escapes.ts';
import { ALL_FLAGS, CANON_EQ, CASE_INSENSITIVE, COMMENTS, DOTALL, LITERAL, MULTILINE, UNICODE_CASE, UNICODE_CHARACTER_CLASS, UNIX_LINES } from './flags.ts';
import { measure } from './measure.ts';
import { foldOf, isAsciiDigit, isAsciiLetter, Reader } from './reader.ts';
import type { Node, ParsedPattern, RepeatMode } from './syntax.ts';

/** Groups nested deeper than this end as Java's own recursion would. */
const MAX_DEPTH = 1000;
const EMPTY: Node = { kind: 'empty' };
const MODIFIERS: ReadonlyMap<number, number> = new Map([
  [0x69, CASE_INSENSITIVE],
  [0x6d, MULTILINE],
  [0x73, DOTALL],
  [0x64, UNIX_LINES],
  [0x75, UNICODE_CASE],
  [0x63, CANON_EQ],
  [0x78, COMMENTS],
  [0x55, UNICODE_CHARACTER_CLASS | UNICODE_CASE],
]);

/** Throws PatternSyntaxException, or IllegalArgumentException for unknown flags, as Pattern.compile does. CANON_EQ is refused. */
export function parsePattern(pattern: string, flags: number): ParsedPattern {
  if ((flags & ~ALL_FLAGS) !== 0) throw new JavaThrowable('java.lang.IllegalArgumentException', `Unknown flag 0x${(flags >>> 0).toString(16)}`);
  // An inline `(?c)` changes nothing in Java either.
  if ((flags & CANON_EQ) !== 0) throw new JavaThrowable('java.lang.UnsupportedOperationException', 'Pattern.CANON_EQ is not supported');
  if ((flags & UNICODE_CHARACTER_CLASS) !== 0) flags |= UNICODE_CASE;
  const literal = (flags & LITERAL) !== 0;
  const parser = new Parser(new Reader(pattern, flags & ~(literal ? COMMENTS : 0), literal));
  const root = literal ? parser.literal() : parser.whole();
  return { root, flags: parser.reader.flags | flags, groups: parser.groups, names: parser.names };
}

export class Parser {
  readonly reader: Reader;
  groups = 0;
  readonly names = new Map<string, number>();
  private depth = 0;
  constructor(reader: Reader) {
    this.reader = reader;
  }

  literal(): Node {
    return this.reader.length === 0 ? EMPTY : { kind: 'text', points: this.reader.points, fold: foldOf(this.reader) };
  }

  whole(): Node {
    const reader = this.reader;
    const root = this.alternatives();
    if (reader.cursor !== reader.length) throw reader.error(reader.peek() === 0x29 ? "Unmatched closing ')'" : 'Unexpected internal error');
    return root;
  }

  /** `x|y|z` */
  private alternatives(): Node {
    if (++this.depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
    const options: Node[] = [];
    for (;;) {
      options.push(this.sequence());
      if (this.reader.peek() !== 0x7c) break;
      this.reader.next();
    }
    this.depth--;
    return options.length === 1 ? (options[0] as Node) : { kind: 'choice', options };
  }

  private sequence(): Node {
    const reader = this.reader;
    const items: Node[] = [];
    for (;;) {
      const ch = reader.peek();
      let node: Node | null;
      switch (ch) {
        case 0x28: {
          // (
          node = this.group();
          if (node !== null) items.push(node);
          continue;
        }
        case 0x5b: // [
          node = { kind: 'set', set: parseClass(reader, true) };
          break;
        case 0x5c: // backslash
          node = this.property() ?? this.text();
          break;
        case 0x5e: // ^
          reader.next();
          node = { kind: 'anchor', at: !reader.has(MULTILINE) ? 'inputStart' : reader.has(UNIX_LINES) ? 'unixLineStart' : 'lineStart' };
          break;
        case 0x24: // $
          reader.next();
          node = {
            kind: 'anchor',
            at: reader.has(UNIX_LINES) ? (reader.has(MULTILINE) ? 'unixLineEnd' : 'unixFinalEnd') : reader.has(MULTILINE) ? 'lineEnd' : 'finalEnd',
          };
          break;
        case 0x2e: // .
          reader.next();
          node = { kind: 'set', set: reader.has(DOTALL) ? anyCharacter() : negate(lineTerminators(reader.has(UNIX_LINES))) };
          break;
        case 0x7c:
        case 0x29: // | )
          return sequenceOf(items);
        case 0x3f:
        case 0x2a:
        case 0x2b: // ? * +
          reader.next();
          throw reader.error(`Dangling meta character '${String.fromCharCode(ch)}'`);
        case 0:
          if (reader.atEnd) return sequenceOf(items);
          node = this.text();
          break;
        default:
          node = this.text();
      }
      items.push(this.quantified(node));
    }
  }

  /** `\p…` where it stands for itself; null (and the cursor where it was) for any other escape. */
  private property(): Node | null {
    const reader = this.reader;
    const letter = reader.nextRaw();
    if (letter !== 0x70 && letter !== 0x50) {
      reader.unread();
      return null;
    }
    return { kind: 'set', set: parseProperty(reader, letter === 0x50) };
  }

  /** As many plain characters as belong together, or one escape that is more than a character. */
  private text(): Node {
    const reader = this.reader;
    const points: number[] = [];
    let previous = -1;
    let ch = reader.peek();
    loop: for (;;) {
      switch (ch) {
        case 0x2a:
        case 0x2b:
        case 0x3f:
        case 0x7b: // * + ? {
          // A quantifier takes the last character only.
          if (points.length > 1) {
            reader.cursor = previous;
            points.pop();
          }
          break loop;
        case 0x24:
        case 0x2e:
        case 0x5e:
        case 0x28:
        case 0x5b:
        case 0x7c:
        case 0x29: // $ . ^ ( [ | )
          break loop;
        case 0x5c: {
          const letter = reader.nextRaw();
          if (letter === 0x70 || letter === 0x50) {
            reader.unread();
            if (points.length > 0) break loop;
            return this.property() as Node;
          }
          reader.unread();
          previous = reader.cursor;
          const escaped = parseEscape(reader, { outside: this, firstInText: points.length === 0, inRange: false });
          if (typeof escaped === 'number') {
            points.push(escaped);
            ch = reader.peek();
            continue;
          }
          if (points.length === 0) return escaped;
          reader.cursor = previous;
          break loop;
        }
        default:
          if (ch === 0 && reader.atEnd) break loop;
          previous = reader.cursor;
          points.push(ch);
          ch = reader.next();
      }
    }
    const fold = foldOf(reader);
    if (points.length === 1) return { kind: 'set', set: singleSet(points[0] as number, fold) };
    return points.length === 0 ? EMPTY : { kind: 'text', points, fold };
  }

  /** `(…)` of any kind with its quantifier; null for `(?i)`, which only sets flags. */
  private group(): Node | null {
    const reader = this.reader;
    const saved = reader.flags;
    let node: Node;
    if (reader.next() === 0x3f) {
      const ch = reader.skip();
      switch (ch) {
        case 0x3a:
          node = { kind: 'group', index: 0, body: this.alternatives() };
          break;
        case 0x3d:
        case 0x21:
          node = { kind: 'look', behind: false, negative: ch === 0x21, body: this.alternatives() };
          break;
        case 0x3e:
          node = { kind: 'atomic', body: this.alternatives() };
          break;
        case 0x3c: {
          const sign = reader.read();
          if (sign === 0x3d || sign === 0x21) {
            const body = this.alternatives();
            if (!measure(body).bounded) throw reader.error('Look-behind group does not have an obvious maximum length');
            node = { kind: 'look', behind: true, negative: sign === 0x21, body };
          } else {
            const name = this.groupName(sign);
            if (this.names.has(name)) throw reader.error(`Named capturing group <${name}> is already defined`);
            const index = ++this.groups;
            this.names.set(name, index);
            node = { kind: 'group', index, body: this.alternatives() };
          }
          break;
        }
        case 0x24:
        case 0x40:
          throw reader.error('Unknown group type');
        default: {
          reader.unread();
          this.modifiers();
          const end = reader.read();
          if (end === 0x29) return null;
          if (end !== 0x3a) throw reader.error('Unknown inline modifier');
          node = { kind: 'group', index: 0, body: this.alternatives() };
        }
      }
    } else {
      const index = ++this.groups;
      node = { kind: 'group', index, body: this.alternatives() };
    }
    reader.accept(0x29, 'Unclosed group');
    reader.flags = saved;
    return this.quantified(node);
  }

  /** The name from its first character on, up to and with `>`. */
  groupName(first: number): string {
    const reader = this.reader;
    if (!isAsciiLetter(first)) throw reader.error('capturing group name does not start with a Latin letter');
    let name = '',
      ch = first;
    do {
      name += String.fromCharCode(ch);
      ch = reader.read();
    } while (isAsciiLetter(ch) || isAsciiDigit(ch));
    if (ch !== 0x3e) throw reader.error("named capturing group is missing trailing '>'");
    return name;
  }

  private modifiers(): void {
    const reader = this.reader;
    let on = true;
    for (let ch = reader.peek(); ; ch = reader.next()) {
      const flag = MODIFIERS.get(ch);
      if (flag !== undefined) {
        if (on) reader.flags |= flag;
        else reader.flags &= ~flag;
      } else if (ch === 0x2d && on) on = false;
      else return;
    }
  }

  private quantified(body: Node): Node {
    const reader = this.reader;
    let min: number, max: number;
    switch (reader.peek()) {
      case 0x3f:
        min = 0;
        max = 1;
        reader.next();
        break;
      case 0x2a:
        min = 0;
        max = Infinity;
        reader.next();
        break;
      case 0x2b:
        min = 1;
        max = Infinity;
        reader.next();
        break;
      case 0x7b:
        [min, max] = this.counts();
        break;
      default:
        return body;
    }
    let mode: RepeatMode = 'greedy';
    const suffix = reader.peek();
    if (suffix === 0x3f) {
      mode = 'lazy';
      reader.next();
    } else if (suffix === 0x2b) {
      mode = 'possessive';
      reader.next();
    }
    return { kind: 'repeat', body, min, max, mode };
  }

  /** `{n}`, `{n,}`, `{n,m}` */
  private counts(): [number, number] {
    const reader = this.reader;
    let ch = reader.skip();
    if (!isAsciiDigit(ch)) throw reader.error('Illegal repetition');
    const number = (): number => {
      let n = 0;
      for (; isAsciiDigit(ch); ch = reader.read()) {
        n = n * 10 + ch - 0x30;
        if (n > 0x7fffffff) throw reader.error('Illegal repetition range');
      }
      return n;
    };
    const min = number();
    let max = min;
    if (ch === 0x2c) {
      ch = reader.read();
      max = ch === 0x7d ? Infinity : number();
    }
    if (ch !== 0x7d) throw reader.error('Unclosed counted closure');
    if (max < min) throw reader.error('Illegal repetition range');
    // Java holds "no bound" as this number.
    return [min, max === 0x7fffffff ? Infinity : max];
  }
}

function sequenceOf(items: readonly Node[]): Node {
  if (items.length === 0) return EMPTY;
  return items.length === 1 ? (items[0] as Node) : { kind: 'sequence', items };
}
