/** java.time.LocalTime as a value: nanoseconds of the day. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { ChronoField, ChronoUnit, TemporalAccessor } from './chrono.ts';
import { DAYS, FIELD, noField, noUnit, Temporal } from './chrono.ts';
import { floorDiv, floorMod, pad } from './civil.ts';
import { unsupported } from './failures.ts';
import { cannotObtain } from './localDate.ts';

export const NANOS_PER_DAY = 86_400_000_000_000;
const SECOND = 1_000_000_000;

export class LocalTime extends Temporal {
  readonly nanoOfDay: number;
  constructor(nanoOfDay: number) {
    super();
    this.nanoOfDay = nanoOfDay;
  }
  get $type(): string {
    return 'java.time.LocalTime';
  }

  static of(hour: number, minute: number, second = 0, nano = 0): LocalTime {
    FIELD.HOUR_OF_DAY.check(hour);
    FIELD.MINUTE_OF_HOUR.check(minute);
    FIELD.SECOND_OF_MINUTE.check(second);
    FIELD.NANO_OF_SECOND.check(nano);
    return new LocalTime((hour * 3600 + minute * 60 + second) * SECOND + nano);
  }

  get secondOfDay(): number {
    return floorDiv(this.nanoOfDay, SECOND);
  }
  get hour(): number {
    return floorDiv(this.secondOfDay, 3600);
  }
  get minute(): number {
    return floorDiv(this.secondOfDay, 60) % 60;
  }
  get second(): number {
    return this.secondOfDay % 60;
  }
  get nano(): number {
    return this.nanoOfDay % SECOND;
  }

  value(field: ChronoField): number | undefined {
    const { hour } = this;
    switch (field) {
      case FIELD.NANO_OF_SECOND:
        return this.nano;
      case FIELD.NANO_OF_DAY:
        return this.nanoOfDay;
      case FIELD.MICRO_OF_SECOND:
        return floorDiv(this.nano, 1000);
      case FIELD.MICRO_OF_DAY:
        return floorDiv(this.nanoOfDay, 1000);
      case FIELD.MILLI_OF_SECOND:
        return floorDiv(this.nano, 1_000_000);
      case FIELD.MILLI_OF_DAY:
        return floorDiv(this.nanoOfDay, 1_000_000);
      case FIELD.SECOND_OF_MINUTE:
        return this.second;
      case FIELD.SECOND_OF_DAY:
        return this.secondOfDay;
      case FIELD.MINUTE_OF_HOUR:
        return this.minute;
      case FIELD.MINUTE_OF_DAY:
        return hour * 60 + this.minute;
      case FIELD.HOUR_OF_AMPM:
        return hour % 12;
      case FIELD.CLOCK_HOUR_OF_AMPM:
        return hour % 12 || 12;
      case FIELD.HOUR_OF_DAY:
        return hour;
      case FIELD.CLOCK_HOUR_OF_DAY:
        return hour || 24;
      case FIELD.AMPM_OF_DAY:
        return hour < 12 ? 0 : 1;
      default:
        return undefined;
    }
  }
  hasUnit(unit: ChronoUnit): boolean {
    return unit.timeBased;
  }

  /** Runs round at midnight. */
  plusNanos(nanos: bigint): LocalTime {
    return new LocalTime(floorMod(this.nanoOfDay + Number(nanos % BigInt(NANOS_PER_DAY)), NANOS_PER_DAY));
  }
  plusUnits(amount: number, unit: ChronoUnit): LocalTime {
    if (!unit.timeBased) throw noUnit(unit);
    return this.plusNanos(BigInt(amount) * unit.nanos);
  }
  withField(field: ChronoField, value: number): LocalTime {
    const now = this.value(field);
    if (now === undefined) throw noField(field);
    field.check(value);
    const { hour, minute, second, nano } = this;
    switch (field) {
      case FIELD.NANO_OF_SECOND:
        return LocalTime.of(hour, minute, second, value);
      case FIELD.MICRO_OF_SECOND:
        return LocalTime.of(hour, minute, second, value * 1000);
      case FIELD.MILLI_OF_SECOND:
        return LocalTime.of(hour, minute, second, value * 1_000_000);
      case FIELD.NANO_OF_DAY:
        return new LocalTime(value);
      case FIELD.MICRO_OF_DAY:
        return new LocalTime(value * 1000);
      case FIELD.MILLI_OF_DAY:
        return new LocalTime(value * 1_000_000);
      case FIELD.SECOND_OF_MINUTE:
        return LocalTime.of(hour, minute, value, nano);
      case FIELD.SECOND_OF_DAY:
        return new LocalTime(value * SECOND + nano);
      case FIELD.MINUTE_OF_HOUR:
        return LocalTime.of(hour, value, second, nano);
      case FIELD.MINUTE_OF_DAY:
        return new LocalTime((value * 60 + second) * SECOND + nano);
      case FIELD.HOUR_OF_AMPM:
        return LocalTime.of(hour - (hour % 12) + value, minute, second, nano);
      case FIELD.CLOCK_HOUR_OF_AMPM:
        return LocalTime.of(hour - (hour % 12) + (value % 12), minute, second, nano);
      case FIELD.HOUR_OF_DAY:
        return LocalTime.of(value, minute, second, nano);
      case FIELD.CLOCK_HOUR_OF_DAY:
        return LocalTime.of(value % 24, minute, second, nano);
      default:
        return LocalTime.of((hour % 12) + value * 12, minute, second, nano);
    }
  }
  until(end: Temporal, unit: ChronoUnit): bigint {
    const other = timeFrom(end);
    if (!unit.timeBased) throw noUnit(unit);
    return BigInt(other.nanoOfDay - this.nanoOfDay) / unit.nanos;
  }
  truncated(unit: ChronoUnit): LocalTime {
    if (unit.nanos > DAYS.nanos) throw unsupported('Unit is too large to be used for truncation');
    const nanos = Number(unit.nanos);
    return new LocalTime((floorDiv(this.nanoOfDay, nanos) * nanos) % NANOS_PER_DAY);
  }

  override javaString(): string {
    const { second, nano } = this;
    let text = `${pad(this.hour, 2)}:${pad(this.minute, 2)}`;
    if (second === 0 && nano === 0) return text;
    text += `:${pad(second, 2)}`;
    if (nano === 0) return text;
    return text + (nano % 1_000_000 === 0 ? `.${pad(nano / 1_000_000, 3)}` : nano % 1000 === 0 ? `.${pad(nano / 1000, 6)}` : `.${pad(nano, 9)}`);
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof LocalTime && other.nanoOfDay === this.nanoOfDay;
  }
  override javaHash(): number {
    return Number(BigInt.asIntN(32, BigInt(this.nanoOfDay))) ^ floorDiv(this.nanoOfDay, 4_294_967_296);
  }
  compare(other: LocalTime): number {
    return Math.sign(this.nanoOfDay - other.nanoOfDay);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof LocalTime ? this.compare(other) : 0;
  }
}

/** `LocalTime.from`: of anything that knows its nanosecond of the day. */
export function timeFrom(temporal: TemporalAccessor): LocalTime {
  if (temporal instanceof LocalTime) return temporal;
  const nanos = temporal.value(FIELD.NANO_OF_DAY);
  if (nanos === undefined) throw cannotObtain('LocalTime', temporal);
  return new LocalTime(nanos);
}
