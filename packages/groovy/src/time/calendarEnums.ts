/** java.time.DayOfWeek and Month, and java.time.format.TextStyle. */

import { floorMod, MONTHS, WEEKDAYS } from './civil.ts';
import { EnumConstant } from './enums.ts';
import { dateTimeFailure } from './failures.ts';

export class DayOfWeek extends EnumConstant {
  get $type(): string {
    return 'java.time.DayOfWeek';
  }
  get number(): number {
    return this.ordinal + 1;
  }
}
export class Month extends EnumConstant {
  get $type(): string {
    return 'java.time.Month';
  }
  get number(): number {
    return this.ordinal + 1;
  }
}
export class Style extends EnumConstant {
  get $type(): string {
    return 'java.time.format.TextStyle';
  }
}
export class FormatStyle extends EnumConstant {
  get $type(): string {
    return 'java.time.format.FormatStyle';
  }
}
export class ResolverStyle extends EnumConstant {
  get $type(): string {
    return 'java.time.format.ResolverStyle';
  }
}
export class Era extends EnumConstant {
  get $type(): string {
    return 'java.time.chrono.IsoEra';
  }
}

export const DAYS_OF_WEEK: readonly DayOfWeek[] = WEEKDAYS.map((name, i) => new DayOfWeek(name.toUpperCase(), i));
export const MONTH_CONSTANTS: readonly Month[] = MONTHS.map((name, i) => new Month(name.toUpperCase(), i));
export const TEXT_STYLES: readonly Style[] = ['FULL', 'FULL_STANDALONE', 'SHORT', 'SHORT_STANDALONE', 'NARROW', 'NARROW_STANDALONE'].map(
  (name, i) => new Style(name, i),
);
export const FORMAT_STYLES: readonly FormatStyle[] = ['FULL', 'LONG', 'MEDIUM', 'SHORT'].map((name, i) => new FormatStyle(name, i));
export const RESOLVER_STYLES: readonly ResolverStyle[] = ['STRICT', 'SMART', 'LENIENT'].map((name, i) => new ResolverStyle(name, i));
export const ERA_CONSTANTS: readonly Era[] = ['BCE', 'CE'].map((name, i) => new Era(name, i));

export function dayOfWeek(number: number): DayOfWeek {
  const found = DAYS_OF_WEEK[number - 1];
  if (found === undefined) throw dateTimeFailure(`Invalid value for DayOfWeek: ${number}`);
  return found;
}
export function month(number: number): Month {
  const found = MONTH_CONSTANTS[number - 1];
  if (found === undefined) throw dateTimeFailure(`Invalid value for MonthOfYear: ${number}`);
  return found;
}
/** The constant so many places on, round the end. */
export function turned<T extends EnumConstant>(constants: readonly T[], from: T, by: number): T {
  return constants[floorMod(from.ordinal + (by % constants.length), constants.length)] as T;
}
