/** Starting builds as people do: a job with parameters, or a build again. All of them are triggers that wait in the queue. */

import type { Json } from '@millrace/pipeline';
import { ApiError } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import { effectiveJob } from '../jobs/effective-job.ts';
import { itemOf, jobOf } from '../jobs/item-rows.ts';
import type { BuildRecord } from '../logs/build-record.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Enqueue, Enqueued } from './enqueue.ts';
import { buildOf } from './find-build.ts';
import { flowNodes } from './flow-nodes.ts';
import type { Cause, Origin, ParameterValue } from './records.ts';
import { originOf, parametersOf } from './records.ts';
import { scriptOf } from './script.ts';
import { stagesOf } from './stages.ts';

export interface TriggerServices {
  readonly store: Store;
  readonly audit: Audit;
  readonly enqueue: Enqueue;
  readonly record: (build: Pick<Row<'builds'>, 'id' | 'record'>) => BuildRecord;
  /** A copy of an uploaded parameter: each build has its own. */
  readonly copyFile: (key: string, name: string) => Promise<string>;
  /** Copies that no build has come to. */
  readonly dropFiles: (keys: readonly string[]) => Promise<void>;
}

/** Who starts it, as Jenkins says. */
export interface Starter extends Actor {
  readonly fullName: string;
}

export function startedBy({ user, fullName }: Starter): Cause {
  return user === null
    ? { type: 'hudson.model.Cause$UserIdCause', text: 'Started by anonymous' }
    : { type: 'hudson.model.Cause$UserIdCause', text: `Started by user ${fullName}`, data: { userId: user, userName: fullName } };
}

export function triggerBuild(
  { audit, enqueue }: TriggerServices,
  starter: Starter,
  path: string,
  request: { readonly parameters: { readonly [name: string]: Json }; readonly quietSeconds: number | null; readonly cause?: string | undefined },
): Promise<Enqueued> {
  return audit.change(starter, async (tx, wakes, note) => {
    const job = await jobOf(tx, path);
    const reason = request.cause === undefined ? [] : [{ type: 'millrace.Reason', text: request.cause }];
    const queued = await enqueue(tx, wakes, {
      item: job,
      given: request.parameters,
      causes: [startedBy(starter), ...reason],
      quietSeconds: request.quietSeconds,
      priority: null,
      merge: true,
      lenient: false,
    });
    note('build.start', path, { queue: queued.id, merged: queued.merged });
    return queued;
  });
}

export async function replayBuild(services: TriggerServices, starter: Starter, path: string, number: number, edited: string | undefined): Promise<Enqueued> {
  const { db } = services.store;
  await pipelineOf(db, path);
  const row = await buildOf(db, path, number);
  const script = edited ?? (await scriptOf(services.record(row))).text;
  return again(
    services,
    starter,
    row,
    'replay',
    { script, replayOf: number },
    { type: 'org.jenkinsci.plugins.workflow.cps.replay.ReplayCause', text: `Replayed #${number}`, data: { originalNumber: number } },
  );
}

export async function rebuildBuild(services: TriggerServices, starter: Starter, path: string, number: number): Promise<Enqueued> {
  const row = await buildOf(services.store.db, path, number);
  return again(
    services,
    starter,
    row,
    'rebuild',
    { rebuildOf: number },
    { type: 'com.sonyericsson.rebuild.RebuildCause', text: `Rebuilds build #${number}`, data: { upstreamBuild: number } },
  );
}

/** Of a Declarative pipeline that has ended: from a stage at its top on. */
export async function restartBuild(services: TriggerServices, starter: Starter, path: string, number: number, stage: string): Promise<Enqueued> {
  const { db } = services.store;
  const job = await pipelineOf(db, path);
  const row = await buildOf(db, path, number);
  if (row.state === 'running') throw new ApiError('MR_BUILD_RUNNING');
  if (effectiveJob(job).disableRestart) throw new ApiError('MR_RESTART');
  const record = services.record(row);
  const { text } = await scriptOf(record);
  const { stages } = stagesOf(await flowNodes(record), new Set());
  if (!stages.some((s) => s.name === stage)) throw new ApiError('MR_STAGE_UNKNOWN', `Those at its top are ${stages.map((s) => s.name).join(', ')}.`);
  return again(
    services,
    starter,
    row,
    'restart',
    { script: text, restart: { number, stage } },
    {
      type: 'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause',
      text: `Restarted from build #${number}, stage ${stage}`,
      data: { originalNumber: number, originStage: stage },
    },
  );
}

/** With the same parameters, sealed ones and files among them. */
async function again(services: TriggerServices, starter: Starter, row: Row<'builds'>, action: string, origin: Origin, cause: Cause): Promise<Enqueued> {
  const copies: string[] = [];
  try {
    const exactly = await copied(services, parametersOf(row), copies);
    return await queuedAgain(services, starter, row, action, origin, cause, exactly);
  } catch (error) {
    await services.dropFiles(copies);
    throw error;
  }
}

function queuedAgain(
  services: TriggerServices,
  starter: Starter,
  row: Row<'builds'>,
  action: string,
  origin: Origin,
  cause: Cause,
  exactly: { readonly [name: string]: ParameterValue },
): Promise<Enqueued> {
  return services.audit.change(starter, async (tx, wakes, note) => {
    const queued = await services.enqueue(tx, wakes, {
      item: { id: row.item_id },
      given: {},
      causes: [startedBy(starter), cause],
      quietSeconds: 0,
      priority: null,
      merge: false,
      lenient: false,
      // What is done again is made of the same commits.
      origin: { ...origin, ...toldOf(row) },
      exactly,
    });
    note(`build.${action}`, `${row.job}#${row.number}`, { queue: queued.id });
    return queued;
  });
}

/** What an event said that started it. */
function toldOf(row: Row<'builds'>): Pick<Origin, 'revision' | 'variables' | 'pushed'> {
  const { revision, variables, pushed } = originOf(row);
  return { ...(revision === undefined ? {} : { revision }), ...(variables === undefined ? {} : { variables }), ...(pushed === undefined ? {} : { pushed }) };
}

/** `copies` gets the key of each file, also where a later one fails. */
async function copied(
  { copyFile }: TriggerServices,
  values: { readonly [name: string]: ParameterValue },
  copies: string[],
): Promise<{ [name: string]: ParameterValue }> {
  const out: { [name: string]: ParameterValue } = {};
  for (const [name, value] of Object.entries(values)) {
    out[name] = value;
    if (value === null || typeof value !== 'object' || !('$file' in value)) continue;
    const key = await copyFile(value.$file, value.name);
    copies.push(key);
    out[name] = { $file: key, name: value.name };
  }
  return out;
}

async function pipelineOf(db: Tx, path: string): Promise<Row<'items'>> {
  const item = await itemOf(db, path);
  if (item.kind !== 'pipeline') throw new ApiError('MR_JOB_KIND', `${path} is a ${item.kind}.`);
  return item;
}
