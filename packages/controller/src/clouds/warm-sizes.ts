/** How many machines are kept ready for builds to come, by the time of day and the day of the week somewhere. Pure. */
import { z } from 'zod';
import { isTimeZone } from '../config/time-zone.ts';

export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof DAYS)[number];

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time as 08:30');
const size = z.int().min(0).max(1_000);

export const sizesSchema = z.strictObject({
  /** Where nothing in `hours` holds. */
  size: size.default(0),
  /** The first that holds counts. Where `to` is not after `from` it is of the next day. */
  hours: z.array(z.strictObject({ days: z.array(z.enum(DAYS)).min(1).optional(), from: clock, to: clock, size })).default([]),
  timeZone: z.string().refine(isTimeZone, 'there is no such time zone').default('UTC'),
});
export type Sizes = z.infer<typeof sizesSchema>;

/** `at`: milliseconds since 1970. */
export function sizeAt({ size, hours, timeZone }: Sizes, at: number): number {
  const { day, minute } = localTime(timeZone, at);
  const before = (day + 6) % 7;
  const holds = hours.find(({ days, from, to }) => {
    const isOf = (one: number): boolean => days === undefined || days.includes(DAYS[one] as Day);
    const begin = minutesOf(from),
      end = minutesOf(to);
    if (begin < end) return isOf(day) && minute >= begin && minute < end;
    return (isOf(day) && minute >= begin) || (isOf(before) && minute < end);
  });
  return holds?.size ?? size;
}

function localTime(timeZone: string, at: number): { readonly day: number; readonly minute: number } {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const parts = new Map(format.formatToParts(at).map((p) => [p.type, p.value]));
  return {
    day: DAYS.indexOf((parts.get('weekday') as string).toLowerCase() as Day),
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}
