/** java.text.DateFormat and SimpleDateFormat as classes. */
import { JavaArray } from '../collections/model.ts';
import { Long } from '../numbers/boxes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import { YEAR } from './calendarFields.ts';
import { JavaDate } from './date.ts';
import { illegalArgument, nullPointer } from './failures.ts';
import type { PatternPart } from './simpleDateFormat.ts';
import { compilePattern, readPattern, writePattern } from './simpleDateFormat.ts';
import type { JavaTimeZone } from './timeZone.ts';
import { defaultTimeZone } from './timeZone.ts';

export class DateFormat extends JavaObject {
  pattern: string;
  parts: readonly PatternPart[];
  calendar: JavaCalendar;
  /** From where two-digit years count: 80 years before the format was made. */
  centuryStart: number;

  constructor(rt: Runtime, pattern: string) {
    super();
    this.pattern = pattern;
    this.parts = compilePattern(pattern);
    this.calendar = new JavaCalendar(rt.world.now(), defaultTimeZone(rt));
    const start = this.calendar.copy();
    start.add(YEAR, -80);
    this.centuryStart = start.ms;
  }
  get $type(): string {
    return 'java.text.SimpleDateFormat';
  }

  format(ms: number): string {
    this.calendar.ms = ms;
    return writePattern(this.parts, this.calendar);
  }
  parse(text: string): JavaDate {
    return new JavaDate(readPattern(this.parts, text, this.calendar, this.centuryStart));
  }

  override javaEquals(rt: Runtime, other: Value): boolean {
    return other instanceof DateFormat && other.pattern === this.pattern && other.calendar.zone.javaEquals(rt, this.calendar.zone);
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.pattern);
  }
}

/** English patterns of CLDR for the styles FULL, LONG, MEDIUM and SHORT (0 to 3), as Java 17 has them. */
const DATE_STYLES = ['EEEE, MMMM d, y', 'MMMM d, y', 'MMM d, y', 'M/d/yy'];
const TIME_STYLES = ['h:mm:ss a zzzz', 'h:mm:ss a z', 'h:mm:ss a', 'h:mm a'];

function style(styles: readonly string[], index: number, what: string): string {
  const found = styles[index];
  if (found === undefined) throw illegalArgument(`Illegal ${what} style ${index}`);
  return found;
}
const dateStyle = (index: number): string => style(DATE_STYLES, index, 'date');
const timeStyle = (index: number): string => style(TIME_STYLES, index, 'time');
export const dateTimePattern = (date: number, time: number): string => `${dateStyle(date)}${date < 2 && time < 2 ? " 'at' " : ', '}${timeStyle(time)}`;

function formatObject(format: DateFormat, value: Value): string {
  if (value instanceof JavaDate) return format.format(value.ms);
  if (typeof value === 'number') return format.format(value);
  if (value instanceof Long) return format.format(value.num());
  if (value === null) throw nullPointer();
  throw illegalArgument('Cannot format given Object as a Date');
}

const FIELDS = [
  'ERA_FIELD',
  'YEAR_FIELD',
  'MONTH_FIELD',
  'DATE_FIELD',
  'HOUR_OF_DAY1_FIELD',
  'HOUR_OF_DAY0_FIELD',
  'MINUTE_FIELD',
  'SECOND_FIELD',
  'MILLISECOND_FIELD',
  'DAY_OF_WEEK_FIELD',
  'DAY_OF_YEAR_FIELD',
  'DAY_OF_WEEK_IN_MONTH_FIELD',
  'WEEK_OF_YEAR_FIELD',
  'WEEK_OF_MONTH_FIELD',
  'AM_PM_FIELD',
  'HOUR1_FIELD',
  'HOUR0_FIELD',
  'TIMEZONE_FIELD',
];

export const dateFormatClasses: readonly NativeClass[] = [
  {
    name: 'java.text.Format',
    kind: 'abstract',
    interfaces: ['java.io.Serializable', 'java.lang.Cloneable'],
    methods: {
      'format(java.lang.Object)': (_rt, self: DateFormat, value: Value) => formatObject(self, value),
      'parseObject(java.lang.String)': (_rt, self: DateFormat, text: string) => self.parse(text),
    },
  },
  {
    name: 'java.text.DateFormat',
    kind: 'abstract',
    superclass: 'java.text.Format',
    fields: {
      FULL: () => 0,
      LONG: () => 1,
      MEDIUM: () => 2,
      SHORT: () => 3,
      DEFAULT: () => 2,
      ...Object.fromEntries(FIELDS.map((name, i) => [name, () => i])),
    },
    methods: {
      'format(java.util.Date)': (_rt, self: DateFormat, date: JavaDate | null) => formatObject(self, date),
      'parse(java.lang.String)': (_rt, self: DateFormat, text: string | null) => {
        if (text === null) throw nullPointer();
        return self.parse(text);
      },
      'getCalendar()': (_rt, self: DateFormat) => self.calendar,
      'setCalendar(java.util.Calendar)': (_rt, self: DateFormat, calendar: JavaCalendar) => {
        self.calendar = calendar;
        return null;
      },
      'getTimeZone()': (_rt, self: DateFormat) => self.calendar.zone,
      'setTimeZone(java.util.TimeZone)': (_rt, self: DateFormat, zone: JavaTimeZone) => {
        self.calendar.setZone(zone);
        return null;
      },
      'isLenient()': (_rt, self: DateFormat) => self.calendar.lenient,
      'setLenient(boolean)': (_rt, self: DateFormat, lenient: boolean) => {
        self.calendar.lenient = lenient;
        return null;
      },
    },
    statics: {
      'getInstance()': (rt) => new DateFormat(rt, dateTimePattern(3, 3)),
      'getDateInstance()': (rt) => new DateFormat(rt, dateStyle(2)),
      'getDateInstance(int)': (rt, _self, date: number) => new DateFormat(rt, dateStyle(date)),
      'getDateInstance(int, java.util.Locale)': (rt, _self, date: number) => new DateFormat(rt, dateStyle(date)),
      'getTimeInstance()': (rt) => new DateFormat(rt, timeStyle(2)),
      'getTimeInstance(int)': (rt, _self, time: number) => new DateFormat(rt, timeStyle(time)),
      'getTimeInstance(int, java.util.Locale)': (rt, _self, time: number) => new DateFormat(rt, timeStyle(time)),
      'getDateTimeInstance()': (rt) => new DateFormat(rt, dateTimePattern(2, 2)),
      'getDateTimeInstance(int, int)': (rt, _self, date: number, time: number) => new DateFormat(rt, dateTimePattern(date, time)),
      'getDateTimeInstance(int, int, java.util.Locale)': (rt, _self, date: number, time: number) => new DateFormat(rt, dateTimePattern(date, time)),
      'getAvailableLocales()': () => new JavaArray('java.util.Locale', []),
    },
  },
  {
    name: 'java.text.SimpleDateFormat',
    superclass: 'java.text.DateFormat',
    constructors: {
      '()': (rt) => new DateFormat(rt, dateTimePattern(3, 3)),
      '(java.lang.String)': (rt, _self, pattern: string | null) => {
        if (pattern === null) throw nullPointer();
        return new DateFormat(rt, pattern);
      },
      '(java.lang.String, java.util.Locale)': (rt, _self, pattern: string) => new DateFormat(rt, pattern),
    },
    methods: {
      'toPattern()': (_rt, self: DateFormat) => self.pattern,
      'toLocalizedPattern()': (_rt, self: DateFormat) => self.pattern,
      'applyPattern(java.lang.String)': (_rt, self: DateFormat, pattern: string) => {
        self.parts = compilePattern(pattern);
        self.pattern = pattern;
        return null;
      },
      'set2DigitYearStart(java.util.Date)': (_rt, self: DateFormat, date: JavaDate) => {
        self.centuryStart = date.ms;
        return null;
      },
      'get2DigitYearStart()': (_rt, self: DateFormat) => new JavaDate(self.centuryStart),
      'clone()': (rt, self: DateFormat) => {
        const copy = new DateFormat(rt, self.pattern);
        copy.calendar = self.calendar.copy();
        copy.centuryStart = self.centuryStart;
        return copy;
      },
    },
  },
];
