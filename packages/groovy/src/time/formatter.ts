/** java.time.format.DateTimeFormatter: its parts, Java's named formatters, and writing. */
import type { Runtime } from '../runtime/runtime.ts';
import { JavaObject } from '../runtime/values.ts';
import type { ChronoField, TemporalAccessor } from './chrono.ts';
import { FIELD, fieldOf } from './chrono.ts';
import { floorDiv, MONTHS, WEEKDAYS } from './civil.ts';
import { dateTimeFailure } from './failures.ts';
import type { FormatPart, NumberPart, TextStyle } from './formatParts.ts';
import { compileFormat, describe, ISO_WEEK, ISO_WEEK_YEAR, PartList, QUARTER_OF_YEAR } from './formatParts.ts';
import { Instant } from './instant.ts';
import { Located, ZonedDateTime, type ZoneId, ZoneOffset, zoneOf } from './zoned.ts';
import { ZONE_NAMES } from './zoneNames.ts';
import { offsetText } from './zones.ts';

export type Resolver = 'STRICT' | 'SMART' | 'LENIENT';

export class DateTimeFormatter extends JavaObject {
  readonly parts: readonly FormatPart[];
  readonly resolver: Resolver;
  /** Replaces or completes the zone of what is written, and is the zone of what is read. */
  readonly zone: ZoneId | null;
  constructor(parts: readonly FormatPart[], resolver: Resolver, zone: ZoneId | null = null) {
    super();
    this.parts = parts;
    this.resolver = resolver;
    this.zone = zone;
  }
  get $type(): string {
    return 'java.time.format.DateTimeFormatter';
  }
  static ofPattern(pattern: string): DateTimeFormatter {
    return new DateTimeFormatter(compileFormat(pattern), 'SMART');
  }
  override javaString(): string {
    return describe(this.parts);
  }

  /** Throws UnsupportedTemporalTypeException or DateTimeException where the temporal lacks what is asked. */
  format(temporal: TemporalAccessor): string {
    return write(this.parts, inZone(temporal, this.zone));
  }
}

function inZone(temporal: TemporalAccessor, zone: ZoneId | null): TemporalAccessor {
  if (zone === null) return temporal;
  if (temporal instanceof Instant) return ZonedDateTime.ofInstant(Number(temporal.seconds), temporal.nano, zone);
  if (temporal instanceof Located) return ZonedDateTime.ofInstant(temporal.epochSecond, temporal.local.time.nano, zone);
  return temporal;
}

function write(parts: readonly FormatPart[], temporal: TemporalAccessor): string {
  let text = '';
  for (const part of parts) text += writePart(part, temporal);
  return text;
}

const text3 = (name: string, style: TextStyle): string => (style === 'FULL' ? name : name.slice(0, style === 'SHORT' ? 3 : 1));

/** The English name of a field's value, null where the field has none. */
export function fieldText(field: ChronoField, value: number, style: TextStyle): string | null {
  switch (field) {
    case FIELD.MONTH_OF_YEAR:
      return text3(MONTHS[value - 1] ?? '', style);
    case FIELD.DAY_OF_WEEK:
      return text3(WEEKDAYS[value - 1] ?? '', style);
    case FIELD.AMPM_OF_DAY:
      return style === 'NARROW' ? (value === 0 ? 'a' : 'p') : value === 0 ? 'AM' : 'PM';
    case FIELD.ERA:
      return style === 'FULL' ? (value === 1 ? 'Anno Domini' : 'Before Christ') : style === 'SHORT' ? (value === 1 ? 'AD' : 'BC') : value === 1 ? 'A' : 'B';
    default:
      return null;
  }
}

function writePart(part: FormatPart, temporal: TemporalAccessor): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'number':
      return writeNumber(part, fieldOf(temporal, part.field));
    case 'fraction': {
      const digits = String(fieldOf(temporal, FIELD.NANO_OF_SECOND)).padStart(9, '0');
      const kept = digits.replace(/0+$/, '');
      const shown = digits.slice(0, Math.min(Math.max(kept.length, part.min), part.max));
      return shown === '' ? '' : part.point ? `.${shown}` : shown;
    }
    case 'text': {
      const value = fieldOf(temporal, part.field);
      return fieldText(part.field, value, part.style) ?? String(value);
    }
    case 'quarter': {
      const quarter = fieldOf(temporal, QUARTER_OF_YEAR);
      return part.style === 'FULL' ? `${['1st', '2nd', '3rd', '4th'][quarter - 1]} quarter` : part.style === 'SHORT' ? `Q${quarter}` : String(quarter);
    }
    case 'offset':
      return writeOffset(fieldOf(temporal, FIELD.OFFSET_SECONDS), part.pattern, part.zero);
    case 'localOffset': {
      const seconds = fieldOf(temporal, FIELD.OFFSET_SECONDS);
      if (seconds === 0) return 'GMT';
      const long = offsetText(seconds, '');
      return `GMT${part.full ? long : long.replace(/([+-])0?(\d+):(\d\d)(:\d\d)?$/, (_all, sign, hour, minute, rest) => `${sign}${hour}${minute === '00' && rest === undefined ? '' : `:${minute}${rest ?? ''}`}`)}`;
    }
    case 'zoneId':
      return neededZone(temporal).id;
    case 'zoneText':
      return zoneName(neededZone(temporal), temporal, part.full);
    case 'dayPeriod':
      return dayPeriod(fieldOf(temporal, FIELD.HOUR_OF_DAY), temporal.value(FIELD.MINUTE_OF_HOUR) ?? 0);
    case 'instant': {
      const second = fieldOf(temporal, FIELD.INSTANT_SECONDS);
      return Instant.ofSecond(BigInt(second), BigInt(temporal.value(FIELD.NANO_OF_SECOND) ?? 0)).javaString();
    }
    case 'pad': {
      const inner = writePart(part.part, temporal);
      if (inner.length > part.width) throw dateTimeFailure(`Cannot print as output of ${inner.length} characters exceeds pad width of ${part.width}`);
      return inner.padStart(part.width);
    }
    case 'optional':
      try {
        return write(part.parts, temporal);
      } catch {
        return '';
      }
    case 'case':
    case 'strict':
      return '';
  }
}

function neededZone(temporal: TemporalAccessor): ZoneId {
  const zone = zoneOf(temporal);
  if (zone === null) throw dateTimeFailure(`Unable to extract ZoneId from temporal ${temporal.javaString(null as unknown as Runtime)}`);
  return zone;
}
function zoneName(zone: ZoneId, temporal: TemporalAccessor, full: boolean): string {
  if (zone instanceof ZoneOffset) return zone.id;
  const names = ZONE_NAMES.get(zone.id);
  if (names === undefined) return zone.id;
  const second = temporal.value(FIELD.INSTANT_SECONDS);
  const daylight = second !== undefined && zone.rules.daylightAt(second) !== 0;
  return full ? (daylight ? names.longDaylight : names.long) : daylight ? names.shortDaylight : names.short;
}
/** CLDR's English periods of the day. */
function dayPeriod(hour: number, minute: number): string {
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'noon';
  return hour < 6 || hour >= 21 ? 'at night' : hour < 12 ? 'in the morning' : hour < 18 ? 'in the afternoon' : 'in the evening';
}

function writeNumber(part: NumberPart, value: number): string {
  if (part.reduced === true) return String(Math.abs(value) % 100).padStart(2, '0');
  const digits = BigInt(Math.abs(value)).toString();
  const cannot = (why: string): Error => dateTimeFailure(`Field ${part.field.text} cannot be printed as the value ${value} ${why}`);
  if (digits.length > part.max) throw cannot(`exceeds the maximum print width of ${part.max}`);
  let sign = '';
  if (value >= 0) {
    if (part.sign === 'EXCEEDS_PAD' && part.min < 19 && value >= 10 ** part.min) sign = '+';
  } else if (part.sign === 'NORMAL' || part.sign === 'EXCEEDS_PAD') sign = '-';
  else if (part.sign === 'NOT_NEGATIVE') throw cannot('cannot be negative according to the SignStyle');
  return sign + digits.padStart(part.min, '0');
}

/** Letters in upper case are always written, in lower case only where not zero. */
function writeOffset(seconds: number, pattern: string, zero: string): string {
  if (seconds === 0) return zero;
  const abs = Math.abs(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hour = floorDiv(abs, 3600),
    minute = floorDiv(abs, 60) % 60,
    second = abs % 60;
  const colon = pattern.includes(':') ? ':' : '';
  let text = (seconds < 0 ? '-' : '+') + two(hour);
  if (pattern.includes('MM') || (pattern.includes('mm') && minute !== 0)) text += colon + two(minute);
  if (pattern.includes('SS') || (pattern.includes('ss') && second !== 0)) text += colon + two(second);
  return Number(text.replace(/\D/g, '')) === 0 ? zero : text;
}

// ---- Java's named formatters

const insensitive: FormatPart = { kind: 'case', sensitive: false };
const date = (list: PartList): PartList =>
  list.number(FIELD.YEAR, 4, 10, 'EXCEEDS_PAD').literal('-').fixed(FIELD.MONTH_OF_YEAR, 2).literal('-').fixed(FIELD.DAY_OF_MONTH, 2);
function time(list: PartList): PartList {
  const seconds = new PartList().literal(':').fixed(FIELD.SECOND_OF_MINUTE, 2);
  seconds.add({ kind: 'optional', parts: new PartList().fraction(0, 9, true).parts });
  return list.fixed(FIELD.HOUR_OF_DAY, 2).literal(':').fixed(FIELD.MINUTE_OF_HOUR, 2).add({ kind: 'optional', parts: seconds.parts });
}
const dateTime = (list: PartList): PartList => time(date(list).literal('T'));
const offset: FormatPart = { kind: 'offset', pattern: '+HH:MM:ss', zero: 'Z' };
const optional = (...parts: FormatPart[]): FormatPart => ({ kind: 'optional', parts });
const region: readonly FormatPart[] = [{ kind: 'literal', text: '[' }, { kind: 'case', sensitive: true }, { kind: 'zoneId' }, { kind: 'literal', text: ']' }];
const named = (list: PartList, resolver: Resolver = 'STRICT'): DateTimeFormatter => new DateTimeFormatter(list.parts, resolver);
const ci = (): PartList => new PartList().add(insensitive);

export const NAMED_FORMATTERS = {
  ISO_LOCAL_DATE: named(date(new PartList())),
  ISO_OFFSET_DATE: named(date(ci()).add(offset)),
  ISO_DATE: named(date(ci()).add(optional(offset))),
  ISO_LOCAL_TIME: named(time(new PartList())),
  ISO_OFFSET_TIME: named(time(ci()).add(offset)),
  ISO_TIME: named(time(ci()).add(optional(offset))),
  ISO_LOCAL_DATE_TIME: named(dateTime(ci())),
  ISO_OFFSET_DATE_TIME: named(dateTime(ci()).add({ kind: 'strict', strict: false }).add(offset).add({ kind: 'strict', strict: true })),
  ISO_ZONED_DATE_TIME: named(
    dateTime(ci())
      .add({ kind: 'strict', strict: false })
      .add(offset)
      .add({ kind: 'strict', strict: true })
      .add(optional(...region)),
  ),
  ISO_DATE_TIME: named(dateTime(ci()).add(optional(offset, optional(...region)))),
  ISO_ORDINAL_DATE: named(ci().number(FIELD.YEAR, 4, 10, 'EXCEEDS_PAD').literal('-').fixed(FIELD.DAY_OF_YEAR, 3).add(optional(offset))),
  ISO_WEEK_DATE: named(
    ci().number(ISO_WEEK_YEAR, 4, 10, 'EXCEEDS_PAD').literal('-W').fixed(ISO_WEEK, 2).literal('-').fixed(FIELD.DAY_OF_WEEK, 1).add(optional(offset)),
  ),
  ISO_INSTANT: named(ci().add({ kind: 'instant' })),
  BASIC_ISO_DATE: named(
    ci()
      .fixed(FIELD.YEAR, 4)
      .fixed(FIELD.MONTH_OF_YEAR, 2)
      .fixed(FIELD.DAY_OF_MONTH, 2)
      .add(optional({ kind: 'strict', strict: false }, { kind: 'offset', pattern: '+HHMMss', zero: 'Z' }, { kind: 'strict', strict: true })),
  ),
  RFC_1123_DATE_TIME: named(
    ci()
      .add({ kind: 'strict', strict: false })
      .add(optional({ kind: 'text', field: FIELD.DAY_OF_WEEK, style: 'SHORT' }, { kind: 'literal', text: ', ' }))
      .number(FIELD.DAY_OF_MONTH, 1, 2, 'NOT_NEGATIVE')
      .literal(' ')
      .add({ kind: 'text', field: FIELD.MONTH_OF_YEAR, style: 'SHORT' })
      .literal(' ')
      .fixed(FIELD.YEAR, 4)
      .literal(' ')
      .fixed(FIELD.HOUR_OF_DAY, 2)
      .literal(':')
      .fixed(FIELD.MINUTE_OF_HOUR, 2)
      .add(optional({ kind: 'literal', text: ':' }, { kind: 'number', field: FIELD.SECOND_OF_MINUTE, min: 2, max: 2, sign: 'NOT_NEGATIVE', reserved: 0 }))
      .literal(' ')
      .add({ kind: 'offset', pattern: '+HHMM', zero: 'GMT' }),
    'SMART',
  ),
} as const;
