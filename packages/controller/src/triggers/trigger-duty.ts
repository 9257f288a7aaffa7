/** The duty `triggers`: what jobs wait for, what time it is, what was delivered. One controller has it. */
import { Repeat } from '../fleet/repeat.ts';
import type { HandleOptions } from './handle-deliveries.ts';
import { handleDeliveries } from './handle-deliveries.ts';
import type { PollOptions } from './poll.ts';
import { Poll } from './poll.ts';
import { startTimed } from './start-timed.ts';
import { TriggerIndex } from './trigger-index.ts';
import { indexOlder } from './watched-index.ts';

export interface TriggerDutyOptions extends HandleOptions, Omit<PollOptions, 'now' | 'store' | 'write' | 'enqueue' | 'onError'> {
  readonly timeZone: string;
}

/** The clock of triggers goes by minutes. */
const LOOK_MS = 1_000,
  /** A flood of deliveries is handled in some transactions a second. */
  GATHER_MS = 50,
  /** Where it could not be read. */
  INDEX_MS = 60_000,
  FORGET_MS = 3_600_000,
  KEPT_MS = 14 * 86_400_000,
  PORTION = 500;

export class TriggerDuty {
  private readonly repeats: readonly Repeat[];
  private readonly poll: Poll;
  /** The last item whose watched repositories are in; null: those of all. */
  private indexed: number | null = 0;

  constructor(options: TriggerDutyOptions) {
    const { store, onError } = options;
    this.poll = new Poll(options);
    const index = new TriggerIndex(options);
    this.repeats = [
      new Repeat({
        store,
        topics: ['delivery'],
        everyMs: LOOK_MS,
        gatherMs: GATHER_MS,
        run: async () => {
          // A job that was saved before a delivery came is known when that is looked at.
          await index.sync();
          const timed = await startTimed({ ...options, poll: this.poll });
          return (await handleDeliveries(options)) || timed;
        },
        onError,
      }),
      new Repeat({
        store,
        topics: [],
        everyMs: INDEX_MS,
        run: async () => {
          if (this.indexed !== null) this.indexed = await indexOlder(options, this.indexed);
          return this.indexed !== null;
        },
        onError,
      }),
      new Repeat({ store, topics: [], everyMs: FORGET_MS, run: () => this.forget(options), onError }),
    ];
  }
  async stop(): Promise<void> {
    await Promise.all([...this.repeats.map((repeat) => repeat.stop()), this.poll.stop()]);
  }

  /** Old deliveries. */
  private async forget({ store, write, now }: TriggerDutyOptions): Promise<boolean> {
    const old = await store.db.selectFrom('deliveries').select(['id', 'at', 'state']).orderBy('id').limit(PORTION).execute();
    const gone = old.filter((row) => row.state !== 'received' && row.at < now() - KEPT_MS).map((row) => row.id);
    if (gone.length === 0) return false;
    await write((tx) => tx.deleteFrom('deliveries').where('id', 'in', gone).execute());
    return gone.length === PORTION;
  }
}
