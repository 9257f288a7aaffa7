/**
 * The duty `statuses`: sends what commit_statuses holds. A row goes when its forge has it and nothing newer came meanwhile; it
 * stays while the forge does not answer, and is tried again after a while that grows. What a forge refuses for good is tried a
 * few times, in case somebody mends the token, and given up after a day.
 */
import { parse } from '../builds/records.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { StatusTarget } from './build-place.ts';
import { DueRows, failureOf, GIVEN_UP_MS, nextTry } from './due-rows.ts';
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

export class StatusSender {
  private readonly options: StatusSenderOptions;
  private readonly due: DueRows<'commit_statuses'>;

  constructor(options: StatusSenderOptions) {
    this.options = options;
    const { store, now, onError } = options;
    this.due = new DueRows({ store, table: 'commit_statuses', topic: 'status', now, one: (row) => this.one(row), onError });
  }
  stop(): Promise<void> {
    return this.due.stop();
  }

  private async one(row: Row<'commit_statuses'>): Promise<void> {
    const { write, send, rootUrl, now } = this.options;
    const { state, context, description, url } = row;
    let failure: ReturnType<typeof failureOf> | null = null;
    try {
      const target = parse<StatusTarget>(row.target);
      const named = target.name === undefined ? {} : { name: target.name };
      await send(target, row.commit_hash, { state, context, ...named, description, url: /^https?:/.test(url) ? url : rootUrl() + url });
    } catch (error) {
      failure = failureOf(error);
    }
    if (this.due.stopped) return;
    await write(async (tx) => {
      if (failure === null || row.created_at < now() - GIVEN_UP_MS) {
        await tx.deleteFrom('commit_statuses').where('key', '=', row.key).where('asked', '=', row.asked).execute();
        return;
      }
      await tx
        .updateTable('commit_statuses')
        .set((e) => ({ attempts: e('attempts', '+', 1), due_at: nextTry(row.attempts, now(), failure.retryAt), failure: failure.text }))
        .where('key', '=', row.key)
        .where('asked', '=', row.asked)
        .execute();
    });
  }
}
