/** Nodes as they are looked at, with what their executors run. */
import type { ShownNode } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { GONE_MS } from './agent-desk.ts';
import type { Thresholds } from './monitors.ts';
import { beyond } from './monitors.ts';

export interface ShowNodesOptions {
  readonly store: Store;
  readonly thresholds: Thresholds;
  readonly now: number;
}

export async function showNodes(options: ShowNodesOptions, page: { readonly after: string | null; readonly limit: number }): Promise<ShownNode[]> {
  let query = options.store.db.selectFrom('nodes').selectAll().orderBy('name').limit(page.limit);
  if (page.after !== null) query = query.where('name', '>', page.after);
  return withLeases(options, await query.execute());
}

/** Throws MR_NODE_UNKNOWN. */
export async function showNode(options: ShowNodesOptions, name: string): Promise<ShownNode> {
  const row = await options.store.db.selectFrom('nodes').selectAll().where('name', '=', name).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_NODE_UNKNOWN', name);
  const [shown] = await withLeases(options, [row]);
  return shown as ShownNode;
}

async function withLeases({ store, thresholds, now }: ShowNodesOptions, rows: readonly Row<'nodes'>[]): Promise<ShownNode[]> {
  const ids = rows.map((r) => r.id);
  const leases =
    ids.length === 0
      ? []
      : await store.db
          .selectFrom('leases')
          .leftJoin('builds', 'builds.id', 'leases.build_id')
          .selectAll('leases')
          .select('builds.number as number')
          .where('leases.node_id', 'in', ids)
          .where('leases.state', '=', 'held')
          .orderBy('leases.executor')
          .execute();
  return rows.map((row) => {
    const monitors = parse<ShownNode['monitors']>(row.monitors);
    return {
      name: row.name,
      kind: row.kind,
      description: row.description,
      labels: parse<string[]>(row.labels),
      executors: row.executors,
      mode: row.mode,
      root: row.root,
      env: parse<Record<string, string>>(row.env),
      cloud: row.cloud,
      online: row.session !== null && row.offline === null && now - (row.seen_at ?? 0) < GONE_MS,
      offline: row.offline === null ? null : offlineOf(row.offline),
      connectedAt: row.connected_at,
      seenAt: row.seen_at,
      idleSince: row.idle_since,
      facts: parse<ShownNode['facts']>(row.facts),
      monitors,
      below: beyond(monitors, thresholds),
      running: leases
        .filter((l) => l.node_id === row.id)
        .map((l) => ({
          number: l.executor ?? 0,
          lease: l.id,
          build: l.build_id,
          job: l.job,
          buildNumber: l.number,
          since: l.granted_at,
          workspace: l.workspace,
        })),
      revision: row.revision,
    };
  });
}

function offlineOf(text: string): NonNullable<ShownNode['offline']> {
  const { by, message, at } = parse<{ by?: string | null; message?: string; at?: number | null }>(text);
  return { by: by ?? null, message: message ?? '', at: at ?? null };
}
