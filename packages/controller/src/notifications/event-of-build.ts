/** What is told of a build that has ended: read when it is told, from what is kept. */
import type { BlobStore } from '../blobs/blob-store.ts';
import { flowNodes } from '../builds/flow-nodes.ts';
import { jobPath } from '../builds/job-path.ts';
import { causesOf, factsOf } from '../builds/records.ts';
import { stagesOf } from '../builds/stages.ts';
import { BuildRecord } from '../logs/build-record.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { BuildEvent } from './message.ts';

export interface EventOptions {
  readonly db: Tx;
  readonly blobs: BlobStore;
  /** Ends with a slash. */
  readonly rootUrl: string;
}

const SHOWN_CHANGES = 5,
  SHOWN_TESTS = 5;

type Stage = ReturnType<typeof stagesOf>['stages'][number];

export function buildUrl(rootUrl: string, job: string, number: number | null): string {
  return `${rootUrl}${jobPath(job)}${number === null ? '' : `${number}/`}`;
}

export async function eventOfBuild(options: EventOptions, row: Row<'builds'>, event: BuildEvent['event'], previousResult: string | null): Promise<BuildEvent> {
  const { db, rootUrl } = options;
  const changes = await db
    .selectFrom('build_changes')
    .select(['commit_id', 'author', 'title'])
    .where('build_id', '=', row.id)
    .orderBy('n')
    .limit(SHOWN_CHANGES + 1)
    .execute();
  const tests = await db
    .selectFrom('tests')
    .select(['class_name', 'name'])
    .where('build_id', '=', row.id)
    .where('status', '=', 'failed')
    .orderBy('seq')
    .limit(SHOWN_TESTS)
    .execute();
  return {
    event,
    job: row.job,
    number: row.number,
    result: row.result,
    previousResult,
    url: buildUrl(rootUrl, row.job, row.number),
    durationMs: row.ended_at === null ? null : row.ended_at - (row.started_at ?? row.ended_at),
    causes: causesOf(row).map((cause) => cause.text),
    changes: changes.slice(0, SHOWN_CHANGES).map(({ commit_id, author, title }) => ({ commit: commit_id, author, title })),
    moreChanges: changes.length > SHOWN_CHANGES,
    failedStage: row.result === 'SUCCESS' ? null : await failedStage(options, row),
    failedTests: tests.map((t) => `${t.class_name}.${t.name}`),
    tests: factsOf(row).tests ?? null,
  };
}

/** The innermost one that failed first; of an unstable build the one that made it so. */
async function failedStage({ db, blobs }: EventOptions, row: Row<'builds'>): Promise<string | null> {
  const { stages } = stagesOf(await flowNodes(new BuildRecord({ db, blobs }, row)), new Set());
  return innermost(stages, 'failed') ?? innermost(stages, 'aborted') ?? innermost(stages, 'unstable');
}

function innermost(stages: readonly Stage[], status: Stage['status']): string | null {
  for (const stage of stages) {
    const within = innermost(stage.stages, status);
    if (within !== null) return within;
    if (stage.status === status) return stage.name;
  }
  return null;
}
