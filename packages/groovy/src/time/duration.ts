/** java.time.Duration: nanoseconds as one whole number. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { exactLong, floorDivBig, floorModBig } from './chrono.ts';

const SECOND = 1_000_000_000n;

export class Duration extends JavaObject {
  readonly nanos: bigint;
  /** Throws ArithmeticException where the seconds are no long. */
  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
    exactLong(this.seconds);
  }
  get $type(): string {
    return 'java.time.Duration';
  }
  get seconds(): bigint {
    return floorDivBig(this.nanos, SECOND);
  }
  get nano(): number {
    return Number(floorModBig(this.nanos, SECOND));
  }
  static of(amount: bigint, unitNanos: bigint): Duration {
    return new Duration(amount * unitNanos);
  }

  override javaString(): string {
    if (this.nanos === 0n) return 'PT0S';
    // Java's own way of signs: the whole seconds are rounded towards zero, the fraction follows.
    const total = this.nanos / SECOND,
      fraction = this.nanos % SECOND;
    const hours = total / 3600n,
      minutes = (total % 3600n) / 60n,
      seconds = total % 60n;
    let text = 'PT';
    if (hours !== 0n) text += `${hours}H`;
    if (minutes !== 0n) text += `${minutes}M`;
    if (seconds === 0n && fraction === 0n) return text;
    text += seconds === 0n && fraction < 0n ? '-0' : `${seconds}`;
    if (fraction !== 0n)
      text += `.${String(fraction < 0n ? -fraction : fraction)
        .padStart(9, '0')
        .replace(/0+$/, '')}`;
    return `${text}S`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Duration && other.nanos === this.nanos;
  }
  override javaHash(): number {
    const s = this.seconds;
    return (Number(BigInt.asIntN(32, s ^ (BigInt.asUintN(64, s) >> 32n))) + Math.imul(51, this.nano)) | 0;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof Duration ? (this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0) : 0;
  }
}

const PATTERN = /^([-+]?)P(?:([-+]?\d+)D)?(T(?:([-+]?\d+)H)?(?:([-+]?\d+)M)?(?:([-+]?\d+)(?:[.,](\d{0,9}))?S)?)?$/i;

/** `PT1H30M`, `P2DT3.5S`, with signs as Java reads them. */
export function parseDuration(text: string): Duration {
  const fail = (more = ''): JavaThrowable => new JavaThrowable('java.time.format.DateTimeParseException', `Text cannot be parsed to a Duration${more}`);
  const found = text.length > 200 ? null : PATTERN.exec(text);
  if (found === null) throw fail();
  const [, sign, days, time, hours, minutes, seconds, fraction] = found;
  if (time?.length === 1 || (days ?? hours ?? minutes ?? seconds) === undefined) throw fail();
  const whole = (digits: string | undefined): bigint => BigInt((digits ?? '0').replace('+', ''));
  let nanos = (whole(days) * 86_400n + whole(hours) * 3600n + whole(minutes) * 60n + whole(seconds)) * SECOND;
  const part = BigInt((fraction ?? '').padEnd(9, '0'));
  nanos += seconds?.startsWith('-') ? -part : part;
  try {
    return new Duration(sign === '-' ? -nanos : nanos);
  } catch (failure) {
    if (failure instanceof JavaThrowable) throw fail(': overflow');
    throw failure;
  }
}
