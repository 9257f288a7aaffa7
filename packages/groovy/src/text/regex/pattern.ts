/** java.util.regex.Pattern */

import type { Runtime } from '../../runtime/runtime.ts';
import { JavaObject } from '../../runtime/values.ts';
import type { Budget } from './machine.ts';
import { newBudget } from './machine.ts';
import type { Match, Mode } from './regex.ts';
import { Regex } from './regex.ts';

export class JavaPattern extends JavaObject {
  readonly pattern: string;
  readonly regex: Regex;
  /** Throws PatternSyntaxException. `compiled`: what the same text came to before. */
  constructor(pattern: string, flags = 0, compiled?: Regex) {
    super();
    this.pattern = pattern;
    this.regex = compiled ?? new Regex(pattern, flags);
  }
  get $type(): string {
    return 'java.util.regex.Pattern';
  }
  get flags(): number {
    return this.regex.parsed.flags;
  }
  override javaString(_rt: Runtime): string {
    return this.pattern;
  }

  /** One match over the whole text. */
  match(text: string, start: number, mode: Mode, budget: Budget, lastEnd = start): Match | null {
    return this.regex.match({ text, from: 0, to: text.length, anchoring: true, transparent: false, lastEnd }, start, mode, budget);
  }
  matches(text: string): boolean {
    return this.match(text, 0, 'whole', newBudget()) !== null;
  }

  /** All matches one after the other, as `find()` gives them. */
  *matchesIn(text: string): Generator<Match, void, undefined> {
    const budget = newBudget();
    let start = 0,
      lastEnd = 0;
    while (start <= text.length) {
      const match = this.match(text, start, 'search', budget, lastEnd);
      if (match === null) return;
      yield match;
      lastEnd = match.end;
      start = match.end === match.start ? match.end + 1 : match.end;
    }
  }

  /** `split`: a limit of 0 drops empty parts at the end, a positive one is the most parts there are. */
  split(text: string, limit = 0): string[] {
    const parts: string[] = [];
    let index = 0;
    for (const match of this.matchesIn(text)) {
      // A match of no width at the very start gives no empty part.
      if (index === 0 && match.start === 0 && match.end === 0) continue;
      if (limit > 0 && parts.length === limit - 1) break;
      parts.push(text.slice(index, match.start));
      index = match.end;
    }
    if (index === 0) return [text];
    parts.push(text.slice(index));
    if (limit === 0) while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
    return parts;
  }
}

/** `Pattern.quote` */
export function quote(text: string): string {
  return `\\Q${text.replaceAll('\\E', '\\E\\\\E\\Q')}\\E`;
}
