/**
 * `Date.parse(String)` and `new Date(String)`: Java's deprecated reader of free forms, `Sat, 12 Aug 1995 13:30:00 GMT`,
 * `8/12/1995`, `Aug 12, 1995 1:30 PM`. Follows the description in java.util.Date's documentation.
 */
import type { Runtime } from '../runtime/runtime.ts';
import { DEFAULT_WEEK, fieldsAt, instantOf, YEAR } from './calendarFields.ts';
import { DAY_MS, floorDiv, hybridEpochDay, MONTHS, WEEKDAYS } from './civil.ts';
import { illegalArgument } from './failures.ts';
import { defaultTimeZone } from './timeZone.ts';

const ZONES: Readonly<Record<string, number>> = { gmt: 0, ut: 0, utc: 0, est: 5, edt: 4, cst: 6, cdt: 5, mst: 7, mdt: 6, pst: 8, pdt: 7 };

export function readLegacyDate(rt: Runtime, text: string | null): number {
  if (text === null) throw illegalArgument(null);
  const zone = defaultTimeZone(rt);
  let year: number | null = null,
    month = -1,
    day = -1,
    hour = -1,
    minute = -1,
    second = -1;
  /** Minutes west of Greenwich. */
  let offset: number | null = null;
  let before = '';
  const bare = text.replace(/\([^)]*\)/g, ' ');
  for (const found of bare.matchAll(/(\d+)|([A-Za-z]+)|([^\s,])/g)) {
    const [token, digits, word] = found;
    const after = bare[found.index + token.length] ?? '';
    if (digits !== undefined) {
      const n = Number(digits);
      if (n > 2_147_483_647) throw illegalArgument(null);
      if ((before === '+' || before === '-') && year !== null) {
        if (offset !== null && offset !== 0) throw illegalArgument(null);
        const minutes = n < 24 ? n * 60 : (n % 100) + floorDiv(n, 100) * 60;
        offset = before === '+' ? -minutes : minutes;
      } else if (n >= 70) {
        if (year !== null || !(after === '' || /[\s,/]/.test(after))) throw illegalArgument(null);
        year = n;
      } else if (after === ':') {
        if (hour < 0) hour = n;
        else if (minute < 0) minute = n;
        else throw illegalArgument(null);
      } else if (after === '/') {
        if (month < 0) month = n - 1;
        else if (day < 0) day = n;
        else throw illegalArgument(null);
      } else if (after !== '' && !/[\s,-]/.test(after)) {
        throw illegalArgument(null);
      } else if (hour >= 0 && minute < 0) minute = n;
      else if (minute >= 0 && second < 0) second = n;
      else if (day < 0) day = n;
      else if (year === null && month >= 0 && day >= 0) year = n;
      else throw illegalArgument(null);
      before = '';
    } else if (word !== undefined) {
      const lower = word.toLowerCase();
      if (lower.length < 2) throw illegalArgument(null);
      const monthAt = lower.length < 3 ? -1 : MONTHS.findIndex((name) => name.toLowerCase().startsWith(lower));
      if (lower === 'am' || lower === 'pm') {
        if (hour > 12 || hour < 1) throw illegalArgument(null);
        hour = (hour % 12) + (lower === 'pm' ? 12 : 0);
      } else if (monthAt >= 0) {
        if (month >= 0) throw illegalArgument(null);
        month = monthAt;
      } else if (lower in ZONES) offset = (ZONES[lower] as number) * 60;
      else if (!WEEKDAYS.some((name) => name.toLowerCase().startsWith(lower))) throw illegalArgument(null);
      before = '';
    } else before = token;
  }
  if (year === null || month < 0 || day < 0) throw illegalArgument(null);
  if (year < 100) {
    const century = floorDiv(fieldsAt(rt.world.now(), zone, DEFAULT_WEEK)[YEAR] as number, 100) * 100;
    year += century;
    if (year > (fieldsAt(rt.world.now(), zone, DEFAULT_WEEK)[YEAR] as number) + 20) year -= 100;
  }
  const local = hybridEpochDay(year, month + 1, day) * DAY_MS + Math.max(hour, 0) * 3_600_000 + Math.max(minute, 0) * 60_000 + Math.max(second, 0) * 1000;
  return offset === null ? instantOf(local, zone) : local + offset * 60_000;
}
