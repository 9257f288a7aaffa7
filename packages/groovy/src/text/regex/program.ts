/**
 * A pattern's tree made into instructions for `machine.ts`: one array of numbers, opcode first, operands behind.
 * Jump targets are indices into it. Sets and texts are kept beside it and named by their index.
 */
import type { CharSet } from './charset.ts';
import { foldCodePoint, textOfPoints } from './folding.ts';
import { isAtom, measure } from './measure.ts';
import type { Anchor, Node, ParsedPattern } from './syntax.ts';

/** The part of the program ends with success. */
export const ACCEPT = 0;
/** One code unit: unit */
export const UNIT = 1;
/** One character of a set: set */
export const SET = 2;
/** A literal text: text */
export const TEXT = 3;
/** A text compared under a fold: text, fold */
export const FOLDED = 4;
export const JUMP = 5;
/** Goes on behind itself; when that fails, at: target */
export const TRY = 6;
/** Remembers the position: register */
export const MARK = 7;
/** Ends a capturing group: group, register with its start */
export const CAPTURE = 8;
/** A set repeated: set, min, max (-1: no bound) */
export const SET_GREEDY = 9;
export const SET_LAZY = 10;
export const SET_POSSESSIVE = 11;
/** Sets a loop's counter to 0: counter */
export const LOOP_START = 12;
/** The head of a loop: counter, start register, min, max, lazy, exit, memo (-1: none). ENTER follows. */
export const LOOP = 13;
/** Begins a round: counter, start register */
export const ENTER = 14;
/** Runs the part behind itself up to its ACCEPT as one step that is never taken back, and goes on at: target */
export const ATOMIC = 15;
/** Look-ahead; the part is behind it: target, negative */
export const AHEAD = 16;
/** Look-behind: target, negative, min, max (-1: no bound) */
export const BEHIND = 17;
/** Back reference: group, fold */
export const REFERENCE = 18;
/** Anchor: number in ANCHORS */
export const ANCHOR = 19;
export const LINE_BREAK = 20;
export const GRAPHEME = 21;
/** Left behind by a LOOP as a way out: notes in the memo that no round from here leads to a match: memo, exit */
export const FORGET = 22;

/** Ends a capturing group that is itself repeated; a round of no width beyond the least number leaves it as it was: group, register with its start, counter, min */
export const CAPTURE_ROUND = 23;

export const ANCHORS: readonly Anchor[] = [
  'inputStart',
  'inputEnd',
  'lastMatch',
  'lineStart',
  'unixLineStart',
  'finalEnd',
  'unixFinalEnd',
  'lineEnd',
  'unixLineEnd',
  'wordBoundary',
  'notWordBoundary',
  'unicodeWordBoundary',
  'notUnicodeWordBoundary',
  'graphemeBoundary',
];

export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  readonly texts: readonly string[];
  readonly folded: readonly (readonly number[])[];
  readonly groups: number;
  /** Groups' starts and ends, then marks and counters. */
  readonly registers: number;
  readonly memos: number;
  /** What every match begins with: a literal text, or a set of its first ASCII characters (others may always). */
  readonly prefix: string;
  readonly first: Uint8Array | null;
  /** The search does not begin a match between the halves of a surrogate pair (patterns of anchors alone do). */
  readonly wholeCharacters: boolean;
}

export function compile(parsed: ParsedPattern): Program {
  const compiler = new Compiler(parsed);
  compiler.emit(parsed.root, { memo: true });
  compiler.code.push(ACCEPT);
  const first = new Uint8Array(128);
  return {
    code: Int32Array.from(compiler.code),
    sets: compiler.sets,
    texts: compiler.texts,
    folded: compiler.folded,
    groups: parsed.groups,
    registers: compiler.registers,
    memos: compiler.memos,
    prefix: literalPrefix(parsed.root),
    first: firstCharacters(parsed.root, first) ? first : null,
    wholeCharacters: mentions(parsed.root, (n) => (n.kind === 'set' && singleUnit(n.set) < 0) || (n.kind === 'text' && n.points.some((cp) => cp > 0xffff))),
  };
}

/** `memo`: a failed round's outcome depends on nothing but the position, so it need not be tried twice. */
interface Place {
  readonly memo: boolean;
}

class Compiler {
  readonly code: number[] = [];
  readonly sets: CharSet[] = [];
  readonly texts: string[] = [];
  readonly folded: (readonly number[])[] = [];
  registers: number;
  memos = 0;
  private readonly hasReferences: boolean;

  constructor(parsed: ParsedPattern) {
    this.registers = 2 * (parsed.groups + 1);
    this.hasReferences = mentions(parsed.root, (node) => node.kind === 'reference');
  }

  emit(node: Node, place: Place): void {
    const code = this.code;
    switch (node.kind) {
      case 'empty':
        return;
      case 'set': {
        const unit = singleUnit(node.set);
        if (unit >= 0) code.push(UNIT, unit);
        else code.push(SET, this.set(node.set));
        return;
      }
      case 'text':
        if (node.fold === 0) code.push(TEXT, this.texts.push(textOfPoints(node.points)) - 1);
        else code.push(FOLDED, this.folded.push(node.points.map((cp) => foldCodePoint(cp, node.fold))) - 1, node.fold);
        return;
      case 'sequence':
        for (const item of node.items) this.emit(item, place);
        return;
      case 'choice':
        this.choice(node.options, place);
        return;
      case 'group':
        this.group(node.index, node.body, place);
        return;
      case 'repeat':
        this.repeat(node, place);
        return;
      case 'atomic':
        this.step(() => this.emit(node.body, { memo: false }));
        return;
      case 'look': {
        if (node.behind) {
          const { min, max } = measure(node.body);
          // A greatest length below the least one leaves no place to look at.
          code.push(BEHIND, 0, node.negative ? 1 : 0, min, max < 0 || max > 0xffffff ? -1 : max);
          this.part(code.length - 4, () => this.emit(node.body, { memo: false }));
        } else {
          code.push(AHEAD, 0, node.negative ? 1 : 0);
          this.part(code.length - 2, () => this.emit(node.body, { memo: false }));
        }
        return;
      }
      case 'anchor':
        code.push(ANCHOR, ANCHORS.indexOf(node.at));
        return;
      case 'reference':
        code.push(REFERENCE, node.index, node.fold);
        return;
      case 'lineBreak':
        code.push(LINE_BREAK);
        return;
      case 'grapheme':
        code.push(GRAPHEME);
        return;
    }
  }

  private set(set: CharSet): number {
    return this.sets.push(set) - 1;
  }

  /** A part that ends with ACCEPT; the index behind it is written to `target`. */
  private part(target: number, body: () => void): void {
    body();
    this.code.push(ACCEPT);
    this.code[target] = this.code.length;
  }
  private step(body: () => void): void {
    this.code.push(ATOMIC, 0);
    this.part(this.code.length - 1, body);
  }

  private choice(options: readonly Node[], place: Place): void {
    const code = this.code;
    const ends: number[] = [];
    for (let i = 0; i < options.length; i++) {
      const isLast = i === options.length - 1;
      let target = -1;
      if (!isLast) {
        code.push(TRY, 0);
        target = code.length - 1;
      }
      this.emit(options[i] as Node, place);
      if (isLast) break;
      code.push(JUMP, 0);
      ends.push(code.length - 1);
      code[target] = code.length;
    }
    for (const end of ends) code[end] = code.length;
  }

  private group(index: number, body: Node, place: Place): void {
    if (index === 0) {
      this.emit(body, place);
      return;
    }
    const start = this.registers++;
    this.code.push(MARK, start);
    this.emit(body, place);
    this.code.push(CAPTURE, index, start);
  }

  private repeat(node: Node & { readonly kind: 'repeat' }, place: Place): void {
    const { body, min, mode } = node;
    const max = node.max === Infinity ? -1 : node.max;
    if (body.kind === 'set') {
      this.code.push(mode === 'greedy' ? SET_GREEDY : mode === 'lazy' ? SET_LAZY : SET_POSSESSIVE, this.set(body.set), min, max);
      return;
    }
    if (min === 0 && max === 1) {
      this.option(body, mode, place);
      return;
    }
    const atom = isAtom(body);
    if (mode === 'possessive') {
      // Every round is a step by itself, and the number of rounds is never reduced.
      this.loop(min, max, 'possessive', false, () => this.step(() => this.emit(body, { memo: false })));
      return;
    }
    if (atom) {
      this.loop(min, max, mode, false, () => this.step(() => this.emit(body, { memo: false })));
      return;
    }
    // Java goes back into a finished round only where the round could have gone another way; groups inside keep what
    // the last round gave them. The repeated group itself gets its former content again.
    if (measure(body).deterministic && body.kind === 'group') {
      const start = body.index === 0 ? -1 : this.registers++;
      this.loop(min, max, mode, false, (counter) => {
        if (start >= 0) this.code.push(MARK, start);
        this.step(() => this.emit(body.body, { memo: false }));
        if (start >= 0) this.code.push(CAPTURE_ROUND, body.index, start, counter, min);
      });
      return;
    }
    const unbounded = max === -1 && min <= 1;
    const memo = place.memo && unbounded && !this.hasReferences && mode === 'greedy';
    this.loop(min, max, mode, memo, () => this.emit(body, { memo: place.memo && unbounded }));
  }

  private option(body: Node, mode: 'greedy' | 'lazy' | 'possessive', place: Place): void {
    const code = this.code;
    const inner = (): void => {
      if (mode === 'possessive' || isAtom(body)) this.step(() => this.emit(body, { memo: false }));
      else this.emit(body, place);
    };
    if (mode === 'lazy') {
      // TRY the way around first.
      code.push(TRY, 0);
      const first = code.length - 1;
      code.push(JUMP, 0);
      const around = code.length - 1;
      code[first] = code.length;
      inner();
      code[around] = code.length;
      return;
    }
    if (mode === 'possessive') {
      this.step(() => {
        code.push(TRY, 0);
        const target = code.length - 1;
        inner();
        code[target] = code.length;
      });
      return;
    }
    code.push(TRY, 0);
    const target = code.length - 1;
    inner();
    code[target] = code.length;
  }

  private loop(min: number, max: number, mode: 'greedy' | 'lazy' | 'possessive', memo: boolean, body: (counter: number) => void): void {
    const emitLoop = (): void => {
      const code = this.code;
      const counter = this.registers++,
        start = this.registers++;
      code.push(LOOP_START, counter);
      const head = code.length;
      code.push(LOOP, counter, start, min, max, mode === 'lazy' ? 1 : 0, 0, memo ? this.memos++ : -1);
      code.push(ENTER, counter, start);
      body(counter);
      code.push(JUMP, head);
      code[head + 6] = code.length;
      if (memo) {
        // The way out that is taken when a round has failed.
        code.push(JUMP, code.length + 5, FORGET, this.memos - 1, code.length + 5);
      }
    };
    if (mode === 'possessive') this.step(emitLoop);
    else emitLoop();
  }
}

/** The one code unit that the set holds, or -1. */
function singleUnit(set: CharSet): number {
  const ranges = set.ranges;
  if (ranges === null || ranges.length !== 2 || ranges[0] !== ranges[1]) return -1;
  const cp = ranges[0] as number;
  return cp <= 0xffff && (cp < 0xd800 || cp > 0xdfff) ? cp : -1;
}

function mentions(node: Node, what: (node: Node) => boolean): boolean {
  if (what(node)) return true;
  switch (node.kind) {
    case 'sequence':
      return node.items.some((item) => mentions(item, what));
    case 'choice':
      return node.options.some((option) => mentions(option, what));
    case 'group':
    case 'repeat':
    case 'look':
    case 'atomic':
      return mentions(node.body, what);
    default:
      return false;
  }
}

/** The literal text that every match begins with, `` where there is none. */
function literalPrefix(node: Node): string {
  switch (node.kind) {
    case 'text':
      return node.fold === 0 ? textOfPoints(node.points) : '';
    case 'set': {
      const unit = singleUnit(node.set);
      return unit < 0 ? '' : String.fromCharCode(unit);
    }
    case 'group':
      return literalPrefix(node.body);
    case 'sequence':
      return literalPrefix(node.items[0] as Node);
    default:
      return '';
  }
}

/** Adds the ASCII characters that a match of the node can begin with. False where it may match without any. */
function firstCharacters(node: Node, into: Uint8Array): boolean {
  const add = (cp: number): void => {
    if (cp < 128) into[cp] = 1;
  };
  switch (node.kind) {
    case 'set':
      for (let i = 0; i < 128; i++) if (node.set.ascii[i] === 1) into[i] = 1;
      return true;
    case 'text': {
      const cp = node.points[0] as number;
      add(cp);
      // Some other letters fold to ASCII ones; an ASCII letter has two cases.
      if (node.fold !== 0) for (let i = 0; i < 128; i++) if (foldCodePoint(i, node.fold) === foldCodePoint(cp, node.fold)) into[i] = 1;
      return true;
    }
    case 'group':
    case 'atomic':
      return firstCharacters(node.body, into);
    case 'repeat':
      return node.min > 0 && firstCharacters(node.body, into);
    case 'choice':
      return node.options.every((option) => firstCharacters(option, into));
    case 'sequence': {
      for (const item of node.items) {
        if (item.kind === 'anchor' || item.kind === 'look') continue;
        if (firstCharacters(item, into)) return true;
        if (item.kind !== 'repeat' || !firstCharacters(item.body, into)) return false;
      }
      return false;
    }
    default:
      return false;
  }
}
