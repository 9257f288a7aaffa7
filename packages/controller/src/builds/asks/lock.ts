/** `lock` across all controllers: a row in `locks`, on which queue/lock-table.ts decides. Its id is the ask's key. */
import type { RequestOf } from '@millrace/pipeline';
import type { Want } from '../../queue/lock-state.ts';
import { lockTable } from '../../queue/lock-table.ts';
import type { AskContext } from '../ask-context.ts';
import { askKey } from '../ask-context.ts';
import { parse } from '../records.ts';

export async function lock(cx: AskContext<'lock'>): Promise<void> {
  const { store, now, onError } = cx.services;
  const { request, build } = cx;
  const table = lockTable(store.engine.exclusive);
  cx.onCancel(() => {
    store.write((tx, wakes) => table.release(tx, wakes, [cx.key], now())).catch(onError);
  });
  const texts = await store.write(async (tx, wakes) => {
    const waitedForBy = await tx.selectFrom('downstream').select('build_id').where('downstream_id', '=', build.id).where('wait', '=', 1).execute();
    const asked = {
      id: cx.key,
      build: {
        id: String(build.id),
        fullDisplayName: `${build.job.replaceAll('/', ' » ')} #${build.number}`,
        displayName: `#${build.number}`,
        waitedForBy: waitedForBy.map((r) => String(r.build_id)),
      },
      name: request.name ?? '',
      wants: wantsOf(request),
      priority: request.priority,
      inverse: request.inverse,
      skip: request.skip,
    };
    return table.ask(tx, wakes, { id: cx.key, buildId: build.id, askId: cx.ask.id }, asked, now());
  });
  for (const text of texts) cx.print(`${text}\n`);
  cx.watch(async () => {
    const row = await store.db.selectFrom('locks').select(['state', 'resources']).where('id', '=', cx.key).executeTakeFirst();
    if (row?.state === 'waiting') return false;
    if (row?.state === 'held') cx.answer({ acquired: true, resources: parse<string[]>(row.resources) });
    else cx.answer({ acquired: false, resources: [] });
    return true;
  });
}

export function lockRelease(cx: AskContext<'lock.release'>): void {
  const { store, now, onError } = cx.services;
  const id = askKey(cx.build.id, cx.request.ask);
  // What the build writes next is behind this in the writer's queue.
  store.write((tx, wakes) => lockTable(store.engine.exclusive).release(tx, wakes, [id], now())).catch(onError);
  cx.answer(null);
}

function wantsOf(request: RequestOf<'lock'>): Want[] {
  const all = [request, ...(request.extra as unknown as readonly RequestOf<'lock'>[])];
  return all.flatMap((one) => {
    const resource = one.resource ?? null,
      label = one.label ?? null;
    return resource === null && label === null ? [] : [{ resource, label, quantity: one.quantity ?? 0 }];
  });
}
