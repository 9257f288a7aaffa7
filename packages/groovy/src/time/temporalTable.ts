/** What every class of java.time shares: units, fields, adjusters, amounts. */
import { Long } from '../numbers/boxes.ts';
import type { NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { DayOfWeek, Month } from './calendarEnums.ts';
import type { ChronoUnit, TemporalAccessor, TemporalField } from './chrono.ts';
import { ChronoField, DAYS, DerivedField, FIELD, FIELDS, fieldOf, NANOS, noUnit, SECONDS, type Temporal, UNITS } from './chrono.ts';
import { Duration } from './duration.ts';
import { enumClass } from './enums.ts';
import { illegalArgument, nullPointer, unsupported } from './failures.ts';
import { DAY_OF_QUARTER, ISO_WEEK, ISO_WEEK_YEAR, QUARTER_OF_YEAR } from './formatParts.ts';
import { Instant } from './instant.ts';
import { LocalDate } from './localDate.ts';
import { LocalDateTime } from './localDateTime.ts';
import { LocalTime } from './localTime.ts';
import { Period, Year, YearMonth } from './period.ts';
import { Located, ZoneOffset } from './zoned.ts';

/** An adjuster made by TemporalAdjusters. */
export class Adjuster extends JavaObject {
  readonly adjust: (temporal: Temporal) => Temporal;
  constructor(adjust: (temporal: Temporal) => Temporal) {
    super();
    this.adjust = adjust;
  }
  get $type(): string {
    return 'java.time.temporal.TemporalAdjusters$Adjuster';
  }
}

export class ValueRange extends JavaObject {
  readonly min: number;
  readonly smallestMax: number;
  readonly max: number;
  constructor(min: number, smallestMax: number, max: number) {
    super();
    this.min = min;
    this.smallestMax = smallestMax;
    this.max = max;
  }
  get $type(): string {
    return 'java.time.temporal.ValueRange';
  }
  override javaString(): string {
    return `${this.min} - ${this.smallestMax === this.max ? '' : `${this.smallestMax}/`}${this.max}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof ValueRange && other.min === this.min && other.max === this.max && other.smallestMax === this.smallestMax;
  }
}

/** java.time.temporal.WeekFields: the ISO weeks alone. */
class WeekFields extends JavaObject {
  get $type(): string {
    return 'java.time.temporal.WeekFields';
  }
  override javaString(): string {
    return 'WeekFields[MONDAY,4]';
  }
}
const ISO_WEEKS = new WeekFields();

/** `temporal.with(adjuster)` */
export function adjusted(rt: Runtime, temporal: Temporal, adjuster: Value): Value {
  if (adjuster instanceof Adjuster) return adjuster.adjust(temporal);
  if (adjuster instanceof DayOfWeek) return temporal.withField(FIELD.DAY_OF_WEEK, adjuster.number);
  if (adjuster instanceof Month) return temporal.withField(FIELD.MONTH_OF_YEAR, adjuster.number);
  if (adjuster instanceof Year) return temporal.withField(FIELD.YEAR, adjuster.year);
  if (adjuster instanceof YearMonth) return temporal.withField(FIELD.PROLEPTIC_MONTH, adjuster.prolepticMonth);
  if (adjuster instanceof ZoneOffset) return temporal.withField(FIELD.OFFSET_SECONDS, adjuster.seconds);
  if (adjuster === null) throw nullPointer();
  if (adjuster.constructor === temporal.constructor) return adjuster;
  if (temporal instanceof Located) {
    if (adjuster instanceof LocalDateTime) return temporal.withLocal(adjuster);
    if (adjuster instanceof LocalDate) return temporal.withLocal(new LocalDateTime(adjuster, temporal.local.time));
    if (adjuster instanceof LocalTime) return temporal.withLocal(new LocalDateTime(temporal.local.date, adjuster));
    if (adjuster instanceof Instant) return temporal.withInstant(Number(adjuster.seconds), adjuster.nano);
  }
  if (adjuster instanceof LocalDate) return temporal.withField(FIELD.EPOCH_DAY, adjuster.epochDay);
  if (adjuster instanceof LocalTime) return temporal.withField(FIELD.NANO_OF_DAY, adjuster.nanoOfDay);
  if (adjuster instanceof LocalDateTime) {
    return temporal.withField(FIELD.EPOCH_DAY, adjuster.date.epochDay).withField(FIELD.NANO_OF_DAY, adjuster.time.nanoOfDay);
  }
  return rt.invokeSync(adjuster, 'adjustInto', [temporal]);
}

/** `temporal.plus(amount)`; `sign` -1 for minus. */
export function plusAmount(temporal: Temporal, amount: Value, sign: 1 | -1): Temporal {
  if (amount === null) throw nullPointer('amountToAdd');
  if (amount instanceof Period) return amount.addTo(temporal, sign);
  if (amount instanceof Duration) {
    const nanos = amount.nanos * BigInt(sign);
    if (temporal instanceof Instant || temporal instanceof LocalDateTime || temporal instanceof Located) {
      return temporal instanceof Instant ? temporal.plus(nanos) : temporal.plusNanos(nanos);
    }
    if (temporal instanceof LocalTime) return temporal.plusNanos(nanos);
    if (nanos === 0n) return temporal;
    throw noUnit(amount.seconds === 0n ? NANOS : SECONDS);
  }
  throw illegalArgument(`Unsupported amount ${typeof amount === 'object' && '$type' in amount ? amount.$type : typeof amount}`);
}

/** A field's value as an int, refused for those that need a long. */
export function intField(temporal: TemporalAccessor, field: TemporalField): number {
  const long = [FIELD.NANO_OF_DAY, FIELD.MICRO_OF_DAY, FIELD.EPOCH_DAY, FIELD.PROLEPTIC_MONTH, FIELD.INSTANT_SECONDS];
  if (field instanceof ChronoField && long.includes(field) && (field === FIELD.INSTANT_SECONDS || temporal.value(field) !== undefined)) {
    throw unsupported(`Invalid field '${field.text}' for get() method, use getLong() instead`);
  }
  return fieldOf(temporal, field);
}
function range(temporal: TemporalAccessor, field: TemporalField): ValueRange {
  fieldOf(temporal, field);
  const day = temporal.value(FIELD.EPOCH_DAY);
  if (day !== undefined && field instanceof ChronoField) {
    const date = LocalDate.ofEpochDay(day);
    if (field === FIELD.DAY_OF_MONTH) return new ValueRange(1, date.length, date.length);
    if (field === FIELD.DAY_OF_YEAR) return new ValueRange(1, date.leap ? 366 : 365, date.leap ? 366 : 365);
    if (field === FIELD.ALIGNED_WEEK_OF_MONTH) return new ValueRange(1, date.length === 28 ? 4 : 5, date.length === 28 ? 4 : 5);
    if (field === FIELD.YEAR_OF_ERA) return new ValueRange(1, date.year <= 0 ? 1_000_000_000 : 999_999_999, date.year <= 0 ? 1_000_000_000 : 999_999_999);
  }
  return field instanceof ChronoField ? new ValueRange(field.min, field.smallestMax, field.max) : new ValueRange(field.min, field.max, field.max);
}

const given = <T extends Value>(value: T | null, name: string): T => {
  if (value === null) throw nullPointer(name);
  return value;
};

export const temporalMethods: Signatures = {
  'get(java.time.temporal.TemporalField)': (_rt, self: Temporal, field: TemporalField) => intField(self, given(field, 'field')),
  'getLong(java.time.temporal.TemporalField)': (_rt, self: Temporal, field: TemporalField) => Long.of(fieldOf(self, given(field, 'field'))),
  'isSupported(java.time.temporal.TemporalField)': (_rt, self: Temporal, field: TemporalField | null) =>
    field !== null && self.value(field instanceof DerivedField ? FIELD.EPOCH_DAY : field) !== undefined,
  'isSupported(java.time.temporal.TemporalUnit)': (_rt, self: Temporal, unit: ChronoUnit | null) => unit !== null && self.hasUnit(unit),
  'range(java.time.temporal.TemporalField)': (_rt, self: Temporal, field: TemporalField) => range(self, given(field, 'field')),
  'plus(long, java.time.temporal.TemporalUnit)': (_rt, self: Temporal, amount: Long, unit: ChronoUnit) => self.plusUnits(amount.num(), given(unit, 'unit')),
  'minus(long, java.time.temporal.TemporalUnit)': (_rt, self: Temporal, amount: Long, unit: ChronoUnit) => self.plusUnits(-amount.num(), given(unit, 'unit')),
  'plus(java.time.temporal.TemporalAmount)': (_rt, self: Temporal, amount: Value) => plusAmount(self, amount, 1),
  'minus(java.time.temporal.TemporalAmount)': (_rt, self: Temporal, amount: Value) => plusAmount(self, amount, -1),
  'until(java.time.temporal.Temporal, java.time.temporal.TemporalUnit)': (_rt, self: Temporal, end: Temporal, unit: ChronoUnit) =>
    Long.of(self.until(given(end, 'endExclusive'), given(unit, 'unit'))),
  'with(java.time.temporal.TemporalField, long)': (_rt, self: Temporal, field: TemporalField, value: Long) => {
    if (field instanceof ChronoField) return self.withField(field, value.num());
    const now = fieldOf(self, given(field, 'field'));
    if (field === QUARTER_OF_YEAR) return self.withField(FIELD.MONTH_OF_YEAR, fieldOf(self, FIELD.MONTH_OF_YEAR) + (value.num() - now) * 3);
    return self.plusUnits((value.num() - now) * (field === ISO_WEEK ? 7 : 1), DAYS);
  },
  'with(java.time.temporal.TemporalAdjuster)': (rt, self: Temporal, adjuster: Value) => adjusted(rt, self, adjuster),
};

const fieldMethods: Signatures = {
  'isDateBased()': (_rt, self: TemporalField) => self instanceof DerivedField || self.dateBased,
  'isTimeBased()': (_rt, self: TemporalField) => self instanceof ChronoField && self.timeBased,
  'range()': (_rt, self: TemporalField) => new ValueRange(self.min, self instanceof ChronoField ? self.smallestMax : self.max, self.max),
  'isSupportedBy(java.time.temporal.TemporalAccessor)': (_rt, self: TemporalField, temporal: TemporalAccessor) =>
    temporal.value(self instanceof DerivedField ? FIELD.EPOCH_DAY : self) !== undefined,
  'getFrom(java.time.temporal.TemporalAccessor)': (_rt, self: TemporalField, temporal: TemporalAccessor) => Long.of(fieldOf(temporal, self)),
};

const adjusters = (adjust: (temporal: Temporal) => Temporal) => (): Adjuster => new Adjuster(adjust);
const at = (temporal: Temporal, field: ChronoField): number => fieldOf(temporal, field);
const plusDays = (temporal: Temporal, days: number): Temporal => temporal.plusUnits(days, DAYS);
const lastDay = (temporal: Temporal): Temporal => temporal.withField(FIELD.DAY_OF_MONTH, LocalDate.ofEpochDay(at(temporal, FIELD.EPOCH_DAY)).length);
const weekday =
  (move: (today: number, wanted: number) => number) =>
  (_rt: Runtime, _self: null, day: DayOfWeek): Adjuster =>
    new Adjuster((temporal) => plusDays(temporal, move(at(temporal, FIELD.DAY_OF_WEEK), given(day, 'dayOfWeek').number)));
const UNIT = (name: string): ChronoUnit => UNITS.find((unit) => unit.name === name) as ChronoUnit;

export const temporalClasses: readonly NativeClass[] = [
  ...['TemporalAccessor', 'TemporalAdjuster', 'TemporalAmount'].map((name): NativeClass => ({ name: `java.time.temporal.${name}`, kind: 'interface' })),
  { name: 'java.time.temporal.Temporal', kind: 'interface', interfaces: ['java.time.temporal.TemporalAccessor'] },
  { name: 'java.time.temporal.TemporalField', kind: 'interface' },
  { name: 'java.time.temporal.TemporalUnit', kind: 'interface' },
  {
    ...enumClass('java.time.temporal.ChronoUnit', UNITS, {
      interfaces: ['java.time.temporal.TemporalUnit'],
      methods: {
        'addTo(java.time.temporal.Temporal, long)': (_rt, self: ChronoUnit, temporal: Temporal, amount: Long) => temporal.plusUnits(amount.num(), self),
        'between(java.time.temporal.Temporal, java.time.temporal.Temporal)': (_rt, self: ChronoUnit, start: Temporal, end: Temporal) =>
          Long.of(given(start, 'temporal1').until(given(end, 'temporal2'), self)),
        'getDuration()': (_rt, self: ChronoUnit) => new Duration(self.nanos),
        'isDateBased()': (_rt, self: ChronoUnit) => self.dateBased,
        'isTimeBased()': (_rt, self: ChronoUnit) => self.timeBased,
        'isDurationEstimated()': (_rt, self: ChronoUnit) => !self.timeBased,
        'isSupportedBy(java.time.temporal.Temporal)': (_rt, self: ChronoUnit, temporal: Temporal) => temporal.hasUnit(self),
      },
    }),
  },
  enumClass('java.time.temporal.ChronoField', FIELDS, {
    interfaces: ['java.time.temporal.TemporalField'],
    methods: {
      ...fieldMethods,
      'checkValidValue(long)': (_rt, self: ChronoField, value: Long) => {
        self.check(value.num());
        return value;
      },
      'checkValidIntValue(long)': (_rt, self: ChronoField, value: Long) => self.check(value.num()),
      'getBaseUnit()': (_rt, self: ChronoField) => (self.timeBased ? UNIT('NANOS') : UNIT('DAYS')),
    },
  }),
  { name: 'java.time.temporal.IsoFields$Field', interfaces: ['java.time.temporal.TemporalField'], methods: fieldMethods },
  {
    name: 'java.time.temporal.IsoFields',
    fields: {
      QUARTER_OF_YEAR: () => QUARTER_OF_YEAR,
      DAY_OF_QUARTER: () => DAY_OF_QUARTER,
      WEEK_OF_WEEK_BASED_YEAR: () => ISO_WEEK,
      WEEK_BASED_YEAR: () => ISO_WEEK_YEAR,
    },
  },
  {
    name: 'java.time.temporal.WeekFields',
    fields: { ISO: () => ISO_WEEKS },
    methods: {
      'weekOfWeekBasedYear()': () => ISO_WEEK,
      'weekBasedYear()': () => ISO_WEEK_YEAR,
      'dayOfWeek()': () => FIELD.DAY_OF_WEEK,
    },
  },
  {
    name: 'java.time.temporal.ValueRange',
    statics: {
      'of(long, long)': (_rt, _self, min: Long, max: Long) => {
        if (min.big() > max.big()) throw illegalArgument('Minimum value must be less than maximum value');
        return new ValueRange(min.num(), max.num(), max.num());
      },
    },
    methods: {
      'getMinimum()': (_rt, self: ValueRange) => Long.of(self.min),
      'getMaximum()': (_rt, self: ValueRange) => Long.of(self.max),
      'isValidValue(long)': (_rt, self: ValueRange, value: Long) => value.num() >= self.min && value.num() <= self.max,
    },
  },
  {
    name: 'java.time.temporal.TemporalAdjusters$Adjuster',
    interfaces: ['java.time.temporal.TemporalAdjuster'],
    methods: { 'adjustInto(java.time.temporal.Temporal)': (_rt, self: Adjuster, temporal: Temporal) => self.adjust(temporal) },
  },
  {
    name: 'java.time.temporal.TemporalAdjusters',
    statics: {
      'firstDayOfMonth()': adjusters((t) => t.withField(FIELD.DAY_OF_MONTH, 1)),
      'lastDayOfMonth()': adjusters(lastDay),
      'firstDayOfNextMonth()': adjusters((t) => t.withField(FIELD.DAY_OF_MONTH, 1).plusUnits(1, UNIT('MONTHS'))),
      'firstDayOfYear()': adjusters((t) => t.withField(FIELD.DAY_OF_YEAR, 1)),
      'lastDayOfYear()': adjusters((t) => lastDay(t.withField(FIELD.DAY_OF_MONTH, 1).withField(FIELD.MONTH_OF_YEAR, 12))),
      'firstDayOfNextYear()': adjusters((t) => t.withField(FIELD.DAY_OF_YEAR, 1).plusUnits(1, UNIT('YEARS'))),
      'next(java.time.DayOfWeek)': weekday((today, wanted) => ((wanted - today + 6) % 7) + 1),
      'nextOrSame(java.time.DayOfWeek)': weekday((today, wanted) => (wanted - today + 7) % 7),
      'previous(java.time.DayOfWeek)': weekday((today, wanted) => -(((today - wanted + 6) % 7) + 1)),
      'previousOrSame(java.time.DayOfWeek)': weekday((today, wanted) => -((today - wanted + 7) % 7)),
      'firstInMonth(java.time.DayOfWeek)': (_rt, _self, day: DayOfWeek) => inMonth(1, day),
      'lastInMonth(java.time.DayOfWeek)': (_rt, _self, day: DayOfWeek) => inMonth(-1, day),
      'dayOfWeekInMonth(int, java.time.DayOfWeek)': (_rt, _self, count: number, day: DayOfWeek) => inMonth(count, day),
    },
  },
];

function inMonth(count: number, day: DayOfWeek): Adjuster {
  return new Adjuster((temporal) => {
    if (count >= 0) {
      const first = temporal.withField(FIELD.DAY_OF_MONTH, 1);
      return plusDays(first, ((day.number - at(first, FIELD.DAY_OF_WEEK) + 7) % 7) + (count - 1) * 7);
    }
    const last = lastDay(temporal);
    return plusDays(last, -((at(last, FIELD.DAY_OF_WEEK) - day.number + 7) % 7) - (-count - 1) * 7);
  });
}

export const javaTimeInterfaces = (...more: string[]): string[] => [
  'java.time.temporal.Temporal',
  'java.time.temporal.TemporalAdjuster',
  'java.lang.Comparable',
  'java.io.Serializable',
  ...more,
];
