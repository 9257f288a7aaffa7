/**
 * What a waiting item has gone through, for “why is it waiting, and since when?”. An entry is added only where the state
 * or the reason changes; a reason whose text alone moves (`Expires in 3 sec`) takes the place of the last one and keeps its
 * time. The length is bounded: the first entry and the newest ones stay.
 */
import type { Why } from './why.ts';

export type WaitState =
  | 'queued'
  | 'quiet'
  | 'blocked'
  | 'waiting'
  | 'asked for'
  | 'scheduled'
  | 'pulling'
  | 'connecting'
  /** It has its executor. */
  | 'granted'
  | 'cancelled';

export interface TimelineEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: WaitState;
  readonly code: string;
  readonly message: string;
  readonly fields: Why['fields'];
}
export type Timeline = readonly TimelineEntry[];

export const LONGEST_TIMELINE = 50;

/** The same object where nothing has changed, so that nothing need be written. */
export function withEntry(timeline: Timeline, at: number, state: WaitState, { code, message, fields }: Why): Timeline {
  const last = timeline.at(-1);
  if (last !== undefined && isEnd(last.state)) return timeline;
  if (last?.state === state && last.code === code && sameSubject(last.fields, fields)) {
    if (last.message === message) return timeline;
    return [...timeline.slice(0, -1), { ...last, message, fields }];
  }
  // A clock that went back does not turn the order round.
  const next = [...timeline, { at: Math.max(at, last?.at ?? at), state, code, message, fields }];
  return next.length <= LONGEST_TIMELINE ? next : [next[0] as TimelineEntry, ...next.slice(next.length - LONGEST_TIMELINE + 1)];
}

/** The present reason, and since when it holds; null: nothing has happened yet. */
export function presentReason(timeline: Timeline): { readonly since: number; readonly why: Why; readonly state: WaitState } | null {
  const last = timeline.at(-1);
  return last === undefined ? null : { since: last.at, state: last.state, why: { code: last.code, message: last.message, fields: last.fields } };
}

/** How long it was in each state, until `now` or its end. */
export function timeInStates(timeline: Timeline, now: number): Map<WaitState, number> {
  const times = new Map<WaitState, number>();
  timeline.forEach(({ at, state }, i) => {
    if (isEnd(state)) return;
    const until = timeline[i + 1]?.at ?? Math.max(now, at);
    times.set(state, (times.get(state) ?? 0) + until - at);
  });
  return times;
}

function isEnd(state: WaitState): boolean {
  return state === 'granted' || state === 'cancelled';
}
/** What a reason is about: names. Numbers and lists are how it stands. */
function sameSubject(a: Why['fields'], b: Why['fields']): boolean {
  const subject = (fields: Why['fields']): string =>
    JSON.stringify(
      Object.entries(fields)
        .filter(([, value]) => typeof value === 'string')
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return subject(a) === subject(b);
}
