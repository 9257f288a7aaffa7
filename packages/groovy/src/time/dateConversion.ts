/** The date and time conversions of java.util.Formatter: `%tY`, `%tF`, `%tc`. */
import { Long } from '../numbers/boxes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import type { FieldName } from './chrono.ts';
import { FIELD, TemporalAccessor } from './chrono.ts';
import { floorDiv, floorMod, MONTHS, WEEKDAYS } from './civil.ts';
import { JavaDate } from './date.ts';
import { LocalDateTime } from './localDateTime.ts';
import { LocalTime } from './localTime.ts';
import type { JavaTimeZone } from './timeZone.ts';
import { defaultTimeZone } from './timeZone.ts';
import { ZonedDateTime, ZoneId, zoneOf } from './zoned.ts';
import { ZONE_NAMES } from './zoneNames.ts';
import { offsetText } from './zones.ts';

const LETTERS = 'HIklMNLQpsSTzZaAbBChdejmRrDFcyY';

/**
 * What `%t` and the letter write for a Date, Calendar, Long or temporal; upper case (`%T`) is the caller's.
 * Throws UnknownFormatConversionException for another letter, IllegalFormatConversionException for another value
 * or a temporal that lacks the field.
 */
export function formatDateConversion(rt: Runtime, conversion: string, value: Value): string {
  if (!LETTERS.includes(conversion) || conversion.length !== 1) {
    throw new JavaThrowable('java.util.UnknownFormatConversionException', `Conversion = 't${conversion}'`);
  }
  if (value === null) return 'null';
  const source = sourceOf(rt, value);
  if (source === null) throw mismatch(rt, conversion, value);
  const writer = new Writer(rt, source, value);
  return writer.write(conversion);
}

function mismatch(rt: Runtime, conversion: string, value: Value): JavaThrowable {
  return new JavaThrowable('java.util.IllegalFormatConversionException', `${conversion} != ${rt.classOf(value).name}`);
}

function sourceOf(rt: Runtime, value: Value): TemporalAccessor | null {
  if (value instanceof TemporalAccessor) return value;
  const zoned = (ms: number, zone: JavaTimeZone): ZonedDateTime =>
    ZonedDateTime.ofInstant(floorDiv(ms, 1000), floorMod(ms, 1000) * 1_000_000, new ZoneId(zone.id, zone.rules));
  if (value instanceof JavaDate) return zoned(value.ms, defaultTimeZone(rt));
  if (value instanceof JavaCalendar) return zoned(value.ms, value.zone);
  if (value instanceof Long) return zoned(value.num(), defaultTimeZone(rt));
  return null;
}

class Writer {
  readonly #rt: Runtime;
  readonly #source: TemporalAccessor;
  readonly #value: Value;
  constructor(rt: Runtime, source: TemporalAccessor, value: Value) {
    this.#rt = rt;
    this.#source = source;
    this.#value = value;
  }

  write(conversion: string): string {
    const get = (field: FieldName): number => {
      const found = this.#source.value(FIELD[field]);
      if (found === undefined) throw mismatch(this.#rt, conversion, this.#value);
      return found;
    };
    const two = (n: number): string => String(n).padStart(2, '0');
    const all = (text: string): string => text.replace(/[A-Za-z]/g, (letter) => this.write(letter));
    switch (conversion) {
      case 'H':
        return two(get('HOUR_OF_DAY'));
      case 'k':
        return String(get('HOUR_OF_DAY'));
      case 'I':
        return two(get('CLOCK_HOUR_OF_AMPM'));
      case 'l':
        return String(get('CLOCK_HOUR_OF_AMPM'));
      case 'M':
        return two(get('MINUTE_OF_HOUR'));
      case 'S':
        return two(get('SECOND_OF_MINUTE'));
      case 'L':
        return String(get('MILLI_OF_SECOND')).padStart(3, '0');
      case 'N':
        return String(get('NANO_OF_SECOND')).padStart(9, '0');
      case 'p':
        return get('AMPM_OF_DAY') === 0 ? 'am' : 'pm';
      case 's':
        return String(get('INSTANT_SECONDS'));
      case 'Q':
        return String(get('INSTANT_SECONDS') * 1000 + get('MILLI_OF_SECOND'));
      case 'z':
        return offsetText(get('OFFSET_SECONDS'), '+0000').replace(/:/g, '').slice(0, 5);
      case 'Z':
        return this.#zone(conversion);
      case 'a':
        return (WEEKDAYS[get('DAY_OF_WEEK') - 1] as string).slice(0, 3);
      case 'A':
        return WEEKDAYS[get('DAY_OF_WEEK') - 1] as string;
      case 'b':
      case 'h':
        return (MONTHS[get('MONTH_OF_YEAR') - 1] as string).slice(0, 3);
      case 'B':
        return MONTHS[get('MONTH_OF_YEAR') - 1] as string;
      case 'C':
        return two(floorDiv(get('YEAR_OF_ERA'), 100));
      case 'y':
        return two(get('YEAR_OF_ERA') % 100);
      case 'Y':
        return String(get('YEAR_OF_ERA')).padStart(4, '0');
      case 'd':
        return two(get('DAY_OF_MONTH'));
      case 'e':
        return String(get('DAY_OF_MONTH'));
      case 'j':
        return String(get('DAY_OF_YEAR')).padStart(3, '0');
      case 'm':
        return two(get('MONTH_OF_YEAR'));
      case 'R':
        return all('H:M');
      case 'T':
        return all('H:M:S');
      case 'r':
        return `${all('I:M:S')} ${this.write('p').toUpperCase()}`;
      case 'D':
        return all('m/d/y');
      case 'F':
        return all('Y-m-d');
      default:
        return all('a b d T Z Y');
    }
  }

  #zone(conversion: string): string {
    const zone = zoneOf(this.#source);
    if (zone === null || this.#source instanceof LocalDateTime || this.#source instanceof LocalTime) throw mismatch(this.#rt, conversion, this.#value);
    const names = ZONE_NAMES.get(zone.id);
    if (names === undefined) return zone.id;
    return zone.rules.daylightAt(this.#source.value(FIELD.INSTANT_SECONDS) ?? 0) === 0 ? names.short : names.shortDaylight;
  }
}
