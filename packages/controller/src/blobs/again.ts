/** Trying again what fails for a while only: pauses that grow, with a part of chance, so that controllers do not come all at once. */
import { BlobError } from './errors.ts';

export interface Patience {
  /** How long it is tried, in ms; the last try may begin then, and it is not given up before there were `TRIES`, however slow they are. */
  readonly forMs: number;
  readonly firstPauseMs: number;
  readonly random: () => number;
}

const TRIES = 3;

export const PATIENCE: Patience = { forMs: 15_000, firstPauseMs: 50, random: Math.random };

/** Throws MR_BLOB_AWAY, with the last error as its cause, when the time is over; other errors at once. */
export async function again<T>(key: string, passes: (error: unknown) => boolean, patience: Patience, work: () => Promise<T>): Promise<T> {
  const end = performance.now() + patience.forMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error)) throw error;
      if (attempt + 1 >= TRIES && performance.now() >= end) throw new BlobError('MR_BLOB_AWAY', key, String((error as Error).message), error);
      await pauseOf(patience, attempt);
    }
  }
}

/** Twice as long each time, up to two seconds. */
export async function pauseOf({ firstPauseMs, random }: Patience, attempt: number): Promise<void> {
  const ms = Math.min(firstPauseMs * 2 ** attempt, 2_000) * (0.5 + random() / 2);
  await new Promise((resolve) => setTimeout(resolve, ms));
}
