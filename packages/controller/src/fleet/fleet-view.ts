/** Controllers and duties as they are looked at; draining one, from whichever controller is asked. */
import type { serverShapes } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { z } from 'zod';
import type { Actor, Audit } from '../auth/audit.ts';
import { parse } from '../builds/records.ts';
import type { Store } from '../store/store.ts';

export type Fleet = z.infer<typeof serverShapes.fleet>;

/** Rows of controllers that are down stay for a while: the last ones are shown. */
const MOST_DOWN = 20;

export async function showFleet({ db }: Store, self: string): Promise<Fleet> {
  const columns = ['id', 'name', 'url', 'labels', 'version', 'state', 'started_at', 'seen_at'] as const;
  const [living, down, duties, owned] = await Promise.all([
    db.selectFrom('controllers').select(columns).where('state', '<>', 'down').orderBy('id').execute(),
    db.selectFrom('controllers').select(columns).where('state', '=', 'down').orderBy('seen_at', 'desc').limit(MOST_DOWN).execute(),
    db.selectFrom('duties').selectAll().orderBy('name').execute(),
    db
      .selectFrom('builds')
      .select((e) => ['owner', e.fn.countAll<number>().as('count')])
      .where('state', '=', 'running')
      .where('owner', 'is not', null)
      .groupBy('owner')
      .execute(),
  ]);
  return {
    self,
    controllers: [...living, ...down].map((row) => ({
      id: row.id,
      name: row.name,
      url: row.url,
      labels: parse<string[]>(row.labels),
      version: row.version,
      state: row.state,
      startedAt: row.started_at,
      seenAt: row.seen_at,
      builds: Number(owned.find((o) => o.owner === row.id)?.count ?? 0),
      duties: duties.filter((d) => d.holder === row.id).map((d) => d.name),
    })),
    duties: duties.map(({ name, holder, fence, since }) => ({ name, holder, fence, since })),
  };
}

/** It takes nothing new, and others get its duties. Draining twice is no error. */
export function drainController(audit: Audit, actor: Actor, id: string): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const { numUpdatedRows } = await tx
      .updateTable('controllers')
      .set({ state: 'draining' })
      .where('id', '=', id)
      .where('state', '<>', 'down')
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0) throw new ApiError('MR_CONTROLLER_UNKNOWN', id);
    await tx.updateTable('duties').set({ holder: null }).where('holder', '=', id).execute();
    wakes.add('fleet');
    wakes.add('queue');
    note('controller.drain', id);
  });
}
