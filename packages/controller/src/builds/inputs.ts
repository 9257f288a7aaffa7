/**
 * `input` answered by people, through any controller. Who may: those that it names, users or roles, and administrators; where
 * it names nobody, whoever may start builds of the job.
 */
import type { Json, RequestOf } from '@millrace/pipeline';
import { readParameters, resolveParameters } from '@millrace/pipeline/job';
import { ApiError } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import type { Principal } from '../auth/principal.ts';
import { can, reaches, roleOn } from '../auth/principal.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { wakeAsk } from './asks/wake-ask.ts';
import { buildOf } from './find-build.ts';
import { parse } from './records.ts';
import type { Sealer } from './worker/sealer.ts';

type Request = RequestOf<'input'>;

export async function listInputs({ db }: Store, principal: Principal, path: string, number: number) {
  const { id } = await buildOf(db, path, number);
  const rows = await db
    .selectFrom('inputs')
    .selectAll()
    .where('build_id', '=', id)
    .where('state', '=', 'waiting')
    .orderBy('created_at')
    .orderBy('ask_id')
    .execute();
  return rows.map((row) => {
    const request = parse<Request>(row.request);
    return {
      id: row.input_id,
      message: request.message,
      ok: request.ok,
      submitter: request.submitter,
      parameters: parametersOf(request).map((p) => ({ ...p, default: p.type === 'password' ? null : p.default })),
      since: row.created_at,
      allowed: mayAnswer(principal, request, path),
    };
  });
}

export interface InputServices {
  readonly audit: Audit;
  readonly sealer: Sealer;
}

/** `values` null: it is rejected. Throws MR_INPUT_UNKNOWN, MR_INPUT_SUBMITTER, MR_PARAMETERS. */
export async function answerInput(
  { audit, sealer }: InputServices,
  principal: Principal,
  actor: Actor,
  place: { readonly path: string; readonly number: number; readonly input: string },
  values: { readonly [name: string]: Json } | null,
): Promise<void> {
  await audit.change(actor, async (tx, wakes, note) => {
    const row = await waiting(tx, place);
    const request = parse<Request>(row.request);
    if (!mayAnswer(principal, request, place.path)) throw new ApiError(principal.user === null ? 'MR_UNAUTHENTICATED' : 'MR_INPUT_SUBMITTER');
    const answer = values === null ? null : sealer.seal(JSON.stringify(resolved(request, values)));
    const { numUpdatedRows } = await tx
      .updateTable('inputs')
      .set({ state: values === null ? 'aborted' : 'proceeded', answer, by_user: principal.user })
      .where('build_id', '=', row.build_id)
      .where('ask_id', '=', row.ask_id)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0) throw new ApiError('MR_INPUT_UNKNOWN');
    await wakeAsk(tx, wakes, row.build_id, row.ask_id);
    wakes.add(`build ${row.build_id}`);
    note(values === null ? 'input.abort' : 'input.proceed', `${place.path}#${place.number}`, { input: place.input });
  });
}

/** The one of that id that waits longest: two branches may use the same. */
async function waiting(tx: Tx, { path, number, input }: { path: string; number: number; input: string }): Promise<Row<'inputs'>> {
  const { id, state } = await buildOf(tx, path, number);
  const row = await tx
    .selectFrom('inputs')
    .selectAll()
    .where('build_id', '=', id)
    .where('input_id', '=', input)
    .where('state', '=', 'waiting')
    .orderBy('created_at')
    .orderBy('ask_id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || state !== 'running') throw new ApiError('MR_INPUT_UNKNOWN');
  return row;
}

function mayAnswer(principal: Principal, { submitter }: Request, path: string): boolean {
  if (principal.user === null || !reaches(principal, 'build')) return false;
  const role = roleOn(principal, path);
  if (role === 'administrator') return true;
  const names = (submitter ?? '')
    .split(',')
    .map((s) => s.trim().toLowerCase())
    .filter((s) => s !== '');
  if (names.length === 0) return can(principal, 'build.start', path);
  return names.includes(principal.user.toLowerCase()) || (role !== null && names.includes(role));
}

function parametersOf(request: Request) {
  return readParameters(request.parameters as unknown as Json);
}

function resolved(request: Request, given: { readonly [name: string]: Json }): { readonly [name: string]: Json } {
  const { values, errors } = resolveParameters(parametersOf(request), given);
  if (errors.length === 0) return values;
  throw new ApiError('MR_PARAMETERS', errors.map((e) => e.message).join('; '), {
    errors: errors.map(({ name, message }) => ({ pointer: `#/values/${encodeURIComponent(name)}`, detail: message })),
  });
}
