/** java.util.Date, java.sql.Date and java.sql.Timestamp. */
import { Long } from '../numbers/boxes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import {
  DATE,
  DAY_OF_WEEK,
  DEFAULT_WEEK,
  DST_OFFSET,
  ERA,
  fieldsAt,
  HOUR_OF_DAY,
  instantOf,
  MINUTE,
  MONTH,
  SECOND,
  YEAR,
  ZONE_OFFSET,
} from './calendarFields.ts';
import { DAY_MS, floorDiv, floorMod, hybridEpochDay, MONTHS, pad, WEEKDAYS } from './civil.ts';
import { illegalArgument, nullPointer } from './failures.ts';
import { Instant } from './instant.ts';
import { readLegacyDate } from './legacyDate.ts';
import { compilePattern, writePattern } from './simpleDateFormat.ts';
import { defaultTimeZone, fixedTimeZone } from './timeZone.ts';

export class JavaDate extends JavaObject {
  ms: number;
  constructor(ms: number) {
    super();
    this.ms = ms;
  }
  get $type(): string {
    return 'java.util.Date';
  }
  /** A date of the same class. */
  copy(ms: number): JavaDate {
    return new JavaDate(ms);
  }

  override javaString(rt: Runtime): string {
    const zone = defaultTimeZone(rt);
    const fields = fieldsAt(this.ms, zone, DEFAULT_WEEK);
    const at = (field: number): number => fields[field] as number;
    const weekday = (WEEKDAYS[floorMod(at(DAY_OF_WEEK) - 2, 7)] as string).slice(0, 3);
    return (
      `${weekday} ${(MONTHS[at(MONTH)] as string).slice(0, 3)} ${pad(at(DATE), 2)} ${pad(at(HOUR_OF_DAY), 2)}:` +
      `${pad(at(MINUTE), 2)}:${pad(at(SECOND), 2)} ${zone.displayName(at(DST_OFFSET) !== 0, false)} ${at(YEAR)}`
    );
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof JavaDate && other.ms === this.ms;
  }
  override javaHash(): number {
    return Number(BigInt.asIntN(32, BigInt(this.ms))) ^ floorDiv(this.ms, 4_294_967_296);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof JavaDate)) throw nullPointer();
    return Math.sign(this.ms - other.ms);
  }
}

export class SqlDate extends JavaDate {
  override get $type(): string {
    return 'java.sql.Date';
  }
  override copy(ms: number): JavaDate {
    return new SqlDate(ms);
  }
  override javaString(rt: Runtime): string {
    return formatDate(rt, this, 'yyyy-MM-dd');
  }
}

export class Timestamp extends JavaDate {
  override get $type(): string {
    return 'java.sql.Timestamp';
  }
  override copy(ms: number): JavaDate {
    return new Timestamp(ms);
  }
  override javaString(rt: Runtime): string {
    const fraction = pad(floorMod(this.ms, 1000), 3).replace(/0{1,2}$/, '');
    return `${formatDate(rt, this, 'yyyy-MM-dd HH:mm:ss')}.${fraction}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Timestamp && other.ms === this.ms;
  }
}

/** Writes by a SimpleDateFormat pattern in the default time zone, or in the one given. */
export function formatDate(rt: Runtime, date: { ms: number }, pattern: string, zone = defaultTimeZone(rt)): string {
  return writePattern(compilePattern(pattern), new JavaCalendar(date.ms, zone));
}

const get = (rt: Runtime, date: JavaDate, field: number): number => fieldsAt(date.ms, defaultTimeZone(rt), DEFAULT_WEEK)[field] as number;

/** Sets wall-clock fields (year less 1900, month from 0, …), which may be out of range. */
function setFields(rt: Runtime, date: JavaDate, change: Partial<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>): null {
  const zone = defaultTimeZone(rt);
  const fields = fieldsAt(date.ms, zone, DEFAULT_WEEK);
  const at = (field: number): number => fields[field] as number;
  const year = change.year === undefined ? (at(ERA) === 0 ? 1 - at(YEAR) : at(YEAR)) : change.year + 1900;
  const days = hybridEpochDay(year, (change.month ?? at(MONTH)) + 1, change.day ?? at(DATE));
  const time =
    (change.hour ?? at(HOUR_OF_DAY)) * 3_600_000 + (change.minute ?? at(MINUTE)) * 60_000 + (change.second ?? at(SECOND)) * 1000 + floorMod(date.ms, 1000);
  date.ms = instantOf(days * DAY_MS + time, zone);
  return null;
}
function dateOf(rt: Runtime, year: number, month: number, day: number, hour: number, minute: number, second: number): JavaDate {
  const days = hybridEpochDay(year + 1900, month + 1, day);
  return new JavaDate(instantOf(days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000, defaultTimeZone(rt)));
}
function sqlMs(rt: Runtime, text: string | null, pattern: RegExp, message: string | null): number {
  const found = pattern.exec(text ?? '');
  if (found === null) throw illegalArgument(message);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31) throw illegalArgument(message);
  const ms = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
  return dateOf(rt, year - 1900, month - 1, day, hour, minute, second).ms + ms;
}

const toInstant = (date: JavaDate): Instant => Instant.ofMilli(date.ms);

export const dateClasses: readonly NativeClass[] = [
  {
    name: 'java.util.Date',
    interfaces: ['java.io.Serializable', 'java.lang.Cloneable', 'java.lang.Comparable'],
    constructors: {
      '()': (rt) => new JavaDate(rt.world.now()),
      '(long)': (_rt, _self, ms: Long) => new JavaDate(ms.num()),
      '(int, int, int)': (rt, _self, y: number, m: number, d: number) => dateOf(rt, y, m, d, 0, 0, 0),
      '(int, int, int, int, int)': (rt, _self, y: number, m: number, d: number, h: number, n: number) => dateOf(rt, y, m, d, h, n, 0),
      '(int, int, int, int, int, int)': (rt, _self, y: number, m: number, d: number, h: number, n: number, s: number) => dateOf(rt, y, m, d, h, n, s),
      '(java.lang.String)': (rt, _self, text: string | null) => new JavaDate(readLegacyDate(rt, text)),
    },
    methods: {
      'getTime()': (_rt, self: JavaDate) => Long.of(self.ms),
      'setTime(long)': (_rt, self: JavaDate, ms: Long) => {
        self.ms = ms.num();
        return null;
      },
      'before(java.util.Date)': (_rt, self: JavaDate, other: JavaDate | null) => self.ms < given(other).ms,
      'after(java.util.Date)': (_rt, self: JavaDate, other: JavaDate | null) => self.ms > given(other).ms,
      'compareTo(java.util.Date)': (_rt, self: JavaDate, other: JavaDate | null) => Math.sign(self.ms - given(other).ms),
      'clone()': (_rt, self: JavaDate) => self.copy(self.ms),
      'getYear()': (rt, self: JavaDate) => get(rt, self, YEAR) - 1900,
      'getMonth()': (rt, self: JavaDate) => get(rt, self, MONTH),
      'getDate()': (rt, self: JavaDate) => get(rt, self, DATE),
      'getDay()': (rt, self: JavaDate) => get(rt, self, DAY_OF_WEEK) - 1,
      'getHours()': (rt, self: JavaDate) => get(rt, self, HOUR_OF_DAY),
      'getMinutes()': (rt, self: JavaDate) => get(rt, self, MINUTE),
      'getSeconds()': (rt, self: JavaDate) => get(rt, self, SECOND),
      'getTimezoneOffset()': (rt, self: JavaDate) => (-(get(rt, self, ZONE_OFFSET) + get(rt, self, DST_OFFSET)) / 60_000) | 0,
      'setYear(int)': (rt, self: JavaDate, year: number) => setFields(rt, self, { year }),
      'setMonth(int)': (rt, self: JavaDate, month: number) => setFields(rt, self, { month }),
      'setDate(int)': (rt, self: JavaDate, day: number) => setFields(rt, self, { day }),
      'setHours(int)': (rt, self: JavaDate, hour: number) => setFields(rt, self, { hour }),
      'setMinutes(int)': (rt, self: JavaDate, minute: number) => setFields(rt, self, { minute }),
      'setSeconds(int)': (rt, self: JavaDate, second: number) => setFields(rt, self, { second }),
      'toGMTString()': (rt, self: JavaDate) => formatDate(rt, self, "d MMM yyyy HH:mm:ss 'GMT'", fixedTimeZone(0)),
      'toLocaleString()': (rt, self: JavaDate) => formatDate(rt, self, 'MMM d, y, h:mm:ss a'),
      'toInstant()': (_rt, self: JavaDate) => toInstant(self),
    },
    statics: {
      'parse(java.lang.String)': (rt, _self, text: string | null) => Long.of(readLegacyDate(rt, text)),
      'from(java.time.Instant)': (_rt, _self, instant: Instant) => new JavaDate(instant.toMilli()),
      'UTC(int, int, int, int, int, int)': (_rt, _self, y: number, m: number, d: number, h: number, n: number, s: number) =>
        Long.of(hybridEpochDay(y + 1900, m + 1, d) * DAY_MS + h * 3_600_000 + n * 60_000 + s * 1000),
    },
  },
  {
    name: 'java.sql.Date',
    superclass: 'java.util.Date',
    constructors: { '(long)': (_rt, _self, ms: Long) => new SqlDate(ms.num()) },
    statics: {
      'valueOf(java.lang.String)': (rt, _self, text: string | null) => new SqlDate(sqlMs(rt, text, /^(\d{4})-(\d{1,2})-(\d{1,2})$/, null)),
    },
  },
  {
    name: 'java.sql.Timestamp',
    superclass: 'java.util.Date',
    constructors: { '(long)': (_rt, _self, ms: Long) => new Timestamp(ms.num()) },
    methods: { 'getNanos()': (_rt, self: Timestamp) => floorMod(self.ms, 1000) * 1_000_000 },
    statics: {
      'valueOf(java.lang.String)': (rt, _self, text: string | null) =>
        new Timestamp(
          sqlMs(
            rt,
            text,
            /^\s*(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?\s*$/,
            'Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff]',
          ),
        ),
      'from(java.time.Instant)': (_rt, _self, instant: Instant) => new Timestamp(instant.toMilli()),
    },
  },
];

function given(date: JavaDate | null): JavaDate {
  if (date === null) throw nullPointer();
  return date;
}
