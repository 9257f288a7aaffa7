/** Builds as their owners leave them in the database: for tests of what reads them. */
import type { FlowNode } from '@millrace/pipeline';
import type { NewRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

export const T0 = Date.parse('2026-01-02T03:00:00Z');

/** A job of that name at the top; answers its id. */
export async function putJob(store: Store, name: string, more: Partial<NewRow<'items'>> = {}): Promise<number> {
  const config = {
    definition: { kind: 'inline', script: "echo 'hi'" },
    parameters: [],
    environment: {},
    quietPeriodSeconds: null,
    concurrent: 'allow',
    throttle: null,
    retention: null,
    priority: 0,
    controllerLabel: null,
    timeZone: null,
  };
  const row = {
    parent_id: null,
    kind: 'pipeline' as const,
    name,
    full_name: name,
    description: '',
    disabled: 0,
    config: JSON.stringify(config),
    properties: '{}',
    next_number: 1,
    revision: 1,
    deleted: 0,
    created_at: T0,
    updated_at: T0,
    ...more,
  };
  const { id } = await store.write((tx) => tx.insertInto('items').values(row).returning('id').executeTakeFirstOrThrow());
  return id;
}

export async function putBuild(store: Store, item: number, job: string, number: number | null, more: Partial<NewRow<'builds'>> = {}): Promise<number> {
  const row: NewRow<'builds'> = {
    item_id: item,
    job,
    number,
    state: number === null ? 'queued' : 'ended',
    result: number === null ? null : 'SUCCESS',
    priority: 0,
    causes: JSON.stringify([{ type: 'hudson.model.Cause$UserIdCause', text: 'Started by user Dev', data: { userId: 'dev' } }]),
    parameters: '{}',
    origin: '{}',
    queued_at: T0,
    quiet_until: T0,
    started_at: number === null ? null : T0 + 1_000,
    ended_at: number === null ? null : T0 + 5_000,
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
    ...more,
  };
  const { id } = await store.write((tx) => tx.insertInto('builds').values(row).returning('id').executeTakeFirstOrThrow());
  return id;
}

export interface Flush {
  readonly at?: number;
  readonly journal?: string;
  readonly pieces?: readonly { readonly node: string; readonly text: string }[];
  readonly tree?: readonly FlowNode[];
}

/** One more flush, as RunningBuild writes it. */
export async function putFlush(store: Store, build: number, { at = T0, journal = '', pieces = [], tree = [] }: Flush): Promise<void> {
  await store.write(async (tx, wakes) => {
    const last = await tx
      .selectFrom('build_chunks')
      .select(['seq', 'log', 'log_at'])
      .where('build_id', '=', build)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const text = pieces.map((p) => p.text).join('');
    await tx
      .insertInto('build_chunks')
      .values({
        build_id: build,
        seq: (last?.seq ?? -1) + 1,
        journal,
        records: pieces.length === 0 ? '' : JSON.stringify({ at, pieces: pieces.map((p) => ({ node: p.node, length: p.text.length })) }),
        tree: tree.length === 0 ? '' : JSON.stringify(tree),
        log: text === '' ? null : text,
        log_at: last === undefined ? 0 : last.log_at + Buffer.byteLength(last.log ?? ''),
      })
      .execute();
    wakes.add(`build ${build}`);
  });
}

export function flowNode(
  id: number,
  kind: FlowNode['kind'],
  step: string,
  label: string | null,
  parent: number | null,
  more: Partial<FlowNode> = {},
): FlowNode {
  return {
    id: String(id),
    kind,
    step,
    label,
    parent: parent === null ? null : String(parent),
    startId: null,
    startedAt: T0 + id,
    endedAt: T0 + id + 10,
    state: 'done',
    error: null,
    mark: null,
    facts: null,
    ...more,
  };
}
