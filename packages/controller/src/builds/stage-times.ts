/**
 * How long each stage took in the last builds of a job, as Pipeline Stage View shows it. What an ended build did never changes:
 * it is read out of its record once, by whoever looks first, and kept as a small row (`build_stages`); a build that runs is
 * read as it is.
 */
import type { overviewShapes, Stage } from '@millrace/protocol';
import type { z } from 'zod';
import type { BlobStore } from '../blobs/blob-store.ts';
import { jobOf } from '../jobs/item-rows.ts';
import { BuildRecord } from '../logs/build-record.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { buildSummary, SUMMARY_COLUMNS } from './build-summary.ts';
import { flowNodes } from './flow-nodes.ts';
import { stagesOf } from './stages.ts';

export type StageTimes = z.infer<typeof overviewShapes.stageTimes>;

/** Of a build, and of a table. */
const MOST = 100;

/** A stage of one build, with the names of those around it. */
export interface Timed {
  readonly path: readonly string[];
  readonly node: string;
  readonly status: Stage['status'];
  readonly startedAt: number;
  readonly durationMs: number | null;
}

/** Throws MR_ITEM_UNKNOWN, MR_JOB_KIND. */
export async function stageTimes(stores: { readonly store: Store; readonly blobs: BlobStore }, path: string, most: number): Promise<StageTimes> {
  const { store } = stores;
  const job = await jobOf(store.db, path);
  const rows = await store.db
    .selectFrom('builds')
    .leftJoin('build_stages', 'build_stages.build_id', 'builds.id')
    .select([...SUMMARY_COLUMNS.map((column) => `builds.${column}` as const), 'builds.record', 'build_stages.stages'])
    .where('builds.item_id', '=', job.id)
    .where('builds.number', 'is not', null)
    .orderBy('builds.number', 'desc')
    .limit(most)
    .execute();
  const timed: (readonly Timed[])[] = [];
  for (const row of rows) timed.push(row.stages === null ? await readStages(stores, row) : (JSON.parse(row.stages) as Timed[]));
  const columns = columnsOf(timed);
  const shown = columns.slice(0, MOST);
  return {
    stages: shown.map((path) => ({ name: path.at(-1) as string, above: path.slice(0, -1), averageMs: averageOf(timed, keyOf(path)) })),
    more: columns.length > MOST,
    builds: rows.map((row, i) => {
      const { displayName, state, result, startedAt, endedAt } = buildSummary(row);
      const own = new Map((timed[i] ?? []).map((stage) => [keyOf(stage.path), stage]));
      return {
        number: row.number as number,
        displayName,
        state,
        result,
        startedAt,
        durationMs: startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt),
        times: shown.map((path) => {
          const stage = own.get(keyOf(path));
          return stage === undefined ? null : { node: stage.node, status: stage.status, durationMs: stage.durationMs, startedAt: stage.startedAt };
        }),
      };
    }),
  };
}

async function readStages({ store, blobs }: { readonly store: Store; readonly blobs: BlobStore }, build: Pick<Row<'builds'>, 'id' | 'state' | 'record'>) {
  const timed = timesOf(stagesOf(await flowNodes(new BuildRecord({ db: store.db, blobs }, build)), new Set()).stages);
  if (build.state !== 'ended') return timed;
  const stages = JSON.stringify(timed);
  await store.write(async (tx) => {
    // Deleted since then: the row would stay for ever.
    const there = await tx.selectFrom('builds').select('id').where('id', '=', build.id).where('state', '=', 'ended').executeTakeFirst();
    if (there === undefined) return;
    await tx
      .insertInto('build_stages')
      .values({ build_id: build.id, stages })
      .onConflict((c) => c.column('build_id').doNothing())
      .execute();
  });
  return timed;
}

/** All of them in the order in which they are drawn, one of a name. */
export function timesOf(stages: readonly Stage[]): Timed[] {
  const all = new Map<string, Timed>();
  const add = (stage: Stage, above: readonly string[]): void => {
    if (all.size >= MOST) return;
    const path = [...above, stage.name];
    const { node, status, startedAt, durationMs } = stage;
    if (!all.has(keyOf(path))) all.set(keyOf(path), { path, node, status, startedAt, durationMs });
    for (const inner of stage.stages) add(inner, path);
  };
  for (const stage of stages) add(stage, []);
  return [...all.values()];
}

/** Those of the newest build in its order; what only older ones have comes behind the one that it followed there. */
export function columnsOf(builds: readonly (readonly Timed[])[]): (readonly string[])[] {
  const columns: (readonly string[])[] = [];
  const known = new Map<string, readonly string[]>();
  for (const build of builds) {
    let before: readonly string[] | null = null;
    for (const { path } of build) {
      const key = keyOf(path);
      let column = known.get(key);
      if (column === undefined) {
        column = path;
        known.set(key, path);
        columns.splice(before === null ? 0 : columns.indexOf(before) + 1, 0, path);
      }
      before = column;
    }
  }
  return columns;
}

function averageOf(builds: readonly (readonly Timed[])[], key: string): number | null {
  const spans = builds.flatMap((build) =>
    build
      .filter((s) => keyOf(s.path) === key && s.durationMs !== null && (s.status === 'success' || s.status === 'unstable'))
      .map((s) => s.durationMs as number),
  );
  return spans.length === 0 ? null : Math.round(spans.reduce((a, b) => a + b, 0) / spans.length);
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
