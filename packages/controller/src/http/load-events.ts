/** The rows that some topics of the store tell of, as events. */
import { buildSummary, SUMMARY_COLUMNS } from '../builds/build-summary.ts';
import { GONE_MS } from '../nodes/agent-desk.ts';
import type { Store } from '../store/store.ts';
import type { FeedEvent } from './event-feed.ts';

const MOST = 500;

export async function loadEvents(store: Store, topics: ReadonlySet<string>, now: number): Promise<FeedEvent[]> {
  const ids = (word: string): number[] =>
    [...topics]
      .filter((topic) => topic.startsWith(`${word} `))
      .map((topic) => Number(topic.slice(word.length + 1)))
      .filter(Number.isSafeInteger)
      .slice(0, MOST);
  return [
    ...(await builds(store, ids('build'))),
    ...(await items(store, ids('job'))),
    ...(topics.has('queue') ? await queue(store) : []),
    ...(await nodes(store, ids('node'), now)),
    ...(topics.has('fleet') ? [{ type: 'fleet', id: 'fleet', item: null, itemId: null, data: {} } as const] : []),
  ];
}

async function builds({ db }: Store, ids: readonly number[]): Promise<FeedEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('builds')
    .select([...SUMMARY_COLUMNS, 'item_id', 'log_bytes'])
    .where('id', 'in', ids)
    .execute();
  return ids.map((id) => {
    const row = rows.find((r) => r.id === id);
    if (row === undefined) return { type: 'build', id, item: null, itemId: null, data: { gone: true } };
    return { type: 'build', id, item: row.job, itemId: row.item_id, data: buildSummary(row) };
  });
}

async function items({ db }: Store, ids: readonly number[]): Promise<FeedEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('items').select(['id', 'full_name', 'kind', 'disabled', 'revision']).where('id', 'in', ids).execute();
  return ids.map((id) => {
    const row = rows.find((r) => r.id === id);
    if (row === undefined) return { type: 'item', id, item: null, itemId: id, data: { gone: true } };
    return {
      type: 'item',
      id,
      item: row.full_name,
      itemId: id,
      data: { path: row.full_name, kind: row.kind, disabled: row.disabled === 1, revision: row.revision },
    };
  });
}

async function queue({ db }: Store): Promise<FeedEvent[]> {
  const [queued, waiting] = await Promise.all([
    db
      .selectFrom('builds')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('state', '=', 'queued')
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('leases')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow(),
  ]);
  return [{ type: 'queue', id: 'queue', item: null, itemId: null, data: { builds: Number(queued.count), requests: Number(waiting.count) } }];
}

async function nodes({ db }: Store, ids: readonly number[], now: number): Promise<FeedEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('nodes').select(['id', 'name', 'session', 'offline', 'seen_at', 'executors']).where('id', 'in', ids).execute();
  return ids.map((id) => {
    const row = rows.find((r) => r.id === id);
    if (row === undefined) return { type: 'node', id, item: null, itemId: null, data: { gone: true } };
    const online = row.session !== null && row.offline === null && now - (row.seen_at ?? 0) < GONE_MS;
    return { type: 'node', id, item: null, itemId: null, data: { name: row.name, online, offline: row.offline !== null, executors: row.executors } };
  });
}
