/**
 * java.util.GregorianCalendar. Setting a field only notes it; the instant is computed when it is asked for, from the
 * fields set last (the stamps), as the class's documentation describes under "Field Manipulation".
 */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import type { WeekRule } from './calendarFields.ts';
import {
  AM_PM,
  actualMaximum,
  DATE,
  DAY_OF_WEEK,
  DAY_OF_WEEK_IN_MONTH,
  DAY_OF_YEAR,
  DEFAULT_WEEK,
  DST_OFFSET,
  ERA,
  FIELD_COUNT,
  FIELD_NAMES,
  fieldsAt,
  firstWeekStart,
  GREATEST_MINIMUM,
  HOUR,
  HOUR_OF_DAY,
  hybridYear,
  instantOf,
  MAXIMUM,
  MILLISECOND,
  MINUTE,
  MONTH,
  SECOND,
  WEEK_OF_MONTH,
  WEEK_OF_YEAR,
  weekYear,
  YEAR,
  ZONE_OFFSET,
} from './calendarFields.ts';
import { DAY_MS, floorDiv, floorMod, hybridDate, hybridEpochDay } from './civil.ts';
import { illegalArgument } from './failures.ts';
import type { JavaTimeZone } from './timeZone.ts';

const UNSET = 0,
  COMPUTED = 1;

function rolledValue(value: number, amount: number, low: number, high: number): number {
  const range = high - low + 1;
  const moved = value + (amount % range);
  return moved > high ? moved - range : moved < low ? moved + range : moved;
}

export class JavaCalendar extends JavaObject {
  zone: JavaTimeZone;
  lenient = true;
  week: WeekRule = DEFAULT_WEEK;
  /** Null while fields set since wait to be turned into an instant. */
  #ms: number | null;
  #fields: number[];
  #stamps: number[] = new Array<number>(FIELD_COUNT).fill(COMPUTED);
  #nextStamp = 2;

  constructor(ms: number, zone: JavaTimeZone) {
    super();
    this.zone = zone;
    this.#ms = ms;
    this.#fields = fieldsAt(ms, zone, this.week);
  }
  get $type(): string {
    return 'java.util.GregorianCalendar';
  }

  get ms(): number {
    if (this.#ms === null) this.#compute();
    return this.#ms as number;
  }
  set ms(ms: number) {
    this.#ms = ms;
    this.#fields = fieldsAt(ms, this.zone, this.week);
    this.#stamps.fill(COMPUTED);
  }

  copy(): JavaCalendar {
    const copy = new JavaCalendar(0, this.zone);
    copy.lenient = this.lenient;
    copy.week = this.week;
    copy.#ms = this.#ms;
    copy.#fields = [...this.#fields];
    copy.#stamps = [...this.#stamps];
    copy.#nextStamp = this.#nextStamp;
    return copy;
  }

  /** All fields, computed. */
  fields(): readonly number[] {
    this.ms = this.ms;
    return this.#fields;
  }
  get(field: number): number {
    return this.fields()[field] as number;
  }
  isSet(field: number): boolean {
    return this.#stamps[field] !== UNSET;
  }

  set(field: number, value: number): void {
    if (this.#ms !== null) this.ms = this.#ms;
    this.#fields[field] = value;
    this.#stamps[field] = this.#nextStamp++;
    this.#ms = null;
  }
  clear(field: number | null): void {
    if (field === null) {
      this.#fields.fill(0);
      this.#stamps.fill(UNSET);
    } else {
      this.#fields[field] = 0;
      this.#stamps[field] = UNSET;
    }
    this.#ms = null;
  }
  setZone(zone: JavaTimeZone): void {
    const ms = this.#ms;
    this.zone = zone;
    if (ms !== null) this.ms = ms;
  }
  setWeek(week: WeekRule): void {
    const ms = this.ms;
    this.week = week;
    this.ms = ms;
  }

  add(field: number, amount: number): void {
    if (amount === 0) return;
    this.#checkField(field);
    const ms = this.ms;
    const fields = this.fields();
    const year = this.#year();
    if (field === YEAR) {
      this.#moveMonth(fields[ERA] === 0 ? year - amount : year + amount, fields[MONTH] as number);
    } else if (field === MONTH) {
      const month = (fields[MONTH] as number) + amount;
      this.#moveMonth(year + floorDiv(month, 12), floorMod(month, 12));
    } else if (field === ERA) {
      this.set(ERA, Math.min(1, Math.max(0, (fields[ERA] as number) + amount)));
    } else {
      const days =
        field === WEEK_OF_YEAR || field === WEEK_OF_MONTH || field === DAY_OF_WEEK_IN_MONTH
          ? amount * 7
          : field === DATE || field === DAY_OF_YEAR || field === DAY_OF_WEEK
            ? amount
            : field === AM_PM
              ? amount / 2
              : null;
      if (days === null) {
        const unit = field === HOUR || field === HOUR_OF_DAY ? 3_600_000 : field === MINUTE ? 60_000 : field === SECOND ? 1000 : 1;
        this.ms = ms + amount * unit;
      } else {
        this.ms = instantOf(ms + this.zone.offsetMs(ms) + days * DAY_MS, this.zone);
      }
    }
  }

  /** Changes one field and no greater one; values run round. */
  roll(field: number, amount: number): void {
    if (amount === 0) return;
    this.#checkField(field);
    const fields = this.fields();
    const value = fields[field] as number;
    if (field === MONTH) return this.#moveMonth(this.#year(), floorMod(value + amount, 12));
    if (field === YEAR) return this.#moveMonth(fields[ERA] === 0 ? this.#year() - amount : this.#year() + amount, fields[MONTH] as number);
    if (field === DAY_OF_WEEK) {
      const at = floorMod(value - this.week.firstDay, 7);
      return this.add(DATE, floorMod(at + amount, 7) - at);
    }
    if (field === HOUR || field === HOUR_OF_DAY) {
      const length = field === HOUR ? 12 : 24;
      this.ms = this.ms + (floorMod(value + amount, length) - value) * 3_600_000;
      return;
    }
    if (field === WEEK_OF_MONTH) return this.#rollWeekOfMonth(amount);
    if (field === WEEK_OF_YEAR) return this.#rollWeekOfYear(amount);
    const low = GREATEST_MINIMUM[field] as number,
      high = actualMaximum(field, fields, this.week);
    const rolled = low + floorMod(value + amount - low, high - low + 1);
    if (field === DAY_OF_WEEK_IN_MONTH) return this.add(DATE, (rolled - value) * 7);
    this.set(field, rolled);
    this.ms = this.ms;
  }

  /** Stays in the month: a day that the week has in another month becomes the month's first or last. */
  #rollWeekOfMonth(amount: number): void {
    const fields = this.#fields;
    const monthStart = hybridEpochDay(this.#year(), (fields[MONTH] as number) + 1, 1);
    const length = actualMaximum(DATE, fields, this.week);
    const week = rolledValue(fields[WEEK_OF_MONTH] as number, amount, 1, actualMaximum(WEEK_OF_MONTH, fields, this.week));
    const day = firstWeekStart(monthStart, this.week) + (week - 1) * 7 + floorMod((fields[DAY_OF_WEEK] as number) - this.week.firstDay, 7);
    this.set(DATE, Math.min(length, Math.max(1, day - monthStart + 1)));
    this.ms = this.ms;
  }

  /** Stays in the calendar year, whose first and last week may belong to its neighbours. */
  #rollWeekOfYear(amount: number): void {
    const fields = this.#fields;
    const year = this.#year();
    const day = hybridEpochDay(year, (fields[MONTH] as number) + 1, fields[DATE] as number);
    let week = fields[WEEK_OF_YEAR] as number,
      low = 1,
      high = actualMaximum(WEEK_OF_YEAR, fields, this.week);
    const counted = weekYear(day, this.week);
    if (counted === year) {
      if (week + amount <= low || week + amount >= high) {
        if (hybridYear(day - 7 * (week - low)) !== year) low++;
        if (hybridYear(day + 7 * (high - week)) !== year) high--;
      }
    } else if (counted > year) {
      if (amount < 0) amount++;
      week = high;
    } else {
      if (amount > 0) amount -= week - high;
      week = low;
    }
    this.set(DAY_OF_WEEK, fields[DAY_OF_WEEK] as number);
    this.set(WEEK_OF_YEAR, rolledValue(week, amount, low, high));
    this.ms = this.ms;
  }

  /** `set(YEAR…)` of a week year, a week and a day of the week. */
  setWeekDate(yearOfWeek: number, weekNumber: number, day: number): void {
    const local = this.ms + this.zone.offsetMs(this.ms);
    const days = firstWeekStart(hybridEpochDay(yearOfWeek, 1, 1), this.week) + (weekNumber - 1) * 7 + floorMod(day - this.week.firstDay, 7);
    this.ms = instantOf(days * DAY_MS + floorMod(local, DAY_MS), this.zone);
  }

  #checkField(field: number): void {
    if (field < 0 || field >= ZONE_OFFSET) throw illegalArgument(null);
  }
  #year(): number {
    return this.#fields[ERA] === 0 ? 1 - (this.#fields[YEAR] as number) : (this.#fields[YEAR] as number);
  }

  #moveMonth(year: number, month: number): void {
    const fields = this.#fields;
    const last = hybridDate(hybridEpochDay(year, month + 2, 1) - 1).day;
    const local = floorMod(this.ms + this.zone.offsetMs(this.ms), DAY_MS);
    const days = hybridEpochDay(year, month + 1, Math.min(fields[DATE] as number, last));
    this.ms = instantOf(days * DAY_MS + local, this.zone);
  }

  #compute(): void {
    if (!this.lenient) this.#checkRanges();
    const stamps = this.#stamps,
      asked = [...this.#fields];
    const at = (field: number): number => this.#fields[field] as number;
    const stamp = (field: number): number => stamps[field] as number;
    let time = 0;
    if (stamp(HOUR_OF_DAY) >= Math.max(stamp(HOUR), stamp(AM_PM)) && stamp(HOUR_OF_DAY) !== UNSET) time = at(HOUR_OF_DAY);
    else if (stamp(HOUR) !== UNSET || stamp(AM_PM) !== UNSET) time = at(HOUR) + (stamp(AM_PM) !== UNSET ? at(AM_PM) * 12 : 0);
    const local = this.#dayOf() * DAY_MS + time * 3_600_000 + at(MINUTE) * 60_000 + at(SECOND) * 1000 + at(MILLISECOND);
    if (stamp(ZONE_OFFSET) > COMPUTED || stamp(DST_OFFSET) > COMPUTED) this.ms = local - at(ZONE_OFFSET) - at(DST_OFFSET);
    else {
      const kept = [...stamps];
      this.ms = instantOf(local, this.zone);
      if (!this.lenient) this.#checkKept(asked, kept);
    }
  }

  /** The day that the fields set last name. */
  #dayOf(): number {
    const stamp = (field: number): number => this.#stamps[field] as number;
    const at = (field: number, unset: number): number => (stamp(field) === UNSET ? unset : (this.#fields[field] as number));
    const both = (a: number, b: number): number => (a === UNSET || b === UNSET ? UNSET : Math.max(a, b));
    const year = stamp(ERA) !== UNSET && this.#fields[ERA] === 0 ? 1 - at(YEAR, 1) : at(YEAR, 1970);
    const day = stamp(DAY_OF_WEEK);
    const byDate = stamp(DATE),
      byYearDay = stamp(DAY_OF_YEAR);
    let byMonthWeek = both(stamp(WEEK_OF_MONTH), day),
      byCount = both(stamp(DAY_OF_WEEK_IN_MONTH), day),
      byYearWeek = both(stamp(WEEK_OF_YEAR), day);
    let best = Math.max(byDate, byMonthWeek, byCount, byYearDay, byYearWeek);
    let dateStamp = byDate;
    if (best === UNSET) {
      byMonthWeek = stamp(WEEK_OF_MONTH);
      byCount = Math.max(stamp(DAY_OF_WEEK_IN_MONTH), day);
      byYearWeek = stamp(WEEK_OF_YEAR);
      best = Math.max(byMonthWeek, byCount, byYearWeek);
      if (best === UNSET) best = dateStamp = stamp(MONTH);
    }
    const weekday = at(DAY_OF_WEEK, this.week.firstDay);
    if (
      best === dateStamp ||
      (best === byMonthWeek && stamp(WEEK_OF_MONTH) >= stamp(WEEK_OF_YEAR)) ||
      (best === byCount && stamp(DAY_OF_WEEK_IN_MONTH) >= stamp(WEEK_OF_YEAR))
    ) {
      const month = at(MONTH, 0) + 1;
      const monthStart = hybridEpochDay(year, month, 1);
      if (best === dateStamp) return hybridEpochDay(year, month, at(DATE, 1));
      if (best === byMonthWeek && (byMonthWeek !== byCount || stamp(WEEK_OF_MONTH) >= stamp(DAY_OF_WEEK_IN_MONTH))) {
        return firstWeekStart(monthStart, this.week) + (at(WEEK_OF_MONTH, 1) - 1) * 7 + floorMod(weekday - this.week.firstDay, 7);
      }
      const count = at(DAY_OF_WEEK_IN_MONTH, 1);
      const start = count >= 0 ? monthStart : hybridEpochDay(year, month + 1, 1);
      const first = start + floorMod(weekday - (floorMod(start + 4, 7) + 1), 7);
      return first + (count >= 0 ? count - 1 : count) * 7;
    }
    const yearStart = hybridEpochDay(year, 1, 1);
    if (best === byYearDay) return yearStart + at(DAY_OF_YEAR, 1) - 1;
    return firstWeekStart(yearStart, this.week) + (at(WEEK_OF_YEAR, 1) - 1) * 7 + floorMod(weekday - this.week.firstDay, 7);
  }

  #checkRanges(): void {
    for (let field = 0; field < FIELD_COUNT; field++) {
      const value = this.#fields[field] as number;
      if ((this.#stamps[field] as number) <= COMPUTED) continue;
      if (value < (GREATEST_MINIMUM[field] as number) || value > (MAXIMUM[field] as number)) throw illegalArgument(FIELD_NAMES[field] as string);
    }
  }
  #checkKept(asked: readonly number[], stamps: readonly number[]): void {
    for (let field = 0; field < FIELD_COUNT; field++) {
      if ((stamps[field] as number) > COMPUTED && asked[field] !== this.#fields[field]) {
        this.#fields = [...asked];
        this.#stamps = [...stamps];
        this.#ms = null;
        throw illegalArgument(`${FIELD_NAMES[field]}: ${asked[field]} -> ${fieldsAt(this.#guess(asked), this.zone, this.week)[field]}`);
      }
    }
  }
  #guess(_asked: readonly number[]): number {
    const lenient = this.copy();
    lenient.lenient = true;
    return lenient.ms;
  }

  override javaString(): string {
    const values = this.#fields.map((value, field) => `${FIELD_NAMES[field]}=${this.#stamps[field] === UNSET ? '?' : value}`).join(',');
    return (
      `java.util.GregorianCalendar[time=${this.#ms === null ? '?' : this.#ms},areFieldsSet=${this.#ms !== null},` +
      `areAllFieldsSet=${this.#ms !== null},lenient=${this.lenient},zone=${this.zone.javaString()},` +
      `firstDayOfWeek=${this.week.firstDay},minimalDaysInFirstWeek=${this.week.minimalDays},${values}]`
    );
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return (
      other instanceof JavaCalendar &&
      other.ms === this.ms &&
      other.lenient === this.lenient &&
      other.week.firstDay === this.week.firstDay &&
      other.zone.javaEquals(rt, this.zone)
    );
  }
  override javaHash(rt: Runtime): number {
    const other = (this.lenient ? 1 : 0) | (this.week.firstDay << 1) | (this.week.minimalDays << 4) | (this.zone.javaHash(rt) << 7);
    return Number(BigInt.asIntN(32, BigInt(this.ms))) ^ floorDiv(this.ms, 4_294_967_296) ^ other;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof JavaCalendar ? Math.sign(this.ms - other.ms) : 0;
  }
}
