/** All of a build that is not its log, its tree or its files. */
import type { Build } from '@millrace/protocol';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { buildSummary } from './build-summary.ts';
import type { AbortRequest, ParameterValue } from './records.ts';
import { causesOf, factsOf, originOf, parametersOf, parse } from './records.ts';

export async function showBuild(db: Tx, row: Row<'builds'>): Promise<Build> {
  const facts = factsOf(row);
  const origin = originOf(row);
  const abort = row.abort === null ? null : parse<AbortRequest>(row.abort);
  const [upstream, downstream, inputs] = await Promise.all([
    links(db, 'downstream_id', 'build_id', row.id),
    links(db, 'build_id', 'downstream_id', row.id),
    db.selectFrom('inputs').select('ask_id').where('build_id', '=', row.id).where('state', '=', 'waiting').execute(),
  ]);
  return {
    ...buildSummary(row),
    causes: causesOf(row).map(({ type, text, data }) => ({ type, text, ...(data === undefined ? {} : { data: { ...data } }) })),
    parameters: Object.fromEntries(Object.entries(parametersOf(row)).map(([name, value]) => [name, shownValue(value)])),
    priority: row.priority,
    quietUntil: row.quiet_until,
    why: row.why === null || row.state !== 'queued' ? null : parse<NonNullable<Build['why']>>(row.why),
    timeline: parse<Build['timeline']>(row.timeline),
    owner: row.owner,
    abort: abort === null ? null : { by: abort.by, hard: abort.hard, because: abort.because?.description ?? null },
    logBytes: row.log_bytes,
    nodes: [...(facts.nodes ?? [])],
    changes: [...(facts.changes ?? [])],
    failure: facts.failure ?? null,
    origin: { replayOf: origin.replayOf ?? null, rebuildOf: origin.rebuildOf ?? null, restart: origin.restart ?? null },
    upstream,
    downstream,
    waitingInputs: inputs.length,
  };
}

/** Of a password nothing is shown, of a file its name. */
function shownValue(value: ParameterValue): Build['parameters'][string] {
  if (value === null || typeof value !== 'object') return value;
  return '$file' in value ? { file: value.name } : null;
}

async function links(db: Tx, mine: 'build_id' | 'downstream_id', other: 'build_id' | 'downstream_id', id: number): Promise<Build['upstream']> {
  const rows = await db
    .selectFrom('downstream')
    .innerJoin('builds', 'builds.id', `downstream.${other}`)
    .select(['builds.id as id', 'builds.job as job', 'builds.number as number', 'builds.state as state', 'builds.result as result', 'downstream.wait as wait'])
    .where(`downstream.${mine}`, '=', id)
    .orderBy('builds.id')
    .execute();
  return rows.map(({ wait, result, ...row }) => ({ ...row, result: result as Build['result'], waited: wait === 1 }));
}
