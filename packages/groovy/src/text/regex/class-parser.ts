/** `[…]` with ranges, unions, intersections and complements, and `\p{…}`. */

import { JavaThrowable } from '../../runtime/values.ts';
import type { CharSet } from './charset.ts';
import { intersection, negate, unionOf } from './charset.ts';
import { rangeSet, singleSet } from './classes.ts';
import { parseEscape } from './escapes.ts';
import { CASE_INSENSITIVE, UNICODE_CHARACTER_CLASS } from './flags.ts';
import { textOfPoints } from './folding.ts';
import { binarySet, blockSet, namedSet, scriptSet, unicodePosixSet } from './properties.ts';
import type { Reader } from './reader.ts';
import { foldOf } from './reader.ts';
import type { Node } from './syntax.ts';

const MAX_DEPTH = 500;

/** Sets to be joined, once all are there: a class may list any number of characters. */
class Gathered {
  private sets: CharSet[] = [];
  get isEmpty(): boolean {
    return this.sets.length === 0;
  }
  add(set: CharSet): void {
    this.sets.push(set);
  }
  addAll(other: Gathered): void {
    for (const set of other.sets) this.sets.push(set);
    other.sets = [];
  }
  replaceBy(set: CharSet): void {
    this.sets = [set];
  }
  joined(): CharSet {
    if (this.sets.length > 1) this.sets = [unionOf(this.sets)];
    return this.sets[0] as CharSet;
  }
}

/**
 * A class from its `[` on (or, in an intersection, from the character before its first one on).
 * @param consume whether the closing bracket belongs to it
 */
export function parseClass(reader: Reader, consume: boolean, depth = 0): CharSet {
  if (depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
  /** All so far, but for the single ASCII characters, which Java gathers apart and joins before an intersection. */
  const all = new Gathered();
  const singles = new Gathered();
  let last: CharSet | null = null;
  let negated = false;
  let ch = reader.next();
  for (;;) {
    if (ch === 0x5e && reader.at(reader.cursor - 1) === 0x5b && all.isEmpty && singles.isEmpty && !negated) {
      negated = true;
      ch = reader.next();
      continue;
    }
    if (ch === 0x5b) {
      last = parseClass(reader, true, depth + 1);
      all.add(last);
      ch = reader.peek();
      continue;
    }
    if (ch === 0x26) {
      ch = reader.next();
      if (ch === 0x26) {
        ch = reader.next();
        const right = new Gathered();
        while (ch !== 0x5d && ch !== 0x26) {
          if (ch === 0x5b) right.add(parseClass(reader, true, depth + 1));
          else {
            reader.unread();
            right.add(parseClass(reader, false, depth + 1));
          }
          ch = reader.peek();
        }
        if (!singles.isEmpty) {
          if (all.isEmpty) last = singles.joined();
          all.addAll(singles);
        }
        if (!right.isEmpty) last = right.joined();
        if (all.isEmpty && right.isEmpty) throw reader.error('Bad class syntax');
        all.replaceBy(all.isEmpty ? right.joined() : intersection(all.joined(), last as CharSet));
        continue;
      }
      reader.unread();
    } else if (ch === 0 && reader.atEnd) {
      throw reader.error('Unclosed character class');
    } else if (ch === 0x5d && !(all.isEmpty && singles.isEmpty)) {
      if (consume) reader.next();
      all.addAll(singles);
      const set = all.joined();
      return negated ? negate(set) : set;
    }
    const item = parseItem(reader);
    if (item.single) singles.add(item.set);
    else {
      last = item.set;
      all.add(last);
    }
    ch = reader.peek();
  }
}

/** One character, one range or one escape of a class. */
function parseItem(reader: Reader): { readonly set: CharSet; readonly single: boolean } {
  let ch = reader.peek();
  if (ch === 0x5c) {
    const letter = reader.nextRaw();
    if (letter === 0x70 || letter === 0x50) return { set: parseProperty(reader, letter === 0x50), single: false };
    const inRange = reader.at(reader.cursor + 1) === 0x2d;
    reader.unread();
    const escaped = parseEscape(reader, { outside: null, firstInText: true, inRange });
    if (typeof escaped !== 'number') return { set: (escaped as Node & { readonly kind: 'set' }).set, single: false };
    ch = escaped;
  } else reader.next();
  if (reader.peek() === 0x2d) {
    const after = reader.at(reader.cursor + 1);
    if (after !== 0x5b && after !== 0x5d) {
      reader.next();
      let end = reader.peek();
      if (end === 0x5c) {
        const escaped = parseEscape(reader, { outside: null, firstInText: false, inRange: true });
        end = typeof escaped === 'number' ? escaped : -1;
      } else reader.next();
      if (end < ch) throw reader.error('Illegal character range');
      return { set: rangeSet(ch, end, foldOf(reader)), single: false };
    }
  }
  // Characters below 256 are what Java keeps in its bit set.
  return { set: singleSet(ch, foldOf(reader)), single: ch < 256 };
}

/** `\pL`, `\p{…}`; the cursor is on the letter. */
export function parseProperty(reader: Reader, complement: boolean): CharSet {
  let name: string;
  if (reader.next() !== 0x7b) {
    name = String.fromCodePoint(reader.at(reader.cursor));
    reader.cursor++;
  } else {
    reader.next();
    const start = reader.cursor;
    while (reader.cursor < reader.length && reader.at(reader.cursor) !== 0x7d) reader.cursor++;
    if (reader.cursor >= reader.length) {
      reader.cursor = reader.length + 1;
      throw reader.error('Unclosed character family');
    }
    name = textOfPoints(reader.points.slice(start, reader.cursor));
    reader.cursor++;
    if (name === '') throw reader.error('Empty character family');
  }
  const set = findProperty(reader, name);
  return complement ? negate(set) : set;
}

function findProperty(reader: Reader, name: string): CharSet {
  const ignoreCase = reader.has(CASE_INSENSITIVE);
  const equals = name.indexOf('=');
  let set: CharSet | null;
  if (equals >= 0) {
    const value = name.slice(equals + 1),
      key = name.slice(0, equals);
    switch (key.toLowerCase()) {
      case 'sc':
      case 'script':
        set = scriptSet(value);
        break;
      case 'blk':
      case 'block':
        set = blockSet(value);
        break;
      case 'gc':
      case 'general_category':
        set = namedSet(value, ignoreCase);
        break;
      default:
        set = null;
    }
    if (set === null) throw reader.error(`Unknown Unicode property {name=<${key}>, value=<${value}>}`);
    return set;
  }
  if (name.startsWith('In')) set = blockSet(name.slice(2));
  else if (name.startsWith('Is')) {
    const rest = name.slice(2);
    set = binarySet(rest, ignoreCase) ?? unicodePosixSet(rest, ignoreCase) ?? namedSet(rest, ignoreCase) ?? scriptSet(rest);
  } else set = (reader.has(UNICODE_CHARACTER_CLASS) ? unicodePosixSet(name, ignoreCase) : null) ?? namedSet(name, ignoreCase);
  if (set === null) throw reader.error(`Unknown character property name {${name}}`);
  return set;
}
