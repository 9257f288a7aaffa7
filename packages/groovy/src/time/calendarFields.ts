/**
 * The seventeen fields of java.util.Calendar, from an instant and back. The week's first day and the days that a year's
 * first week needs are the calendar's own (Sunday and 1 by default, as for English without a country).
 */
import { DAY_MS, floorDiv, floorMod, hybridDate, hybridEpochDay, hybridIsLeapYear } from './civil.ts';
import type { JavaTimeZone } from './timeZone.ts';
import { localOffsets } from './zones.ts';

export const ERA = 0,
  YEAR = 1,
  MONTH = 2,
  WEEK_OF_YEAR = 3,
  WEEK_OF_MONTH = 4,
  DATE = 5,
  DAY_OF_YEAR = 6,
  DAY_OF_WEEK = 7,
  DAY_OF_WEEK_IN_MONTH = 8,
  AM_PM = 9,
  HOUR = 10,
  HOUR_OF_DAY = 11,
  MINUTE = 12,
  SECOND = 13,
  MILLISECOND = 14,
  ZONE_OFFSET = 15,
  DST_OFFSET = 16,
  FIELD_COUNT = 17;

export const FIELD_NAMES: readonly string[] = [
  'ERA',
  'YEAR',
  'MONTH',
  'WEEK_OF_YEAR',
  'WEEK_OF_MONTH',
  'DAY_OF_MONTH',
  'DAY_OF_YEAR',
  'DAY_OF_WEEK',
  'DAY_OF_WEEK_IN_MONTH',
  'AM_PM',
  'HOUR',
  'HOUR_OF_DAY',
  'MINUTE',
  'SECOND',
  'MILLISECOND',
  'ZONE_OFFSET',
  'DST_OFFSET',
];

export interface WeekRule {
  readonly firstDay: number;
  readonly minimalDays: number;
}
export const DEFAULT_WEEK: WeekRule = { firstDay: 1, minimalDays: 1 };

/** Sunday is 1. */
export const dayOfWeek = (days: number): number => floorMod(days + 4, 7) + 1;
export const hybridYear = (days: number): number => hybridDate(days).year;
export const daysOfYear = (year: number): number => hybridEpochDay(year + 1, 1, 1) - hybridEpochDay(year, 1, 1);

/** The day on which the first week of a period begins, given the period's first day. */
export function firstWeekStart(periodStart: number, rule: WeekRule): number {
  const back = floorMod(dayOfWeek(periodStart) - rule.firstDay, 7);
  const start = periodStart - back;
  return 7 - back >= rule.minimalDays ? start : start + 7;
}

/** The year that the week of this day is counted in. */
export function weekYear(days: number, rule: WeekRule): number {
  const year = hybridYear(days);
  if (days >= firstWeekStart(hybridEpochDay(year + 1, 1, 1), rule)) return year + 1;
  return days < firstWeekStart(hybridEpochDay(year, 1, 1), rule) ? year - 1 : year;
}
export function weekOfYear(days: number, rule: WeekRule): number {
  return floorDiv(days - firstWeekStart(hybridEpochDay(weekYear(days, rule), 1, 1), rule), 7) + 1;
}

export function fieldsAt(ms: number, zone: JavaTimeZone, rule: WeekRule): number[] {
  const offset = zone.offsetMs(ms),
    daylight = zone.daylightMs(ms);
  const local = ms + offset;
  const days = floorDiv(local, DAY_MS),
    time = local - days * DAY_MS;
  const { year, month, day } = hybridDate(days);
  const hour = floorDiv(time, 3_600_000);
  const monthStart = hybridEpochDay(year, month, 1);
  return [
    year > 0 ? 1 : 0,
    year > 0 ? year : 1 - year,
    month - 1,
    weekOfYear(days, rule),
    floorDiv(days - firstWeekStart(monthStart, rule), 7) + 1,
    day,
    days - hybridEpochDay(year, 1, 1) + 1,
    dayOfWeek(days),
    floorDiv(day - 1, 7) + 1,
    hour < 12 ? 0 : 1,
    hour % 12,
    hour,
    floorDiv(time, 60_000) % 60,
    floorDiv(time, 1000) % 60,
    time % 1000,
    offset - daylight,
    daylight,
  ];
}

/**
 * Wall-clock milliseconds to an instant. Where clocks went back the later instant is taken, where they went forward
 * the time is read with the offset from before, as GregorianCalendar does.
 */
export function instantOf(local: number, zone: JavaTimeZone): number {
  if (zone.rules.fixed) return local - zone.rules.standardOffset * 1000;
  const offsets = localOffsets(zone.rules, floorDiv(local, 1000));
  return local - (offsets.kind === 'overlap' ? offsets.after : offsets.before) * 1000;
}

export const GREATEST_MINIMUM: readonly number[] = [0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, -46_800_000, 0];
export const LEAST_MAXIMUM: readonly number[] = [1, 292_269_054, 11, 52, 4, 28, 365, 7, 4, 1, 11, 23, 59, 59, 999, 50_400_000, 1_200_000];
export const MAXIMUM: readonly number[] = [1, 292_278_994, 11, 53, 6, 31, 366, 7, 6, 1, 11, 23, 59, 59, 999, 50_400_000, 7_200_000];

/** The greatest value that a field can have at the given day, other fields kept. */
export function actualMaximum(field: number, fields: readonly number[], rule: WeekRule): number {
  const year = fields[ERA] === 0 ? 1 - (fields[YEAR] as number) : (fields[YEAR] as number);
  const month = (fields[MONTH] as number) + 1;
  const monthStart = hybridEpochDay(year, month, 1),
    monthEnd = hybridEpochDay(year, month + 1, 1) - 1;
  if (field === DATE) return hybridDate(monthEnd).day;
  if (field === DAY_OF_YEAR) return daysOfYear(year);
  if (field === WEEK_OF_YEAR) {
    const yearOfWeek = weekYear(hybridEpochDay(year, month, fields[DATE] as number), rule);
    return floorDiv(firstWeekStart(hybridEpochDay(yearOfWeek + 1, 1, 1), rule) - firstWeekStart(hybridEpochDay(yearOfWeek, 1, 1), rule), 7);
  }
  if (field === WEEK_OF_MONTH) return floorDiv(monthEnd - firstWeekStart(monthStart, rule), 7) + 1;
  if (field === DAY_OF_WEEK_IN_MONTH) {
    const first = 1 + floorMod((fields[DAY_OF_WEEK] as number) - dayOfWeek(monthStart), 7);
    return floorDiv(hybridDate(monthEnd).day - first, 7) + 1;
  }
  return MAXIMUM[field] as number;
}

export { hybridIsLeapYear };
