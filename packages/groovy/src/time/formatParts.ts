/**
 * What a java.time.format.DateTimeFormatter is made of, from a pattern or from Java's named ones. `describe` gives each
 * part Java's own toString.
 */

import { DEFAULT_WEEK, firstWeekStart, weekYear as weekYearOf } from './calendarFields.ts';
import type { ChronoField, TemporalField } from './chrono.ts';
import { DerivedField, FIELD } from './chrono.ts';
import { civilDate, epochDay, floorDiv, isoDayOfWeek } from './civil.ts';
import { illegalArgument } from './failures.ts';

export type Sign = 'NORMAL' | 'EXCEEDS_PAD' | 'NOT_NEGATIVE' | 'NEVER';
export type TextStyle = 'FULL' | 'SHORT' | 'NARROW';
export interface NumberPart {
  readonly kind: 'number';
  readonly field: TemporalField;
  readonly min: number;
  readonly max: number;
  readonly sign: Sign;
  /** Digits that numbers right after this one need; -1 marks a number of fixed width. */
  readonly reserved: number;
  /** Two digits of a year from 2000 on. */
  readonly reduced?: boolean;
}
export type FormatPart =
  | NumberPart
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'fraction'; readonly min: number; readonly max: number; readonly point: boolean }
  | { readonly kind: 'text'; readonly field: ChronoField; readonly style: TextStyle }
  | { readonly kind: 'offset'; readonly pattern: string; readonly zero: string }
  | { readonly kind: 'localOffset'; readonly full: boolean }
  | { readonly kind: 'zoneId' }
  | { readonly kind: 'zoneText'; readonly full: boolean }
  | { readonly kind: 'dayPeriod'; readonly style: TextStyle }
  | { readonly kind: 'instant' }
  | { readonly kind: 'quarter'; readonly style: TextStyle }
  | { readonly kind: 'pad'; readonly width: number; readonly part: FormatPart }
  | { readonly kind: 'optional'; readonly parts: readonly FormatPart[] }
  | { readonly kind: 'case'; readonly sensitive: boolean }
  | { readonly kind: 'strict'; readonly strict: boolean };

export const QUARTER_OF_YEAR = new DerivedField('QuarterOfYear', 1, 4, (day) => floorDiv(civilDate(day).month - 1, 3) + 1);
export const DAY_OF_QUARTER = new DerivedField('DayOfQuarter', 1, 92, (day) => {
  const { year, month } = civilDate(day);
  return day - epochDay(year, month - ((month - 1) % 3), 1) + 1;
});
const isoWeekYear = (day: number): number => civilDate(day - isoDayOfWeek(day) + 4).year;
export const ISO_WEEK_YEAR = new DerivedField('WeekBasedYear', -999_999_999, 999_999_999, isoWeekYear);
export const ISO_WEEK = new DerivedField('WeekOfWeekBasedYear', 1, 53, (day) => {
  const thursday = day - isoDayOfWeek(day) + 4;
  return floorDiv(thursday - epochDay(civilDate(thursday).year, 1, 1), 7) + 1;
});
/** The weeks of the default locale, English: they begin on Sunday, and one day makes a week. */
const LOCAL_WEEK_YEAR = new DerivedField('WeekBasedYear', -999_999_999, 999_999_999, (day) => weekYearOf(day, DEFAULT_WEEK));
const LOCAL_WEEK = new DerivedField(
  'WeekOfWeekBasedYear',
  1,
  53,
  (day) => floorDiv(day - firstWeekStart(epochDay(weekYearOf(day, DEFAULT_WEEK), 1, 1), DEFAULT_WEEK), 7) + 1,
);
const LOCAL_WEEK_OF_MONTH = new DerivedField('WeekOfMonth', 0, 6, (day) => {
  const { year, month } = civilDate(day);
  return floorDiv(day - firstWeekStart(epochDay(year, month, 1), DEFAULT_WEEK), 7) + 1;
});
const LOCAL_DAY_OF_WEEK = new DerivedField('DayOfWeek', 1, 7, (day) => (isoDayOfWeek(day) % 7) + 1);
const MODIFIED_JULIAN_DAY = new DerivedField('ModifiedJulianDay', -365_243_178_575, 365_241_821_058, (day) => day + 40_587);

const NUMBER_FIELDS: Readonly<Record<string, ChronoField>> = {
  d: FIELD.DAY_OF_MONTH,
  D: FIELD.DAY_OF_YEAR,
  h: FIELD.CLOCK_HOUR_OF_AMPM,
  H: FIELD.HOUR_OF_DAY,
  k: FIELD.CLOCK_HOUR_OF_DAY,
  K: FIELD.HOUR_OF_AMPM,
  m: FIELD.MINUTE_OF_HOUR,
  s: FIELD.SECOND_OF_MINUTE,
  F: FIELD.ALIGNED_WEEK_OF_MONTH,
  n: FIELD.NANO_OF_SECOND,
  A: FIELD.MILLI_OF_DAY,
  N: FIELD.NANO_OF_DAY,
};

const tooMany = (letter: string): Error => illegalArgument(`Too many pattern letters: ${letter}`);

/** Collects parts; numbers that touch share their digits out as Java's builder does ("adjacent value parsing"). */
export class PartList {
  readonly parts: FormatPart[] = [];
  #active = -1;

  add(part: FormatPart): this {
    this.#active = -1;
    this.parts.push(part);
    return this;
  }
  literal(text: string): this {
    return text === '' ? this : this.add({ kind: 'literal', text });
  }

  number(field: TemporalField, min: number, max: number, sign: Sign, reduced = false): this {
    this.#adjacent({ kind: 'number', field, min, max, sign, reserved: 0, ...(reduced ? { reduced } : {}) }, min === max && sign === 'NOT_NEGATIVE');
    return this;
  }
  fixed(field: TemporalField, width: number): this {
    return this.number(field, width, width, 'NOT_NEGATIVE');
  }
  fraction(min: number, max: number, point: boolean): this {
    const part: FormatPart = { kind: 'fraction', min, max, point };
    if (min !== max || point || this.#active < 0) return this.add(part);
    this.#reserve(max);
    this.parts.push(part);
    return this;
  }

  #reserve(width: number): void {
    const active = this.parts[this.#active] as NumberPart;
    this.parts[this.#active] = { ...active, reserved: active.reserved + width };
  }
  #adjacent(part: NumberPart, fixed: boolean): void {
    if (this.#active >= 0) {
      const active = this.parts[this.#active] as NumberPart;
      if (fixed || part.reduced === true) {
        this.parts[this.#active] = { ...active, reserved: active.reserved + part.max };
        this.parts.push({ ...part, reserved: -1 });
        return;
      }
      if (active.min === active.max && active.sign === 'NOT_NEGATIVE') this.parts[this.#active] = { ...active, reserved: -1 };
    }
    this.#active = this.parts.length;
    this.parts.push(part);
  }
}

/** Reads a pattern of `DateTimeFormatter.ofPattern`. Throws IllegalArgumentException with Java's messages. */
export function compileFormat(pattern: string): FormatPart[] {
  const levels: PartList[] = [new PartList()];
  const list = (): PartList => levels[levels.length - 1] as PartList;
  let pad = 0;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] as string;
    if (/[a-zA-Z]/.test(c)) {
      let count = 1;
      while (pattern[i + count] === c) count++;
      i += count - 1;
      if (c === 'p') {
        const next = pattern[i + 1] ?? '';
        if (!/[a-zA-Z]/.test(next)) throw illegalArgument(`Pad letter 'p' must be followed by valid pad pattern: ${pattern}`);
        pad = count;
        continue;
      }
      if (pad > 0) {
        const inner = new PartList();
        addLetter(inner, c, count);
        list().add({ kind: 'pad', width: pad, part: inner.parts[0] as FormatPart });
        pad = 0;
      } else addLetter(list(), c, count);
    } else if (c === "'") {
      let text = '';
      let end = i + 1;
      for (; end < pattern.length; end++) {
        if (pattern[end] !== "'") text += pattern[end];
        else if (pattern[end + 1] === "'") text += pattern[end++];
        else break;
      }
      if (end >= pattern.length) throw illegalArgument(`Pattern ends with an incomplete string literal: ${pattern}`);
      list().literal(text === '' ? "'" : text);
      i = end;
    } else if (c === '[') levels.push(new PartList());
    else if (c === ']') {
      if (levels.length === 1) throw illegalArgument('Pattern invalid as it contains ] without previous [');
      const { parts } = levels.pop() as PartList;
      if (parts.length > 0) list().add({ kind: 'optional', parts });
    } else if (c === '{' || c === '}' || c === '#') throw illegalArgument(`Pattern includes reserved character: '${c}'`);
    else list().literal(c);
  }
  while (levels.length > 1) {
    const { parts } = levels.pop() as PartList;
    if (parts.length > 0) list().add({ kind: 'optional', parts });
  }
  return list().parts;
}

function addLetter(list: PartList, letter: string, count: number): void {
  const text = (field: ChronoField, style: TextStyle): PartList => list.add({ kind: 'text', field, style });
  const styled = (field: ChronoField): PartList => {
    if (count > 5) throw tooMany(letter);
    return text(field, count === 4 ? 'FULL' : count === 5 ? 'NARROW' : 'SHORT');
  };
  switch (letter) {
    case 'u':
    case 'y':
    case 'Y': {
      const field = letter === 'u' ? FIELD.YEAR : letter === 'y' ? FIELD.YEAR_OF_ERA : LOCAL_WEEK_YEAR;
      if (count === 2) list.number(field, 2, 2, 'NOT_NEGATIVE', true);
      else if (count < 4) list.number(field, count, 19, 'NORMAL');
      else list.number(field, count, 19, 'EXCEEDS_PAD');
      return;
    }
    case 'G':
      styled(FIELD.ERA);
      return;
    case 'E':
      styled(FIELD.DAY_OF_WEEK);
      return;
    case 'M':
    case 'L':
      if (count === 1) list.number(FIELD.MONTH_OF_YEAR, 1, 19, 'NORMAL');
      else if (count === 2) list.fixed(FIELD.MONTH_OF_YEAR, 2);
      else styled(FIELD.MONTH_OF_YEAR);
      return;
    case 'Q':
    case 'q':
      if (count <= 2) list.number(QUARTER_OF_YEAR, count, count === 1 ? 19 : 2, count === 1 ? 'NORMAL' : 'NOT_NEGATIVE');
      else if (count <= 5) list.add({ kind: 'quarter', style: count === 4 ? 'FULL' : count === 5 ? 'NARROW' : 'SHORT' });
      else throw tooMany(letter);
      return;
    case 'e':
    case 'c':
      if (count >= 3) {
        styled(FIELD.DAY_OF_WEEK);
        return;
      }
      if (letter === 'c' && count === 2) throw illegalArgument('Invalid pattern "cc"');
      list.number(LOCAL_DAY_OF_WEEK, count, 2, 'NOT_NEGATIVE');
      return;
    case 'w':
      if (count > 2) throw tooMany(letter);
      list.number(LOCAL_WEEK, count, 2, 'NOT_NEGATIVE');
      return;
    case 'W':
      if (count > 1) throw tooMany(letter);
      list.number(LOCAL_WEEK_OF_MONTH, 1, 2, 'NOT_NEGATIVE');
      return;
    case 'a':
      if (count > 1) throw tooMany(letter);
      text(FIELD.AMPM_OF_DAY, 'SHORT');
      return;
    case 'B':
      if (count !== 1 && count !== 4 && count !== 5) throw illegalArgument(`Wrong number of pattern letters: B`);
      list.add({ kind: 'dayPeriod', style: count === 4 ? 'FULL' : count === 5 ? 'NARROW' : 'SHORT' });
      return;
    case 'S':
      list.fraction(count, count, false);
      return;
    case 'g':
      list.number(MODIFIED_JULIAN_DAY, count, 19, 'NORMAL');
      return;
    case 'V':
      if (count !== 2) throw illegalArgument('Pattern letter count must be 2: V');
      list.add({ kind: 'zoneId' });
      return;
    case 'v':
      if (count !== 1 && count !== 4) throw illegalArgument('Wrong number of pattern letters: v');
      list.add({ kind: 'zoneText', full: count === 4 });
      return;
    case 'z':
      if (count > 4) throw tooMany(letter);
      list.add({ kind: 'zoneText', full: count === 4 });
      return;
    case 'O':
      if (count !== 1 && count !== 4) throw illegalArgument('Pattern letter count must be 1 or 4: O');
      list.add({ kind: 'localOffset', full: count === 4 });
      return;
    case 'X':
    case 'x': {
      if (count > 5) throw tooMany(letter);
      const pattern = ['+HHmm', '+HHMM', '+HH:MM', '+HHMMss', '+HH:MM:ss'][count - 1] as string;
      list.add({ kind: 'offset', pattern, zero: letter === 'X' ? 'Z' : count === 1 ? '+00' : count % 2 === 0 ? '+0000' : '+00:00' });
      return;
    }
    case 'Z':
      if (count > 5) throw tooMany(letter);
      if (count === 4) list.add({ kind: 'localOffset', full: true });
      else list.add(count === 5 ? { kind: 'offset', pattern: '+HH:MM:ss', zero: 'Z' } : { kind: 'offset', pattern: '+HHMM', zero: '+0000' });
      return;
  }
  const field = NUMBER_FIELDS[letter];
  if (field === undefined) throw illegalArgument(`Unknown pattern letter: ${letter}`);
  if (letter === 'D') {
    if (count > 3) throw tooMany(letter);
    list.number(field, count, 3, 'NOT_NEGATIVE');
  } else if (letter === 'F') {
    if (count > 1) throw tooMany(letter);
    list.number(field, 1, 1, 'NORMAL');
  } else if ('nAN'.includes(letter)) list.number(field, count, 19, 'NOT_NEGATIVE');
  else if (count === 1) list.number(field, 1, 19, 'NORMAL');
  else if (count === 2) list.fixed(field, 2);
  else throw tooMany(letter);
}

const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;

/** Java's `DateTimeFormatter.toString()`. */
export function describe(parts: readonly FormatPart[]): string {
  return parts.map(describePart).join('');
}
function describePart(part: FormatPart): string {
  switch (part.kind) {
    case 'number':
      if (part.reduced === true) return `ReducedValue(${part.field.text},2,2,2000-01-01)`;
      if (part.min === 1 && part.max === 19 && part.sign === 'NORMAL') return `Value(${part.field.text})`;
      if (part.min === part.max && part.sign === 'NOT_NEGATIVE') return `Value(${part.field.text},${part.min})`;
      return `Value(${part.field.text},${part.min},${part.max},${part.sign})`;
    case 'literal':
      return part.text === "'" ? "''" : quoted(part.text);
    case 'fraction':
      return `Fraction(NanoOfSecond,${part.min},${part.max}${part.point ? ',DecimalPoint' : ''})`;
    case 'text':
      return part.style === 'FULL' ? `Text(${part.field.text})` : `Text(${part.field.text},${part.style})`;
    case 'offset':
      return `Offset(${part.pattern},${quoted(part.zero)})`;
    case 'localOffset':
      return `LocalizedOffset(${part.full ? 'FULL' : 'SHORT'})`;
    case 'zoneId':
      return 'ZoneId()';
    case 'zoneText':
      return `ZoneText(${part.full ? 'FULL' : 'SHORT'})`;
    case 'dayPeriod':
      return `DayPeriod(${part.style})`;
    case 'instant':
      return 'Instant()';
    case 'quarter':
      return part.style === 'FULL' ? 'Text(QuarterOfYear)' : `Text(QuarterOfYear,${part.style})`;
    case 'pad':
      return `Pad(${describePart(part.part)},${part.width})`;
    case 'optional':
      return `[${describe(part.parts)}]`;
    case 'case':
      return `ParseCaseSensitive(${part.sensitive})`;
    case 'strict':
      return `ParseStrict(${part.strict})`;
  }
}
