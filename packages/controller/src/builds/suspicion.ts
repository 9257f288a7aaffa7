/**
 * A pipeline's program that takes the whole process of its controller down would be adopted for ever, by one controller after
 * the other. So a build whose owner died is WATCHED by the next one: its row tells, durable before it happens, which turn of
 * its program is evaluated (what is delivered to it: `begin`, or the asks that are answered), and that none is, when it waits.
 *
 * An owner that dies while a turn is evaluated makes that turn suspect; while none is, it makes nothing suspect: a controller
 * that is killed often harms no build that waits. A suspect turn that completes is cleared. So only a turn that never completes
 * falls again and again. One that fell twice is evaluated in a thread of its own, and no other such turn beside it, so the
 * next to fall is known by name. A turn that fell once is not held up: a controller that is killed has many of them.
 *
 * What began a turn that fell arrived before, and does so soon again: a watch without suspicion ends after a while.
 */
export interface Suspicion {
  /** What is evaluated now; null: it waits. */
  readonly turn: readonly string[] | null;
  /** What was under evaluation at each of the last deaths, and has not completed since. */
  readonly fell: readonly string[];
  /** How many deaths that are in a row. */
  readonly falls: number;
}

/** From so many on a turn is evaluated alone. */
export const ALONE = 2;
/** After so many the build fails. */
export const FALLS = 3;
/** `begin` and the last asks: more never matter. */
const TURN = 50;

const WATCHED: Suspicion = { turn: null, fell: [], falls: 0 };

export function readSuspicion(text: string | null): Suspicion | null {
  return text === null ? null : (JSON.parse(text) as Suspicion);
}

/** Its owner died. */
export function afterDeath(before: Suspicion | null): Suspicion {
  if (before === null) return WATCHED;
  const { turn, fell, falls } = before;
  if (turn === null) return before;
  const again = turn.filter((one) => fell.includes(one));
  return again.length === 0 ? { turn: null, fell: turn, falls: 1 } : { turn: null, fell: again, falls: falls + 1 };
}

export function entering(before: Suspicion, delivered: string): Suspicion {
  const turn = before.turn ?? [];
  return turn.includes(delivered) ? before : { ...before, turn: [...turn, delivered].slice(-TURN) };
}

/** What was delivered has been evaluated. */
export function completed({ turn, fell, falls }: Suspicion, done: readonly string[]): Suspicion {
  const open = (turn ?? []).filter((one) => !done.includes(one));
  const left = fell.filter((one) => !done.includes(one));
  return { turn: open.length === 0 ? null : open, fell: left, falls: left.length === 0 ? 0 : falls };
}
