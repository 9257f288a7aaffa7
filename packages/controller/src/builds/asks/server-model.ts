/** What trusted libraries read of the server: jobs and folders, nodes, the end of their own build's log. */
import type { BuildLog, Json, ServerBuild, ServerItem, ServerNodes } from '@millrace/pipeline';
import { RESULTS } from '@millrace/pipeline/job';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { logTail } from '../../notifications/mail-tokens.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import type { AskContext } from '../ask-context.ts';
import type { EndedBuild } from '../last-build.ts';
import { lastWithResult } from '../last-build.ts';
import { parse } from '../records.ts';

const MOST_CHILDREN = 1000;
const MOST_LINES = 10_000;
const LOG_BYTES = 1 << 20;

export async function serverItem(cx: AskContext<'other'>, name: string): Promise<void> {
  const { store } = cx.services;
  const item = await store.db.selectFrom('items').selectAll().where('full_name', '=', name).where('deleted', '=', 0).executeTakeFirst();
  if (item === undefined) {
    cx.answer(null);
    return;
  }
  const last = async (...results: readonly string[]): Promise<ServerBuild | null> => shown(await lastWithResult(store, item.id, results));
  const running = await store.db.selectFrom('builds').select('id').where('item_id', '=', item.id).where('state', '=', 'running').executeTakeFirst();
  const answer: ServerItem = {
    name: item.name,
    fullName: item.full_name,
    kind: item.kind === 'pipeline' || item.kind === 'freestyle' ? 'job' : 'folder',
    description: item.description,
    disabled: item.disabled === 1,
    building: running !== undefined,
    children: await childrenOf(store.db, item),
    last: await newest(store.db, item.id),
    lastCompleted: await last(...RESULTS),
    lastSuccessful: await last('SUCCESS', 'UNSTABLE'),
    lastStable: await last('SUCCESS'),
    lastUnstable: await last('UNSTABLE'),
    lastFailed: await last('FAILURE'),
  };
  cx.answer(answer as unknown as Json);
}

async function childrenOf(db: Tx, item: Row<'items'>): Promise<string[]> {
  const rows = await db
    .selectFrom('items')
    .select('full_name')
    .where('parent_id', '=', item.id)
    .where('deleted', '=', 0)
    .orderBy('full_name')
    .limit(MOST_CHILDREN)
    .execute();
  return rows.map((row) => row.full_name);
}

/** Whether it has ended or not; one that still waits in the queue is none yet. */
async function newest(db: Tx, item: number): Promise<ServerBuild | null> {
  const row = await db
    .selectFrom('builds')
    .select(['id', 'number', 'result', 'started_at', 'ended_at'])
    .where('item_id', '=', item)
    .where('number', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return shown(row ?? null);
}

function shown(row: EndedBuild | null): ServerBuild | null {
  if (row === null || row.number === null) return null;
  const { number, result, started_at: startedAt, ended_at: endedAt } = row;
  return { number, result, startedAt: startedAt ?? 0, durationMs: endedAt === null || startedAt === null ? null : endedAt - startedAt };
}

export async function serverNodes(cx: AskContext<'other'>): Promise<void> {
  const rows = await cx.services.store.db
    .selectFrom('nodes')
    .select(['name', 'labels', 'executors', 'description', 'session', 'offline'])
    .orderBy('name')
    .execute();
  const answer: ServerNodes = {
    nodes: rows.map((row) => ({
      name: row.name,
      labels: parse<string[]>(row.labels),
      executors: row.executors,
      description: row.description,
      online: row.session !== null && row.offline === null,
    })),
  };
  cx.answer(answer as unknown as Json);
}

/** All that was printed before, which the program runs ahead of: masked, as everybody sees it. */
export async function buildLog(cx: AskContext<'other'>, blobs: BlobStore, lines: number): Promise<void> {
  await cx.durable();
  const { db } = cx.services.store;
  const row = await db.selectFrom('builds').selectAll().where('id', '=', cx.build.id).executeTakeFirstOrThrow();
  const text = (await logTail({ db, blobs }, row, LOG_BYTES)).replace(/\n$/, '');
  const wanted = Math.min(lines, MOST_LINES);
  const answer: BuildLog = { lines: text === '' || wanted <= 0 ? [] : text.split('\n').slice(-wanted) };
  cx.answer(answer as unknown as Json);
}
