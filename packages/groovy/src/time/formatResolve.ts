/**
 * From the fields that a formatter has read to a date, a time and an instant ("resolving"), as
 * java.time.format.Parsed does it for the strict, smart and lenient styles.
 */

import type { TemporalField } from './chrono.ts';
import { ChronoField, FIELD, TemporalAccessor } from './chrono.ts';
import { epochDay, floorDiv, isoDayOfWeek } from './civil.ts';
import { dateTimeFailure } from './failures.ts';
import { ISO_WEEK, ISO_WEEK_YEAR } from './formatParts.ts';
import type { DateTimeFormatter } from './formatter.ts';
import { LocalDate } from './localDate.ts';
import { LocalDateTime } from './localDateTime.ts';
import { LocalTime, NANOS_PER_DAY } from './localTime.ts';
import type { ZoneId } from './zoned.ts';
import { ZonedDateTime, zoneOffset } from './zoned.ts';

/** What a parse found; it answers as any temporal object does. */
export class Parsed extends TemporalAccessor {
  readonly fields = new Map<TemporalField, number>();
  zone: ZoneId | null = null;
  date: LocalDate | null = null;
  time: LocalTime | null = null;
  excessDays = 0;
  get $type(): string {
    return 'java.time.format.Parsed';
  }
  value(field: ChronoField): number | undefined {
    return this.fields.get(field) ?? this.date?.value(field) ?? this.time?.value(field);
  }
  override javaString(): string {
    const fields = [...this.fields].map(([field, value]) => `${field.text}=${value}`).join(', ');
    let text = `{${fields}},ISO`;
    if (this.zone !== null) text += `,${this.zone.id}`;
    if (this.date !== null || this.time !== null) {
      text += ' resolved to ';
      text += this.date === null ? (this.time as LocalTime).javaString() : this.date.javaString() + (this.time === null ? '' : `T${this.time.javaString()}`);
    }
    return text;
  }
}

/** Throws DateTimeException where fields are out of range or contradict each other. */
export function resolve(parsed: Parsed, formatter: DateTimeFormatter): Parsed {
  if (parsed.zone === null) parsed.zone = formatter.zone;
  resolveInstant(parsed);
  resolveDate(parsed, formatter);
  resolveTime(parsed, formatter);
  if (parsed.date !== null && parsed.time !== null && parsed.excessDays > 0) {
    parsed.date = parsed.date.plusDays(parsed.excessDays);
    parsed.excessDays = 0;
  }
  if (parsed.date !== null) crossCheck(parsed, parsed.date);
  if (parsed.time !== null) crossCheck(parsed, parsed.time);
  if (parsed.date !== null && parsed.time !== null) {
    const offset = parsed.fields.get(FIELD.OFFSET_SECONDS);
    const zone = offset !== undefined ? zoneOffset(offset) : parsed.zone;
    if (zone !== null) {
      const at = ZonedDateTime.ofLocal(new LocalDateTime(parsed.date, parsed.time), zone, null);
      parsed.fields.set(FIELD.INSTANT_SECONDS, at.epochSecond);
    }
  }
  return parsed;
}

/** Seconds since 1970 with a zone give date and time; without one they stay alone, with their fraction. */
function resolveInstant(parsed: Parsed): void {
  const seconds = parsed.fields.get(FIELD.INSTANT_SECONDS);
  if (seconds === undefined) return;
  const offset = parsed.fields.get(FIELD.OFFSET_SECONDS);
  const zone = parsed.zone ?? (offset === undefined ? null : zoneOffset(offset));
  if (zone === null) {
    const nano = parsed.fields.get(FIELD.NANO_OF_SECOND);
    if (nano === undefined) return;
    parsed.fields.set(FIELD.MILLI_OF_SECOND, floorDiv(nano, 1_000_000));
    parsed.fields.set(FIELD.MICRO_OF_SECOND, floorDiv(nano, 1000));
    return;
  }
  const nano = parsed.fields.get(FIELD.NANO_OF_SECOND) ?? 0;
  const { local } = ZonedDateTime.ofInstant(seconds, nano, zone);
  parsed.fields.delete(FIELD.INSTANT_SECONDS);
  parsed.date = local.date;
  parsed.fields.set(FIELD.SECOND_OF_DAY, local.time.secondOfDay);
}

function take(parsed: Parsed, field: TemporalField): number | undefined {
  const value = parsed.fields.get(field);
  parsed.fields.delete(field);
  return value;
}

function resolveDate(parsed: Parsed, formatter: DateTimeFormatter): void {
  const { fields } = parsed;
  const lenient = formatter.resolver === 'LENIENT';
  const has = (...needed: TemporalField[]): boolean => needed.every((field) => fields.has(field));
  const checked = (field: ChronoField): number => {
    const value = take(parsed, field) as number;
    return lenient ? value : field.check(value);
  };
  if (has(FIELD.EPOCH_DAY)) {
    parsed.date = LocalDate.ofEpochDay(checked(FIELD.EPOCH_DAY));
    return;
  }
  if (has(FIELD.PROLEPTIC_MONTH)) {
    const months = checked(FIELD.PROLEPTIC_MONTH);
    fields.set(FIELD.MONTH_OF_YEAR, months - floorDiv(months, 12) * 12 + 1);
    fields.set(FIELD.YEAR, floorDiv(months, 12));
  }
  if (has(FIELD.YEAR_OF_ERA) && (has(FIELD.ERA) || has(FIELD.YEAR) || formatter.resolver !== 'STRICT')) {
    const year = checked(FIELD.YEAR_OF_ERA);
    const era = take(parsed, FIELD.ERA);
    if (era !== undefined) FIELD.ERA.check(era);
    const known = fields.get(FIELD.YEAR);
    fields.set(FIELD.YEAR, era === 0 || (era === undefined && known !== undefined && known <= 0) ? 1 - year : year);
  }
  if (has(FIELD.YEAR, FIELD.MONTH_OF_YEAR, FIELD.DAY_OF_MONTH)) {
    const year = checked(FIELD.YEAR);
    if (lenient) {
      const month = take(parsed, FIELD.MONTH_OF_YEAR) as number,
        day = take(parsed, FIELD.DAY_OF_MONTH) as number;
      parsed.date = LocalDate.of(year, 1, 1)
        .plusMonths(month - 1)
        .plusDays(day - 1);
      return;
    }
    const month = checked(FIELD.MONTH_OF_YEAR),
      day = checked(FIELD.DAY_OF_MONTH);
    parsed.date = formatter.resolver === 'SMART' ? LocalDate.clipped(year, month, day) : LocalDate.of(year, month, day);
  } else if (has(FIELD.YEAR, FIELD.DAY_OF_YEAR)) {
    const year = checked(FIELD.YEAR);
    const day = take(parsed, FIELD.DAY_OF_YEAR) as number;
    parsed.date = lenient ? LocalDate.of(year, 1, 1).plusDays(day - 1) : LocalDate.ofYearDay(year, day);
  } else if (has(ISO_WEEK_YEAR, ISO_WEEK, FIELD.DAY_OF_WEEK)) {
    const year = take(parsed, ISO_WEEK_YEAR) as number,
      week = take(parsed, ISO_WEEK) as number;
    const weekday = checked(FIELD.DAY_OF_WEEK);
    const fourth = epochDay(FIELD.YEAR.check(year), 1, 4);
    const day = fourth - isoDayOfWeek(fourth) + (week - 1) * 7 + weekday;
    if (!lenient && (week < 1 || week > 53)) throw dateTimeFailure(`Invalid value for WeekOfWeekBasedYear (valid values 1 - 52/53): ${week}`);
    if (!lenient && ISO_WEEK_YEAR.of(day) !== year) throw dateTimeFailure(`Invalid value for WeekOfWeekBasedYear (valid values 1 - 52): ${week}`);
    parsed.date = LocalDate.ofEpochDay(day);
  }
}

function resolveTime(parsed: Parsed, formatter: DateTimeFormatter): void {
  const { fields } = parsed;
  const lenient = formatter.resolver === 'LENIENT';
  const check = (field: ChronoField, value: number): number => (lenient ? value : field.check(value));
  const move = (from: ChronoField, to: ChronoField, change: (value: number) => number): void => {
    const value = take(parsed, from);
    if (value !== undefined) fields.set(to, change(check(from, value)));
  };
  move(FIELD.CLOCK_HOUR_OF_DAY, FIELD.HOUR_OF_DAY, (value) => (value === 24 ? 0 : value));
  move(FIELD.CLOCK_HOUR_OF_AMPM, FIELD.HOUR_OF_AMPM, (value) => (value === 12 ? 0 : value));
  const half = fields.get(FIELD.AMPM_OF_DAY),
    hour12 = fields.get(FIELD.HOUR_OF_AMPM);
  if (half !== undefined && hour12 !== undefined) {
    fields.delete(FIELD.AMPM_OF_DAY);
    fields.delete(FIELD.HOUR_OF_AMPM);
    fields.set(FIELD.HOUR_OF_DAY, check(FIELD.AMPM_OF_DAY, half) * 12 + check(FIELD.HOUR_OF_AMPM, hour12));
  }
  const whole = (field: ChronoField, nanos: number): boolean => {
    const value = take(parsed, field);
    if (value === undefined) return false;
    parsed.time = new LocalTime(check(field, value) * nanos + (nanos === 1_000_000_000 ? (take(parsed, FIELD.NANO_OF_SECOND) ?? 0) : 0));
    return true;
  };
  if (whole(FIELD.NANO_OF_DAY, 1) || whole(FIELD.MICRO_OF_DAY, 1000) || whole(FIELD.MILLI_OF_DAY, 1_000_000) || whole(FIELD.SECOND_OF_DAY, 1_000_000_000))
    return;
  const hour = fields.get(FIELD.HOUR_OF_DAY);
  if (hour === undefined) return;
  const minute = fields.get(FIELD.MINUTE_OF_HOUR),
    second = fields.get(FIELD.SECOND_OF_MINUTE),
    nano = fields.get(FIELD.NANO_OF_SECOND);
  if ((minute === undefined && (second !== undefined || nano !== undefined)) || (minute !== undefined && second === undefined && nano !== undefined)) return;
  for (const field of [FIELD.HOUR_OF_DAY, FIELD.MINUTE_OF_HOUR, FIELD.SECOND_OF_MINUTE, FIELD.NANO_OF_SECOND]) fields.delete(field);
  const [m, s, n] = [minute ?? 0, second ?? 0, nano ?? 0];
  if (lenient) {
    const total = BigInt(hour * 3600 + m * 60 + s) * 1_000_000_000n + BigInt(n);
    const day = BigInt(NANOS_PER_DAY);
    const rest = ((total % day) + day) % day;
    parsed.time = new LocalTime(Number(rest));
    parsed.excessDays = Number((total - rest) / day);
    return;
  }
  if (formatter.resolver === 'SMART' && hour === 24 && m === 0 && s === 0 && n === 0) {
    parsed.time = new LocalTime(0);
    parsed.excessDays = 1;
    return;
  }
  parsed.time = LocalTime.of(hour, m, s, n);
}

/** Fields that were read beside those that made the value must agree with it, and go. */
function crossCheck(parsed: Parsed, value: LocalDate | LocalTime): void {
  for (const [field, read] of [...parsed.fields]) {
    const actual = field instanceof ChronoField ? value.value(field) : value instanceof LocalDate ? field.of(value.epochDay) : undefined;
    if (actual === undefined) continue;
    if (actual !== read) {
      const differs = `Conflict found: Field ${field.text} ${actual} differs from ${field.text} ${read} derived from ${value.javaString()}`;
      throw dateTimeFailure(differs);
    }
    parsed.fields.delete(field);
  }
}
