/** java.time.Period and YearMonth, Year: dates in greater pieces. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import type { ChronoField, ChronoUnit, TemporalAccessor } from './chrono.ts';
import { DAYS as DAYS_UNIT, ERAS, FIELD, MONTH_UNIT, noField, noUnit, Temporal, UNIT_MONTHS, YEARS } from './chrono.ts';
import { floorDiv, floorMod, pad } from './civil.ts';
import { cannotObtain, LocalDate } from './localDate.ts';

export class Period extends JavaObject {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  constructor(years: number, months: number, days: number) {
    super();
    for (const n of [years, months, days]) {
      if (!(Math.abs(n) <= 2_147_483_648) || n === 2_147_483_648) throw new JavaThrowable('java.lang.ArithmeticException', 'integer overflow');
    }
    this.years = years | 0;
    this.months = months | 0;
    this.days = days | 0;
  }
  get $type(): string {
    return 'java.time.Period';
  }
  static between(start: LocalDate, end: LocalDate): Period {
    let months = end.prolepticMonth - start.prolepticMonth;
    let days = end.day - start.day;
    if (months > 0 && days < 0) {
      months--;
      days = end.epochDay - start.plusMonths(months).epochDay;
    } else if (months < 0 && days > 0) {
      months++;
      days -= end.length;
    }
    return new Period(Math.trunc(months / 12), months % 12, days);
  }
  addTo(temporal: Temporal, sign: 1 | -1): Temporal {
    let moved = temporal;
    const months = this.years * 12 + this.months;
    if (months !== 0) moved = this.months === 0 ? moved.plusUnits(sign * this.years, YEARS) : moved.plusUnits(sign * months, MONTH_UNIT);
    if (this.days !== 0) moved = moved.plusUnits(sign * this.days, DAYS_UNIT);
    return moved;
  }
  override javaString(): string {
    const { years, months, days } = this;
    if (years === 0 && months === 0 && days === 0) return 'P0D';
    return `P${years === 0 ? '' : `${years}Y`}${months === 0 ? '' : `${months}M`}${days === 0 ? '' : `${days}D`}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Period && other.years === this.years && other.months === this.months && other.days === this.days;
  }
  override javaHash(): number {
    const turned = (n: number, by: number): number => (n << by) | (n >>> (32 - by));
    return (this.years + turned(this.months, 8) + turned(this.days, 16)) | 0;
  }
}

export function parsePeriod(text: string): Period {
  const fail = (): JavaThrowable => new JavaThrowable('java.time.format.DateTimeParseException', 'Text cannot be parsed to a Period');
  const found = text.length > 100 ? null : /^([-+]?)P(?:([-+]?\d+)Y)?(?:([-+]?\d+)M)?(?:([-+]?\d+)W)?(?:([-+]?\d+)D)?$/i.exec(text);
  if (found === null || found.slice(2).every((part) => part === undefined)) throw fail();
  const sign = found[1] === '-' ? -1 : 1;
  const [years = 0, months = 0, weeks = 0, days = 0] = found.slice(2).map((part) => sign * Number(part ?? 0));
  try {
    return new Period(years, months, weeks * 7 + days);
  } catch (failure) {
    if (failure instanceof JavaThrowable) throw fail();
    throw failure;
  }
}

export class YearMonth extends Temporal {
  readonly year: number;
  readonly month: number;
  constructor(year: number, month: number) {
    super();
    this.year = FIELD.YEAR.check(year);
    this.month = FIELD.MONTH_OF_YEAR.check(month);
  }
  get $type(): string {
    return 'java.time.YearMonth';
  }
  get prolepticMonth(): number {
    return this.year * 12 + this.month - 1;
  }
  value(field: ChronoField): number | undefined {
    const dated = [FIELD.YEAR, FIELD.MONTH_OF_YEAR, FIELD.PROLEPTIC_MONTH, FIELD.YEAR_OF_ERA, FIELD.ERA];
    return dated.includes(field) ? LocalDate.of(this.year, this.month, 1).value(field) : undefined;
  }
  hasUnit(unit: ChronoUnit): boolean {
    return UNIT_MONTHS.has(unit) || unit === ERAS;
  }
  plusUnits(amount: number, unit: ChronoUnit): YearMonth {
    const months = UNIT_MONTHS.get(unit);
    if (months === undefined) throw noUnit(unit);
    const total = this.prolepticMonth + amount * months;
    return new YearMonth(floorDiv(total, 12), floorMod(total, 12) + 1);
  }
  withField(field: ChronoField, value: number): YearMonth {
    if (this.value(field) === undefined) throw noField(field);
    const moved = LocalDate.of(this.year, this.month, 1).withField(field, value);
    return new YearMonth(moved.year, moved.month);
  }
  until(end: Temporal, unit: ChronoUnit): bigint {
    const other = yearMonthFrom(end);
    const months = UNIT_MONTHS.get(unit);
    if (months === undefined) throw noUnit(unit);
    return BigInt(Math.trunc((other.prolepticMonth - this.prolepticMonth) / months));
  }
  override javaString(): string {
    const abs = Math.abs(this.year);
    return `${abs < 1000 ? (this.year < 0 ? `-${pad(abs, 4)}` : pad(abs, 4)) : this.year}-${pad(this.month, 2)}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof YearMonth && other.prolepticMonth === this.prolepticMonth;
  }
  override javaHash(): number {
    return this.year ^ (this.month << 27);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof YearMonth ? this.year - other.year || this.month - other.month : 0;
  }
}

export class Year extends Temporal {
  readonly year: number;
  constructor(year: number) {
    super();
    this.year = FIELD.YEAR.check(year);
  }
  get $type(): string {
    return 'java.time.Year';
  }
  value(field: ChronoField): number | undefined {
    return field === FIELD.YEAR || field === FIELD.YEAR_OF_ERA || field === FIELD.ERA ? LocalDate.of(this.year, 1, 1).value(field) : undefined;
  }
  hasUnit(unit: ChronoUnit): boolean {
    return (UNIT_MONTHS.get(unit) ?? 0) >= 12 || unit === ERAS;
  }
  plusUnits(amount: number, unit: ChronoUnit): Year {
    const months = UNIT_MONTHS.get(unit) ?? 0;
    if (months < 12) throw noUnit(unit);
    return new Year(this.year + amount * (months / 12));
  }
  withField(field: ChronoField, value: number): Year {
    if (this.value(field) === undefined) throw noField(field);
    return new Year(LocalDate.of(this.year, 1, 1).withField(field, value).year);
  }
  until(end: Temporal, unit: ChronoUnit): bigint {
    const other = yearFrom(end);
    const months = UNIT_MONTHS.get(unit) ?? 0;
    if (months < 12) throw noUnit(unit);
    return BigInt(Math.trunc((other.year - this.year) / (months / 12)));
  }
  override javaString(): string {
    return String(this.year);
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Year && other.year === this.year;
  }
  override javaHash(): number {
    return this.year;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof Year ? this.year - other.year : 0;
  }
}

export function yearMonthFrom(temporal: TemporalAccessor): YearMonth {
  if (temporal instanceof YearMonth) return temporal;
  const year = temporal.value(FIELD.YEAR),
    month = temporal.value(FIELD.MONTH_OF_YEAR);
  if (year === undefined || month === undefined || month < 1 || month > 12) throw cannotObtain('YearMonth', temporal);
  return new YearMonth(year, month);
}
export function yearFrom(temporal: TemporalAccessor): Year {
  if (temporal instanceof Year) return temporal;
  const year = temporal.value(FIELD.YEAR);
  if (year === undefined) throw cannotObtain('Year', temporal);
  return new Year(year);
}
