/** java.time.Instant: nanoseconds since 1970 as one whole number. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { ChronoField, ChronoUnit } from './chrono.ts';
import { DAYS, exactLong, FIELD, floorDivBig, floorModBig, noField, noUnit, Temporal } from './chrono.ts';
import { civilDate, floorDiv, floorMod, pad } from './civil.ts';
import { dateTimeFailure } from './failures.ts';

const SECOND = 1_000_000_000n;
const MIN_SECOND = -31_557_014_167_219_200n,
  MAX_SECOND = 31_556_889_864_403_199n;

export class Instant extends Temporal {
  readonly nanos: bigint;
  /** Throws DateTimeException outside of Java's range. */
  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
    if (this.seconds < MIN_SECOND || this.seconds > MAX_SECOND) throw dateTimeFailure('Instant exceeds minimum or maximum instant');
  }
  get $type(): string {
    return 'java.time.Instant';
  }
  get seconds(): bigint {
    return floorDivBig(this.nanos, SECOND);
  }
  get nano(): number {
    return Number(floorModBig(this.nanos, SECOND));
  }

  static ofSecond(seconds: bigint, nano = 0n): Instant {
    return new Instant(seconds * SECOND + nano);
  }
  static ofMilli(ms: number): Instant {
    return new Instant(BigInt(ms) * 1_000_000n);
  }
  toMilli(): number {
    return Number(floorDivBig(this.nanos, 1_000_000n));
  }

  value(field: ChronoField): number | undefined {
    if (field === FIELD.NANO_OF_SECOND) return this.nano;
    if (field === FIELD.MICRO_OF_SECOND) return floorDiv(this.nano, 1000);
    if (field === FIELD.MILLI_OF_SECOND) return floorDiv(this.nano, 1_000_000);
    if (field === FIELD.INSTANT_SECONDS) return Number(this.seconds);
    return undefined;
  }
  hasUnit(unit: ChronoUnit): boolean {
    return unit.timeBased || unit === DAYS;
  }
  plusUnits(amount: number, unit: ChronoUnit): Instant {
    if (!this.hasUnit(unit)) throw noUnit(unit);
    return new Instant(this.nanos + BigInt(amount) * unit.nanos);
  }
  plus(nanos: bigint): Instant {
    return new Instant(this.nanos + nanos);
  }
  withField(field: ChronoField, value: number): Instant {
    field.check(value);
    const second = this.seconds * SECOND;
    if (field === FIELD.NANO_OF_SECOND) return new Instant(second + BigInt(value));
    if (field === FIELD.MICRO_OF_SECOND) return new Instant(second + BigInt(value) * 1000n);
    if (field === FIELD.MILLI_OF_SECOND) return new Instant(second + BigInt(value) * 1_000_000n);
    if (field === FIELD.INSTANT_SECONDS) return Instant.ofSecond(BigInt(value), BigInt(this.nano));
    throw noField(field);
  }
  until(end: Temporal, unit: ChronoUnit): bigint {
    const other = instantFrom(end);
    if (!this.hasUnit(unit)) throw noUnit(unit);
    return exactLong((other.nanos - this.nanos) / unit.nanos);
  }

  override javaString(): string {
    const seconds = Number(this.seconds);
    const { year, month, day } = civilDate(floorDiv(seconds, 86_400));
    const time = floorMod(seconds, 86_400);
    const years = Math.abs(year) > 9999 ? `${year < 0 ? '-' : '+'}${Math.abs(year)}` : year < 0 ? `-${pad(-year, 4)}` : pad(year, 4);
    const nano = this.nano;
    const fraction =
      nano === 0 ? '' : nano % 1_000_000 === 0 ? `.${pad(nano / 1_000_000, 3)}` : nano % 1000 === 0 ? `.${pad(nano / 1000, 6)}` : `.${pad(nano, 9)}`;
    return `${years}-${pad(month, 2)}-${pad(day, 2)}T${pad(floorDiv(time, 3600), 2)}:${pad(floorDiv(time, 60) % 60, 2)}:${pad(time % 60, 2)}${fraction}Z`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Instant && other.nanos === this.nanos;
  }
  override javaHash(): number {
    const s = this.seconds;
    return (Number(BigInt.asIntN(32, s ^ (BigInt.asUintN(64, s) >> 32n))) + Math.imul(51, this.nano)) | 0;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof Instant ? (this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0) : 0;
  }
}

/** `Instant.from`: of anything that knows its seconds since 1970. */
export function instantFrom(temporal: Temporal): Instant {
  if (temporal instanceof Instant) return temporal;
  const seconds = temporal.value(FIELD.INSTANT_SECONDS);
  if (seconds === undefined) {
    throw dateTimeFailure(`Unable to obtain Instant from TemporalAccessor: ${temporal.javaString(null as never)} of type ${temporal.$type}`);
  }
  return Instant.ofSecond(BigInt(seconds), BigInt(temporal.value(FIELD.NANO_OF_SECOND) ?? 0));
}
