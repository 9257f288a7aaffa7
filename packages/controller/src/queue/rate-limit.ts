/**
 * `rateLimitBuilds(throttle: [count: 3, durationName: 'hour', userBoost: true])`, as branch-api's RateLimitBranchProperty
 * does it: not a window, but a least time between two starts of the job.
 */
import { dateText, timeText } from './moment-text.ts';
import type { Why } from './why.ts';
import { why } from './why.ts';

export interface RateLimit {
  readonly count: number;
  /** second, minute, hour, day, week, month, year; anything else means hour. */
  readonly durationName: string;
  /** Builds that a user asked for are not held back. */
  readonly userBoost: boolean;
}

const HOUR = 3_600_000;
const DURATIONS: ReadonlyMap<string, number> = new Map([
  ['second', 1000],
  ['minute', 60_000],
  ['hour', HOUR],
  ['day', 24 * HOUR],
  ['week', 7 * 24 * HOUR],
  ['month', 31 * 24 * HOUR],
  ['year', 365 * 24 * HOUR],
]);

/** 0: no limit. */
export function betweenStarts({ count, durationName }: RateLimit): number {
  const limited = Math.min(Math.max(0, count), 1000);
  return limited === 0 ? 0 : Math.floor((DURATIONS.get(durationName) ?? HOUR) / limited);
}

/** Why the next build of the job may not start yet; null: it may. */
export function rateLimited(limit: RateLimit, byUser: boolean, lastStart: number | null, now: number): Why | null {
  if ((byUser && limit.userBoost) || lastStart === null) return null;
  const until = lastStart + betweenStarts(limit);
  return until <= now ? null : why('rate-limited', `Build throttle expires at ${timeText(until)} on ${dateText(until)}`, { until });
}
