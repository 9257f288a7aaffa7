/**
 * Keeps the table `triggers` equal to what jobs say, wherever that was written: by the duty `triggers` alone, from the items that have
 * changed since it looked last. Clocks of controllers differ, so it looks back a while; what is equal is not written.
 */
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { SpecRow } from './trigger-specs.ts';
import { specsOf } from './trigger-specs.ts';
import { indexWatched } from './watched-index.ts';

const OVERLAP_MS = 120_000,
  PORTION = 500;

export interface TriggerIndexOptions {
  readonly store: Store;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  readonly timeZone: string;
  readonly now: () => number;
}

export class TriggerIndex {
  private readonly options: TriggerIndexOptions;
  /** Everything that was changed before is in. */
  private upTo = 0;
  private whole = false;
  /** Items that were changed within the overlap, as they were seen: they come again at each look. */
  private seen = new Map<number, string>();

  constructor(options: TriggerIndexOptions) {
    this.options = options;
  }

  async sync(): Promise<void> {
    const { store, now } = this.options;
    const started = now();
    const from = Math.max(0, this.upTo - OVERLAP_MS);
    const recent = new Map<number, string>();
    let after: { readonly at: number; readonly id: number } = { at: from, id: 0 };
    for (;;) {
      const rows = await store.db
        .selectFrom('items')
        .select(['id', 'full_name', 'kind', 'config', 'properties', 'updated_at'])
        .where((e) => e.or([e('updated_at', '>', after.at), e.and([e('updated_at', '=', after.at), e('id', '>', after.id)])]))
        .where('kind', 'in', ['pipeline', 'freestyle'])
        .orderBy('updated_at')
        .orderBy('id')
        .limit(PORTION)
        .execute();
      for (const row of rows) {
        const text = `${row.full_name}\n${row.config}\n${row.properties}`;
        if (this.seen.get(row.id) !== text) await this.one(row);
        if (row.updated_at > started - OVERLAP_MS) recent.set(row.id, text);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PORTION) break;
      after = { at: last.updated_at, id: last.id };
    }
    if (!this.whole) await this.forget();
    this.whole = true;
    this.seen = recent;
    this.upTo = started;
  }

  /** Of jobs that are not there any more; those that go while somebody has the duty take theirs along. */
  private async forget(): Promise<void> {
    await this.options.write((tx) =>
      tx
        .deleteFrom('triggers')
        .where('item_id', 'not in', (e) => e.selectFrom('items').select('id'))
        .execute(),
    );
  }

  private async one(item: Pick<Row<'items'>, 'id' | 'full_name' | 'kind' | 'config' | 'properties'>): Promise<void> {
    const { store, write } = this.options;
    const wanted = specsOf(item, this.options.timeZone).filter((s) => s.problem === null);
    const known = await store.db.selectFrom('triggers').selectAll().where('item_id', '=', item.id).orderBy('seq').execute();
    if (known.length === wanted.length && known.every((row, i) => isSame(row, wanted[i] as SpecRow))) return;
    await write(async (tx) => {
      await this.replace(tx, item.id, wanted);
      // Of a build that ended under an older version, or before the job had a trigger.
      if (wanted.some(({ kind }) => kind === 'push' || kind === 'poll' || kind === 'gitlab')) await indexWatched(tx, store.engine.exclusive, item.id, null);
    });
  }

  /** What a poll has seen stays with a trigger that stays. */
  private async replace(tx: Tx, item: number, wanted: readonly SpecRow[]): Promise<void> {
    const known = await tx.selectFrom('triggers').selectAll().where('item_id', '=', item).execute();
    await tx.deleteFrom('triggers').where('item_id', '=', item).execute();
    const now = this.options.now();
    const rows = wanted.map((spec, seq) => {
      const before = known.find((row) => isSame(row, spec));
      return {
        item_id: item,
        seq,
        kind: spec.kind,
        spec: JSON.stringify(spec.spec),
        repository: spec.repository,
        upstream: spec.upstream,
        hash: spec.hash,
        next_at: before?.next_at ?? nextOf(spec, now),
        state: before?.state ?? '{}',
      };
    });
    if (rows.length > 0) await tx.insertInto('triggers').values(rows).execute();
  }
}

function isSame(row: Row<'triggers'>, spec: SpecRow): boolean {
  return row.spec === JSON.stringify(spec.spec) && row.repository === spec.repository && row.upstream === spec.upstream && row.hash === spec.hash;
}

function nextOf({ cron, spec }: SpecRow, now: number): number | null {
  return cron === null || !('zone' in spec) ? null : (cron.next(now, spec.zone)?.at ?? null);
}
