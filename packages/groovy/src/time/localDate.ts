/** java.time.LocalDate as a value; its methods as scripts see them are in localTables.ts. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { ChronoField, ChronoUnit, TemporalAccessor } from './chrono.ts';
import { DAYS, ERAS, FIELD, MAX_YEAR, noField, noUnit, Temporal, UNIT_MONTHS, WEEKS } from './chrono.ts';
import { civilDate, daysBeforeMonth, epochDay, floorDiv, floorMod, isLeapYear, isoDayOfWeek, MONTHS, monthLength, pad } from './civil.ts';
import { dateTimeFailure } from './failures.ts';

export class LocalDate extends Temporal {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  private constructor(year: number, month: number, day: number) {
    super();
    this.year = year;
    this.month = month;
    this.day = day;
  }
  get $type(): string {
    return 'java.time.LocalDate';
  }

  /** Throws DateTimeException, also for 31 April. */
  static of(year: number, month: number, day: number): LocalDate {
    FIELD.YEAR.check(year);
    FIELD.MONTH_OF_YEAR.check(month);
    FIELD.DAY_OF_MONTH.check(day);
    if (day > monthLength(year, month)) {
      throw dateTimeFailure(
        day === 29 ? `Invalid date 'February 29' as '${year}' is not a leap year` : `Invalid date '${(MONTHS[month - 1] as string).toUpperCase()} ${day}'`,
      );
    }
    return new LocalDate(year, month, day);
  }
  static ofYearDay(year: number, dayOfYear: number): LocalDate {
    FIELD.YEAR.check(year);
    FIELD.DAY_OF_YEAR.check(dayOfYear);
    if (dayOfYear === 366 && !isLeapYear(year)) throw dateTimeFailure(`Invalid date 'DayOfYear 366' as '${year}' is not a leap year`);
    return LocalDate.ofEpochDay(epochDay(year, 1, 1) + dayOfYear - 1);
  }
  static ofEpochDay(days: number): LocalDate {
    if (!(Math.abs(days) < 4e11)) FIELD.EPOCH_DAY.check(days);
    const { year, month, day } = civilDate(days);
    FIELD.YEAR.check(year);
    return new LocalDate(year, month, day);
  }
  /** The day is cut to the month's last one. */
  static clipped(year: number, month: number, day: number): LocalDate {
    return LocalDate.of(year, month, Math.min(day, monthLength(year, month)));
  }

  get epochDay(): number {
    return epochDay(this.year, this.month, this.day);
  }
  get dayOfYear(): number {
    return daysBeforeMonth(this.year, this.month) + this.day;
  }
  get dayOfWeek(): number {
    return isoDayOfWeek(this.epochDay);
  }
  get prolepticMonth(): number {
    return this.year * 12 + this.month - 1;
  }
  get length(): number {
    return monthLength(this.year, this.month);
  }
  get leap(): boolean {
    return isLeapYear(this.year);
  }

  value(field: ChronoField): number | undefined {
    switch (field) {
      case FIELD.DAY_OF_WEEK:
        return this.dayOfWeek;
      case FIELD.ALIGNED_DAY_OF_WEEK_IN_MONTH:
        return ((this.day - 1) % 7) + 1;
      case FIELD.ALIGNED_DAY_OF_WEEK_IN_YEAR:
        return ((this.dayOfYear - 1) % 7) + 1;
      case FIELD.DAY_OF_MONTH:
        return this.day;
      case FIELD.DAY_OF_YEAR:
        return this.dayOfYear;
      case FIELD.EPOCH_DAY:
        return this.epochDay;
      case FIELD.ALIGNED_WEEK_OF_MONTH:
        return floorDiv(this.day - 1, 7) + 1;
      case FIELD.ALIGNED_WEEK_OF_YEAR:
        return floorDiv(this.dayOfYear - 1, 7) + 1;
      case FIELD.MONTH_OF_YEAR:
        return this.month;
      case FIELD.PROLEPTIC_MONTH:
        return this.prolepticMonth;
      case FIELD.YEAR_OF_ERA:
        return this.year >= 1 ? this.year : 1 - this.year;
      case FIELD.YEAR:
        return this.year;
      case FIELD.ERA:
        return this.year >= 1 ? 1 : 0;
      default:
        return undefined;
    }
  }
  hasUnit(unit: ChronoUnit): boolean {
    return unit.dateBased;
  }

  plusDays(days: number): LocalDate {
    return days === 0 ? this : LocalDate.ofEpochDay(this.epochDay + days);
  }
  plusMonths(months: number): LocalDate {
    const total = this.prolepticMonth + months;
    return LocalDate.clipped(FIELD.YEAR.check(floorDiv(total, 12)), floorMod(total, 12) + 1, this.day);
  }
  plusYears(years: number): LocalDate {
    return LocalDate.clipped(FIELD.YEAR.check(this.year + years), this.month, this.day);
  }
  plusUnits(amount: number, unit: ChronoUnit): LocalDate {
    if (unit === DAYS) return this.plusDays(amount);
    if (unit === WEEKS) return this.plusDays(amount * 7);
    const months = UNIT_MONTHS.get(unit);
    if (months !== undefined) return months === 1 ? this.plusMonths(amount) : this.plusYears(amount * (months / 12));
    if (unit === ERAS) return this.withField(FIELD.ERA, (this.year >= 1 ? 1 : 0) + amount);
    throw noUnit(unit);
  }
  withField(field: ChronoField, value: number): LocalDate {
    if (this.value(field) === undefined) throw noField(field);
    field.check(value);
    switch (field) {
      case FIELD.DAY_OF_MONTH:
        return LocalDate.of(this.year, this.month, value);
      case FIELD.DAY_OF_YEAR:
        return LocalDate.ofYearDay(this.year, value);
      case FIELD.EPOCH_DAY:
        return LocalDate.ofEpochDay(value);
      case FIELD.MONTH_OF_YEAR:
        return LocalDate.clipped(this.year, value, this.day);
      case FIELD.PROLEPTIC_MONTH:
        return this.plusMonths(value - this.prolepticMonth);
      case FIELD.YEAR_OF_ERA:
        return LocalDate.clipped(this.year >= 1 ? value : 1 - value, this.month, this.day);
      case FIELD.YEAR:
        return LocalDate.clipped(value, this.month, this.day);
      case FIELD.ERA:
        return this.value(FIELD.ERA) === value ? this : LocalDate.clipped(1 - this.year, this.month, this.day);
      case FIELD.ALIGNED_WEEK_OF_MONTH:
      case FIELD.ALIGNED_WEEK_OF_YEAR:
        return this.plusDays((value - (this.value(field) as number)) * 7);
      default:
        return this.plusDays(value - (this.value(field) as number));
    }
  }
  /** Whole months to the other date. */
  monthsUntil(end: LocalDate): number {
    return Math.trunc((end.prolepticMonth * 32 + end.day - (this.prolepticMonth * 32 + this.day)) / 32);
  }
  until(end: Temporal, unit: ChronoUnit): bigint {
    const other = dateFrom(end);
    const days = other.epochDay - this.epochDay;
    if (unit === DAYS) return BigInt(days);
    if (unit === WEEKS) return BigInt(Math.trunc(days / 7));
    const months = UNIT_MONTHS.get(unit);
    if (months !== undefined) return BigInt(Math.trunc(this.monthsUntil(other) / months));
    if (unit === ERAS) return BigInt((other.year >= 1 ? 1 : 0) - (this.year >= 1 ? 1 : 0));
    throw noUnit(unit);
  }

  override javaString(): string {
    const abs = Math.abs(this.year);
    const year = abs < 1000 ? (this.year < 0 ? `-${pad(abs, 4)}` : pad(abs, 4)) : this.year > 9999 ? `+${this.year}` : String(this.year);
    return `${year}-${pad(this.month, 2)}-${pad(this.day, 2)}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof LocalDate && other.compare(this) === 0;
  }
  override javaHash(): number {
    return (this.year & 0xfffff800) ^ ((this.year << 11) + (this.month << 6) + this.day);
  }
  /** As Java: the difference of the years, of the months or of the days. */
  compare(other: LocalDate): number {
    return this.year - other.year || this.month - other.month || this.day - other.day;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof LocalDate ? this.compare(other) : 0;
  }
}

export const MIN_DATE = LocalDate.of(-MAX_YEAR, 1, 1);
export const MAX_DATE = LocalDate.of(MAX_YEAR, 12, 31);

/** The exception of `X.from(temporal)`. */
export function cannotObtain(what: string, from: TemporalAccessor): Error {
  return dateTimeFailure(`Unable to obtain ${what} from TemporalAccessor: ${from.javaString(null as never)} of type ${from.$type}`);
}

/** `LocalDate.from`: of anything that knows its day. */
export function dateFrom(temporal: TemporalAccessor): LocalDate {
  if (temporal instanceof LocalDate) return temporal;
  const days = temporal.value(FIELD.EPOCH_DAY);
  if (days === undefined) throw cannotObtain('LocalDate', temporal);
  return LocalDate.ofEpochDay(days);
}
