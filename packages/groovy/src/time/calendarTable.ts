/** The methods of java.util.Calendar and GregorianCalendar. */
import { HashMap } from '../collections/hash-map.ts';
import type { JavaMap } from '../collections/map.ts';
import { JavaArray } from '../collections/model.ts';
import { Long } from '../numbers/boxes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import {
  AM_PM,
  actualMaximum,
  DATE,
  DAY_OF_WEEK,
  DST_OFFSET,
  daysOfYear,
  ERA,
  FIELD_COUNT,
  FIELD_NAMES,
  firstWeekStart,
  GREATEST_MINIMUM,
  HOUR_OF_DAY,
  hybridIsLeapYear,
  LEAST_MAXIMUM,
  MAXIMUM,
  MINUTE,
  MONTH,
  SECOND,
  weekYear,
  YEAR,
  ZONE_OFFSET,
} from './calendarFields.ts';
import { DAY_MS, floorDiv, hybridEpochDay, MONTHS, WEEKDAYS } from './civil.ts';
import { JavaDate } from './date.ts';
import { illegalArgument, nullPointer } from './failures.ts';
import { Instant } from './instant.ts';
import type { JavaTimeZone } from './timeZone.ts';
import { defaultTimeZone } from './timeZone.ts';

const CONSTANTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(FIELD_NAMES.map((name, i) => [name, i])),
  DATE: 5,
  FIELD_COUNT,
  AM: 0,
  PM: 1,
  SUNDAY: 1,
  MONDAY: 2,
  TUESDAY: 3,
  WEDNESDAY: 4,
  THURSDAY: 5,
  FRIDAY: 6,
  SATURDAY: 7,
  UNDECIMBER: 12,
  ...Object.fromEntries(MONTHS.map((name, i) => [name.toUpperCase(), i])),
  ALL_STYLES: 0,
  SHORT: 1,
  SHORT_FORMAT: 1,
  SHORT_STANDALONE: 32_769,
  LONG: 2,
  LONG_FORMAT: 2,
  LONG_STANDALONE: 32_770,
  NARROW_FORMAT: 4,
  NARROW_STANDALONE: 32_772,
};

function field(index: number): number {
  if (index < 0 || index >= FIELD_COUNT) {
    throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Index ${index} out of bounds for length ${FIELD_COUNT}`);
  }
  return index;
}
const other = (value: Value): JavaCalendar | null => (value instanceof JavaCalendar ? value : null);

function setAll(calendar: JavaCalendar, fields: readonly number[], values: readonly number[]): null {
  fields.forEach((index, i) => calendar.set(index, values[i] as number));
  return null;
}

/** The name of a field's value in English; null where Java has none. */
function displayName(calendar: JavaCalendar, index: number, style: number): string | null {
  if (index < 0 || index >= FIELD_COUNT || ![1, 2, 4, 32_769, 32_770, 32_772].includes(style)) throw illegalArgument(null);
  const value = calendar.get(index);
  const kind = style & 0x7fff;
  const shape = (name: string): string => (kind === 2 ? name : kind === 1 ? name.slice(0, 3) : name.slice(0, 1));
  if (index === MONTH) return shape(MONTHS[value] as string);
  if (index === DAY_OF_WEEK) return shape(WEEKDAYS[(value + 5) % 7] as string);
  if (index === AM_PM) return kind === 4 ? (value === 0 ? 'a' : 'p') : value === 0 ? 'AM' : 'PM';
  if (index === ERA) return kind === 2 ? (value === 1 ? 'Anno Domini' : 'Before Christ') : kind === 4 ? (value === 1 ? 'A' : 'B') : value === 1 ? 'AD' : 'BC';
  return null;
}

/** All names of a field with their values; null where it has none. */
function displayNames(rt: Runtime, calendar: JavaCalendar, index: number, style: number): JavaMap | null {
  if (displayName(calendar, index, style === 0 ? 1 : style) === null) return null;
  const names = new HashMap();
  const probe = new JavaCalendar(calendar.ms, calendar.zone);
  const last = index === MONTH ? 11 : index === DAY_OF_WEEK ? 7 : 1;
  for (let value = index === DAY_OF_WEEK ? 1 : 0; value <= last; value++) {
    probe.clear(null);
    if (index === AM_PM) probe.set(HOUR_OF_DAY, value * 12);
    else if (index === DAY_OF_WEEK) probe.set(DATE, value + 3);
    else probe.set(index, value);
    for (const one of style === 0 ? [1, 2] : [style]) names.put(rt, displayName(probe, index, one), value);
  }
  return names;
}

const weekdayOf = (calendar: JavaCalendar): number => floorDiv(calendar.ms + calendar.get(ZONE_OFFSET) + calendar.get(DST_OFFSET), DAY_MS);

export const calendarClasses: readonly NativeClass[] = [
  {
    name: 'java.util.Calendar',
    kind: 'abstract',
    interfaces: ['java.io.Serializable', 'java.lang.Cloneable', 'java.lang.Comparable'],
    fields: Object.fromEntries(Object.entries(CONSTANTS).map(([name, value]) => [name, () => value])),
    statics: {
      'getInstance()': (rt) => new JavaCalendar(rt.world.now(), defaultTimeZone(rt)),
      'getInstance(java.util.Locale)': (rt) => new JavaCalendar(rt.world.now(), defaultTimeZone(rt)),
      'getInstance(java.util.TimeZone)': (rt, _self, zone: JavaTimeZone) => new JavaCalendar(rt.world.now(), zone),
      'getInstance(java.util.TimeZone, java.util.Locale)': (rt, _self, zone: JavaTimeZone) => new JavaCalendar(rt.world.now(), zone),
      'getAvailableLocales()': () => new JavaArray('java.util.Locale', []),
    },
    methods: {
      'get(int)': (_rt, self: JavaCalendar, index: number) => self.get(field(index)),
      'set(int, int)': (_rt, self: JavaCalendar, index: number, value: number) => {
        self.set(field(index), value);
        return null;
      },
      'set(int, int, int)': (_rt, self: JavaCalendar, ...values: number[]) => setAll(self, [YEAR, MONTH, DATE], values),
      'set(int, int, int, int, int)': (_rt, self: JavaCalendar, ...values: number[]) => setAll(self, [YEAR, MONTH, DATE, HOUR_OF_DAY, MINUTE], values),
      'set(int, int, int, int, int, int)': (_rt, self: JavaCalendar, ...values: number[]) =>
        setAll(self, [YEAR, MONTH, DATE, HOUR_OF_DAY, MINUTE, SECOND], values),
      'add(int, int)': (_rt, self: JavaCalendar, index: number, amount: number) => {
        self.add(index, amount);
        return null;
      },
      'roll(int, int)': (_rt, self: JavaCalendar, index: number, amount: number) => {
        self.roll(index, amount);
        return null;
      },
      'roll(int, boolean)': (_rt, self: JavaCalendar, index: number, up: boolean) => {
        self.roll(index, up ? 1 : -1);
        return null;
      },
      'clear()': (_rt, self: JavaCalendar) => {
        self.clear(null);
        return null;
      },
      'clear(int)': (_rt, self: JavaCalendar, index: number) => {
        self.clear(field(index));
        return null;
      },
      'isSet(int)': (_rt, self: JavaCalendar, index: number) => self.isSet(field(index)),
      'getTime()': (_rt, self: JavaCalendar) => new JavaDate(self.ms),
      'setTime(java.util.Date)': (_rt, self: JavaCalendar, date: JavaDate | null) => {
        if (date === null) throw nullPointer();
        self.ms = date.ms;
        return null;
      },
      'getTimeInMillis()': (_rt, self: JavaCalendar) => Long.of(self.ms),
      'setTimeInMillis(long)': (_rt, self: JavaCalendar, ms: Long) => {
        self.ms = ms.num();
        return null;
      },
      'getTimeZone()': (_rt, self: JavaCalendar) => self.zone,
      'setTimeZone(java.util.TimeZone)': (_rt, self: JavaCalendar, zone: JavaTimeZone) => {
        self.setZone(zone);
        return null;
      },
      'isLenient()': (_rt, self: JavaCalendar) => self.lenient,
      'setLenient(boolean)': (_rt, self: JavaCalendar, lenient: boolean) => {
        self.lenient = lenient;
        return null;
      },
      'getFirstDayOfWeek()': (_rt, self: JavaCalendar) => self.week.firstDay,
      'setFirstDayOfWeek(int)': (_rt, self: JavaCalendar, day: number) => {
        self.setWeek({ ...self.week, firstDay: day });
        return null;
      },
      'getMinimalDaysInFirstWeek()': (_rt, self: JavaCalendar) => self.week.minimalDays,
      'setMinimalDaysInFirstWeek(int)': (_rt, self: JavaCalendar, days: number) => {
        self.setWeek({ ...self.week, minimalDays: days });
        return null;
      },
      'isWeekDateSupported()': () => true,
      'getWeekYear()': (_rt, self: JavaCalendar) => weekYear(weekdayOf(self), self.week),
      'getWeeksInWeekYear()': (_rt, self: JavaCalendar) => {
        const year = weekYear(weekdayOf(self), self.week);
        return (firstWeekStart(hybridEpochDay(year + 1, 1, 1), self.week) - firstWeekStart(hybridEpochDay(year, 1, 1), self.week)) / 7;
      },
      'setWeekDate(int, int, int)': (_rt, self: JavaCalendar, year: number, week: number, day: number) => {
        if (day < 1 || day > 7) throw illegalArgument(`invalid dayOfWeek: ${day}`);
        self.setWeekDate(year, week, day);
        return null;
      },
      'after(java.lang.Object)': (_rt, self: JavaCalendar, value: Value) => {
        const that = other(value);
        return that !== null && self.ms > that.ms;
      },
      'before(java.lang.Object)': (_rt, self: JavaCalendar, value: Value) => {
        const that = other(value);
        return that !== null && self.ms < that.ms;
      },
      'compareTo(java.util.Calendar)': (_rt, self: JavaCalendar, that: JavaCalendar | null) => {
        if (that === null) throw nullPointer();
        return Math.sign(self.ms - that.ms);
      },
      'getActualMaximum(int)': (_rt, self: JavaCalendar, index: number) => actualMaximum(field(index), self.fields(), self.week),
      'getActualMinimum(int)': (_rt, _self: JavaCalendar, index: number) => GREATEST_MINIMUM[field(index)] as number,
      'getMaximum(int)': (_rt, _self: JavaCalendar, index: number) => MAXIMUM[field(index)] as number,
      'getMinimum(int)': (_rt, _self: JavaCalendar, index: number) => GREATEST_MINIMUM[field(index)] as number,
      'getGreatestMinimum(int)': (_rt, _self: JavaCalendar, index: number) => GREATEST_MINIMUM[field(index)] as number,
      'getLeastMaximum(int)': (_rt, _self: JavaCalendar, index: number) => LEAST_MAXIMUM[field(index)] as number,
      'getCalendarType()': () => 'gregory',
      'getDisplayName(int, int, java.util.Locale)': (_rt, self: JavaCalendar, index: number, style: number) => displayName(self, index, style),
      'getDisplayNames(int, int, java.util.Locale)': (rt, self: JavaCalendar, index: number, style: number) => displayNames(rt, self, index, style),
      'toInstant()': (_rt, self: JavaCalendar) => Instant.ofMilli(self.ms),
      'clone()': (_rt, self: JavaCalendar) => self.copy(),
    },
  },
  {
    name: 'java.util.GregorianCalendar',
    superclass: 'java.util.Calendar',
    fields: { BC: () => 0, AD: () => 1 },
    constructors: {
      '()': (rt) => new JavaCalendar(rt.world.now(), defaultTimeZone(rt)),
      '(java.util.TimeZone)': (rt, _self, zone: JavaTimeZone) => new JavaCalendar(rt.world.now(), zone),
      '(int, int, int)': (rt, _self, ...values: number[]) => made(new JavaCalendar(0, defaultTimeZone(rt)), values),
      '(int, int, int, int, int)': (rt, _self, ...values: number[]) => made(new JavaCalendar(0, defaultTimeZone(rt)), values),
      '(int, int, int, int, int, int)': (rt, _self, ...values: number[]) => made(new JavaCalendar(0, defaultTimeZone(rt)), values),
    },
    methods: {
      'isLeapYear(int)': (_rt, _self: JavaCalendar, year: number) => hybridIsLeapYear(year) && daysOfYear(year) !== 355,
    },
  },
];

function made(calendar: JavaCalendar, values: readonly number[]): JavaCalendar {
  calendar.clear(null);
  setAll(calendar, [YEAR, MONTH, DATE, HOUR_OF_DAY, MINUTE, SECOND].slice(0, values.length), values);
  // biome-ignore lint/correctness/noSelfAssign: reading computes the moment, writing settles all fields by it.
  calendar.ms = calendar.ms;
  return calendar;
}
