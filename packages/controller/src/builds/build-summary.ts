/** A build in a list. */
import type { BuildSummary } from '@millrace/protocol';
import type { Row } from '../store/schema.ts';
import { factsOf } from './records.ts';

export const SUMMARY_COLUMNS = ['id', 'job', 'number', 'state', 'result', 'facts', 'queued_at', 'started_at', 'ended_at', 'kept'] as const;
export type SummaryRow = Pick<Row<'builds'>, (typeof SUMMARY_COLUMNS)[number]>;

export function buildSummary(row: SummaryRow): BuildSummary {
  const { displayName, description, tests } = factsOf(row);
  return {
    id: row.id,
    job: row.job,
    number: row.number,
    state: row.state,
    result: row.result as BuildSummary['result'],
    displayName: displayName ?? (row.number === null ? '' : `#${row.number}`),
    description: description ?? null,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    kept: row.kept === 1,
    tests: tests === undefined || tests === null ? null : { total: tests.total, failed: tests.failed, skipped: tests.skipped },
  };
}
