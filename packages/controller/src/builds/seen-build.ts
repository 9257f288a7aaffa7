/** A build as programs of other builds see it. */
import type { OtherBuild, SeenBuild } from '@millrace/pipeline';
import type { Row } from '../store/schema.ts';
import { jobPath } from './job-path.ts';
import { causesOf, factsOf } from './records.ts';

export type SeenRow = Pick<Row<'builds'>, 'job' | 'number' | 'result' | 'started_at' | 'ended_at' | 'facts'>;
export const SEEN_COLUMNS = ['job', 'number', 'result', 'started_at', 'ended_at', 'facts'] as const;

/** `row`: of one that has a number. */
export function seenBuild(row: SeenRow, { root, now }: { readonly root: string; readonly now: number }): SeenBuild {
  const facts = factsOf(row);
  return {
    job: row.job,
    number: row.number as number,
    result: row.result as SeenBuild['result'],
    startedAt: row.started_at ?? 0,
    durationMs: (row.ended_at ?? now) - (row.started_at ?? now),
    displayName: facts.displayName ?? `#${row.number}`,
    description: facts.description ?? null,
    url: `${root}${jobPath(row.job)}${row.number}/`,
  };
}

export function otherBuildOf(row: SeenRow & Pick<Row<'builds'>, 'causes' | 'kept'>, at: { readonly root: string; readonly now: number }): OtherBuild {
  return { ...seenBuild(row, at), keepLog: row.kept === 1, causes: causesOf(row), variables: factsOf(row).variables ?? {} };
}
