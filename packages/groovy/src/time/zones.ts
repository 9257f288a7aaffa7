/**
 * The rules of time zones: which offset holds when. The transitions come from the language's own Intl tables; they
 * are found once a year and zone, by sampling and bisection, so that a lookup is a short walk over a few numbers.
 */
import type { Runtime, World } from '../runtime/runtime.ts';
import { civilDate, epochDay, floorDiv, floorMod } from './civil.ts';
import { OLD_IDS, ZONE_NAMES } from './zoneNames.ts';

/** What holds from `start` (seconds since 1970) on. */
interface Span {
  readonly start: number;
  readonly offset: number;
}

export interface ZoneRules {
  /** Seconds to add to UTC at that second since 1970. */
  offsetAt(epochSecond: number): number;
  /** The part of the offset that is daylight saving. */
  daylightAt(epochSecond: number): number;
  /** The offset without daylight saving in force today. */
  readonly standardOffset: number;
  /** Daylight saving that the zone's present rules apply; 0 where they have none. */
  readonly presentDaylight: number;
  readonly fixed: boolean;
}

export class FixedRules implements ZoneRules {
  readonly standardOffset: number;
  readonly presentDaylight = 0;
  readonly fixed = true;
  constructor(offset: number) {
    this.standardOffset = offset;
  }
  offsetAt(): number {
    return this.standardOffset;
  }
  daylightAt(): number {
    return 0;
  }
}

const SAMPLE_SECONDS = 10 * 86_400;
/** Years with rules of their own; later ones repeat after 400 years, earlier ones had local mean time. */
const FIRST_YEAR = 1800,
  LAST_YEAR = 2399;
/** A year whose rules are taken for those of the present. */
const PRESENT_YEAR = 2030;

class RegionRules implements ZoneRules {
  readonly #clock: Intl.DateTimeFormat;
  readonly #years = new Map<number, readonly Span[]>();
  readonly fixed = false;
  constructor(id: string) {
    this.#clock = new Intl.DateTimeFormat('en-US', {
      timeZone: id,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  offsetAt(epochSecond: number): number {
    let year = civilDate(floorDiv(epochSecond, 86_400)).year;
    let at = epochSecond;
    if (year > LAST_YEAR) {
      const cycles = floorDiv(year - 2000, 400);
      year -= cycles * 400;
      at -= cycles * 146_097 * 86_400;
    } else if (year < FIRST_YEAR) {
      year = FIRST_YEAR;
    }
    const spans = this.#spans(year);
    for (let i = spans.length - 1; i > 0; i--) if ((spans[i] as Span).start <= at) return (spans[i] as Span).offset;
    return (spans[0] as Span).offset;
  }

  /** The lowest offset of the year counts as the standard one. */
  daylightAt(epochSecond: number): number {
    const year = Math.min(LAST_YEAR, Math.max(FIRST_YEAR, civilDate(floorDiv(epochSecond, 86_400)).year));
    return this.offsetAt(epochSecond) - Math.min(...this.#spans(year).map((span) => span.offset));
  }

  get standardOffset(): number {
    return Math.min(...this.#spans(PRESENT_YEAR).map((span) => span.offset));
  }
  get presentDaylight(): number {
    return Math.max(...this.#spans(PRESENT_YEAR).map((span) => span.offset)) - this.standardOffset;
  }

  #spans(year: number): readonly Span[] {
    const known = this.#years.get(year);
    if (known !== undefined) return known;
    const end = epochDay(year + 1, 1, 1) * 86_400;
    let at = epochDay(year, 1, 1) * 86_400;
    let offset = this.#measure(at);
    const spans: Span[] = [{ start: at, offset }];
    while (at < end) {
      const next = Math.min(end, at + SAMPLE_SECONDS);
      const there = this.#measure(next);
      if (there !== offset) {
        let low = at,
          high = next;
        while (high - low > 1) {
          const middle = Math.floor((low + high) / 2);
          if (this.#measure(middle) === offset) low = middle;
          else high = middle;
        }
        if (high < end) spans.push({ start: high, offset: this.#measure(high) });
        offset = there;
      }
      at = next;
    }
    this.#years.set(year, spans);
    return spans;
  }

  #measure(epochSecond: number): number {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (this.#clock.format(epochSecond * 1000).match(/\d+/g) ?? []).map(Number);
    return epochDay(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - epochSecond;
  }
}

/**
 * The offsets that a wall-clock time (seconds as if it were UTC) may have: one, or two. Where clocks went back both are
 * right (`overlap`), where they went forward neither is (`gap`); the first is the one that held before.
 */
export function localOffsets(rules: ZoneRules, local: number): { kind: 'one' | 'gap' | 'overlap'; before: number; after: number } {
  const before = rules.offsetAt(local - 86_400 - 50_400),
    after = rules.offsetAt(local + 86_400 + 50_400);
  const fits = (offset: number): boolean => rules.offsetAt(local - offset) === offset;
  if (before === after && fits(before)) return { kind: 'one', before, after };
  const early = fits(before),
    late = fits(after);
  if (early && late) return { kind: 'overlap', before, after };
  if (early) return { kind: 'one', before, after: before };
  if (late) return { kind: 'one', before: after, after };
  return { kind: 'gap', before, after };
}

/** Rules once looked up. They belong to one build's world and end with it. */
const CACHES = new WeakMap<World, Map<string, ZoneRules>>();

/** The rules of an id that `ZONE_NAMES` lists; null for others. */
export function regionRules(rt: Runtime, id: string): ZoneRules | null {
  if (!ZONE_NAMES.has(id)) return null;
  let cache = CACHES.get(rt.world);
  if (cache === undefined) CACHES.set(rt.world, (cache = new Map()));
  let rules = cache.get(id);
  if (rules === undefined) {
    rules = isUtc(id) ? new FixedRules(0) : new RegionRules(id);
    cache.set(id, rules);
  }
  return rules;
}

export function isUtc(id: string): boolean {
  return /^(Etc\/)?(UTC|UCT|GMT|GMT0|Zulu|Universal|Greenwich|GMT[+-]0)$/.test(id);
}
export const isRegionId = (id: string): boolean => ZONE_NAMES.has(id) && !OLD_IDS.has(id);

/** `+08:00`, with seconds where there are some; `zero` for offset 0. */
export function offsetText(seconds: number, zero: string): string {
  if (seconds === 0) return zero;
  const abs = Math.abs(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const rest = floorMod(abs, 60);
  return `${seconds < 0 ? '-' : '+'}${two(floorDiv(abs, 3600))}:${two(floorDiv(abs, 60) % 60)}${rest === 0 ? '' : `:${two(rest)}`}`;
}
