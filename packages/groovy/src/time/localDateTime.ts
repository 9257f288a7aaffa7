/** java.time.LocalDateTime as a value. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import type { ChronoField, ChronoUnit, TemporalAccessor } from './chrono.ts';
import { DAYS, noField, noUnit, Temporal } from './chrono.ts';
import { floorDiv, floorMod } from './civil.ts';
import { cannotObtain, dateFrom, LocalDate } from './localDate.ts';
import { LocalTime, NANOS_PER_DAY, timeFrom } from './localTime.ts';

const DAY = BigInt(NANOS_PER_DAY);

export class LocalDateTime extends Temporal {
  readonly date: LocalDate;
  readonly time: LocalTime;
  constructor(date: LocalDate, time: LocalTime) {
    super();
    this.date = date;
    this.time = time;
  }
  get $type(): string {
    return 'java.time.LocalDateTime';
  }

  /** Seconds since 1970 on this wall clock, as if it showed UTC. */
  get localSecond(): number {
    return this.date.epochDay * 86_400 + this.time.secondOfDay;
  }
  static ofSecond(localSecond: number, nano: number): LocalDateTime {
    return new LocalDateTime(LocalDate.ofEpochDay(floorDiv(localSecond, 86_400)), new LocalTime(floorMod(localSecond, 86_400) * 1_000_000_000 + nano));
  }

  value(field: ChronoField): number | undefined {
    return field.timeBased ? this.time.value(field) : this.date.value(field);
  }
  hasUnit(unit: ChronoUnit): boolean {
    return unit.timeBased || unit.dateBased;
  }
  plusNanos(nanos: bigint): LocalDateTime {
    const total = BigInt(this.time.nanoOfDay) + nanos;
    const time = ((total % DAY) + DAY) % DAY;
    return new LocalDateTime(this.date.plusDays(Number((total - time) / DAY)), new LocalTime(Number(time)));
  }
  plusUnits(amount: number, unit: ChronoUnit): LocalDateTime {
    if (unit.timeBased) return this.plusNanos(BigInt(amount) * unit.nanos);
    return new LocalDateTime(this.date.plusUnits(amount, unit), this.time);
  }
  withField(field: ChronoField, value: number): LocalDateTime {
    if (this.value(field) === undefined) throw noField(field);
    return field.timeBased ? new LocalDateTime(this.date, this.time.withField(field, value)) : new LocalDateTime(this.date.withField(field, value), this.time);
  }
  until(end: Temporal, unit: ChronoUnit): bigint {
    const other = dateTimeFrom(end);
    const days = other.date.epochDay - this.date.epochDay;
    const nanos = other.time.nanoOfDay - this.time.nanoOfDay;
    if (unit.timeBased) return (BigInt(days) * DAY + BigInt(nanos)) / unit.nanos;
    if (!unit.dateBased) throw noUnit(unit);
    // A day that is not yet over does not count.
    const end2 = days > 0 && nanos < 0 ? other.date.plusDays(-1) : days < 0 && nanos > 0 ? other.date.plusDays(1) : other.date;
    return this.date.until(end2, unit);
  }
  truncated(unit: ChronoUnit): LocalDateTime {
    return new LocalDateTime(this.date, unit === DAYS ? new LocalTime(0) : this.time.truncated(unit));
  }

  override javaString(): string {
    return `${this.date.javaString()}T${this.time.javaString()}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof LocalDateTime && other.compare(this) === 0;
  }
  override javaHash(): number {
    return this.date.javaHash() ^ this.time.javaHash();
  }
  compare(other: LocalDateTime): number {
    return this.date.compare(other.date) || this.time.compare(other.time);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof LocalDateTime ? this.compare(other) : 0;
  }
}

/** `LocalDateTime.from` */
export function dateTimeFrom(temporal: TemporalAccessor): LocalDateTime {
  if (temporal instanceof LocalDateTime) return temporal;
  try {
    return new LocalDateTime(dateFrom(temporal), timeFrom(temporal));
  } catch (failure) {
    if (failure instanceof JavaThrowable) throw cannotObtain('LocalDateTime', temporal);
    throw failure;
  }
}
