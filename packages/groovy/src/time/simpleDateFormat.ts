/**
 * The patterns of java.text.SimpleDateFormat: compiled once, then used to write and to read. Reading sets the fields of
 * a Calendar, so that what is missing or out of range means the same as there.
 */
import { JavaThrowable } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import {
  AM_PM,
  DATE,
  DAY_OF_WEEK,
  DAY_OF_WEEK_IN_MONTH,
  DAY_OF_YEAR,
  DST_OFFSET,
  ERA,
  HOUR,
  HOUR_OF_DAY,
  MILLISECOND,
  MINUTE,
  MONTH,
  SECOND,
  WEEK_OF_MONTH,
  WEEK_OF_YEAR,
  weekYear,
  YEAR,
  ZONE_OFFSET,
} from './calendarFields.ts';
import { DAY_MS, floorDiv, floorMod, MONTHS, WEEKDAYS } from './civil.ts';
import { illegalArgument } from './failures.ts';
import { customOffset } from './timeZone.ts';
import { ZONE_NAMES } from './zoneNames.ts';

export type PatternPart = { readonly letter: string; readonly count: number } | { readonly literal: string };

const LETTERS = 'GyMdkHmsSEDFwWahKzZYuXL';

export function compilePattern(pattern: string): PatternPart[] {
  const parts: PatternPart[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') parts.push({ literal });
    literal = '';
  };
  for (let i = 0; i < pattern.length; ) {
    const c = pattern[i] as string;
    if (c === "'") {
      if (pattern[i + 1] === "'") {
        literal += "'";
        i += 2;
        continue;
      }
      let end = i + 1;
      for (; ; end++) {
        if (end >= pattern.length) throw illegalArgument('Unterminated quote');
        if (pattern[end] !== "'") literal += pattern[end];
        else if (pattern[end + 1] === "'") {
          literal += "'";
          end++;
        } else break;
      }
      i = end + 1;
    } else if (/[a-zA-Z]/.test(c)) {
      if (!LETTERS.includes(c)) throw illegalArgument(`Illegal pattern character '${c}'`);
      flush();
      let count = 1;
      while (pattern[i + count] === c) count++;
      if (c === 'X' && count > 3) throw illegalArgument(`invalid ISO 8601 format: length=${count}`);
      parts.push({ letter: c, count });
      i += count;
    } else {
      literal += c;
      i++;
    }
  }
  flush();
  return parts;
}

const two = (n: number): string => String(n).padStart(2, '0');
const SUNDAY_FIRST = [WEEKDAYS[6] as string, ...WEEKDAYS.slice(0, 6)];

export function writePattern(parts: readonly PatternPart[], calendar: JavaCalendar): string {
  let text = '';
  for (const part of parts) text += 'literal' in part ? part.literal : writeField(part.letter, part.count, calendar);
  return text;
}

function writeField(letter: string, count: number, calendar: JavaCalendar): string {
  const fields = calendar.fields();
  const field = (index: number): number => fields[index] as number;
  const number = (value: number): string => (value < 0 ? `-${String(-value).padStart(count, '0')}` : String(value).padStart(count, '0'));
  switch (letter) {
    case 'G':
      return field(ERA) === 1 ? 'AD' : 'BC';
    case 'y':
      return count === 2 ? two(field(YEAR) % 100) : number(field(YEAR));
    case 'Y': {
      const year = weekYear(floorDiv(calendar.ms + field(ZONE_OFFSET) + field(DST_OFFSET), DAY_MS), calendar.week);
      return count === 2 ? two(floorMod(year, 100)) : number(year);
    }
    case 'M':
    case 'L': {
      const name = MONTHS[field(MONTH)] as string;
      return count >= 4 ? name : count === 3 ? name.slice(0, 3) : number(field(MONTH) + 1);
    }
    case 'd':
      return number(field(DATE));
    case 'k':
      return number(field(HOUR_OF_DAY) || 24);
    case 'H':
      return number(field(HOUR_OF_DAY));
    case 'm':
      return number(field(MINUTE));
    case 's':
      return number(field(SECOND));
    case 'S':
      return number(field(MILLISECOND));
    case 'E': {
      const name = SUNDAY_FIRST[field(DAY_OF_WEEK) - 1] as string;
      return count >= 4 ? name : name.slice(0, 3);
    }
    case 'u':
      return number(field(DAY_OF_WEEK) === 1 ? 7 : field(DAY_OF_WEEK) - 1);
    case 'D':
      return number(field(DAY_OF_YEAR));
    case 'F':
      return number(field(DAY_OF_WEEK_IN_MONTH));
    case 'w':
      return number(field(WEEK_OF_YEAR));
    case 'W':
      return number(field(WEEK_OF_MONTH));
    case 'a':
      return field(AM_PM) === 0 ? 'AM' : 'PM';
    case 'h':
      return number(field(HOUR) || 12);
    case 'K':
      return number(field(HOUR));
    case 'z':
      return calendar.zone.displayName(field(DST_OFFSET) !== 0, count >= 4);
  }
  const minutes = (field(ZONE_OFFSET) + field(DST_OFFSET)) / 60_000;
  if (letter === 'X' && minutes === 0) return 'Z';
  const sign = minutes < 0 ? '-' : '+';
  const hour = two(floorDiv(Math.abs(minutes), 60)),
    minute = two(Math.floor(Math.abs(minutes) % 60));
  if (letter === 'Z' || count === 2) return sign + hour + minute;
  return count === 1 ? sign + hour : `${sign}${hour}:${minute}`;
}

const unparseable = (text: string, at: number): JavaThrowable => {
  const failure = new JavaThrowable('java.text.ParseException', `Unparseable date: "${text}"`);
  failure.data = { errorOffset: at };
  return failure;
};

/**
 * Reads the text's beginning (the rest is ignored, as Java does). `calendar` gives zone and leniency and is changed.
 * `centuryStart` (ms) decides what two digits of a year mean. Throws ParseException `Unparseable date: "…"`.
 */
export function readPattern(parts: readonly PatternPart[], text: string, calendar: JavaCalendar, centuryStart: number): number {
  const reader = new Reader(parts, text, calendar, centuryStart);
  return reader.read();
}

class Reader {
  readonly #parts: readonly PatternPart[];
  readonly #text: string;
  readonly #calendar: JavaCalendar;
  readonly #centuryStart: number;
  #at = 0;
  #ambiguousYear = false;

  constructor(parts: readonly PatternPart[], text: string, calendar: JavaCalendar, centuryStart: number) {
    this.#parts = parts;
    this.#text = text;
    this.#calendar = calendar;
    this.#centuryStart = centuryStart;
  }

  read(): number {
    const { lenient } = this.#calendar;
    this.#calendar.clear(null);
    for (let i = 0; i < this.#parts.length; i++) {
      const part = this.#parts[i] as PatternPart;
      if ('literal' in part) {
        for (const c of part.literal.split('')) {
          if (this.#text[this.#at] !== c) throw this.#fail();
          this.#at++;
        }
        continue;
      }
      const next = this.#parts[i + 1];
      const previous = this.#parts[i - 1];
      const abutting = next !== undefined && !('literal' in next);
      // A numeric field right before another field takes as many digits as the pattern has letters.
      const fixed = abutting && !(previous === undefined && next === undefined);
      this.#field(part.letter, part.count, fixed);
    }
    try {
      const ms = this.#calendar.ms;
      if (this.#ambiguousYear && ms < this.#centuryStart) {
        this.#calendar.lenient = true;
        this.#calendar.add(YEAR, 100);
      }
      return this.#calendar.ms;
    } catch (failure) {
      if (failure instanceof JavaThrowable) throw unparseable(this.#text, this.#at);
      throw failure;
    } finally {
      this.#calendar.lenient = lenient;
    }
  }

  #fail(at: number = this.#at): JavaThrowable {
    return unparseable(this.#text, at);
  }

  #number(count: number, fixed: boolean): { value: number; digits: number } {
    const rest = this.#text.slice(this.#at, fixed ? this.#at + count : this.#at + 40);
    const found = /^-?\d+/.exec(rest);
    if (found === null) throw this.#fail();
    this.#at += found[0].length;
    const value = Number(found[0]);
    return { value: Math.abs(value) > 2_147_483_647 ? value | 0 : value, digits: found[0].length };
  }

  /** The longest of the names that the text goes on with. */
  #name(names: readonly string[]): number | null {
    let best = -1;
    names.forEach((name, i) => {
      if (this.#text.slice(this.#at, this.#at + name.length).toLowerCase() === name.toLowerCase() && (best < 0 || name.length > (names[best] as string).length))
        best = i;
    });
    if (best < 0) return null;
    this.#at += (names[best] as string).length;
    return best;
  }

  #field(letter: string, count: number, fixed: boolean): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
    if (this.#at >= this.#text.length) throw this.#fail();
    const calendar = this.#calendar;
    const named = (names: readonly string[]): number => {
      const found = this.#name(names);
      if (found === null) throw this.#fail();
      return found;
    };
    switch (letter) {
      case 'G':
        return calendar.set(ERA, named(['BC', 'AD']));
      case 'M':
      case 'L':
        if (count <= 2) return calendar.set(MONTH, this.#number(count, fixed).value - 1);
        return calendar.set(MONTH, named([...MONTHS, ...MONTHS.map((name) => name.slice(0, 3))]) % 12);
      case 'E':
        return calendar.set(DAY_OF_WEEK, (named([...SUNDAY_FIRST, ...SUNDAY_FIRST.map((name) => name.slice(0, 3))]) % 7) + 1);
      case 'a':
        return calendar.set(AM_PM, named(['AM', 'PM']));
      case 'z':
      case 'Z':
        return this.#zone();
      case 'X':
        return this.#isoZone(count);
    }
    const { value, digits } = this.#number(count, fixed);
    switch (letter) {
      case 'y':
      case 'Y':
        return this.#year(value, digits, count);
      case 'd':
        return calendar.set(DATE, value);
      case 'H':
        return calendar.set(HOUR_OF_DAY, value);
      case 'k':
        return calendar.set(HOUR_OF_DAY, calendar.lenient && value === 24 ? 0 : value);
      case 'K':
        return calendar.set(HOUR, value);
      case 'h':
        return calendar.set(HOUR, value === 12 ? 0 : value);
      case 'm':
        return calendar.set(MINUTE, value);
      case 's':
        return calendar.set(SECOND, value);
      case 'S':
        return calendar.set(MILLISECOND, value);
      case 'u':
        return calendar.set(DAY_OF_WEEK, value === 7 ? 1 : value + 1);
      case 'D':
        return calendar.set(DAY_OF_YEAR, value);
      case 'F':
        return calendar.set(DAY_OF_WEEK_IN_MONTH, value);
      case 'w':
        return calendar.set(WEEK_OF_YEAR, value);
      case 'W':
        return calendar.set(WEEK_OF_MONTH, value);
    }
  }

  #year(value: number, digits: number, count: number): void {
    if (count <= 2 && digits === 2 && value >= 0) {
      const probe = new JavaCalendar(this.#centuryStart, this.#calendar.zone);
      const start = probe.get(YEAR);
      const startInCentury = start % 100;
      this.#ambiguousYear = value === startInCentury;
      value += floorDiv(start, 100) * 100 + (value < startInCentury ? 100 : 0);
    }
    this.#calendar.set(YEAR, value);
  }

  #setOffset(seconds: number, daylight = 0): void {
    this.#calendar.set(ZONE_OFFSET, seconds * 1000);
    this.#calendar.set(DST_OFFSET, daylight * 1000);
  }

  #zone(): void {
    const rest = this.#text.slice(this.#at);
    // As Java: `GMT+h:mm` with a colon, or `+hhmm` without one.
    const custom = /^GMT([+-])(\d{1,2}):(\d{2})/i.exec(rest) ?? /^([+-])(\d{2})(\d{2})/.exec(rest);
    if (custom !== null) {
      const seconds = customOffset(`GMT${custom[1]}${custom[2]}:${custom[3]}`);
      if (seconds === null) throw this.#fail();
      this.#at += custom[0].length;
      return this.#setOffset(seconds);
    }
    if (/^(?:GMT)?[+-]/i.test(rest)) throw this.#fail();
    if (/^GMT/i.test(rest)) {
      this.#at += 3;
      return this.#setOffset(0);
    }
    const found = this.#zoneName(rest);
    if (found === null) throw this.#fail();
    this.#at += found.length;
    this.#setOffset(found.offset, found.daylight);
  }

  /** The calendar's own zone first, then any zone of that name, as Java looks. */
  #zoneName(rest: string): { length: number; offset: number; daylight: number } | null {
    const upper = rest.toLowerCase();
    const starts = (name: string): boolean => upper.startsWith(name.toLowerCase());
    const own = this.#calendar.zone;
    const candidates: [string, { short: string; shortDaylight: string; long: string; longDaylight: string }][] = [];
    const ownNames = ZONE_NAMES.get(own.id);
    if (ownNames !== undefined) candidates.push([own.id, ownNames]);
    for (const entry of ZONE_NAMES) candidates.push(entry);
    for (const [id, names] of candidates) {
      const standard = [names.long, names.short].find(starts);
      const daylight = [names.longDaylight, names.shortDaylight].find(starts);
      if (standard === undefined && daylight === undefined) continue;
      const offset = presentOffset(id);
      if (offset === null) continue;
      if (standard !== undefined && (daylight === undefined || daylight.length <= standard.length)) return { length: standard.length, offset, daylight: 0 };
      return { length: (daylight as string).length, offset, daylight: 3600 };
    }
    return null;
  }

  #isoZone(count: number): void {
    const rest = this.#text.slice(this.#at);
    if (rest[0] === 'Z') {
      this.#at++;
      return this.#setOffset(0);
    }
    const found = (count === 1 ? /^([+-])(\d\d)/ : count === 2 ? /^([+-])(\d\d)(\d\d)/ : /^([+-])(\d\d):(\d\d)/).exec(rest);
    if (found === null || Number(found[2]) > 23 || Number(found[3] ?? 0) > 59) throw this.#fail();
    this.#at += found[0].length;
    this.#setOffset((found[1] === '-' ? -1 : 1) * (Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60));
  }
}

/** The standard offset of a named zone, in seconds, by Intl: January and July's lower one. */
function presentOffset(id: string): number | null {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longOffset' });
  const at = (ms: number): number => {
    const found = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(ms));
    return found?.[1] === undefined ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 3600 + Number(found[3]) * 60);
  };
  return Math.min(at(1_736_899_200_000), at(1_752_537_600_000));
}
