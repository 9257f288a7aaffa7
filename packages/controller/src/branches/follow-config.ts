/** After a change of a multibranch job: its jobs say the same, and the Jenkinsfile is looked for where it is now. */
import type { MultibranchConfig } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { branchJobConfig } from './heads-write.ts';

const PAGE = 500;

export async function followConfig(tx: Tx, wakes: Wakes, id: number, config: MultibranchConfig, now: number): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await tx
      .selectFrom('heads')
      .innerJoin('items', 'items.id', 'heads.item_id')
      .select(['heads.id as head', 'heads.source as source', 'heads.name as name', 'items.id as item', 'items.config as config'])
      .where('heads.parent_id', '=', id)
      .where('heads.id', '>', after)
      .orderBy('heads.id')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    after = (rows.at(-1) as { head: number }).head;
    for (const { source, name, item, config: before } of rows) {
      const next = branchJobConfig(config, source, name);
      if (same(before, next)) continue;
      await tx.updateTable('items').set({ config: next, updated_at: now }).where('id', '=', item).execute();
      wakes.add(`job ${item}`);
    }
  }
}

function same(a: string, b: string): boolean {
  return a === b || JSON.stringify(parse(a)) === JSON.stringify(parse(b));
}
