/**
 * The duty `statuses`: sends what commit_statuses holds. A row goes when its forge has it and nothing newer came meanwhile; it
 * stays while the forge does not answer, and is tried again after a while that grows. What a forge refuses for good is tried a
 * few times, in case somebody mends the token, and given up after a day.
 */
import { parse } from '../builds/records.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { StatusTarget } from './commit-status.ts';
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
  private readonly off: () => void;
  private readonly timer: NodeJS.Timeout;
  private gathering: NodeJS.Timeout | null = null;
  private passing: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(options: StatusSenderOptions) {
    this.options = options;
    this.off = options.store.wakes.on('status', () => {
      this.soon();
    });
    this.timer = setInterval(() => {
      this.soon();
    }, LOOK_MS);
    this.timer.unref();
    this.soon();
  }
  stop(): void {
    this.stopped = true;
    this.off();
    clearInterval(this.timer);
    if (this.gathering !== null) clearTimeout(this.gathering);
  }

  private soon(): void {
    if (this.stopped) return;
    if (this.passing !== null) {
      this.again = true;
      return;
    }
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.passing = this.pass()
        .catch((error: unknown) => {
          const { code } = error as { code?: string };
          if (!this.stopped && !/^MR_(FENCED|DUTY_LOST|STORE_CLOSED)$/.test(code ?? '')) this.options.onError(error);
        })
        .finally(() => {
          this.passing = null;
          if (!this.again) return;
          this.again = false;
          this.soon();
        });
    }, GATHER_MS);
  }

  private async pass(): Promise<void> {
    const { store, now } = this.options;
    const rows = await store.db.selectFrom('commit_statuses').selectAll().where('due_at', '<=', now()).orderBy('due_at').limit(PAGE).execute();
    for (let at = 0; at < rows.length && !this.stopped; at += AT_ONCE) await Promise.all(rows.slice(at, at + AT_ONCE).map((row) => this.one(row)));
    if (rows.length === PAGE) this.again = true;
  }

  private async one(row: Row<'commit_statuses'>): Promise<void> {
    const { write, send, rootUrl, now } = this.options;
    const { state, context, description, url } = row;
    let failure: { readonly text: string; readonly retryAt: number | null } | null = null;
    try {
      await send(parse<StatusTarget>(row.target), row.commit_hash, { state, context, description, url: rootUrl() + url });
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
