/** groovy.time: `use (TimeCategory) { 2.days.ago; date + 3.hours }` and its durations. */
import { Long } from '../numbers/boxes.ts';
import type { NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import { DATE, HOUR_OF_DAY, MILLISECOND, MINUTE, MONTH, SECOND, YEAR } from './calendarFields.ts';
import { JavaDate } from './date.ts';
import { nullPointer } from './failures.ts';
import { defaultTimeZone } from './timeZone.ts';

/** Years, months, days, hours, minutes, seconds, milliseconds. */
type Parts = readonly [number, number, number, number, number, number, number];
const FIELDS = [YEAR, MONTH, DATE, HOUR_OF_DAY, MINUTE, SECOND, MILLISECOND] as const;
const NAMES = ['years', 'months', 'days', 'hours', 'minutes'];

/**
 * groovy.time's four durations: with parts of a day (`Time…`) or whole days alone, which decides whether `ago` keeps
 * the time of day; and with months and years (`DatumDependent…`) or without.
 */
export class GroovyDuration extends JavaObject {
  readonly parts: Parts;
  readonly time: boolean;
  readonly datum: boolean;
  constructor(parts: readonly number[], time: boolean, datum: boolean) {
    super();
    this.parts = parts.map((n) => n | 0) as unknown as Parts;
    this.time = time;
    this.datum = datum;
  }
  get $type(): string {
    return `groovy.time.${this.time ? 'Time' : ''}${this.datum ? 'DatumDependent' : ''}Duration`;
  }
  override javaString(): string {
    const [, , , , , seconds, millis] = this.parts;
    const out: string[] = [];
    NAMES.forEach((name, i) => {
      if (this.parts[i] !== 0) out.push(`${this.parts[i]} ${name}`);
    });
    if (seconds !== 0 || millis !== 0) {
      const rest = millis % 1000;
      const whole = seconds + (millis - rest) / 1000;
      out.push(`${whole === 0 ? (rest < 0 ? '-0' : '0') : whole}.${String(Math.abs(rest)).padStart(3, '0')} seconds`);
    }
    return out.length === 0 ? '0' : out.join(', ');
  }
  override javaCompare(rt: Runtime, other: Value): number {
    if (!(other instanceof GroovyDuration)) throw nullPointer();
    return Math.sign(this.milliseconds(rt) - other.milliseconds(rt));
  }
  milliseconds(rt: Runtime): number {
    if (this.datum) {
      const now = rt.world.now();
      return moved(rt, now, this, 1).ms - now;
    }
    const [, , days, hours, minutes, seconds, millis] = this.parts;
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + millis;
  }
}

function moved(rt: Runtime, from: number, d: GroovyDuration, sign: number): JavaCalendar {
  const calendar = new JavaCalendar(from, defaultTimeZone(rt));
  FIELDS.forEach((field, i) => {
    calendar.add(field, sign * (d.parts[i] as number));
  });
  return calendar;
}
/** `ago` and `from.now`: whole days lead to midnight. */
function fromNow(rt: Runtime, d: GroovyDuration, sign: number, keepsTime: boolean): JavaDate {
  const calendar = moved(rt, rt.world.now(), d, sign);
  if (!keepsTime) for (const field of [HOUR_OF_DAY, MINUTE, SECOND, MILLISECOND]) calendar.set(field, 0);
  return new JavaDate(calendar.ms);
}
function combined(a: GroovyDuration, b: GroovyDuration | null, sign: number): GroovyDuration {
  if (b === null) throw nullPointer();
  // A difference from a duration with months is of that one's class.
  const time = sign < 0 && a.datum ? a.time : a.time || b.time;
  return new GroovyDuration(
    a.parts.map((n, i) => n + sign * (b.parts[i] as number)),
    time,
    a.datum || b.datum,
  );
}

/** `duration.from`, which has `now` and `today`. */
class From extends JavaObject {
  readonly duration: GroovyDuration;
  constructor(duration: GroovyDuration) {
    super();
    this.duration = duration;
  }
  get $type(): string {
    return 'groovy.time.BaseDuration$From';
  }
}
const now = (rt: Runtime, self: From): Value => fromNow(rt, self.duration, 1, self.duration.time);

const DURATION = 'groovy.time.BaseDuration';
const baseMethods: Signatures = {
  ...Object.fromEntries(
    ['Years', 'Months', 'Days', 'Hours', 'Minutes', 'Seconds', 'Millis'].map((name, i) => [
      `get${name}()`,
      (_rt: Runtime, self: GroovyDuration): Value => self.parts[i] as number,
    ]),
  ),
  [`plus(${DURATION})`]: (_rt, self: GroovyDuration, other: GroovyDuration) => combined(self, other, 1),
  [`minus(${DURATION})`]: (_rt, self: GroovyDuration, other: GroovyDuration) => combined(self, other, -1),
  'plus(java.util.Date)': (rt, self: GroovyDuration, date: JavaDate | null) => {
    if (date === null) throw nullPointer();
    return new JavaDate(moved(rt, date.ms, self, 1).ms);
  },
  'toMilliseconds()': (rt, self: GroovyDuration) => Long.of(self.milliseconds(rt)),
  'getAgo()': (rt, self: GroovyDuration) => fromNow(rt, self, -1, self.time && !self.datum),
  'getFrom()': (_rt, self: GroovyDuration) => new From(self),
  [`compareTo(${DURATION})`]: (rt, self: GroovyDuration, other: Value) => self.javaCompare(rt, other),
};

const DAYS = 'int, int, int, int, int',
  ALL = `int, int, ${DAYS}`;
const made =
  (time: boolean, datum: boolean) =>
  (_rt: unknown, _self: null, ...n: number[]): Value =>
    new GroovyDuration([...new Array<number>(7 - n.length).fill(0), ...n], time, datum);

/** `2.days`: a duration by the place of its one part. */
function amount(place: number, time: boolean, datum: boolean, factor = 1) {
  return (_rt: unknown, _self: null, n: number): Value => {
    const parts = [0, 0, 0, 0, 0, 0, 0];
    parts[place] = n * factor;
    return new GroovyDuration(parts, time, datum);
  };
}
function amounts(name: string, make: ReturnType<typeof amount>): Signatures {
  return { [`get${name}(java.lang.Integer)`]: make, [`get${name}s(java.lang.Integer)`]: make };
}

export const timeCategoryClasses: readonly NativeClass[] = [
  { name: DURATION, kind: 'abstract', interfaces: ['java.lang.Comparable'], methods: baseMethods },
  {
    name: 'groovy.time.BaseDuration$From',
    kind: 'abstract',
    methods: { 'getNow()': now, 'getToday()': now },
  },
  { name: 'groovy.time.Duration', superclass: DURATION, constructors: { [`(${DAYS})`]: made(false, false) } },
  {
    name: 'groovy.time.TimeDuration',
    superclass: 'groovy.time.Duration',
    constructors: { '(int, int, int, int)': made(true, false), [`(${DAYS})`]: made(true, false) },
  },
  { name: 'groovy.time.DatumDependentDuration', superclass: DURATION, constructors: { [`(${ALL})`]: made(false, true) } },
  { name: 'groovy.time.TimeDatumDependentDuration', superclass: 'groovy.time.DatumDependentDuration', constructors: { [`(${ALL})`]: made(true, true) } },
  {
    name: 'groovy.time.TimeCategory',
    statics: {
      ...amounts('Year', amount(0, false, true)),
      ...amounts('Month', amount(1, false, true)),
      ...amounts('Week', amount(2, false, false, 7)),
      ...amounts('Day', amount(2, false, false)),
      ...amounts('Hour', amount(3, true, false)),
      ...amounts('Minute', amount(4, true, false)),
      ...amounts('Second', amount(5, true, false)),
      ...amounts('Millisecond', amount(6, true, false)),
      [`plus(java.util.Date, ${DURATION})`]: (rt, _self, date: JavaDate, d: GroovyDuration) => new JavaDate(moved(rt, date.ms, d, 1).ms),
      [`minus(java.util.Date, ${DURATION})`]: (rt, _self, date: JavaDate, d: GroovyDuration) => new JavaDate(moved(rt, date.ms, d, -1).ms),
      'minus(java.util.Date, java.util.Date)': (_rt, _self, a: JavaDate, b: JavaDate) => {
        let rest = a.ms - b.ms;
        const parts = [0, 0];
        for (const unit of [86_400_000, 3_600_000, 60_000, 1000, 1]) {
          const n = Math.trunc(rest / unit);
          rest -= n * unit;
          parts.push(n);
        }
        return new GroovyDuration(parts, true, false);
      },
    },
  },
];
