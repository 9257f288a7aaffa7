/** Where a branch's job comes from, as it is looked at. */
import type { Item } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import type { Tx } from '../store/store.ts';
import type { Revision } from './head.ts';
import type { HeadFacts } from './heads-write.ts';

export async function showBranch(db: Tx, item: number): Promise<Item['branch']> {
  const head = await db.selectFrom('heads').selectAll().where('item_id', '=', item).executeTakeFirst();
  if (head === undefined) return null;
  const { change } = parse<HeadFacts>(head.facts);
  return {
    kind: head.kind,
    name: head.name,
    primary: head.is_primary === 1,
    commit: parse<Revision>(head.revision).hash,
    goneAt: head.gone_at,
    title: change?.title ?? null,
    url: change?.url ?? null,
    author: change === null ? null : (change.authorDisplayName ?? change.author),
    target: change?.target ?? null,
  };
}
