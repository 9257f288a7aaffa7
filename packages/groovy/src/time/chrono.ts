/** java.time.temporal.ChronoUnit and ChronoField, and the base of all temporal values. */
import { JavaObject } from '../runtime/values.ts';
import { EnumConstant } from './enums.ts';
import { dateTimeFailure, overflow, unsupported } from './failures.ts';

export class ChronoUnit extends EnumConstant {
  readonly text: string;
  /** Exact for units of time and for days; estimated for greater ones. */
  readonly nanos: bigint;
  constructor(name: string, ordinal: number, text: string, nanos: bigint) {
    super(name, ordinal);
    this.text = text;
    this.nanos = nanos;
  }
  get $type(): string {
    return 'java.time.temporal.ChronoUnit';
  }
  get timeBased(): boolean {
    return this.ordinal < 7;
  }
  get dateBased(): boolean {
    return this.ordinal >= 7 && this !== FOREVER;
  }
  override javaString(): string {
    return this.text;
  }
}

const SECOND_NANOS = 1_000_000_000n;
const YEAR_SECONDS = 31_556_952n;
const unit = (ordinal: number, name: string, text: string, nanos: bigint): ChronoUnit => new ChronoUnit(name, ordinal, text, nanos);
export const NANOS = unit(0, 'NANOS', 'Nanos', 1n);
export const MICROS = unit(1, 'MICROS', 'Micros', 1000n);
export const MILLIS = unit(2, 'MILLIS', 'Millis', 1_000_000n);
export const SECONDS = unit(3, 'SECONDS', 'Seconds', SECOND_NANOS);
export const MINUTES = unit(4, 'MINUTES', 'Minutes', 60n * SECOND_NANOS);
export const HOURS = unit(5, 'HOURS', 'Hours', 3600n * SECOND_NANOS);
export const HALF_DAYS = unit(6, 'HALF_DAYS', 'HalfDays', 43_200n * SECOND_NANOS);
export const DAYS = unit(7, 'DAYS', 'Days', 86_400n * SECOND_NANOS);
export const WEEKS = unit(8, 'WEEKS', 'Weeks', 604_800n * SECOND_NANOS);
export const MONTH_UNIT = unit(9, 'MONTHS', 'Months', (YEAR_SECONDS / 12n) * SECOND_NANOS);
export const YEARS = unit(10, 'YEARS', 'Years', YEAR_SECONDS * SECOND_NANOS);
export const DECADES = unit(11, 'DECADES', 'Decades', YEAR_SECONDS * 10n * SECOND_NANOS);
export const CENTURIES = unit(12, 'CENTURIES', 'Centuries', YEAR_SECONDS * 100n * SECOND_NANOS);
export const MILLENNIA = unit(13, 'MILLENNIA', 'Millennia', YEAR_SECONDS * 1000n * SECOND_NANOS);
export const ERAS = unit(14, 'ERAS', 'Eras', YEAR_SECONDS * 1_000_000_000n * SECOND_NANOS);
export const FOREVER = unit(15, 'FOREVER', 'Forever', 9_223_372_036_854_775_807n * SECOND_NANOS + 999_999_999n);
export const UNITS: readonly ChronoUnit[] = [
  NANOS,
  MICROS,
  MILLIS,
  SECONDS,
  MINUTES,
  HOURS,
  HALF_DAYS,
  DAYS,
  WEEKS,
  MONTH_UNIT,
  YEARS,
  DECADES,
  CENTURIES,
  MILLENNIA,
  ERAS,
  FOREVER,
];
/** How many months a unit from months to eras has. */
export const UNIT_MONTHS: ReadonlyMap<ChronoUnit, number> = new Map([
  [MONTH_UNIT, 1],
  [YEARS, 12],
  [DECADES, 120],
  [CENTURIES, 1200],
  [MILLENNIA, 12_000],
]);

export class ChronoField extends EnumConstant {
  readonly text: string;
  readonly min: number;
  readonly max: number;
  /** The least of the maxima, where months differ. */
  readonly smallestMax: number;
  constructor(name: string, ordinal: number, text: string, min: number, max: number, smallestMax = max) {
    super(name, ordinal);
    this.text = text;
    this.min = min;
    this.max = max;
    this.smallestMax = smallestMax;
  }
  get $type(): string {
    return 'java.time.temporal.ChronoField';
  }
  get timeBased(): boolean {
    return this.ordinal < 15;
  }
  get dateBased(): boolean {
    return this.ordinal >= 15 && this.ordinal < 28;
  }
  override javaString(): string {
    return this.text;
  }
  rangeText(): string {
    return this.smallestMax === this.max ? `${this.min} - ${this.max}` : `${this.min} - ${this.smallestMax}/${this.max}`;
  }
  /** Throws DateTimeException `Invalid value for MonthOfYear (valid values 1 - 12): 13`. */
  check(value: number): number {
    if (value < this.min || value > this.max || Number.isNaN(value)) {
      throw dateTimeFailure(`Invalid value for ${this.text} (valid values ${this.rangeText()}): ${plain(value)}`);
    }
    return value;
  }
}

const plain = (n: number): string => (Number.isInteger(n) ? BigInt(n).toString() : String(n));
export const MAX_YEAR = 999_999_999;

/** Name, text, least, greatest, least of the greatest; in Java's order. */
const FIELD_TABLE: readonly (readonly [string, string, number, number, number?])[] = [
  ['NANO_OF_SECOND', 'NanoOfSecond', 0, 999_999_999],
  ['NANO_OF_DAY', 'NanoOfDay', 0, 86_399_999_999_999],
  ['MICRO_OF_SECOND', 'MicroOfSecond', 0, 999_999],
  ['MICRO_OF_DAY', 'MicroOfDay', 0, 86_399_999_999],
  ['MILLI_OF_SECOND', 'MilliOfSecond', 0, 999],
  ['MILLI_OF_DAY', 'MilliOfDay', 0, 86_399_999],
  ['SECOND_OF_MINUTE', 'SecondOfMinute', 0, 59],
  ['SECOND_OF_DAY', 'SecondOfDay', 0, 86_399],
  ['MINUTE_OF_HOUR', 'MinuteOfHour', 0, 59],
  ['MINUTE_OF_DAY', 'MinuteOfDay', 0, 1439],
  ['HOUR_OF_AMPM', 'HourOfAmPm', 0, 11],
  ['CLOCK_HOUR_OF_AMPM', 'ClockHourOfAmPm', 1, 12],
  ['HOUR_OF_DAY', 'HourOfDay', 0, 23],
  ['CLOCK_HOUR_OF_DAY', 'ClockHourOfDay', 1, 24],
  ['AMPM_OF_DAY', 'AmPmOfDay', 0, 1],
  ['DAY_OF_WEEK', 'DayOfWeek', 1, 7],
  ['ALIGNED_DAY_OF_WEEK_IN_MONTH', 'AlignedDayOfWeekInMonth', 1, 7],
  ['ALIGNED_DAY_OF_WEEK_IN_YEAR', 'AlignedDayOfWeekInYear', 1, 7],
  ['DAY_OF_MONTH', 'DayOfMonth', 1, 31, 28],
  ['DAY_OF_YEAR', 'DayOfYear', 1, 366, 365],
  ['EPOCH_DAY', 'EpochDay', -365_243_219_162, 365_241_780_471],
  ['ALIGNED_WEEK_OF_MONTH', 'AlignedWeekOfMonth', 1, 5, 4],
  ['ALIGNED_WEEK_OF_YEAR', 'AlignedWeekOfYear', 1, 53],
  ['MONTH_OF_YEAR', 'MonthOfYear', 1, 12],
  ['PROLEPTIC_MONTH', 'ProlepticMonth', -11_999_999_988, 11_999_999_999],
  ['YEAR_OF_ERA', 'YearOfEra', 1, 1_000_000_000, 999_999_999],
  ['YEAR', 'Year', -MAX_YEAR, MAX_YEAR],
  ['ERA', 'Era', 0, 1],
  ['INSTANT_SECONDS', 'InstantSeconds', -(2 ** 63), 2 ** 63],
  ['OFFSET_SECONDS', 'OffsetSeconds', -64_800, 64_800],
];
export const FIELDS: readonly ChronoField[] = FIELD_TABLE.map(([name, text, min, max, smallest], i) => new ChronoField(name, i, text, min, max, smallest));
export type FieldName =
  | 'NANO_OF_SECOND'
  | 'NANO_OF_DAY'
  | 'MICRO_OF_SECOND'
  | 'MICRO_OF_DAY'
  | 'MILLI_OF_SECOND'
  | 'MILLI_OF_DAY'
  | 'SECOND_OF_MINUTE'
  | 'SECOND_OF_DAY'
  | 'MINUTE_OF_HOUR'
  | 'MINUTE_OF_DAY'
  | 'HOUR_OF_AMPM'
  | 'CLOCK_HOUR_OF_AMPM'
  | 'HOUR_OF_DAY'
  | 'CLOCK_HOUR_OF_DAY'
  | 'AMPM_OF_DAY'
  | 'DAY_OF_WEEK'
  | 'ALIGNED_DAY_OF_WEEK_IN_MONTH'
  | 'ALIGNED_DAY_OF_WEEK_IN_YEAR'
  | 'DAY_OF_MONTH'
  | 'DAY_OF_YEAR'
  | 'EPOCH_DAY'
  | 'ALIGNED_WEEK_OF_MONTH'
  | 'ALIGNED_WEEK_OF_YEAR'
  | 'MONTH_OF_YEAR'
  | 'PROLEPTIC_MONTH'
  | 'YEAR_OF_ERA'
  | 'YEAR'
  | 'ERA'
  | 'INSTANT_SECONDS'
  | 'OFFSET_SECONDS';
export const FIELD = Object.fromEntries(FIELDS.map((field) => [field.name, field])) as Readonly<Record<FieldName, ChronoField>>;

/** A period's part of a year that java.time keeps outside of ChronoField (IsoFields, WeekFields). */
export class DerivedField extends JavaObject {
  readonly text: string;
  readonly min: number;
  readonly max: number;
  readonly of: (epochDay: number) => number;
  constructor(text: string, min: number, max: number, of: (epochDay: number) => number) {
    super();
    this.text = text;
    this.min = min;
    this.max = max;
    this.of = of;
  }
  get $type(): string {
    return 'java.time.temporal.IsoFields$Field';
  }
  override javaString(): string {
    return this.text;
  }
}
export type TemporalField = ChronoField | DerivedField;

/** What can be asked for fields: every temporal value, and the result of a formatter's parse. */
export abstract class TemporalAccessor extends JavaObject {
  /** Undefined where the field is not supported. */
  abstract value(field: ChronoField): number | undefined;
}

/** A field's value, as `getLong`. Throws UnsupportedTemporalTypeException. */
export function fieldOf(temporal: TemporalAccessor, field: TemporalField): number {
  if (field instanceof DerivedField) {
    const day = temporal.value(FIELD.EPOCH_DAY);
    if (day !== undefined) return field.of(day);
  } else {
    const value = temporal.value(field);
    if (value !== undefined) return value;
  }
  throw unsupported(`Unsupported field: ${field.text}`);
}

/** What can be moved and measured by units. Amounts are whole numbers; those of a `long` that is not safe lose nothing that Java would keep valid. */
export abstract class Temporal extends TemporalAccessor {
  abstract hasUnit(unit: ChronoUnit): boolean;
  abstract plusUnits(amount: number, unit: ChronoUnit): Temporal;
  abstract withField(field: ChronoField, value: number): Temporal;
  /** Whole units from this to the other, which is converted to this class. */
  abstract until(end: Temporal, unit: ChronoUnit): bigint;
}

export const noUnit = (asked: ChronoUnit): Error => unsupported(`Unsupported unit: ${asked.text}`);
export const noField = (field: ChronoField): Error => unsupported(`Unsupported field: ${field.text}`);

const LONG_MAX = 9_223_372_036_854_775_807n;
/** Fails as Java's exact arithmetic on longs. */
export function exactLong(n: bigint): bigint {
  if (n > LONG_MAX || n < -LONG_MAX - 1n) throw overflow();
  return n;
}
export function floorDivBig(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}
export const floorModBig = (a: bigint, b: bigint): bigint => a - floorDivBig(a, b) * b;
