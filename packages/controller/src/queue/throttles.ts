/** Throttle categories: how many builds of their jobs may run at once, in all and on a node. 0: no limit. */
import { ApiError } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import type { Store } from '../store/store.ts';

export interface Throttle {
  readonly name: string;
  readonly maxTotal: number;
  readonly maxPerNode: number;
}

export async function listThrottles({ db }: Store): Promise<Throttle[]> {
  const rows = await db.selectFrom('throttles').selectAll().orderBy('name').execute();
  return rows.map((row) => ({ name: row.name, maxTotal: row.max_total, maxPerNode: row.max_per_node }));
}

export async function putThrottle(audit: Audit, actor: Actor, throttle: Throttle): Promise<Throttle> {
  const limits = { max_total: throttle.maxTotal, max_per_node: throttle.maxPerNode };
  await audit.change(actor, async (tx, wakes, note) => {
    await tx
      .insertInto('throttles')
      .values({ name: throttle.name, ...limits })
      .onConflict((c) => c.column('name').doUpdateSet(limits))
      .execute();
    wakes.add('queue');
    note('throttle.change', throttle.name, { maxTotal: throttle.maxTotal, maxPerNode: throttle.maxPerNode });
  });
  return throttle;
}

export function deleteThrottle(audit: Audit, actor: Actor, name: string): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const { numDeletedRows } = await tx.deleteFrom('throttles').where('name', '=', name).executeTakeFirst();
    if (Number(numDeletedRows) === 0) throw new ApiError('MR_THROTTLE_UNKNOWN', name);
    wakes.add('queue');
    note('throttle.delete', name);
  });
}
