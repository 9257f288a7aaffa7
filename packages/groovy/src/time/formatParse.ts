/** Reading a text with a DateTimeFormatter into fields; formatResolve.ts makes dates and times of them. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import type { ChronoField, TemporalField } from './chrono.ts';
import { FIELD } from './chrono.ts';
import { epochDay, monthLength } from './civil.ts';
import { parseFailure } from './failures.ts';
import type { FormatPart, NumberPart, TextStyle } from './formatParts.ts';
import { QUARTER_OF_YEAR } from './formatParts.ts';
import { Parsed, resolve } from './formatResolve.ts';
import type { DateTimeFormatter } from './formatter.ts';
import { fieldText } from './formatter.ts';
import { zoneId, zoneOffsetOf } from './zoned.ts';
import { OLD_IDS, ZONE_NAMES } from './zoneNames.ts';

/** A place that no part could read past. */
class Mismatch {
  readonly at: number;
  constructor(at: number) {
    this.at = at;
  }
}

/** Reads the whole text. Throws DateTimeParseException. */
export function parseWith(rt: Runtime, formatter: DateTimeFormatter, text: string): Parsed {
  const reader = new Reader(rt, text);
  const end = reader.all(formatter.parts, 0);
  if (end instanceof Mismatch) throw parseFailure(text, ` at index ${end.at}`);
  if (end < text.length) throw parseFailure(text, `, unparsed text found at index ${end}`);
  try {
    return resolve(reader.found, formatter);
  } catch (failure) {
    throw wrapped(text, failure);
  }
}

/** `X.parse`: reads, then makes the result an X; a failure to do so names the text. */
export function parseTo<T extends Value>(rt: Runtime, formatter: DateTimeFormatter, text: string, from: (parsed: Parsed) => T): T {
  const parsed = parseWith(rt, formatter, text);
  try {
    return from(parsed);
  } catch (failure) {
    throw wrapped(text, failure);
  }
}
function wrapped(text: string, failure: unknown): unknown {
  if (!(failure instanceof JavaThrowable)) return failure;
  if (failure.typeName === 'java.time.format.DateTimeParseException') return failure;
  return parseFailure(text, `: ${failure.detail}`, failure);
}

class Reader {
  readonly #rt: Runtime;
  readonly #text: string;
  found = new Parsed();
  #sensitive = true;
  #strict = true;

  constructor(rt: Runtime, text: string) {
    this.#rt = rt;
    this.#text = text;
  }

  all(parts: readonly FormatPart[], at: number): number | Mismatch {
    for (const part of parts) {
      const end = this.#part(part, at);
      if (end instanceof Mismatch) return end;
      at = end;
    }
    return at;
  }

  #starts(expected: string, at: number): boolean {
    const actual = this.#text.slice(at, at + expected.length);
    return this.#sensitive ? actual === expected : actual.toLowerCase() === expected.toLowerCase();
  }
  /** Two parts that disagree about a field are a mismatch at the later one's start. */
  #set(field: TemporalField, value: number, at: number, end: number): number | Mismatch {
    const old = this.found.fields.get(field);
    this.found.fields.set(field, value);
    return old !== undefined && old !== value ? new Mismatch(at) : end;
  }

  #part(part: FormatPart, at: number): number | Mismatch {
    switch (part.kind) {
      case 'literal':
        return this.#starts(part.text, at) ? at + part.text.length : new Mismatch(at);
      case 'number':
        return this.#number(part, at);
      case 'fraction':
        return this.#fraction(part, at);
      case 'text':
        return this.#named(part.field, part.style, at);
      case 'quarter': {
        const found = /^(?:Q([1-4])|([1-4])(?:st|nd|rd|th) quarter)/.exec(this.#text.slice(at));
        return found === null ? new Mismatch(at) : this.#set(QUARTER_OF_YEAR, Number(found[1] ?? found[2]), at, at + found[0].length);
      }
      case 'offset':
        return this.#offset(part.pattern, part.zero, at);
      case 'localOffset':
        return this.#localOffset(at);
      case 'zoneId':
        return this.#zoneId(at);
      case 'zoneText':
        return this.#zoneText(at);
      case 'dayPeriod':
        return new Mismatch(at);
      case 'instant':
        return this.#instant(at);
      case 'pad':
        return this.#padded(part.part, part.width, at);
      case 'optional': {
        const before = this.found;
        const copy = new Parsed();
        for (const [field, value] of before.fields) copy.fields.set(field, value);
        copy.zone = before.zone;
        copy.excessDays = before.excessDays;
        this.found = copy;
        const end = this.all(part.parts, at);
        if (!(end instanceof Mismatch)) return end;
        this.found = before;
        return at;
      }
      case 'case':
        this.#sensitive = part.sensitive;
        return at;
      case 'strict':
        this.#strict = part.strict;
        return at;
    }
  }

  #number(part: NumberPart, start: number): number | Mismatch {
    const text = this.#text;
    if (start >= text.length) return new Mismatch(start);
    let at = start;
    const mark = text[at];
    let negative = false,
      positive = false;
    const fixed =
      part.reserved === -1 || (part.min === part.max && part.sign === 'NOT_NEGATIVE' && part.reserved > 0) || (part.reduced === true && part.reserved === -1);
    if (mark === '+') {
      if (part.sign === 'NEVER' || part.sign === 'NOT_NEGATIVE' || (part.sign === 'NORMAL' && this.#strict)) return new Mismatch(at);
      positive = true;
      at++;
    } else if (mark === '-') {
      if (part.sign === 'NEVER' || part.sign === 'NOT_NEGATIVE') return new Mismatch(at);
      negative = true;
      at++;
    }
    const least = this.#strict || fixed ? part.min : 1;
    const most = (this.#strict || fixed ? part.max : 9) + Math.max(part.reserved, 0);
    let digits = /^\d*/.exec(text.slice(at, at + most))?.[0] ?? '';
    if (digits.length < least) return new Mismatch(at);
    if (part.reserved > 0) digits = digits.slice(0, Math.max(least, digits.length - part.reserved));
    if (digits.length > 15) return new Mismatch(start);
    let value = Number(digits);
    if (negative) {
      if (value === 0 && this.#strict) return new Mismatch(at - 1);
      value = -value;
    } else if (part.sign === 'EXCEEDS_PAD' && this.#strict) {
      if (positive ? digits.length <= part.min : digits.length > part.min) return new Mismatch(positive ? at - 1 : at);
    }
    if (part.reduced === true && digits.length === 2) value += 2000;
    return this.#set(part.field, value, start, at + digits.length);
  }

  #fraction(part: { min: number; max: number; point: boolean }, start: number): number | Mismatch {
    let at = start;
    const least = this.#strict || (part.min === part.max && !part.point) ? part.min : 0;
    const most = this.#strict || (part.min === part.max && !part.point) ? part.max : 9;
    if (at === this.#text.length) return least > 0 ? new Mismatch(at) : at;
    if (part.point) {
      if (this.#text[at] !== '.') return least > 0 ? new Mismatch(at) : at;
      at++;
    }
    const digits = /^\d*/.exec(this.#text.slice(at, at + most))?.[0] ?? '';
    if (digits.length < least) return new Mismatch(at);
    return this.#set(FIELD.NANO_OF_SECOND, Number(digits.padEnd(9, '0')), at, at + digits.length);
  }

  #named(field: ChronoField, style: TextStyle, at: number): number | Mismatch {
    if (at > this.#text.length) return new Mismatch(at);
    const styles: readonly TextStyle[] = this.#strict ? [style] : ['FULL', 'SHORT', 'NARROW'];
    let best: { value: number; length: number } | null = null;
    for (const shape of styles) {
      for (let value = field.min; value <= field.max; value++) {
        const name = fieldText(field, value, shape);
        if (name !== null && this.#starts(name, at) && (best === null || name.length > best.length)) best = { value, length: name.length };
      }
    }
    if (best !== null) return this.#set(field, best.value, at, at + best.length);
    if (this.#strict) return new Mismatch(at);
    return this.#number({ kind: 'number', field, min: 1, max: 19, sign: 'NORMAL', reserved: 0 }, at);
  }

  #offset(pattern: string, zero: string, at: number): number | Mismatch {
    const rest = this.#text.slice(at);
    const colon = pattern.includes(':') ? ':' : '';
    const minute = pattern.includes('MM') ? `${colon}(\\d\\d)` : pattern.includes('mm') ? `(?:${colon}(\\d\\d))?` : '()';
    const second = pattern.includes('ss') ? `(?:${colon}(\\d\\d))?` : '()';
    const found = this.#strict ? new RegExp(`^([+-])(\\d\\d)${minute}${second}`).exec(rest) : /^([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?/.exec(rest);
    if (found !== null && Number(found[3] ?? 0) <= 59 && Number(found[4] ?? 0) <= 59) {
      const seconds = (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0));
      return this.#set(FIELD.OFFSET_SECONDS, seconds, at, at + found[0].length);
    }
    if (zero !== '' && this.#starts(zero, at)) return this.#set(FIELD.OFFSET_SECONDS, 0, at, at + zero.length);
    return new Mismatch(at);
  }

  #localOffset(at: number): number | Mismatch {
    if (!this.#starts('GMT', at)) return new Mismatch(at);
    const found = /^([+-])(\d\d?)(?::(\d\d)(?::(\d\d))?)?/.exec(this.#text.slice(at + 3));
    if (found === null) return this.#set(FIELD.OFFSET_SECONDS, 0, at, at + 3);
    const seconds = (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0));
    return this.#set(FIELD.OFFSET_SECONDS, seconds, at, at + 3 + found[0].length);
  }

  #zoneId(at: number): number | Mismatch {
    const rest = this.#text.slice(at);
    const offset = /^(UTC|GMT|UT)?([+-])(\d\d?)(?::?(\d\d)(?::?(\d\d))?)?/.exec(rest);
    if (offset !== null) {
      const sign = offset[2] === '-' ? -1 : 1;
      try {
        const zone = zoneOffsetOf(sign * Number(offset[3]), sign * Number(offset[4] ?? 0) || 0, sign * Number(offset[5] ?? 0) || 0);
        this.found.zone = offset[1] === undefined ? zone : zoneId(this.#rt, offset[1] + (zone.seconds === 0 ? '' : zone.id));
        return at + offset[0].length;
      } catch {
        return new Mismatch(at);
      }
    }
    for (let word = /^[A-Za-z][A-Za-z0-9~/._+-]{0,40}/.exec(rest)?.[0] ?? ''; word !== ''; word = word.slice(0, -1)) {
      if (word === 'Z' || ((ZONE_NAMES.has(word) || word === 'UT') && !OLD_IDS.has(word))) {
        this.found.zone = zoneId(this.#rt, word);
        return at + word.length;
      }
    }
    return new Mismatch(at);
  }

  #zoneText(at: number): number | Mismatch {
    let best: { id: string; length: number } | null = null;
    for (const [id, names] of ZONE_NAMES) {
      if (OLD_IDS.has(id)) continue;
      for (const name of [names.short, names.shortDaylight, names.long, names.longDaylight]) {
        if (!this.#starts(name, at)) continue;
        const better = best === null || name.length > best.length || (name.length === best.length && preferred(id, best.id));
        if (better) best = { id, length: name.length };
      }
    }
    const byId = this.#zoneId(at);
    if (byId instanceof Mismatch || (best !== null && at + best.length >= byId)) {
      if (best === null) return byId;
      this.found.zone = zoneId(this.#rt, best.id);
      return at + best.length;
    }
    return byId;
  }

  #instant(at: number): number | Mismatch {
    const found = /^([+-]?\d{4,10})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{0,9}))?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)/i.exec(this.#text.slice(at));
    if (found === null) return new Mismatch(at + this.#instantMismatch(this.#text.slice(at)));
    const [whole, years = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = ''] = found;
    const year = Number(years),
      h = Number(hour),
      s = Number(second);
    const y4 = years.replace(/^[+-]/, '').length;
    if (/^[+-]/.test(years) ? years[0] === '+' && y4 <= 4 : y4 > 4) return new Mismatch(at);
    const leap = h === 23 && Number(minute) === 59 && s === 60;
    const midnight = h === 24 && Number(minute) === 0 && s === 0 && Number(fraction) === 0;
    if (
      Number(month) < 1 ||
      Number(month) > 12 ||
      Number(day) < 1 ||
      Number(day) > monthLength(year, Number(month)) ||
      (h > 23 && !midnight) ||
      Number(minute) > 59 ||
      (s > 59 && !leap)
    )
      return new Mismatch(at);
    const offset = /^z$/i.test(zone)
      ? 0
      : (zone[0] === '-' ? -1 : 1) *
        zone
          .slice(1)
          .replace(/:/g, '')
          .match(/\d\d/g)!
          .reduce((sum, part, i) => sum + Number(part) * [3600, 60, 1][i]!, 0);
    if (Math.abs(offset) > 64_800) return new Mismatch(at);
    const local =
      (epochDay(year, Number(month), Number(day)) + (midnight ? 1 : 0)) * 86_400 + (midnight ? 0 : h) * 3600 + Number(minute) * 60 + (leap ? 59 : s);
    this.found.fields.set(FIELD.INSTANT_SECONDS, local - offset);
    this.found.fields.set(FIELD.NANO_OF_SECOND, Number(fraction.padEnd(9, '0')));
    return at + whole.length;
  }
  /** How far a text agrees with the form of an instant. */
  #instantMismatch(rest: string): number {
    let at = 0;
    for (const step of [/^[+-]?\d{4,10}/, /^-/, /^\d\d/, /^-/, /^\d\d/, /^T/i, /^\d\d/, /^:/, /^\d\d/, /^:/, /^\d\d/, /^(?:\.\d{0,9})?/]) {
      const found = step.exec(rest.slice(at));
      if (found === null) return at;
      at += found[0].length;
    }
    return at;
  }

  #padded(part: FormatPart, width: number, at: number): number | Mismatch {
    const end = at + width;
    if (end > this.#text.length) return new Mismatch(this.#strict ? at : this.#text.length);
    let start = at;
    while (start < end && this.#text[start] === ' ') start++;
    const inner = new Reader(this.#rt, this.#text.slice(0, end));
    inner.found = this.found;
    inner.#sensitive = this.#sensitive;
    inner.#strict = this.#strict;
    const reached = inner.#part(part, start);
    return reached instanceof Mismatch || reached === end ? reached : new Mismatch(at + start - at);
  }
}

/** Of zones of one name, the one that Java takes for it in English. */
const preferred = (id: string, than: string): boolean => PREFERRED.includes(id) && !PREFERRED.includes(than);
const PREFERRED: readonly string[] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/Paris',
  'Europe/London',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'UTC',
  'GMT',
  'Europe/Bucharest',
  'Europe/Moscow',
];
