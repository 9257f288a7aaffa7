/** The methods of Duration, Period, Year, YearMonth, DayOfWeek and Month. */
import { Long } from '../numbers/boxes.ts';
import type { Native, NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import type { Style } from './calendarEnums.ts';
import {
  DAYS_OF_WEEK,
  DayOfWeek,
  dayOfWeek,
  ERA_CONSTANTS,
  FORMAT_STYLES,
  MONTH_CONSTANTS,
  Month,
  month,
  RESOLVER_STYLES,
  TEXT_STYLES,
  turned,
} from './calendarEnums.ts';
import type { ChronoUnit, Temporal, TemporalAccessor } from './chrono.ts';
import { DAYS, exactLong, FIELD, FOREVER, fieldOf, HOURS, MILLIS, MINUTES, MONTH_UNIT, NANOS, SECONDS, YEARS } from './chrono.ts';
import { isLeapYear, MONTHS, monthLength, WEEKDAYS } from './civil.ts';
import { Duration, parseDuration } from './duration.ts';
import { enumClass } from './enums.ts';
import { unsupported } from './failures.ts';
import { parseTo } from './formatParse.ts';
import { DateTimeFormatter } from './formatter.ts';
import { LocalDate } from './localDate.ts';
import { comparisons, formatMethod, given, movers } from './localTables.ts';
import { Period, parsePeriod, Year, YearMonth, yearFrom, yearMonthFrom } from './period.ts';
import { intField, javaTimeInterfaces, plusAmount, temporalMethods } from './temporalTable.ts';
import { systemZone, ZonedDateTime } from './zoned.ts';

const DURATION_UNITS = { Days: DAYS, Hours: HOURS, Minutes: MINUTES, Seconds: SECONDS, Millis: MILLIS, Nanos: NANOS } as const;
const eachUnit = (make: (name: string, unit: ChronoUnit) => [string, Native][]): Signatures =>
  Object.fromEntries(Object.entries(DURATION_UNITS).flatMap(([name, unit]) => make(name, unit)));
function exactUnit(unit: ChronoUnit): bigint {
  if (unit === FOREVER || (!unit.timeBased && unit !== DAYS)) throw unsupported('Unit must not have an estimated duration');
  return unit.nanos;
}
/** As Java: by nanoseconds where both can, else by seconds. */
function between(start: Temporal, end: Temporal): Duration {
  return new Duration(start.until(end, start.hasUnit(NANOS) ? NANOS : SECONDS));
}
const part = (self: Duration, unit: ChronoUnit, length: bigint): number => Number((self.nanos / unit.nanos) % length);

function divided(self: Duration, by: bigint): Duration {
  if (by === 0n) throw new JavaThrowable('java.lang.ArithmeticException', 'Cannot divide by zero');
  return new Duration(self.nanos / by);
}

const duration: NativeClass = {
  name: 'java.time.Duration',
  interfaces: ['java.time.temporal.TemporalAmount', 'java.lang.Comparable', 'java.io.Serializable'],
  fields: { ZERO: () => new Duration(0n) },
  statics: {
    ...eachUnit((name, unit) => [[`of${name}(long)`, (_rt, _self, amount: Long) => Duration.of(amount.big(), unit.nanos)]]),
    'ofSeconds(long, long)': (_rt, _self, second: Long, nano: Long) => new Duration(second.big() * SECONDS.nanos + nano.big()),
    'of(long, java.time.temporal.TemporalUnit)': (_rt, _self, amount: Long, unit: ChronoUnit) => Duration.of(amount.big(), exactUnit(unit)),
    'between(java.time.temporal.Temporal, java.time.temporal.Temporal)': (_rt, _self, start: Temporal, end: Temporal) =>
      between(given(start, 'startInclusive'), given(end, 'endExclusive')),
    'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parseDuration(rt.str(given(text, 'text'))),
    'from(java.time.temporal.TemporalAmount)': (_rt, _self, amount: Value) => amount as Duration,
  },
  methods: {
    ...eachUnit((name, unit) => [
      [`plus${name}(long)`, (_rt, self: Duration, amount: Long) => new Duration(self.nanos + amount.big() * unit.nanos)],
      [`minus${name}(long)`, (_rt, self: Duration, amount: Long) => new Duration(self.nanos - amount.big() * unit.nanos)],
      // Days to seconds round down, as the seconds they come from; the finer ones are exact.
      [
        `to${name}()`,
        (_rt, self: Duration) => Long.of(exactLong(unit.nanos >= SECONDS.nanos ? self.seconds / (unit.nanos / SECONDS.nanos) : self.nanos / unit.nanos)),
      ],
    ]),
    'getSeconds()': (_rt, self: Duration) => Long.of(self.seconds),
    'getNano()': (_rt, self: Duration) => self.nano,
    'toDaysPart()': (_rt, self: Duration) => Long.of(self.seconds / 86_400n),
    'toHoursPart()': (_rt, self: Duration) => part(self, HOURS, 24n),
    'toMinutesPart()': (_rt, self: Duration) => part(self, MINUTES, 60n),
    'toSecondsPart()': (_rt, self: Duration) => Number(self.seconds % 60n),
    'toMillisPart()': (_rt, self: Duration) => Math.trunc(self.nano / 1_000_000),
    'toNanosPart()': (_rt, self: Duration) => self.nano,
    'plus(java.time.Duration)': (_rt, self: Duration, other: Duration) => new Duration(self.nanos + given(other, 'duration').nanos),
    'minus(java.time.Duration)': (_rt, self: Duration, other: Duration) => new Duration(self.nanos - given(other, 'duration').nanos),
    'plus(long, java.time.temporal.TemporalUnit)': (_rt, self: Duration, amount: Long, unit: ChronoUnit) =>
      new Duration(self.nanos + amount.big() * exactUnit(unit)),
    'minus(long, java.time.temporal.TemporalUnit)': (_rt, self: Duration, amount: Long, unit: ChronoUnit) =>
      new Duration(self.nanos - amount.big() * exactUnit(unit)),
    'multipliedBy(long)': (_rt, self: Duration, by: Long) => new Duration(self.nanos * by.big()),
    'dividedBy(long)': (_rt, self: Duration, by: Long) => divided(self, by.big()),
    'dividedBy(java.time.Duration)': (_rt, self: Duration, by: Duration) => {
      if (by.nanos === 0n) throw new JavaThrowable('java.lang.ArithmeticException', 'Cannot divide by zero');
      return Long.of(self.nanos / by.nanos);
    },
    'negated()': (_rt, self: Duration) => new Duration(-self.nanos),
    'abs()': (_rt, self: Duration) => (self.nanos < 0n ? new Duration(-self.nanos) : self),
    'isZero()': (_rt, self: Duration) => self.nanos === 0n,
    'isNegative()': (_rt, self: Duration) => self.nanos < 0n,
    'withSeconds(long)': (_rt, self: Duration, second: Long) => new Duration(second.big() * SECONDS.nanos + BigInt(self.nano)),
    'withNanos(int)': (_rt, self: Duration, nano: number) => new Duration(self.seconds * SECONDS.nanos + BigInt(FIELD.NANO_OF_SECOND.check(nano))),
    'truncatedTo(java.time.temporal.TemporalUnit)': (_rt, self: Duration, unit: ChronoUnit) => new Duration((self.nanos / exactUnit(unit)) * unit.nanos),
    'addTo(java.time.temporal.Temporal)': (_rt, self: Duration, temporal: Temporal) => plusAmount(temporal, self, 1),
    'subtractFrom(java.time.temporal.Temporal)': (_rt, self: Duration, temporal: Temporal) => plusAmount(temporal, self, -1),
    'compareTo(java.time.Duration)': (rt, self: Duration, other: Duration) => self.javaCompare(rt, given(other, 'other')),
  },
};

const period: NativeClass = {
  name: 'java.time.Period',
  interfaces: ['java.time.temporal.TemporalAmount', 'java.io.Serializable'],
  fields: { ZERO: () => new Period(0, 0, 0) },
  statics: {
    'of(int, int, int)': (_rt, _self, y: number, m: number, d: number) => new Period(y, m, d),
    'ofYears(int)': (_rt, _self, n: number) => new Period(n, 0, 0),
    'ofMonths(int)': (_rt, _self, n: number) => new Period(0, n, 0),
    'ofWeeks(int)': (_rt, _self, n: number) => new Period(0, 0, n * 7),
    'ofDays(int)': (_rt, _self, n: number) => new Period(0, 0, n),
    'between(java.time.LocalDate, java.time.LocalDate)': (_rt, _self, start: LocalDate, end: LocalDate) =>
      Period.between(given(start, 'startDateInclusive'), given(end, 'endDateExclusive')),
    'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parsePeriod(rt.str(given(text, 'text'))),
  },
  methods: {
    'getYears()': (_rt, self: Period) => self.years,
    'getMonths()': (_rt, self: Period) => self.months,
    'getDays()': (_rt, self: Period) => self.days,
    'isZero()': (_rt, self: Period) => self.years === 0 && self.months === 0 && self.days === 0,
    'isNegative()': (_rt, self: Period) => self.years < 0 || self.months < 0 || self.days < 0,
    'toTotalMonths()': (_rt, self: Period) => Long.of(self.years * 12 + self.months),
    'plusYears(long)': (_rt, self: Period, n: Long) => new Period(self.years + n.num(), self.months, self.days),
    'plusMonths(long)': (_rt, self: Period, n: Long) => new Period(self.years, self.months + n.num(), self.days),
    'plusDays(long)': (_rt, self: Period, n: Long) => new Period(self.years, self.months, self.days + n.num()),
    'minusDays(long)': (_rt, self: Period, n: Long) => new Period(self.years, self.months, self.days - n.num()),
    'plus(java.time.temporal.TemporalAmount)': (_rt, self: Period, p: Period) => new Period(self.years + p.years, self.months + p.months, self.days + p.days),
    'minus(java.time.temporal.TemporalAmount)': (_rt, self: Period, p: Period) => new Period(self.years - p.years, self.months - p.months, self.days - p.days),
    'multipliedBy(int)': (_rt, self: Period, n: number) => new Period(self.years * n, self.months * n, self.days * n),
    'negated()': (_rt, self: Period) => new Period(-self.years, -self.months, -self.days),
    'normalized()': (_rt, self: Period) => {
      const total = self.years * 12 + self.months;
      return new Period(Math.trunc(total / 12), total % 12, self.days);
    },
  },
};

const nowDate = (rt: Runtime): LocalDate => ZonedDateTime.ofInstant(Math.floor(rt.world.now() / 1000), 0, systemZone(rt)).local.date;
const yearMonthFormat = DateTimeFormatter.ofPattern('uuuu-MM');

const yearMonth: NativeClass = {
  name: 'java.time.YearMonth',
  interfaces: javaTimeInterfaces(),
  statics: {
    'of(int, int)': (_rt, _self, y: number, m: number) => new YearMonth(y, m),
    'of(int, java.time.Month)': (_rt, _self, y: number, m: Month) => new YearMonth(y, m.number),
    'now()': (rt) => yearMonthFrom(nowDate(rt)),
    'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => yearMonthFrom(temporal),
    'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parseTo(rt, yearMonthFormat, rt.str(given(text, 'text')), yearMonthFrom),
    'parse(java.lang.CharSequence, java.time.format.DateTimeFormatter)': (rt, _self, text: Value, formatter: DateTimeFormatter) =>
      parseTo(rt, formatter, rt.str(given(text, 'text')), yearMonthFrom),
  },
  methods: {
    ...temporalMethods,
    ...formatMethod,
    ...movers({ Months: MONTH_UNIT, Years: YEARS }),
    ...comparisons('java.time.YearMonth'),
    'getYear()': (_rt, self: YearMonth) => self.year,
    'getMonthValue()': (_rt, self: YearMonth) => self.month,
    'getMonth()': (_rt, self: YearMonth) => month(self.month),
    'withYear(int)': (_rt, self: YearMonth, y: number) => new YearMonth(y, self.month),
    'withMonth(int)': (_rt, self: YearMonth, m: number) => new YearMonth(self.year, m),
    'isLeapYear()': (_rt, self: YearMonth) => isLeapYear(self.year),
    'lengthOfMonth()': (_rt, self: YearMonth) => monthLength(self.year, self.month),
    'lengthOfYear()': (_rt, self: YearMonth) => (isLeapYear(self.year) ? 366 : 365),
    'atDay(int)': (_rt, self: YearMonth, d: number) => LocalDate.of(self.year, self.month, d),
    'atEndOfMonth()': (_rt, self: YearMonth) => LocalDate.clipped(self.year, self.month, 31),
  },
};

const year: NativeClass = {
  name: 'java.time.Year',
  interfaces: javaTimeInterfaces(),
  fields: { MIN_VALUE: () => -999_999_999, MAX_VALUE: () => 999_999_999 },
  statics: {
    'of(int)': (_rt, _self, y: number) => new Year(y),
    'now()': (rt) => yearFrom(nowDate(rt)),
    'isLeap(long)': (_rt, _self, y: Long) => isLeapYear(y.num()),
    'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => yearFrom(temporal),
    'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parseTo(rt, DateTimeFormatter.ofPattern('uuuu'), rt.str(given(text, 'text')), yearFrom),
  },
  methods: {
    ...temporalMethods,
    ...formatMethod,
    ...movers({ Years: YEARS }),
    ...comparisons('java.time.Year'),
    'getValue()': (_rt, self: Year) => self.year,
    'isLeap()': (_rt, self: Year) => isLeapYear(self.year),
    'length()': (_rt, self: Year) => (isLeapYear(self.year) ? 366 : 365),
    'atDay(int)': (_rt, self: Year, d: number) => LocalDate.ofYearDay(self.year, d),
    'atMonth(int)': (_rt, self: Year, m: number) => new YearMonth(self.year, m),
  },
};

function styledName(name: string, style: Style): string {
  return style.name.startsWith('FULL') ? name : name.slice(0, style.name.startsWith('SHORT') ? 3 : 1);
}
const enumTemporal = (field: 'DAY_OF_WEEK' | 'MONTH_OF_YEAR'): Signatures => ({
  'getValue()': (_rt, self: DayOfWeek | Month) => self.number,
  'get(java.time.temporal.TemporalField)': (_rt, self: DayOfWeek, asked) => (asked === FIELD[field] ? self.number : intField(dayTemporal, asked)),
});
/** Supports no field: for the failure alone. */
const dayTemporal = { value: () => undefined } as unknown as TemporalAccessor;

export const amountClasses: readonly NativeClass[] = [
  duration,
  period,
  yearMonth,
  year,
  enumClass('java.time.DayOfWeek', DAYS_OF_WEEK, {
    interfaces: ['java.time.temporal.TemporalAccessor', 'java.time.temporal.TemporalAdjuster'],
    statics: {
      'of(int)': (_rt, _self, n: number) => dayOfWeek(n),
      'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: Value) =>
        temporal instanceof DayOfWeek ? temporal : dayOfWeek(fieldOf(temporal as TemporalAccessor, FIELD.DAY_OF_WEEK)),
    },
    methods: {
      ...enumTemporal('DAY_OF_WEEK'),
      'plus(long)': (_rt, self: DayOfWeek, n: Long) => turned(DAYS_OF_WEEK, self, n.num()),
      'minus(long)': (_rt, self: DayOfWeek, n: Long) => turned(DAYS_OF_WEEK, self, -n.num()),
      'getDisplayName(java.time.format.TextStyle, java.util.Locale)': (_rt, self: DayOfWeek, style: Style) =>
        styledName(WEEKDAYS[self.ordinal] as string, style),
    },
  }),
  enumClass('java.time.Month', MONTH_CONSTANTS, {
    interfaces: ['java.time.temporal.TemporalAccessor', 'java.time.temporal.TemporalAdjuster'],
    statics: {
      'of(int)': (_rt, _self, n: number) => month(n),
      'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: Value) =>
        temporal instanceof Month ? temporal : month(fieldOf(temporal as TemporalAccessor, FIELD.MONTH_OF_YEAR)),
    },
    methods: {
      ...enumTemporal('MONTH_OF_YEAR'),
      'plus(long)': (_rt, self: Month, n: Long) => turned(MONTH_CONSTANTS, self, n.num()),
      'minus(long)': (_rt, self: Month, n: Long) => turned(MONTH_CONSTANTS, self, -n.num()),
      'length(boolean)': (_rt, self: Month, leap: boolean) => monthLength(leap ? 2000 : 2001, self.number),
      'minLength()': (_rt, self: Month) => monthLength(2001, self.number),
      'maxLength()': (_rt, self: Month) => monthLength(2000, self.number),
      'firstMonthOfQuarter()': (_rt, self: Month) => month(self.number - (self.ordinal % 3)),
      'getDisplayName(java.time.format.TextStyle, java.util.Locale)': (_rt, self: Month, style: Style) => styledName(MONTHS[self.ordinal] as string, style),
    },
  }),
  enumClass('java.time.format.TextStyle', TEXT_STYLES),
  enumClass('java.time.format.FormatStyle', FORMAT_STYLES),
  enumClass('java.time.format.ResolverStyle', RESOLVER_STYLES),
  enumClass('java.time.chrono.IsoEra', ERA_CONSTANTS, { methods: { 'getValue()': (_rt, self: { ordinal: number }) => self.ordinal } }),
];
