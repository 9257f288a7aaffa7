/** The methods of LocalDate, LocalTime and LocalDateTime. */
import { JavaList } from '../collections/model.ts';
import { Long } from '../numbers/boxes.ts';
import type { Native, NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { Month } from './calendarEnums.ts';
import { dayOfWeek, ERA_CONSTANTS, month } from './calendarEnums.ts';
import type { ChronoUnit, FieldName, Temporal, TemporalAccessor } from './chrono.ts';
import { DAYS, FIELD, HOURS, MINUTES, MONTH_UNIT, NANOS, SECONDS, WEEKS, YEARS } from './chrono.ts';
import { nullPointer } from './failures.ts';
import { parseTo } from './formatParse.ts';
import type { DateTimeFormatter } from './formatter.ts';
import { NAMED_FORMATTERS } from './formatter.ts';
import { Instant } from './instant.ts';
import { dateFrom, LocalDate, MAX_DATE, MIN_DATE } from './localDate.ts';
import { dateTimeFrom, LocalDateTime } from './localDateTime.ts';
import { LocalTime, NANOS_PER_DAY, timeFrom } from './localTime.ts';
import { Period } from './period.ts';
import { javaTimeInterfaces, temporalMethods } from './temporalTable.ts';
import type { ZoneId, ZoneOffset } from './zoned.ts';
import { OffsetDateTime, systemZone, ZonedDateTime } from './zoned.ts';

export function given<T extends Value>(value: T | null, name: string): T {
  if (value === null) throw nullPointer(name);
  return value;
}
/** `getX()` of an int field, `withX(int)`, `plusXs(long)`, `minusXs(long)`. */
export const getters = (table: Readonly<Record<string, FieldName>>): Signatures =>
  Object.fromEntries(
    Object.entries(table).map(([name, field]): [string, Native] => [`${name}()`, (_rt, self: TemporalAccessor) => self.value(FIELD[field]) as number]),
  );
export const setters = (table: Readonly<Record<string, FieldName>>): Signatures =>
  Object.fromEntries(
    Object.entries(table).map(([name, field]): [string, Native] => [
      `${name}(int)`,
      (_rt, self: Temporal, value: number) => self.withField(FIELD[field], value),
    ]),
  );
export const movers = (table: Readonly<Record<string, ChronoUnit>>): Signatures =>
  Object.fromEntries(
    Object.entries(table).flatMap(([name, unit]): [string, Native][] => [
      [`plus${name}(long)`, (_rt, self: Temporal, amount: Long) => self.plusUnits(amount.num(), unit)],
      [`minus${name}(long)`, (_rt, self: Temporal, amount: Long) => self.plusUnits(-amount.num(), unit)],
    ]),
  );

export const DATE_GETTERS = { getYear: 'YEAR', getMonthValue: 'MONTH_OF_YEAR', getDayOfMonth: 'DAY_OF_MONTH', getDayOfYear: 'DAY_OF_YEAR' } as const;
export const DATE_SETTERS = { withYear: 'YEAR', withMonth: 'MONTH_OF_YEAR', withDayOfMonth: 'DAY_OF_MONTH', withDayOfYear: 'DAY_OF_YEAR' } as const;
export const TIME_GETTERS = { getHour: 'HOUR_OF_DAY', getMinute: 'MINUTE_OF_HOUR', getSecond: 'SECOND_OF_MINUTE', getNano: 'NANO_OF_SECOND' } as const;
export const TIME_SETTERS = { withHour: 'HOUR_OF_DAY', withMinute: 'MINUTE_OF_HOUR', withSecond: 'SECOND_OF_MINUTE', withNano: 'NANO_OF_SECOND' } as const;
export const DATE_UNITS = { Days: DAYS, Weeks: WEEKS, Months: MONTH_UNIT, Years: YEARS } as const;
export const TIME_UNITS = { Hours: HOURS, Minutes: MINUTES, Seconds: SECONDS, Nanos: NANOS } as const;
export const namedParts: Signatures = {
  'getMonth()': (_rt, self: TemporalAccessor) => month(self.value(FIELD.MONTH_OF_YEAR) as number),
  'getDayOfWeek()': (_rt, self: TemporalAccessor) => dayOfWeek(self.value(FIELD.DAY_OF_WEEK) as number),
};
export const formatMethod: Signatures = {
  'format(java.time.format.DateTimeFormatter)': (_rt, self: Temporal, formatter: DateTimeFormatter) => given(formatter, 'formatter').format(self),
};
/** isBefore, isAfter, isEqual, compareTo of one interface. */
export function comparisons(type: string): Signatures {
  const compare = (rt: Runtime, self: Temporal, other: Temporal | null): number => {
    if (other === null) throw nullPointer();
    return self.javaCompare?.(rt, other) ?? 0;
  };
  return {
    [`isBefore(${type})`]: (rt, self: Temporal, other) => compare(rt, self, other) < 0,
    [`isAfter(${type})`]: (rt, self: Temporal, other) => compare(rt, self, other) > 0,
    [`isEqual(${type})`]: (rt, self: Temporal, other) => compare(rt, self, other) === 0,
    [`compareTo(${type})`]: (rt, self: Temporal, other) => compare(rt, self, other),
  };
}

const nowIn = (rt: Runtime, zone: ZoneId | null): LocalDateTime => {
  const ms = rt.world.now();
  return ZonedDateTime.ofInstant(Math.floor(ms / 1000), (ms % 1000) * 1_000_000, zone ?? systemZone(rt)).local;
};
const monthNumber = (of: number | Month): number => (typeof of === 'number' ? of : given(of, 'month').number);
/** Static `of` in the forms with the month as a number and as a constant. */
function both(tail: string, make: (year: number, month: number, ...rest: number[]) => Value): Signatures {
  return {
    [`of(int, int, ${tail})`]: (_rt, _self, year: number, m: number, ...rest: number[]) => make(year, m, ...rest),
    [`of(int, java.time.Month, ${tail})`]: (_rt, _self, year: number, m: Month, ...rest: number[]) => make(year, monthNumber(m), ...rest),
  };
}

const localDate: NativeClass = {
  name: 'java.time.LocalDate',
  interfaces: javaTimeInterfaces('java.time.chrono.ChronoLocalDate'),
  fields: { MIN: () => MIN_DATE, MAX: () => MAX_DATE, EPOCH: () => LocalDate.ofEpochDay(0) },
  statics: {
    ...both('int', (y, m, d = 1) => LocalDate.of(y, m, d)),
    'now()': (rt) => nowIn(rt, null).date,
    'now(java.time.ZoneId)': (rt, _self, zone: ZoneId) => nowIn(rt, zone).date,
    'ofEpochDay(long)': (_rt, _self, day: Long) => LocalDate.ofEpochDay(day.num()),
    'ofYearDay(int, int)': (_rt, _self, year: number, day: number) => LocalDate.ofYearDay(year, day),
    'ofInstant(java.time.Instant, java.time.ZoneId)': (_rt, _self, instant: Instant, zone: ZoneId) =>
      ZonedDateTime.ofInstant(Number(instant.seconds), instant.nano, zone).local.date,
    'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parseTo(rt, NAMED_FORMATTERS.ISO_LOCAL_DATE, rt.str(given(text, 'text')), dateFrom),
    'parse(java.lang.CharSequence, java.time.format.DateTimeFormatter)': (rt, _self, text: Value, formatter: DateTimeFormatter) =>
      parseTo(rt, given(formatter, 'formatter'), rt.str(given(text, 'text')), dateFrom),
    'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => dateFrom(temporal),
  },
  methods: {
    ...temporalMethods,
    ...getters(DATE_GETTERS),
    ...setters(DATE_SETTERS),
    ...movers(DATE_UNITS),
    ...namedParts,
    ...formatMethod,
    ...comparisons('java.time.chrono.ChronoLocalDate'),
    'getEra()': (_rt, self: LocalDate) => ERA_CONSTANTS[self.year >= 1 ? 1 : 0] as Value,
    'isLeapYear()': (_rt, self: LocalDate) => self.leap,
    'lengthOfMonth()': (_rt, self: LocalDate) => self.length,
    'lengthOfYear()': (_rt, self: LocalDate) => (self.leap ? 366 : 365),
    'toEpochDay()': (_rt, self: LocalDate) => Long.of(self.epochDay),
    'atStartOfDay()': (_rt, self: LocalDate) => new LocalDateTime(self, new LocalTime(0)),
    'atStartOfDay(java.time.ZoneId)': (_rt, self: LocalDate, zone: ZoneId) => ZonedDateTime.ofLocal(new LocalDateTime(self, new LocalTime(0)), zone, null),
    'atTime(java.time.LocalTime)': (_rt, self: LocalDate, time: LocalTime) => new LocalDateTime(self, given(time, 'time')),
    'atTime(int, int)': (_rt, self: LocalDate, h: number, m: number) => new LocalDateTime(self, LocalTime.of(h, m)),
    'atTime(int, int, int)': (_rt, self: LocalDate, h: number, m: number, s: number) => new LocalDateTime(self, LocalTime.of(h, m, s)),
    'until(java.time.chrono.ChronoLocalDate)': (_rt, self: LocalDate, end: LocalDate) => Period.between(self, given(end, 'endDateExclusive')),
    'datesUntil(java.time.LocalDate)': (rt, self: LocalDate, end: LocalDate) => {
      const days = end.epochDay - self.epochDay;
      rt.alloc(Math.max(0, days));
      return new JavaList(Array.from({ length: Math.max(0, days) }, (_none, i) => self.plusDays(i)));
    },
    'toEpochSecond(java.time.LocalTime, java.time.ZoneOffset)': (_rt, self: LocalDate, time: LocalTime, offset: ZoneOffset) =>
      Long.of(new LocalDateTime(self, time).localSecond - offset.seconds),
  },
};

const localTime: NativeClass = {
  name: 'java.time.LocalTime',
  interfaces: javaTimeInterfaces(),
  fields: {
    MIN: () => new LocalTime(0),
    MIDNIGHT: () => new LocalTime(0),
    NOON: () => LocalTime.of(12, 0),
    MAX: () => new LocalTime(NANOS_PER_DAY - 1),
  },
  statics: {
    'of(int, int)': (_rt, _self, h: number, m: number) => LocalTime.of(h, m),
    'of(int, int, int)': (_rt, _self, h: number, m: number, s: number) => LocalTime.of(h, m, s),
    'of(int, int, int, int)': (_rt, _self, h: number, m: number, s: number, n: number) => LocalTime.of(h, m, s, n),
    'ofSecondOfDay(long)': (_rt, _self, second: Long) => new LocalTime(FIELD.SECOND_OF_DAY.check(second.num()) * 1_000_000_000),
    'ofNanoOfDay(long)': (_rt, _self, nano: Long) => new LocalTime(FIELD.NANO_OF_DAY.check(nano.num())),
    'now()': (rt) => nowIn(rt, null).time,
    'now(java.time.ZoneId)': (rt, _self, zone: ZoneId) => nowIn(rt, zone).time,
    'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parseTo(rt, NAMED_FORMATTERS.ISO_LOCAL_TIME, rt.str(given(text, 'text')), timeFrom),
    'parse(java.lang.CharSequence, java.time.format.DateTimeFormatter)': (rt, _self, text: Value, formatter: DateTimeFormatter) =>
      parseTo(rt, given(formatter, 'formatter'), rt.str(given(text, 'text')), timeFrom),
    'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => timeFrom(temporal),
  },
  methods: {
    ...temporalMethods,
    ...getters(TIME_GETTERS),
    ...setters(TIME_SETTERS),
    ...movers(TIME_UNITS),
    ...formatMethod,
    ...comparisons('java.time.LocalTime'),
    'toNanoOfDay()': (_rt, self: LocalTime) => Long.of(self.nanoOfDay),
    'toSecondOfDay()': (_rt, self: LocalTime) => self.secondOfDay,
    'truncatedTo(java.time.temporal.TemporalUnit)': (_rt, self: LocalTime, unit: ChronoUnit) => self.truncated(unit),
    'atDate(java.time.LocalDate)': (_rt, self: LocalTime, date: LocalDate) => new LocalDateTime(given(date, 'date'), self),
  },
};

const localDateTime: NativeClass = {
  name: 'java.time.LocalDateTime',
  interfaces: javaTimeInterfaces('java.time.chrono.ChronoLocalDateTime'),
  fields: {
    MIN: () => new LocalDateTime(MIN_DATE, new LocalTime(0)),
    MAX: () => new LocalDateTime(MAX_DATE, new LocalTime(NANOS_PER_DAY - 1)),
  },
  statics: {
    ...both('int, int, int', (y, m, d = 1, h = 0, n = 0) => new LocalDateTime(LocalDate.of(y, m, d), LocalTime.of(h, n))),
    ...both('int, int, int, int', (y, m, d = 1, h = 0, n = 0, s = 0) => new LocalDateTime(LocalDate.of(y, m, d), LocalTime.of(h, n, s))),
    ...both('int, int, int, int, int', (y, m, d = 1, h = 0, n = 0, s = 0, f = 0) => new LocalDateTime(LocalDate.of(y, m, d), LocalTime.of(h, n, s, f))),
    'of(java.time.LocalDate, java.time.LocalTime)': (_rt, _self, date: LocalDate, time: LocalTime) =>
      new LocalDateTime(given(date, 'date'), given(time, 'time')),
    'now()': (rt) => nowIn(rt, null),
    'now(java.time.ZoneId)': (rt, _self, zone: ZoneId) => nowIn(rt, zone),
    'ofInstant(java.time.Instant, java.time.ZoneId)': (_rt, _self, instant: Instant, zone: ZoneId) =>
      ZonedDateTime.ofInstant(Number(given(instant, 'instant').seconds), instant.nano, given(zone, 'zone')).local,
    'ofEpochSecond(long, int, java.time.ZoneOffset)': (_rt, _self, second: Long, nano: number, offset: ZoneOffset) =>
      LocalDateTime.ofSecond(second.num() + offset.seconds, FIELD.NANO_OF_SECOND.check(nano)),
    'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parseTo(rt, NAMED_FORMATTERS.ISO_LOCAL_DATE_TIME, rt.str(given(text, 'text')), dateTimeFrom),
    'parse(java.lang.CharSequence, java.time.format.DateTimeFormatter)': (rt, _self, text: Value, formatter: DateTimeFormatter) =>
      parseTo(rt, given(formatter, 'formatter'), rt.str(given(text, 'text')), dateTimeFrom),
    'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => dateTimeFrom(temporal),
  },
  methods: {
    ...temporalMethods,
    ...getters({ ...DATE_GETTERS, ...TIME_GETTERS }),
    ...setters({ ...DATE_SETTERS, ...TIME_SETTERS }),
    ...movers({ ...DATE_UNITS, ...TIME_UNITS }),
    ...namedParts,
    ...formatMethod,
    ...comparisons('java.time.chrono.ChronoLocalDateTime'),
    'toLocalDate()': (_rt, self: LocalDateTime) => self.date,
    'toLocalTime()': (_rt, self: LocalDateTime) => self.time,
    'truncatedTo(java.time.temporal.TemporalUnit)': (_rt, self: LocalDateTime, unit: ChronoUnit) => self.truncated(unit),
    'atZone(java.time.ZoneId)': (_rt, self: LocalDateTime, zone: ZoneId) => ZonedDateTime.ofLocal(self, given(zone, 'zone'), null),
    'atOffset(java.time.ZoneOffset)': (_rt, self: LocalDateTime, offset: ZoneOffset) => new OffsetDateTime(self, given(offset, 'offset')),
    'toInstant(java.time.ZoneOffset)': (_rt, self: LocalDateTime, offset: ZoneOffset) =>
      Instant.ofSecond(BigInt(self.localSecond - given(offset, 'offset').seconds), BigInt(self.time.nano)),
    'toEpochSecond(java.time.ZoneOffset)': (_rt, self: LocalDateTime, offset: ZoneOffset) => Long.of(self.localSecond - given(offset, 'offset').seconds),
  },
};

export const localClasses: readonly NativeClass[] = [
  { name: 'java.time.chrono.ChronoLocalDate', kind: 'interface', interfaces: ['java.time.temporal.Temporal', 'java.lang.Comparable'] },
  { name: 'java.time.chrono.ChronoLocalDateTime', kind: 'interface', interfaces: ['java.time.temporal.Temporal', 'java.lang.Comparable'] },
  localDate,
  localTime,
  localDateTime,
];
