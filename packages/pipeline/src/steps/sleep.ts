import { defineStep } from './step.ts';
import { TIME_UNITS, unitMillis } from './time-units.ts';

export const sleepStep = defineStep({
  name: 'sleep',
  summary: 'Sleep',
  params: [
    { name: 'time', type: 'long', required: true },
    { name: 'unit', type: 'string', default: 'SECONDS', values: TIME_UNITS },
  ],
  *run(cx, args) {
    const ms = args.time * unitMillis(args.unit);
    cx.log(`Sleeping for ${durationText(ms)}`);
    yield* cx.ask('timer', { ms });
    return null;
  },
});

/** `Util.getTimeSpanString`: the two largest units. Also what `timeout` and `quietPeriod` print. */
export function durationText(ms: number): string {
  const second = 1000,
    minute = 60_000,
    hour = 3_600_000,
    day = 86_400_000,
    month = 30 * day,
    year = 365 * day;
  const years = Math.floor(ms / year);
  ms %= year;
  const months = Math.floor(ms / month);
  ms %= month;
  const days = Math.floor(ms / day);
  ms %= day;
  const hours = Math.floor(ms / hour);
  ms %= hour;
  const minutes = Math.floor(ms / minute);
  ms %= minute;
  const seconds = Math.floor(ms / second);
  ms %= second;
  const two = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
    big < 10 ? `${big} ${bigUnit} ${small} ${smallUnit}` : `${big} ${bigUnit}`;
  if (years > 0) return two(years, 'yr', months, 'mo');
  if (months > 0) return two(months, 'mo', days, days === 1 ? 'day' : 'days');
  if (days > 0) return two(days, days === 1 ? 'day' : 'days', hours, 'hr');
  if (hours > 0) return two(hours, 'hr', minutes, 'min');
  if (minutes > 0) return two(minutes, 'min', seconds, 'sec');
  if (seconds >= 10) return `${seconds} sec`;
  // Below 10 seconds one decimal is shown, where it is not zero.
  if (seconds >= 1) return `${trimmed(seconds + Math.floor(ms / 100) / 10)} sec`;
  if (ms >= 100) return `${trimmed(Math.floor(ms / 10) / 100)} sec`;
  return `${ms} ms`;
}

function trimmed(n: number): string {
  return String(n);
}
