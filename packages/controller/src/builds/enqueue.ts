/**
 * Accepts a trigger: when its transaction has committed, it is a build. Parameters are checked by the job's definitions,
 * passwords are sealed, and a request that is the same as one that still waits is merged into it, as Jenkins does.
 */
import type { Json, ParameterDefinition } from '@millrace/pipeline';
import { resolveParameters } from '@millrace/pipeline/job';
import { noteStatus } from '../branches/commit-status.ts';
import { effectiveJob } from '../jobs/effective-job.ts';
import { isJob } from '../jobs/kinds.ts';
import { sealedDefault } from '../jobs/password-defaults.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { Cause, Origin, ParameterValue } from './records.ts';
import { causesOf, originOf, parse } from './records.ts';
import type { Sealer } from './worker/sealer.ts';

export interface EnqueueRequest {
  readonly item: { readonly id: number };
  /** Values by name; what is not given has its default. Files are `{ $file, name }`. */
  readonly given: { readonly [name: string]: Json };
  readonly causes: readonly Cause[];
  /** Null: the job's, or the installation's. */
  readonly quietSeconds: number | null;
  /** Null: the job's. */
  readonly priority: number | null;
  readonly merge: boolean;
  /** Names that the job does not declare are left out instead of refused: the `build` step. */
  readonly lenient: boolean;
  readonly origin?: Origin;
  /** Values as another build had them, sealed ones among them: rebuild, replay, restart. */
  readonly exactly?: { readonly [name: string]: ParameterValue };
}

export interface Enqueued {
  /** Of the queue item, and of the build for ever. */
  readonly id: number;
  readonly merged: boolean;
}

export type Enqueue = (tx: Tx, wakes: Wakes, request: EnqueueRequest) => Promise<Enqueued>;

export class TriggerError extends Error {
  readonly code: 'MR_JOB_UNKNOWN' | 'MR_JOB_DISABLED' | 'MR_PARAMETERS';
  readonly details: readonly { readonly name: string; readonly message: string }[];
  constructor(code: TriggerError['code'], message: string, details: TriggerError['details'] = []) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export interface EnqueueOptions {
  readonly sealer: Sealer;
  readonly now: () => number;
  readonly quietSeconds: () => number;
}

export function enqueuer({ sealer, now, quietSeconds }: EnqueueOptions): Enqueue {
  return async (tx, wakes, request) => {
    const item = await tx.selectFrom('items').selectAll().where('id', '=', request.item.id).executeTakeFirst();
    if (item === undefined || item.deleted === 1 || !isJob(item.kind)) throw new TriggerError('MR_JOB_UNKNOWN', 'There is no such job.');
    if (item.disabled === 1) throw new TriggerError('MR_JOB_DISABLED', `The job ${item.full_name} is disabled.`);
    const job = effectiveJob(item);
    const parameters = request.exactly ?? valuesOf(job.parameters, request, sealer);
    const at = now();
    const quiet = request.quietSeconds ?? job.quietSeconds ?? quietSeconds();
    if (request.merge) {
      const same = await sameWaiting(tx, item.id, parameters, request.origin ?? {}, sealer);
      if (same !== null) {
        const causes = [...causesOf(same), ...request.causes.filter((c) => !causesOf(same).some((old) => old.text === c.text))];
        // The quiet period begins anew; one of no length ends it, as Queue.scheduleInternal has it.
        const until = quiet === 0 ? Math.min(same.quiet_until, at) : Math.max(same.quiet_until, at + quiet * 1_000);
        await tx
          .updateTable('builds')
          .set({ causes: JSON.stringify(causes), quiet_until: until, ...(request.origin === undefined ? {} : { origin: JSON.stringify(request.origin) }) })
          .where('id', '=', same.id)
          .execute();
        if (request.origin !== undefined) {
          // The commit that it waited for is not built any more.
          await noteStatus(
            tx,
            wakes,
            { id: same.id, item_id: item.id, job: item.full_name, number: null, origin: same.origin },
            { now: 'ended', result: 'ABORTED' },
            at,
          );
          await noteStatus(
            tx,
            wakes,
            { id: same.id, item_id: item.id, job: item.full_name, number: null, origin: JSON.stringify(request.origin) },
            { now: 'queued' },
            at,
          );
        }
        wakes.add('queue');
        return { id: same.id, merged: true };
      }
    }
    const { id } = await tx
      .insertInto('builds')
      .values({
        item_id: item.id,
        job: item.full_name,
        number: null,
        state: 'queued',
        result: null,
        priority: request.priority ?? job.priority,
        causes: JSON.stringify(request.causes),
        parameters: JSON.stringify(parameters),
        origin: JSON.stringify(request.origin ?? {}),
        queued_at: at,
        quiet_until: at + quiet * 1_000,
        started_at: null,
        ended_at: null,
        owner: null,
        epoch: 0,
        crashes: 0,
        parked: 0,
        wake_at: null,
        abort: null,
        facts: '{}',
        kept: 0,
        why: null,
        timeline: '[]',
        record: null,
        log_bytes: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await noteStatus(
      tx,
      wakes,
      { id, item_id: item.id, job: item.full_name, number: null, origin: JSON.stringify(request.origin ?? {}) },
      { now: 'queued' },
      at,
    );
    wakes.add('queue');
    wakes.add(`job ${item.id}`);
    return { id, merged: false };
  };
}

function valuesOf(definitions: readonly ParameterDefinition[], { given, lenient }: EnqueueRequest, sealer: Sealer): { [name: string]: ParameterValue } {
  const known = new Map(definitions.map((d) => [d.name, d]));
  const files = Object.entries(given).filter(([name, value]) => known.get(name)?.type === 'file' && value !== null && typeof value === 'object');
  const plain = Object.fromEntries(Object.entries(given).filter(([name]) => !files.some(([file]) => file === name) && !(lenient && !known.has(name))));
  const { values, errors } = resolveParameters(definitions, plain);
  if (errors.length > 0)
    throw new TriggerError(
      'MR_PARAMETERS',
      errors.map((e) => e.message).join('; '),
      errors.map(({ name, message }) => ({ name, message })),
    );
  const out: { [name: string]: ParameterValue } = {};
  for (const [name, value] of Object.entries(values))
    out[name] =
      known.get(name)?.type === 'password' && typeof value === 'string'
        ? { $secret: sealedOf(value, known.get(name)?.default, sealer) }
        : (value as ParameterValue);
  for (const [name, value] of files) out[name] = value as unknown as ParameterValue;
  return out;
}

/** A default of the job's configuration is sealed already. */
function sealedOf(value: string, fallback: unknown, sealer: Sealer): string {
  return (value === fallback ? sealedDefault(value) : null) ?? sealer.seal(value);
}

/** One that waits still, of the same job with the same parameters. Files are never the same. */
async function sameWaiting(tx: Tx, item: number, parameters: { readonly [name: string]: ParameterValue }, origin: Origin, sealer: Sealer) {
  const text = comparable(parameters, sealer);
  if (text === null || !isPlain(origin)) return null;
  const rows = await tx
    .selectFrom('builds')
    .select(['id', 'causes', 'parameters', 'quiet_until', 'origin'])
    .where('item_id', '=', item)
    .where('state', '=', 'queued')
    .orderBy('id')
    .execute();
  return rows.find((row) => isPlain(originOf(row)) && comparable(parse(row.parameters), sealer) === text) ?? null;
}

/** It runs the job's own definition. Of a branch's job the newest commit goes in place of those that still wait. */
function isPlain({ revision: _, ...other }: Origin): boolean {
  return Object.keys(other).length === 0;
}

function comparable(parameters: { readonly [name: string]: ParameterValue }, sealer: Sealer): string | null {
  const values = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  if (values.some(([, v]) => v !== null && typeof v === 'object' && '$file' in v)) return null;
  return JSON.stringify(values.map(([name, v]) => [name, v !== null && typeof v === 'object' && '$secret' in v ? sealer.open(v.$secret) : v]));
}
