/**
 * The guide of the first visit: how far an installation has come, from what exists, so that nothing has to be kept of it but
 * who has put it away. Each part is one look at an index.
 */
import type { overviewShapes } from '@millrace/protocol';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import { can } from '../auth/principal.ts';
import { GONE_MS } from '../nodes/agent-desk.ts';
import type { Store } from '../store/store.ts';
import { EXAMPLE } from './example-job.ts';

type Guide = z.infer<typeof overviewShapes.guide>;

export const GUIDE = 'guide';

export async function showGuide({ db }: Store, principal: Principal, now: number): Promise<Guide> {
  const user = principal.user as string;
  const other = db.selectFrom('items').select('id').where('kind', '<>', 'folder').where('deleted', '=', 0).where('full_name', '<>', EXAMPLE).limit(1);
  const [dismissed, made, example, nodes, built, job] = await Promise.all([
    db.selectFrom('dismissals').select('at').where('user_id', '=', user).where('what', '=', GUIDE).executeTakeFirst(),
    db.selectFrom('meta').select('value').where('key', '=', 'example job').executeTakeFirst(),
    db.selectFrom('items').select(['id', 'next_number']).where('full_name', '=', EXAMPLE).where('deleted', '=', 0).executeTakeFirst(),
    db.selectFrom('nodes').select(['session', 'seen_at']).where('kind', '=', 'permanent').limit(50).execute(),
    other.where('next_number', '>', 1).executeTakeFirst(),
    other.executeTakeFirst(),
  ]);
  const isSeen = example !== undefined && can(principal, 'item.view', EXAMPLE);
  const green =
    example === undefined
      ? undefined
      : await db.selectFrom('builds').select('id').where('item_id', '=', example.id).where('result', '=', 'SUCCESS').limit(1).executeTakeFirst();
  return {
    dismissed: dismissed !== undefined,
    example: isSeen ? { path: EXAMPLE, built: example.next_number > 1, succeeded: green !== undefined } : null,
    agent: { added: nodes.length > 0, online: nodes.some((n) => n.session !== null && n.seen_at !== null && now - n.seen_at < GONE_MS) },
    pipeline: { created: job !== undefined, built: built !== undefined },
    since: made === undefined ? null : Number(made.value),
  };
}

/** Twice is once. */
export function dismiss(store: Store, user: string, what: string, at: number): Promise<void> {
  return store.write(async (tx) => {
    await tx
      .insertInto('dismissals')
      .values({ user_id: user, what, at })
      .onConflict((c) => c.columns(['user_id', 'what']).doNothing())
      .execute();
  });
}
