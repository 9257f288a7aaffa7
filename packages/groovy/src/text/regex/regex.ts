/**
 * A compiled pattern: parsed when made (so its errors come at once), made ready for one of the two engines when first
 * used. Whichever runs, the answers are the same.
 */

import type { Budget, Input } from './machine.ts';
import { Machine } from './machine.ts';
import { parsePattern } from './parser.ts';
import type { Program } from './program.ts';
import { compile } from './program.ts';
import type { ParsedPattern } from './syntax.ts';
import type { Translation } from './translate.ts';
import { isAffordable, translate } from './translate.ts';

/** What a match captured. Group 0 is the whole of it. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** null where the group took no part. */
  group(index: number): string | null;
  /** -1 where the group took no part. */
  startOf(index: number): number;
  endOf(index: number): number;
}

interface Fast {
  readonly translation: Translation;
  readonly search: RegExp;
  readonly at: RegExp;
  readonly whole: RegExp;
}

/** How a match is looked for: anywhere from the start on, at the start, at the start and up to the end. */
export type Mode = 'search' | 'at' | 'whole';

export class Regex {
  readonly pattern: string;
  readonly parsed: ParsedPattern;
  private program: Program | null = null;
  /** undefined: not looked at yet. */
  private fast: Fast | null | undefined;

  /** Throws PatternSyntaxException. */
  constructor(pattern: string, flags = 0) {
    this.pattern = pattern;
    this.parsed = parsePattern(pattern, flags);
  }
  get groups(): number {
    return this.parsed.groups;
  }

  match(input: Input, start: number, mode: Mode, budget: Budget): Match | null {
    if (input.from === 0 && input.to === input.text.length && start <= input.to) {
      const found = this.matchFast(input.text, start, mode);
      if (found !== undefined) return found;
    }
    return this.matchSlowly(input, start, mode, budget);
  }

  /** Whether that match looks at the end of the text, as Matcher.hitEnd() tells. */
  hitsEnd(input: Input, start: number, mode: Mode, budget: Budget): boolean {
    const machine = this.machine(input, budget);
    if (mode === 'search') machine.search(start);
    else machine.matchAt(start, mode === 'whole');
    return machine.hitEnd;
  }

  private machine(input: Input, budget: Budget): Machine {
    this.program ??= compile(this.parsed);
    return new Machine(this.program, this.pattern, input, budget);
  }

  /** The match of Java's own rules, without the fast way. */
  matchSlowly(input: Input, start: number, mode: Mode, budget: Budget): Match | null {
    const machine = this.machine(input, budget);
    const found = mode === 'search' ? machine.search(start) : machine.matchAt(start, mode === 'whole');
    return found ? new MachineMatch(input.text, machine.registers) : null;
  }

  /** undefined where the fast way can't be gone. */
  private matchFast(text: string, start: number, mode: Mode): Match | null | undefined {
    if (this.fast === undefined) this.fast = this.prepare();
    const { fast } = this;
    if (fast === null || !isAffordable(fast.translation, text.length - start, mode === 'search')) return undefined;
    if (fast.translation.asciiOnly ? /[^\x00-\x7f]/.test(text) : /[\ud800-\udfff]/.test(text)) return undefined;
    const expression = fast[mode];
    expression.lastIndex = start;
    let found: RegExpExecArray | null;
    try {
      found = expression.exec(text);
    } catch {
      return undefined;
    } // its stack was too small
    return found === null ? null : new NativeMatch(this, text, found);
  }
  private prepare(): Fast | null {
    const translation = translate(this.parsed);
    if (translation === null) return null;
    try {
      return {
        translation,
        search: new RegExp(translation.source, 'g'),
        at: new RegExp(translation.source, 'y'),
        whole: new RegExp(`(?:${translation.source})(?![^])`, 'y'),
      };
    } catch {
      return null;
    } // too large for V8
  }
}

class MachineMatch implements Match {
  private readonly text: string;
  private readonly registers: Int32Array;
  constructor(text: string, registers: Int32Array) {
    this.text = text;
    this.registers = registers;
  }
  get start(): number {
    return this.registers[0] as number;
  }
  get end(): number {
    return this.registers[1] as number;
  }
  startOf(index: number): number {
    return this.registers[2 * index] as number;
  }
  endOf(index: number): number {
    return this.startOf(index) < 0 ? -1 : (this.registers[2 * index + 1] as number);
  }
  group(index: number): string | null {
    const start = this.startOf(index);
    return start < 0 ? null : this.text.slice(start, this.endOf(index));
  }
}

/** Groups' positions are rarely asked for, and V8 is slow in noting them: they are found then, by the own engine. */
class NativeMatch implements Match {
  private readonly regex: Regex;
  private readonly text: string;
  private readonly found: RegExpExecArray;
  private exact: Match | null = null;
  constructor(regex: Regex, text: string, found: RegExpExecArray) {
    this.regex = regex;
    this.text = text;
    this.found = found;
  }
  get start(): number {
    return this.found.index;
  }
  get end(): number {
    return this.found.index + this.found[0].length;
  }
  group(index: number): string | null {
    return this.found[index] ?? null;
  }
  startOf(index: number): number {
    return index === 0 ? this.start : this.places().startOf(index);
  }
  endOf(index: number): number {
    return index === 0 ? this.end : this.places().endOf(index);
  }
  private places(): Match {
    if (this.exact === null) {
      const { text } = this;
      const whole: Input = { text, from: 0, to: text.length, anchoring: true, transparent: false, lastEnd: -1 };
      this.exact = this.regex.matchSlowly(whole, this.start, 'at', { left: Infinity }) as Match;
    }
    return this.exact;
  }
}
