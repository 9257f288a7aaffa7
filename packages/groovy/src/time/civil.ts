/**
 * Civil dates by arithmetic: days since 1970-01-01 to and from year, month and day.
 * The proleptic Gregorian calendar is java.time's; java.util's has the Julian calendar before 1582-10-15.
 * Years are astronomical: 0 is 1 BC. Numbers stay exact within java.time's range of years.
 */
export interface CivilDate {
  readonly year: number /** 1 to 12 */;
  readonly month: number;
  readonly day: number;
}

export const DAY_MS = 86_400_000;
/** 1582-10-15, the first day of the Gregorian calendar in java.util.GregorianCalendar. */
const CUTOVER_DAY = -141_427;

export const floorDiv = (a: number, b: number): number => Math.floor(a / b);
export const floorMod = (a: number, b: number): number => ((a % b) + b) % b;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
export function monthLength(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
/** The day of the year on which a month begins, less one. */
export function daysBeforeMonth(year: number, month: number): number {
  const days = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] as number;
  return month > 2 && isLeapYear(year) ? days + 1 : days;
}

/** Counts from March, so that the leap day ends the year; month and day must be in range. */
export function epochDay(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = floorDiv(y, 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = floorDiv(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear - 719_468;
}

export function civilDate(days: number): CivilDate {
  const z = days + 719_468;
  const era = floorDiv(z, 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = floorDiv(dayOfEra - floorDiv(dayOfEra, 1460) + floorDiv(dayOfEra, 36_524) - floorDiv(dayOfEra, 146_096), 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100));
  const shifted = floorDiv(5 * dayOfYear + 2, 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - floorDiv(153 * shifted + 2, 5) + 1 };
}

function julianEpochDay(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = floorDiv(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  return y * 365 + floorDiv(y, 4) + dayOfYear - 719_470;
}

function julianDate(days: number): CivilDate {
  const z = days + 719_470;
  const era = floorDiv(z, 1461);
  const dayOfEra = z - era * 1461;
  const yearOfEra = Math.min(3, floorDiv(dayOfEra, 365));
  const dayOfYear = dayOfEra - yearOfEra * 365;
  const shifted = floorDiv(5 * dayOfYear + 2, 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 4 + (month <= 2 ? 1 : 0), month, day: dayOfYear - floorDiv(153 * shifted + 2, 5) + 1 };
}

/** As java.util.GregorianCalendar counts; month may be out of range and carries into the year, and so does day. */
export function hybridEpochDay(year: number, month: number, day: number): number {
  const y = year + floorDiv(month - 1, 12),
    m = floorMod(month - 1, 12) + 1;
  const gregorian = epochDay(y, m, 1) + day - 1;
  if (gregorian >= CUTOVER_DAY) return gregorian;
  const julian = julianEpochDay(y, m, 1) + day - 1;
  return julian >= CUTOVER_DAY ? gregorian : julian;
}

export function hybridDate(days: number): CivilDate {
  return days >= CUTOVER_DAY ? civilDate(days) : julianDate(days);
}

export function hybridIsLeapYear(year: number): boolean {
  return year > 1582 ? isLeapYear(year) : floorMod(year, 4) === 0;
}

/** ISO: Monday is 1. 1970-01-01 was a Thursday. */
export function isoDayOfWeek(days: number): number {
  return floorMod(days + 3, 7) + 1;
}

export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** From Monday, as ISO counts. */
export const WEEKDAYS: readonly string[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const pad = (n: number, width: number): string => String(n).padStart(width, '0');
