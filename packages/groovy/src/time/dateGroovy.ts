/** What Groovy adds to Date and Calendar: `org.codehaus.groovy.runtime.DateGroovyMethods`. */

import type { Extension } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Value } from '../runtime/values.ts';
import { JavaThrowable, PENDING } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import {
  AM_PM,
  DATE,
  DAY_OF_WEEK,
  DAY_OF_WEEK_IN_MONTH,
  DAY_OF_YEAR,
  DST_OFFSET,
  ERA,
  FIELD_COUNT,
  HOUR,
  HOUR_OF_DAY,
  MILLISECOND,
  MINUTE,
  MONTH,
  SECOND,
  WEEK_OF_MONTH,
  WEEK_OF_YEAR,
  YEAR,
  ZONE_OFFSET,
} from './calendarFields.ts';
import { DAY_MS, floorDiv } from './civil.ts';
import { formatDate, type JavaDate, type SqlDate } from './date.ts';
import { DateFormat } from './dateFormat.ts';
import type { JavaTimeZone } from './timeZone.ts';
import { defaultTimeZone } from './timeZone.ts';

const calendarOf = (rt: Runtime, date: JavaDate): JavaCalendar => new JavaCalendar(date.ms, defaultTimeZone(rt));

/** Days are moved on the wall clock, so that a change to daylight saving keeps the hour. */
function plusDays(rt: Runtime, date: JavaDate, days: number): JavaDate {
  const calendar = calendarOf(rt, date);
  calendar.add(DATE, days);
  return date.copy(calendar.ms);
}
function movedDays(calendar: JavaCalendar, days: number): JavaCalendar {
  const copy = calendar.copy();
  copy.add(DATE, days);
  return copy;
}

/** The names that `set`, `updated` and `copyWith` know, as Groovy documents them. */
const FIELD_KEYS: ReadonlyMap<string, number> = new Map([
  ['year', YEAR],
  ['month', MONTH],
  ['date', DATE],
  ['dayOfMonth', DATE],
  ['hourOfDay', HOUR_OF_DAY],
  ['minute', MINUTE],
  ['second', SECOND],
  ['era', ERA],
  ['weekOfYear', WEEK_OF_YEAR],
  ['weekOfMonth', WEEK_OF_MONTH],
  ['dayOfYear', DAY_OF_YEAR],
  ['dayOfWeek', DAY_OF_WEEK],
  ['dayOfWeekInMonth', DAY_OF_WEEK_IN_MONTH],
  ['amPm', AM_PM],
  ['hour', HOUR],
  ['millisecond', MILLISECOND],
  ['zoneOffset', ZONE_OFFSET],
  ['dstOffset', DST_OFFSET],
]);
/** What a java.util.Map of the collections offers. */
interface MapLike {
  get(rt: Runtime, key: Value): Value;
}

function setFromMap(rt: Runtime, calendar: JavaCalendar, updates: MapLike): void {
  for (const [key, field] of FIELD_KEYS) {
    const value = updates.get(rt, key);
    if (value !== null && value !== undefined) calendar.set(field, rt.cast(value, 'int') as number);
  }
}
function clearTime(calendar: JavaCalendar): JavaCalendar {
  calendar.clear(HOUR_OF_DAY);
  calendar.clear(HOUR);
  calendar.set(HOUR_OF_DAY, 0);
  for (const field of [MINUTE, SECOND, MILLISECOND]) calendar.set(field, 0);
  // biome-ignore lint/correctness/noSelfAssign: reading computes the moment, writing settles all fields by it.
  calendar.ms = calendar.ms;
  return calendar;
}

/** Calls for each day from one to the other, both included. Groovy refuses the wrong direction. */
function* walk<T extends JavaDate | JavaCalendar>(
  rt: Runtime,
  from: T,
  to: T,
  step: number,
  closure: Value,
  next: (at: T) => T,
  calendars: boolean,
): Computation {
  if (step > 0 ? to.ms < from.ms : to.ms > from.ms) {
    const [name, relation] = step > 0 ? ['upto()', 'before'] : ['downto()', 'after'];
    throw new JavaThrowable(
      'groovy.lang.GroovyRuntimeException',
      calendars
        ? `The argument (${rt.str(to)}) to ${name} cannot be ${relation === 'before' ? 'earlier' : 'later'} than the value (${rt.str(from)}) it's called on.`
        : `The argument (${rt.str(to)}) to ${name} cannot be ${relation === 'before' ? 'earlier' : 'later'} than the value (${rt.str(from)}) it's called on.`,
    );
  }
  for (let at = from; step > 0 ? at.ms <= to.ms : at.ms >= to.ms; at = next(at)) {
    if (rt.call(closure, [at]) === PENDING) yield* rt.take();
  }
  return null;
}

function parsed(rt: Runtime, pattern: string, input: string, zone: JavaTimeZone | null): JavaDate {
  const format = new DateFormat(rt, pattern);
  if (zone !== null) format.calendar.setZone(zone);
  return format.parse(input);
}
function checkedField(field: number): number {
  if (field < 0 || field >= FIELD_COUNT) {
    throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Index ${field} out of bounds for length ${FIELD_COUNT}`);
  }
  return field;
}

export const dateGroovyMethods: Extension = {
  holder: 'org.codehaus.groovy.runtime.DateGroovyMethods',
  methods: {
    'getAt(java.util.Date, int)': (rt, self: JavaDate, field: number) => calendarOf(rt, self).get(checkedField(field)),
    'getAt(java.util.Calendar, int)': (_rt, self: JavaCalendar, field: number) => self.get(checkedField(field)),
    'putAt(java.util.Date, int, int)': (rt, self: JavaDate, field: number, value: number) => {
      const calendar = calendarOf(rt, self);
      calendar.set(checkedField(field), value);
      self.ms = calendar.ms;
      return null;
    },
    'putAt(java.util.Calendar, int, int)': (_rt, self: JavaCalendar, field: number, value: number) => {
      self.set(checkedField(field), value);
      return null;
    },
    'toCalendar(java.util.Date)': (rt, self: JavaDate) => calendarOf(rt, self),
    'next(java.util.Date)': (rt, self: JavaDate) => plusDays(rt, self, 1),
    'previous(java.util.Date)': (rt, self: JavaDate) => plusDays(rt, self, -1),
    'next(java.sql.Date)': (rt, self: SqlDate) => plusDays(rt, self, 1),
    'previous(java.sql.Date)': (rt, self: SqlDate) => plusDays(rt, self, -1),
    'next(java.util.Calendar)': (_rt, self: JavaCalendar) => movedDays(self, 1),
    'previous(java.util.Calendar)': (_rt, self: JavaCalendar) => movedDays(self, -1),
    'plus(java.util.Date, int)': (rt, self: JavaDate, days: number) => plusDays(rt, self, days),
    'minus(java.util.Date, int)': (rt, self: JavaDate, days: number) => plusDays(rt, self, -days),
    'minus(java.util.Date, java.util.Date)': (rt, self: JavaDate, then: JavaDate) => daysBetween(calendarOf(rt, self), calendarOf(rt, then)),
    'minus(java.util.Calendar, java.util.Calendar)': (_rt, self: JavaCalendar, then: JavaCalendar) => daysBetween(self, then),
    'format(java.util.Date, java.lang.String)': (rt, self: JavaDate, pattern: string) => formatDate(rt, self, pattern),
    'format(java.util.Date, java.lang.String, java.util.TimeZone)': (rt, self: JavaDate, pattern: string, zone: JavaTimeZone) =>
      formatDate(rt, self, pattern, zone),
    'format(java.util.Calendar, java.lang.String)': (rt, self: JavaCalendar, pattern: string) => formatDate(rt, self, pattern, self.zone),
    'getDateString(java.util.Date)': (rt, self: JavaDate) => formatDate(rt, self, 'M/d/yy'),
    'getTimeString(java.util.Date)': (rt, self: JavaDate) => formatDate(rt, self, 'h:mm:ss a'),
    'getDateTimeString(java.util.Date)': (rt, self: JavaDate) => formatDate(rt, self, `M/d/yy, h:mm:ss a`),
    'clearTime(java.util.Date)': (rt, self: JavaDate) => {
      self.ms = clearTime(calendarOf(rt, self)).ms;
      return self;
    },
    'clearTime(java.util.Calendar)': (_rt, self: JavaCalendar) => clearTime(self),
    'set(java.util.Date, java.util.Map)': (rt, self: JavaDate, updates: MapLike) => {
      const calendar = calendarOf(rt, self);
      setFromMap(rt, calendar, updates);
      self.ms = calendar.ms;
      return null;
    },
    'set(java.util.Calendar, java.util.Map)': (rt, self: JavaCalendar, updates: MapLike) => {
      setFromMap(rt, self, updates);
      return null;
    },
    'updated(java.util.Calendar, java.util.Map)': (rt, self: JavaCalendar, updates: MapLike) => {
      const copy = self.copy();
      setFromMap(rt, copy, updates);
      return copy;
    },
    'copyWith(java.util.Calendar, java.util.Map)': (rt, self: JavaCalendar, updates: MapLike) => {
      const copy = self.copy();
      setFromMap(rt, copy, updates);
      return copy;
    },
    'copyWith(java.util.Date, java.util.Map)': (rt, self: JavaDate, updates: MapLike) => {
      const calendar = calendarOf(rt, self);
      setFromMap(rt, calendar, updates);
      return self.copy(calendar.ms);
    },
    'upto(java.util.Date, java.util.Date, groovy.lang.Closure)': (rt, self: JavaDate, to: JavaDate, closure: Value) =>
      walk(rt, self, to, 1, closure, (at) => plusDays(rt, at, 1), false),
    'downto(java.util.Date, java.util.Date, groovy.lang.Closure)': (rt, self: JavaDate, to: JavaDate, closure: Value) =>
      walk(rt, self, to, -1, closure, (at) => plusDays(rt, at, -1), false),
    'upto(java.util.Calendar, java.util.Calendar, groovy.lang.Closure)': (rt, self: JavaCalendar, to: JavaCalendar, closure: Value) =>
      walk(rt, self, to, 1, closure, (at) => movedDays(at, 1), true),
    'downto(java.util.Calendar, java.util.Calendar, groovy.lang.Closure)': (rt, self: JavaCalendar, to: JavaCalendar, closure: Value) =>
      walk(rt, self, to, -1, closure, (at) => movedDays(at, -1), true),
  },
};

/** `DateGroovyStaticMethods`: `Date.parse(format, input)`. */
export const dateGroovyStatics: Extension = {
  holder: 'org.codehaus.groovy.runtime.DefaultGroovyStaticMethods',
  statics: {
    'parse(java.util.Date, java.lang.String, java.lang.String)': (rt, _self, pattern: string, input: string) => parsed(rt, pattern, input, null),
    'parse(java.util.Date, java.lang.String, java.lang.String, java.util.TimeZone)': (rt, _self, pattern: string, input: string, zone: JavaTimeZone) =>
      parsed(rt, pattern, input, zone),
    'parseToStringDate(java.util.Date, java.lang.String)': (rt, _self, text: string) => parsed(rt, 'EEE MMM dd HH:mm:ss zzz yyyy', text, null),
  },
};

/** Whole days between the two on the calendar's wall clock, as Groovy counts them. */
function daysBetween(end: JavaCalendar, start: JavaCalendar): number {
  const local = (calendar: JavaCalendar): number => calendar.ms + calendar.get(ZONE_OFFSET) + calendar.get(DST_OFFSET);
  return floorDiv(local(end), DAY_MS) - floorDiv(local(start), DAY_MS);
}
