/**
 * What those who tell forges have in common: rows with a `due_at`, which are taken up when it comes, some at once, and
 * tried again after a while that grows where a forge does not answer. After a day they are given up.
 */
import { Repeat } from '../fleet/repeat.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

const LOOK_MS = 5_000,
  GATHER_MS = 100,
  AT_ONCE = 8,
  PAGE = 64,
  RETRY_MS = 2_000,
  RETRY_MOST_MS = 10 * 60_000;

export const GIVEN_UP_MS = 24 * 3_600_000;

export interface DueRowsOptions<T extends DueTable> {
  readonly store: Store;
  readonly table: T;
  /** Of its wakes: there may be a row. */
  readonly topic: string;
  readonly now: () => number;
  /** Sees to it that the row is due later, or no more. */
  readonly one: (row: Row<T>) => Promise<void>;
  readonly onError: (error: unknown) => void;
}
type DueTable = 'commit_statuses' | 'check_runs' | 'merge_comments';

export class DueRows<T extends DueTable> {
  private readonly options: DueRowsOptions<T>;
  private readonly repeat: Repeat;
  stopped = false;

  constructor(options: DueRowsOptions<T>) {
    this.options = options;
    const { store, topic, onError } = options;
    this.repeat = new Repeat({ store, topics: [topic], everyMs: LOOK_MS, gatherMs: GATHER_MS, run: () => this.pass(), onError });
  }
  /** Resolves when nothing is under way. */
  stop(): Promise<void> {
    this.stopped = true;
    return this.repeat.stop();
  }

  /** Answers whether there may be more. */
  private async pass(): Promise<boolean> {
    const { store, table, now, one } = this.options;
    const rows = await store.db
      .selectFrom(table as DueTable)
      .selectAll()
      .where('due_at', '<=', now())
      .orderBy('due_at')
      .limit(PAGE)
      .execute();
    for (let at = 0; at < rows.length && !this.stopped; at += AT_ONCE) await Promise.all(rows.slice(at, at + AT_ONCE).map((row) => one(row as Row<T>)));
    return rows.length === PAGE;
  }
}

/** When it is tried again. `retryAt`: no sooner, says the forge. */
export function nextTry(attempts: number, now: number, retryAt: number | null): number {
  return Math.max(retryAt ?? 0, now + Math.min(RETRY_MS * 2 ** Math.min(attempts, 20), RETRY_MOST_MS));
}

/** How a row tells why it did not go. */
export function failureOf(error: unknown): { readonly text: string; readonly retryAt: number | null } {
  const { code = 'MR_INTERNAL', message, retryAt = null } = error as { code?: string; message?: string; retryAt?: number | null };
  return { text: `${code}: ${message ?? String(error)}`.slice(0, 1_000), retryAt };
}
