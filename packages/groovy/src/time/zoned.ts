/** java.time.ZoneId, ZoneOffset, ZonedDateTime and OffsetDateTime as values. */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import type { ChronoField, ChronoUnit, TemporalAccessor } from './chrono.ts';
import { FIELD, noField, noUnit, Temporal } from './chrono.ts';
import { dateTimeFailure } from './failures.ts';
import { Instant } from './instant.ts';
import { cannotObtain } from './localDate.ts';
import { dateTimeFrom, LocalDateTime } from './localDateTime.ts';
import type { ZoneRules } from './zones.ts';
import { FixedRules, isRegionId, localOffsets, offsetText, regionRules } from './zones.ts';

export class ZoneId extends JavaObject {
  readonly id: string;
  readonly rules: ZoneRules;
  constructor(id: string, rules: ZoneRules) {
    super();
    this.id = id;
    this.rules = rules;
  }
  get $type(): string {
    return 'java.time.ZoneRegion';
  }
  override javaString(_rt?: Runtime): string {
    return this.id;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof ZoneId && other.id === this.id;
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.id);
  }
}

export class ZoneOffset extends ZoneId {
  readonly seconds: number;
  constructor(seconds: number) {
    super(offsetText(seconds, 'Z'), new FixedRules(seconds));
    this.seconds = seconds;
  }
  override get $type(): string {
    return 'java.time.ZoneOffset';
  }
  override javaHash(): number {
    return this.seconds;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof ZoneOffset ? other.seconds - this.seconds : 0;
  }
}
export const UTC = new ZoneOffset(0);

export function zoneOffset(seconds: number): ZoneOffset {
  if (Math.abs(seconds) > 64_800) throw dateTimeFailure('Zone offset not in valid range: -18:00 to +18:00');
  return seconds === 0 ? UTC : new ZoneOffset(seconds);
}
/** Hours, minutes and seconds of one sign. */
export function zoneOffsetOf(hours: number, minutes: number, seconds: number): ZoneOffset {
  const range = (what: string, n: number, max: number): void => {
    if (Math.abs(n) > max) throw dateTimeFailure(`Zone offset ${what} not in valid range: value ${n} is not in the range -${max} to ${max}`);
  };
  range('hours', hours, 18);
  if (hours > 0 && (minutes < 0 || seconds < 0)) throw dateTimeFailure('Zone offset minutes and seconds must be positive because hours is positive');
  if (hours < 0 && (minutes > 0 || seconds > 0)) throw dateTimeFailure('Zone offset minutes and seconds must be negative because hours is negative');
  if ((minutes > 0 && seconds < 0) || (minutes < 0 && seconds > 0)) throw dateTimeFailure('Zone offset minutes and seconds must have the same sign');
  range('minutes', minutes, 59);
  range('seconds', seconds, 59);
  return zoneOffset(hours * 3600 + minutes * 60 + seconds);
}

/** `ZoneOffset.of`: Z, +h, +hh, +hh:mm, +hhmm, +hh:mm:ss, +hhmmss. */
export function parseZoneOffset(id: string): ZoneOffset {
  if (id === 'Z') return UTC;
  const found = /^([+-])(?:(\d)|(\d\d)(?::?(\d\d))?|(\d\d):(\d\d):(\d\d)|(\d\d)(\d\d)(\d\d))$/.exec(id);
  if (found === null) throw dateTimeFailure(`Invalid ID for ZoneOffset, invalid format: ${id}`);
  const sign = found[1] === '-' ? -1 : 1;
  const pick = (...indexes: number[]): number => sign * Number(indexes.map((i) => found[i]).find((part) => part !== undefined) ?? 0) || 0;
  return zoneOffsetOf(pick(2, 3, 5, 8), pick(4, 6, 9), pick(7, 10));
}

/** `ZoneId.of`. Throws DateTimeException or ZoneRulesException (`Unknown time-zone ID: Foo/Bar`). */
export function zoneId(rt: Runtime, id: string): ZoneId {
  if (id.length <= 1 || id[0] === '+' || id[0] === '-') return parseZoneOffset(id);
  const prefix = /^(UTC|GMT|UT)(?=$|[+-])/.exec(id)?.[0];
  if (prefix !== undefined) {
    if (id === prefix) return new ZoneId(id, new FixedRules(0));
    if (id !== 'GMT0' && !/^GMT[+-]0$/.test(id)) {
      try {
        const offset = parseZoneOffset(id.slice(prefix.length));
        return new ZoneId(offset.seconds === 0 ? prefix : prefix + offset.id, offset.rules);
      } catch (failure) {
        if (!(failure instanceof JavaThrowable)) throw failure;
        throw new JavaThrowable('java.time.DateTimeException', `Invalid ID for offset-based ZoneId: ${id}`, failure);
      }
    }
  }
  if (!/^[A-Za-z][A-Za-z0-9~/._+-]+$/.test(id)) throw dateTimeFailure(`Invalid ID for region-based ZoneId, invalid format: ${id}`);
  const rules = isRegionId(id) ? regionRules(rt, id) : null;
  if (rules === null) throw new JavaThrowable('java.time.zone.ZoneRulesException', `Unknown time-zone ID: ${id}`);
  return new ZoneId(id, rules);
}
export const systemZone = (rt: Runtime): ZoneId => zoneId(rt, rt.world.timeZone());

/** A date and time that is somewhere: with an offset, and maybe a zone. */
export abstract class Located extends Temporal {
  readonly local: LocalDateTime;
  readonly offset: ZoneOffset;
  constructor(local: LocalDateTime, offset: ZoneOffset) {
    super();
    this.local = local;
    this.offset = offset;
  }
  get zone(): ZoneId {
    return this.offset;
  }
  get epochSecond(): number {
    return this.local.localSecond - this.offset.seconds;
  }
  get instant(): Instant {
    return Instant.ofSecond(BigInt(this.epochSecond), BigInt(this.local.time.nano));
  }
  /** The same place with another wall clock. */
  abstract withLocal(local: LocalDateTime): Located;
  abstract withInstant(epochSecond: number, nano: number): Located;

  value(field: ChronoField): number | undefined {
    if (field === FIELD.INSTANT_SECONDS) return this.epochSecond;
    if (field === FIELD.OFFSET_SECONDS) return this.offset.seconds;
    return this.local.value(field);
  }
  hasUnit(unit: ChronoUnit): boolean {
    return this.local.hasUnit(unit);
  }
  /** Units of time move the instant, units of dates the wall clock. */
  plusUnits(amount: number, unit: ChronoUnit): Located {
    return unit.timeBased ? this.plusNanos(BigInt(amount) * unit.nanos) : this.withLocal(this.local.plusUnits(amount, unit));
  }
  plusNanos(nanos: bigint): Located {
    const moved = this.instant.plus(nanos);
    return this.withInstant(Number(moved.seconds), moved.nano);
  }
  withField(field: ChronoField, value: number): Located {
    if (field === FIELD.INSTANT_SECONDS) return this.withInstant(field.check(value), this.local.time.nano);
    if (this.local.value(field) === undefined && field !== FIELD.OFFSET_SECONDS) throw noField(field);
    return this.withLocal(this.local.withField(field, value));
  }
  until(end: Temporal, unit: ChronoUnit): bigint {
    if (!this.hasUnit(unit)) throw noUnit(unit);
    const other = locatedFrom(end, this);
    const there = this.withInstant(other.epochSecond, other.local.time.nano);
    return unit.timeBased ? (there.instant.nanos - this.instant.nanos) / unit.nanos : this.local.until(there.local, unit);
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return (
      other instanceof Located &&
      other.$type === this.$type &&
      other.local.compare(this.local) === 0 &&
      other.offset.seconds === this.offset.seconds &&
      other.zone.javaEquals(rt, this.zone)
    );
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof Located)) return 0;
    return (
      Math.sign(this.epochSecond - other.epochSecond) ||
      this.local.time.nano - other.local.time.nano ||
      this.local.compare(other.local) ||
      (this.zone.id < other.zone.id ? -1 : this.zone.id > other.zone.id ? 1 : 0)
    );
  }
}

export class OffsetDateTime extends Located {
  get $type(): string {
    return 'java.time.OffsetDateTime';
  }
  withLocal(local: LocalDateTime): OffsetDateTime {
    return new OffsetDateTime(local, this.offset);
  }
  withInstant(epochSecond: number, nano: number): OffsetDateTime {
    return offsetDateTime(epochSecond, nano, this.offset);
  }
  override javaString(): string {
    return this.local.javaString() + this.offset.id;
  }
  override javaHash(): number {
    return this.local.javaHash() ^ this.offset.javaHash();
  }
}
export function offsetDateTime(epochSecond: number, nano: number, zone: ZoneId): OffsetDateTime {
  const offset = zoneOffset(zone.rules.offsetAt(epochSecond));
  return new OffsetDateTime(LocalDateTime.ofSecond(epochSecond + offset.seconds, nano), offset);
}

export class ZonedDateTime extends Located {
  readonly #zone: ZoneId;
  constructor(local: LocalDateTime, offset: ZoneOffset, zone: ZoneId) {
    super(local, offset);
    this.#zone = zone;
  }
  get $type(): string {
    return 'java.time.ZonedDateTime';
  }
  override get zone(): ZoneId {
    return this.#zone;
  }

  static ofInstant(epochSecond: number, nano: number, zone: ZoneId): ZonedDateTime {
    const offset = zoneOffset(zone.rules.offsetAt(epochSecond));
    return new ZonedDateTime(LocalDateTime.ofSecond(epochSecond + offset.seconds, nano), offset, zone);
  }
  /** A time that the clocks skipped moves forward by the gap; of two the preferred offset is taken, or the earlier instant. */
  static ofLocal(local: LocalDateTime, zone: ZoneId, preferred: ZoneOffset | null): ZonedDateTime {
    if (zone.rules.fixed) return new ZonedDateTime(local, zoneOffset(zone.rules.standardOffset), zone);
    const { kind, before, after } = localOffsets(zone.rules, local.localSecond);
    if (kind === 'gap') {
      return new ZonedDateTime(LocalDateTime.ofSecond(local.localSecond + after - before, local.time.nano), zoneOffset(after), zone);
    }
    const chosen = kind === 'overlap' && preferred?.seconds === after ? after : before;
    return new ZonedDateTime(local, zoneOffset(chosen), zone);
  }
  withLocal(local: LocalDateTime): ZonedDateTime {
    return ZonedDateTime.ofLocal(local, this.#zone, this.offset);
  }
  withInstant(epochSecond: number, nano: number): ZonedDateTime {
    return ZonedDateTime.ofInstant(epochSecond, nano, this.#zone);
  }
  override javaString(): string {
    return this.local.javaString() + this.offset.id + (this.#zone instanceof ZoneOffset ? '' : `[${this.#zone.id}]`);
  }
  override javaHash(rt: Runtime): number {
    const zone = this.#zone.javaHash(rt);
    return this.local.javaHash() ^ this.offset.javaHash() ^ ((zone << 3) | (zone >>> 29));
  }
}

/** What a formatter's result and the classes above know of their place. */
export interface Placed {
  readonly zone: ZoneId | null;
}
export function zoneOf(temporal: TemporalAccessor): ZoneId | null {
  const zone = (temporal as unknown as Partial<Placed>).zone;
  return zone instanceof ZoneId ? zone : null;
}

function locatedFrom(temporal: Temporal, like: Located): Located {
  if (temporal instanceof Located) return temporal;
  throw cannotObtain(like.$type.slice('java.time.'.length), temporal);
}

/** `ZonedDateTime.from` */
export function zonedFrom(temporal: TemporalAccessor): ZonedDateTime {
  if (temporal instanceof ZonedDateTime) return temporal;
  const offset = temporal.value(FIELD.OFFSET_SECONDS);
  const zone = zoneOf(temporal) ?? (offset === undefined ? null : zoneOffset(offset));
  if (zone === null) throw cannotObtain('ZonedDateTime', temporal);
  const second = temporal.value(FIELD.INSTANT_SECONDS);
  if (second !== undefined) return ZonedDateTime.ofInstant(second, temporal.value(FIELD.NANO_OF_SECOND) ?? 0, zone);
  try {
    return ZonedDateTime.ofLocal(dateTimeFrom(temporal), zone, null);
  } catch (failure) {
    if (failure instanceof JavaThrowable) throw cannotObtain('ZonedDateTime', temporal);
    throw failure;
  }
}

/** `OffsetDateTime.from` */
export function offsetDateTimeFrom(temporal: TemporalAccessor): OffsetDateTime {
  if (temporal instanceof OffsetDateTime) return temporal;
  const zone = zoneOf(temporal);
  const seconds = temporal.value(FIELD.OFFSET_SECONDS) ?? (zone instanceof ZoneOffset ? zone.seconds : undefined);
  if (seconds === undefined) throw cannotObtain('OffsetDateTime', temporal);
  try {
    return new OffsetDateTime(dateTimeFrom(temporal), zoneOffset(seconds));
  } catch (failure) {
    if (failure instanceof JavaThrowable) throw cannotObtain('OffsetDateTime', temporal);
    throw failure;
  }
}
