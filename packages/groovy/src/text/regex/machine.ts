/**
 * Runs a compiled pattern over a text: a backtracking matcher whose ways back stand on a stack of its own, so neither
 * long texts nor bad patterns use up JavaScript's. It counts its steps; a match that takes more than allowed ends with
 * an error that tells so (`STEP_LIMIT`). Loops remember where their rounds have failed, which keeps the usual
 * catastrophic patterns (`(a+)+b`) harmless, as the JDK does since 9.
 *
 * Groups behave as in java.util.regex: they keep their content over the rounds of a loop, what a look-around or an
 * atomic group captured is not taken back when the match later goes another way.
 */

import { JavaThrowable } from '../../runtime/values.ts';
import { graphemeEnd, isAnchored } from './anchors.ts';
import type { CharSet } from './charset.ts';
import type { Fold } from './folding.ts';
import { foldCodePoint } from './folding.ts';
import type { Program } from './program.ts';
import * as op from './program.ts';
import type { Anchor } from './syntax.ts';

/** Steps that one operation (`find`, `matches`, a whole `replaceAll`) may take. */
export const STEP_LIMIT = 50_000_000;
/** Numbers on the stack of ways back: three make an entry. */
const STACK_LIMIT = 1 << 25;

/** The steps that are left; shared by the finds of one operation. */
export interface Budget {
  left: number;
}
export const newBudget = (): Budget => ({ left: STEP_LIMIT });

/** The text and the parts of it that may be seen, as Matcher's `region` and bounds set them. */
export interface Input {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly anchoring: boolean;
  readonly transparent: boolean;
  /** Where the last match ended, for `\G`. */
  readonly lastEnd: number;
}

export class Machine {
  readonly program: Program;
  readonly text: string;
  from: number;
  to: number;
  readonly anchoring: boolean;
  readonly transparent: boolean;
  readonly lastEnd: number;
  readonly registers: Int32Array;
  /** Whether the end of the text was looked at: more text could change the answer. */
  hitEnd = false;
  private readonly budget: Budget;
  private readonly pattern: string;
  private stack = new Int32Array(192);
  private top = 0;
  private readonly memos: (Uint8Array | null)[] = [];

  constructor(program: Program, pattern: string, input: Input, budget: Budget) {
    this.program = program;
    this.pattern = pattern;
    this.text = input.text;
    this.from = input.from;
    this.to = input.to;
    this.anchoring = input.anchoring;
    this.transparent = input.transparent;
    this.lastEnd = input.lastEnd;
    this.registers = new Int32Array(program.registers).fill(-1);
    this.budget = budget;
    for (let i = 0; i < program.memos; i++) this.memos.push(null);
  }

  /** Matches at `start`; with `whole`, up to the end of the region. Groups are in `registers` (start, end). */
  matchAt(start: number, whole: boolean): boolean {
    const end = this.run(0, start, whole ? this.to : -1);
    if (end < 0) return false;
    this.registers[0] = start;
    this.registers[1] = end;
    return true;
  }

  /** Looks for the first match that begins at `start` or behind. */
  search(start: number): boolean {
    const { prefix, first, wholeCharacters } = this.program;
    const text = this.text;
    for (let i = start; i <= this.to; i++) {
      if (prefix !== '') {
        const found = text.indexOf(prefix, i);
        if (found < 0 || found + prefix.length > this.to) {
          this.hitEnd = true;
          return false;
        }
        i = found;
      } else if (first !== null) {
        while (i < this.to) {
          const c = text.charCodeAt(i);
          if (c >= 128 || first[c] === 1) break;
          i++;
        }
        if (i >= this.to) {
          this.hitEnd = true;
          return false;
        }
      }
      if (wholeCharacters && i > start && i < this.to && (text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) continue;
      if (this.matchAt(i, false)) return true;
    }
    return false;
  }

  private push(tag: number, a: number, b: number): void {
    let stack = this.stack;
    const top = this.top;
    if (top + 3 > stack.length) {
      if (stack.length >= STACK_LIMIT) throw new JavaThrowable('java.lang.StackOverflowError');
      const larger = new Int32Array(stack.length * 2);
      larger.set(stack);
      this.stack = stack = larger;
    }
    stack[top] = tag;
    stack[top + 1] = a;
    stack[top + 2] = b;
    this.top = top + 3;
  }
  /** Sets a register; going back sets it as it was. */
  private set(register: number, value: number): void {
    this.push(~register, this.registers[register] as number, 0);
    this.registers[register] = value;
  }
  private spend(steps: number): void {
    if ((this.budget.left -= steps) < 0) {
      throw new JavaThrowable('java.lang.Error', `Regular expression took too many steps: ${this.pattern}`);
    }
  }

  /** Where the set's character at `pos` ends, -1 if there is none. */
  private one(set: CharSet, pos: number): number {
    if (pos >= this.to) {
      this.hitEnd = true;
      return -1;
    }
    const c = this.text.charCodeAt(pos);
    if (c < 128) return set.ascii[c] === 1 ? pos + 1 : -1;
    if ((c & 0xfc00) === 0xd800 && pos + 1 < this.to) {
      const low = this.text.charCodeAt(pos + 1);
      if ((low & 0xfc00) === 0xdc00) return set.has((c - 0xd800) * 0x400 + low - 0xdc00 + 0x10000) ? pos + 2 : -1;
    }
    return set.has(c) ? pos + 1 : -1;
  }
  /** The end of as many of the set's characters as there are, at most `max`. */
  private many(set: CharSet, pos: number, max: number): number {
    const { text, to } = this;
    const ascii = set.ascii;
    const start = pos;
    let count = 0;
    while (pos < to && count !== max) {
      const c = text.charCodeAt(pos);
      if (c < 128) {
        if (ascii[c] === 0) break;
        pos++;
      } else {
        const end = this.one(set, pos);
        if (end < 0) break;
        pos = end;
      }
      count++;
    }
    if (pos >= to && count !== max) this.hitEnd = true;
    this.spend((pos - start) >> 4);
    return pos;
  }

  /**
   * Runs from `pc` up to ACCEPT. Answers the end of the match, or -1.
   * @param mustEnd where the match has to end; -1: anywhere
   */
  private run(pc: number, pos: number, mustEnd: number): number {
    const { code, sets } = this.program;
    const { text, registers } = this;
    const base = this.top;
    for (;;) {
      this.spend(1);
      let ok = true;
      switch (code[pc]) {
        case op.ACCEPT:
          if (mustEnd < 0 || pos === mustEnd) {
            this.top = base;
            return pos;
          }
          ok = false;
          break;
        case op.UNIT:
          if (pos < this.to) {
            if (text.charCodeAt(pos) === code[pc + 1]) {
              pos++;
              pc += 2;
            } else ok = false;
          } else {
            this.hitEnd = true;
            ok = false;
          }
          break;
        case op.SET: {
          const end = this.one(sets[code[pc + 1] as number] as CharSet, pos);
          if (end >= 0) {
            pos = end;
            pc += 2;
          } else ok = false;
          break;
        }
        case op.TEXT: {
          const part = this.program.texts[code[pc + 1] as number] as string;
          if (pos + part.length <= this.to && text.startsWith(part, pos)) {
            pos += part.length;
            pc += 2;
          } else {
            if (pos + part.length > this.to && part.startsWith(text.slice(pos, this.to))) this.hitEnd = true;
            ok = false;
          }
          break;
        }
        case op.FOLDED: {
          const end = this.folded(this.program.folded[code[pc + 1] as number] as readonly number[], code[pc + 2] as Fold, pos);
          if (end >= 0) {
            pos = end;
            pc += 3;
          } else ok = false;
          break;
        }
        case op.JUMP:
          pc = code[pc + 1] as number;
          break;
        case op.TRY:
          this.push(code[pc + 1] as number, pos, -1);
          pc += 2;
          break;
        case op.MARK:
          this.set(code[pc + 1] as number, pos);
          pc += 2;
          break;
        case op.CAPTURE: {
          const group = code[pc + 1] as number;
          this.set(2 * group, registers[code[pc + 2] as number] as number);
          this.set(2 * group + 1, pos);
          pc += 3;
          break;
        }
        case op.CAPTURE_ROUND: {
          const start = registers[code[pc + 2] as number] as number;
          if (start !== pos || (registers[code[pc + 3] as number] as number) <= (code[pc + 4] as number)) {
            this.set(2 * (code[pc + 1] as number), start);
            this.set(2 * (code[pc + 1] as number) + 1, pos);
          }
          pc += 5;
          break;
        }
        case op.SET_GREEDY: {
          const set = sets[code[pc + 1] as number] as CharSet;
          const least = this.atLeast(set, pos, code[pc + 2] as number);
          if (least < 0) {
            ok = false;
            break;
          }
          const max = code[pc + 3] as number;
          pos = this.many(set, least, max < 0 ? -1 : max - (code[pc + 2] as number));
          pc += 4;
          if (pos > least) this.push(pc, pos, least);
          break;
        }
        case op.SET_POSSESSIVE: {
          const set = sets[code[pc + 1] as number] as CharSet;
          const least = this.atLeast(set, pos, code[pc + 2] as number);
          if (least < 0) {
            ok = false;
            break;
          }
          const max = code[pc + 3] as number;
          pos = this.many(set, least, max < 0 ? -1 : max - (code[pc + 2] as number));
          pc += 4;
          break;
        }
        case op.SET_LAZY: {
          const min = code[pc + 2] as number;
          const least = this.atLeast(sets[code[pc + 1] as number] as CharSet, pos, min);
          if (least < 0) {
            ok = false;
            break;
          }
          pos = least;
          if (code[pc + 3] !== min) this.push(pc, pos, -2 - min);
          pc += 4;
          break;
        }
        case op.LOOP_START:
          this.set(code[pc + 1] as number, 0);
          pc += 2;
          break;
        case op.LOOP: {
          const count = registers[code[pc + 1] as number] as number;
          const exit = code[pc + 6] as number,
            max = code[pc + 4] as number;
          if (count > 0 && registers[code[pc + 2] as number] === pos)
            pc = exit; // an empty round ends the loop
          else if (count < (code[pc + 3] as number)) pc += 8;
          else if (max >= 0 && count >= max) pc = exit;
          else if (code[pc + 5] === 1) {
            this.push(pc + 8, pos, -1);
            pc = exit;
          } else {
            const memo = code[pc + 7] as number;
            if (memo >= 0) {
              const failed = this.memos[memo] as Uint8Array | null;
              if (failed !== null && ((failed[pos >> 3] as number) & (1 << (pos & 7))) !== 0) pc = exit;
              else {
                this.push(exit + 2, pos, -1);
                pc += 8;
              }
            } else {
              this.push(exit, pos, -1);
              pc += 8;
            }
          }
          break;
        }
        case op.FORGET: {
          const memo = code[pc + 1] as number;
          const failed = (this.memos[memo] ??= new Uint8Array((text.length >> 3) + 1));
          failed[pos >> 3] = (failed[pos >> 3] as number) | (1 << (pos & 7));
          pc = code[pc + 2] as number;
          break;
        }
        case op.ENTER:
          this.set(code[pc + 1] as number, (registers[code[pc + 1] as number] as number) + 1);
          this.set(code[pc + 2] as number, pos);
          pc += 3;
          break;
        case op.ATOMIC: {
          const end = this.run(pc + 2, pos, -1);
          if (end >= 0) {
            pos = end;
            pc = code[pc + 1] as number;
          } else ok = false;
          break;
        }
        case op.AHEAD: {
          const to = this.to;
          if (this.transparent) this.to = text.length;
          const found = this.run(pc + 3, pos, -1) >= 0;
          this.to = to;
          if (found === (code[pc + 2] === 0)) pc = code[pc + 1] as number;
          else ok = false;
          break;
        }
        case op.BEHIND:
          if (this.behind(pc, pos) === (code[pc + 2] === 0)) pc = code[pc + 1] as number;
          else ok = false;
          break;
        case op.REFERENCE: {
          const end = this.reference(code[pc + 1] as number, code[pc + 2] as Fold, pos);
          if (end >= 0) {
            pos = end;
            pc += 3;
          } else ok = false;
          break;
        }
        case op.ANCHOR:
          if (isAnchored(this, op.ANCHORS[code[pc + 1] as number] as Anchor, pos)) pc += 2;
          else ok = false;
          break;
        case op.LINE_BREAK: {
          if (pos >= this.to) {
            this.hitEnd = true;
            ok = false;
            break;
          }
          const c = text.charCodeAt(pos);
          pc += 1;
          if (c === 13) {
            if (pos + 1 < this.to) {
              if (text.charCodeAt(pos + 1) === 10) {
                this.push(pc, pos + 1, -1);
                pos++;
              }
            } else this.hitEnd = true;
            pos++;
          } else if ((c >= 10 && c <= 12) || c === 0x85 || c === 0x2028 || c === 0x2029) pos++;
          else ok = false;
          break;
        }
        case op.GRAPHEME:
          if (pos >= this.to) {
            this.hitEnd = true;
            ok = false;
            break;
          }
          pos = graphemeEnd(text, pos, this.to);
          pc += 1;
          break;
        default:
          throw new Error(`no such instruction: ${code[pc]}`);
      }
      if (ok) continue;

      // Back to the last way that was left open.
      for (;;) {
        if (this.top === base) return -1;
        const stack = this.stack;
        const top = this.top - 3;
        const tag = stack[top] as number,
          a = stack[top + 1] as number,
          b = stack[top + 2] as number;
        if (tag < 0) {
          registers[~tag] = a;
          this.top = top;
          continue;
        }
        if (b === -1) {
          this.top = top;
          pc = tag;
          pos = a;
          break;
        }
        if (b >= 0) {
          // A greedy run gives up its last character.
          const pair = a - 2 >= b && (text.charCodeAt(a - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(a - 2) & 0xfc00) === 0xd800;
          pos = a - (pair ? 2 : 1);
          pc = tag;
          if (pos > b) stack[top + 1] = pos;
          else this.top = top;
          break;
        }
        // A reluctant run takes one more.
        const end = this.one(sets[code[tag + 1] as number] as CharSet, a);
        if (end < 0) {
          this.top = top;
          continue;
        }
        const count = -2 - b + 1;
        if (count === code[tag + 3]) this.top = top;
        else {
          stack[top + 1] = end;
          stack[top + 2] = -2 - count;
        }
        pos = end;
        pc = tag + 4;
        break;
      }
    }
  }

  private atLeast(set: CharSet, pos: number, min: number): number {
    for (let i = 0; i < min; i++) {
      pos = this.one(set, pos);
      if (pos < 0) return -1;
    }
    this.spend(min >> 4);
    return pos;
  }

  private behind(pc: number, pos: number): boolean {
    const { code } = this.program;
    const from = this.from,
      to = this.to;
    const min = code[pc + 3] as number,
      max = code[pc + 4] as number;
    const start = this.transparent ? 0 : from;
    // Lengths are in characters, places in units.
    const least = max < 0 ? start : max < min ? pos : Math.max(pos - 2 * max, start);
    if (this.transparent) {
      this.from = 0;
      this.to = this.text.length;
    }
    let found = false;
    for (let at = pos - min; at >= least && !found; at--) {
      found = this.run(pc + 5, at, pos) >= 0;
    }
    this.from = from;
    this.to = to;
    return found;
  }

  private reference(group: number, fold: Fold, pos: number): number {
    const { text, registers } = this;
    // A group that is not there never matches.
    if (group > this.program.groups) return -1;
    const start = registers[2 * group] as number,
      end = registers[2 * group + 1] as number;
    if (start < 0) return -1;
    const length = end - start;
    this.spend(length >> 4);
    if (pos + length > this.to) {
      this.hitEnd = true;
      return -1;
    }
    for (let i = 0; i < length; i++) {
      const a = text.charCodeAt(start + i),
        b = text.charCodeAt(pos + i);
      if (a !== b && (fold === 0 || foldCodePoint(a, fold) !== foldCodePoint(b, fold))) return -1;
    }
    return pos + length;
  }

  private folded(points: readonly number[], fold: Fold, pos: number): number {
    for (const wanted of points) {
      if (pos >= this.to) {
        this.hitEnd = true;
        return -1;
      }
      const cp = this.text.codePointAt(pos) as number;
      if (foldCodePoint(cp, fold) !== wanted) return -1;
      pos += cp > 0xffff ? 2 : 1;
    }
    return pos;
  }
}
