/**
 * The duty `retention`: deletes builds, or their artifacts alone, by count and by age. A job is looked at when one of its
 * builds has ended, and all that keep by age from time to time; a look costs what is to be deleted, not what is kept.
 *
 * Never deleted: builds that run, builds that are kept, and, as in Jenkins, the last successful and the last stable one.
 */
import type { BlobStore } from '../blobs/blob-store.ts';
import { deleteUnnamed, noteUnnamed } from '../blobs/loose-blobs.ts';
import { effectiveJob } from '../jobs/effective-job.ts';
import { isJob, JOBS } from '../jobs/kinds.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { deleteEndedBuilds } from './delete-builds.ts';
import { lastWithResult } from './last-build.ts';

export interface RetentionOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const DAY_MS = 86_400_000,
  SWEEP_MS = 3_600_000,
  /** Ends of builds are gathered for so long. */
  GATHER_MS = 500,
  BATCH = 200;

export class Retention {
  private readonly options: RetentionOptions;
  private readonly due = new Set<number>();
  private readonly off: () => void;
  private readonly sweeping: NodeJS.Timeout;
  private gathering: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(options: RetentionOptions) {
    this.options = options;
    this.off = options.store.wakes.on('job', (topic) => {
      if (topic === '*') return;
      this.due.add(Number(topic.slice('job '.length)));
      this.gather();
    });
    this.sweeping = setInterval(() => {
      this.sweep().catch(options.onError);
    }, SWEEP_MS);
    this.sweeping.unref();
    this.sweep().catch(options.onError);
  }
  stop(): void {
    this.stopped = true;
    this.off();
    clearInterval(this.sweeping);
    if (this.gathering !== null) clearTimeout(this.gathering);
  }

  private gather(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      const ids = [...this.due];
      this.due.clear();
      (async () => {
        for (const id of ids) if (!this.stopped) await this.lookAt(id);
      })().catch((error: unknown) => {
        const { code } = error as { code?: string };
        if (code !== 'MR_FENCED' && code !== 'MR_STORE_CLOSED') this.options.onError(error);
      });
    }, GATHER_MS);
  }

  /** All jobs that have a limit; those that were not looked at because nobody held the duty are among them. */
  private async sweep(): Promise<void> {
    const { store } = this.options;
    for (let after = 0; !this.stopped; ) {
      const items = await store.db
        .selectFrom('items')
        .select(['id', 'config', 'properties'])
        .where('kind', 'in', JOBS)
        .where('id', '>', after)
        .orderBy('id')
        .limit(BATCH)
        .execute();
      if (items.length === 0) return;
      for (const item of items) if (effectiveJob(item).retention !== null) await this.lookAt(item.id);
      after = (items.at(-1) as { id: number }).id;
    }
  }

  private async lookAt(id: number): Promise<void> {
    const { store, blobs, now } = this.options;
    const item = await store.db.selectFrom('items').selectAll().where('id', '=', id).executeTakeFirst();
    if (item === undefined || !isJob(item.kind)) return;
    const { retention, preserveStashes } = effectiveJob(item);
    await this.deleteStashes(id, preserveStashes);
    if (retention === null) return;
    const { builds, days, artifactBuilds, artifactDays } = retention;
    for (let more = true; more && !this.stopped; ) {
      const old = await this.beyond(item, builds, days === null ? null : now() - days * DAY_MS);
      if (old.length > 0) await deleteEndedBuilds(store, blobs, old);
      more = old.length === BATCH;
    }
    const stripped = await this.beyond(item, artifactBuilds, artifactDays === null ? null : now() - artifactDays * DAY_MS, true);
    if (stripped.length > 0) await this.deleteArtifacts(stripped);
  }

  /** Ended builds beyond the newest `count`, or older than `before`. */
  private async beyond(item: Row<'items'>, count: number | null, before: number | null, withArtifacts = false): Promise<number[]> {
    if (count === null && before === null) return [];
    const { store } = this.options;
    const last = await this.lastGood(item.id);
    let limit = Number.POSITIVE_INFINITY;
    if (count !== null) {
      const row = await store.db
        .selectFrom('builds')
        .select('number')
        .where('item_id', '=', item.id)
        .where('number', 'is not', null)
        .orderBy('number', 'desc')
        .offset(count)
        .limit(1)
        .executeTakeFirst();
      limit = row?.number ?? -1;
    }
    let query = store.db.selectFrom('builds').select('id').where('item_id', '=', item.id).where('state', '=', 'ended').where('kept', '=', 0);
    if (last.length > 0) query = query.where('id', 'not in', last);
    if (withArtifacts)
      query = query.where((e) => e.exists(e.selectFrom('artifacts').select('artifacts.path').whereRef('artifacts.build_id', '=', 'builds.id')));
    // One after the other: each has its index, an `or` of both has none.
    const found: number[] = [];
    if (count !== null) for (const { id } of await query.where('number', '<=', limit).orderBy('number').limit(BATCH).execute()) found.push(id);
    if (before !== null && found.length < BATCH)
      for (const { id } of await query
        .where('ended_at', '<', before)
        .orderBy('ended_at')
        .limit(BATCH - found.length)
        .execute())
        if (!found.includes(id)) found.push(id);
    return found;
  }

  private async lastGood(item: number): Promise<number[]> {
    const { store } = this.options;
    const found = [await lastWithResult(store, item, ['SUCCESS']), await lastWithResult(store, item, ['SUCCESS', 'UNSTABLE'])];
    return [...new Set(found.flatMap((row) => row?.id ?? []))];
  }

  /** As Jenkins: stashes end with their build, but for those of so many builds that may be restarted from a stage. */
  private async deleteStashes(item: number, keep: number): Promise<void> {
    const { store, blobs } = this.options;
    const rows = await store.db
      .selectFrom('stashes')
      .innerJoin('builds', 'builds.id', 'stashes.build_id')
      .select(['builds.id as id', 'stashes.blob as blob'])
      .where('stashes.item_id', '=', item)
      .where('builds.state', '=', 'ended')
      .orderBy('stashes.build_id', 'desc')
      .limit(BATCH * 10)
      .execute();
    const kept = new Set([...new Set(rows.map((r) => r.id))].slice(0, keep));
    const gone = rows.filter((r) => !kept.has(r.id));
    if (gone.length === 0) return;
    const keys = gone.map((r) => r.blob);
    await store.write(async (tx) => {
      await tx
        .deleteFrom('stashes')
        .where('build_id', 'in', [...new Set(gone.map((r) => r.id))])
        .execute();
      await noteUnnamed(tx, keys);
    });
    await deleteUnnamed(store, blobs, keys);
  }

  private async deleteArtifacts(ids: readonly number[]): Promise<void> {
    const { store, blobs } = this.options;
    const keys = await store.write(async (tx, wakes) => {
      const rows = await tx
        .selectFrom('artifacts')
        .select('blob')
        .where('build_id', 'in', [...ids])
        .execute();
      await tx
        .deleteFrom('artifacts')
        .where('build_id', 'in', [...ids])
        .execute();
      for (const id of ids) wakes.add(`build ${id}`);
      const blobsOf = rows.map((r) => r.blob);
      await noteUnnamed(tx, blobsOf);
      return blobsOf;
    });
    await deleteUnnamed(store, blobs, keys);
  }
}
