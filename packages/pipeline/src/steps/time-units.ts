/** java.util.concurrent.TimeUnit's names. */
import { JavaThrowable } from '@millrace/groovy';

const MILLIS: { readonly [name: string]: number } = {
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
};
export const TIME_UNITS: readonly string[] = Object.keys(MILLIS);

export function unitMillis(unit: string): number {
  const ms = Object.hasOwn(MILLIS, unit) ? MILLIS[unit] : undefined;
  if (ms === undefined) throw new JavaThrowable('java.lang.IllegalArgumentException', `No enum constant java.util.concurrent.TimeUnit.${unit}`);
  return ms;
}
