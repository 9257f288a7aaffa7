/**
 * The duty `statuses`: sends what commit_statuses holds. A row goes when its forge has it and nothing newer came meanwhile; it
 * stays while the forge does not answer, and is tried again after a while that grows. What a forge refuses for good is tried a
 * few times, in case somebody mends the token, and given up after a day.
 */
import { parse } from '../builds/records.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import { Repeat } from '../fleet/repeat.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { StatusTarget } from './build-place.ts';
import type { CommitStatus } from './forges/forge.ts';

export interface StatusSenderOptions {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  readonly send: (target: StatusTarget, commit: string, status: CommitStatus) => Promise<void>;
  /** Ends with a slash. */
  readonly rootUrl: () => string;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const LOOK_MS = 5_000,
  GATHER_MS = 100,
  AT_ONCE = 8,
  PAGE = 64,
  RETRY_MS = 2_000,
  RETRY_MOST_MS = 10 * 60_000,
  GIVEN_UP_MS = 24 * 3_600_000;

export class StatusSender {
  private readonly options: StatusSenderOptions;
  private readonly repeat: Repeat;
  private stopped = false;

  constructor(options: StatusSenderOptions) {
    this.options = options;
    const { store, onError } = options;
    this.repeat = new Repeat({ store, topics: ['status'], everyMs: LOOK_MS, gatherMs: GATHER_MS, run: () => this.pass(), onError });
  }
  stop(): Promise<void> {
    this.stopped = true;
    return this.repeat.stop();
  }

  /** Answers whether there may be more. */
  private async pass(): Promise<boolean> {
    const { store, now } = this.options;
    const rows = await store.db.selectFrom('commit_statuses').selectAll().where('due_at', '<=', now()).orderBy('due_at').limit(PAGE).execute();
    for (let at = 0; at < rows.length && !this.stopped; at += AT_ONCE) await Promise.all(rows.slice(at, at + AT_ONCE).map((row) => this.one(row)));
    return rows.length === PAGE;
  }

  private async one(row: Row<'commit_statuses'>): Promise<void> {
    const { write, send, rootUrl, now } = this.options;
    const { state, context, description, url } = row;
    let failure: { readonly text: string; readonly retryAt: number | null } | null = null;
    try {
      await send(parse<StatusTarget>(row.target), row.commit_hash, { state, context, description, url: /^https?:/.test(url) ? url : rootUrl() + url });
    } catch (error) {
      const { code = 'MR_INTERNAL', message, retryAt = null } = error as { code?: string; message?: string; retryAt?: number | null };
      failure = { text: `${code}: ${message ?? String(error)}`.slice(0, 1_000), retryAt };
    }
    if (this.stopped) return;
    await write(async (tx) => {
      if (failure === null || row.created_at < now() - GIVEN_UP_MS) {
        await tx.deleteFrom('commit_statuses').where('key', '=', row.key).where('asked', '=', row.asked).execute();
        return;
      }
      const wait = Math.min(RETRY_MS * 2 ** Math.min(row.attempts, 20), RETRY_MOST_MS);
      await tx
        .updateTable('commit_statuses')
        .set((e) => ({ attempts: e('attempts', '+', 1), due_at: Math.max(failure.retryAt ?? 0, now() + wait), failure: failure.text }))
        .where('key', '=', row.key)
        .where('asked', '=', row.asked)
        .execute();
    });
  }
}
