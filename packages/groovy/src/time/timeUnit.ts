/** java.util.concurrent.TimeUnit: conversions round towards zero and stop at the limits of a long. */
import { Long } from '../numbers/boxes.ts';
import type { Native, NativeClass } from '../runtime/native.ts';
import { UNITS } from './chrono.ts';
import { EnumConstant, enumClass } from './enums.ts';

export class TimeUnit extends EnumConstant {
  readonly nanos: bigint;
  constructor(name: string, ordinal: number, nanos: bigint) {
    super(name, ordinal);
    this.nanos = nanos;
  }
  get $type(): string {
    return 'java.util.concurrent.TimeUnit';
  }
}

const UNIT_TABLE: readonly (readonly [string, bigint, string])[] = [
  ['NANOSECONDS', 1n, 'toNanos'],
  ['MICROSECONDS', 1000n, 'toMicros'],
  ['MILLISECONDS', 1_000_000n, 'toMillis'],
  ['SECONDS', 1_000_000_000n, 'toSeconds'],
  ['MINUTES', 60_000_000_000n, 'toMinutes'],
  ['HOURS', 3_600_000_000_000n, 'toHours'],
  ['DAYS', 86_400_000_000_000n, 'toDays'],
];
const TIME_UNITS = UNIT_TABLE.map(([name, nanos], i) => new TimeUnit(name, i, nanos));
const MAX = 9_223_372_036_854_775_807n;

function convert(amount: Long, from: TimeUnit, to: bigint): Long {
  const converted = (amount.big() * from.nanos) / to;
  return Long.of(converted > MAX ? MAX : converted < -MAX - 1n ? -MAX - 1n : converted);
}

export const timeUnitClass: NativeClass = {
  ...enumClass('java.util.concurrent.TimeUnit', TIME_UNITS, {
    methods: {
      ...Object.fromEntries(
        UNIT_TABLE.map(([, nanos, method]): [string, Native] => [`${method}(long)`, (_rt, self: TimeUnit, amount: Long) => convert(amount, self, nanos)]),
      ),
      'convert(long, java.util.concurrent.TimeUnit)': (_rt, self: TimeUnit, amount: Long, from: TimeUnit) => convert(amount, from, self.nanos),
      'toChronoUnit()': (_rt, self: TimeUnit) => UNITS.find((unit) => unit.nanos === self.nanos) ?? null,
    },
  }),
  restricted: ['method sleep long'],
};
