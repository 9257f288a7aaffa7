/** `properties` and Declarative's directives of the job: kept beside the job's own configuration, for its next build. */
import { readJobProperties } from '@millrace/pipeline/job';
import { sealDefaults } from '../../jobs/password-defaults.ts';
import type { AskContext } from '../ask-context.ts';

export async function properties(cx: AskContext<'properties'>): Promise<void> {
  const declared = JSON.stringify(sealDefaults(readJobProperties(cx.request.properties), null, cx.services.sealer));
  const { itemId, number } = cx.build;
  await cx.services.store.write(async (tx, wakes) => {
    const item = await tx.selectFrom('items').select('properties').where('id', '=', itemId).executeTakeFirst();
    const known = item === undefined ? null : (JSON.parse(item.properties) as { build?: number });
    // An older build that comes later does not take back what a newer one said.
    if (known === null || (known.build ?? 0) > number) return;
    await tx
      .updateTable('items')
      .set({ properties: JSON.stringify({ ...(JSON.parse(declared) as object), build: number }), updated_at: cx.services.now() })
      .where('id', '=', itemId)
      .execute();
    wakes.add(`job ${itemId}`);
  });
  cx.answer(null);
}
