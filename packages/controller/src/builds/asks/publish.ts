/**
 * `publish`: what some page shows, with its files; of junit nothing more, since its tests are kept already. A report that a job
 * keeps one of (`keepAll` is off) takes the place of the one before.
 */
import type { Json } from '@millrace/pipeline';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { deleteUnnamed, noteUnnamed } from '../../blobs/loose-blobs.ts';
import type { Tx } from '../../store/store.ts';
import type { AskContext } from '../ask-context.ts';
import { fileBlobs, REPORT, reportData } from '../reports.ts';
import type { MadeAnswer } from './work.ts';
import { work } from './work.ts';

/** Of one report: there are more only where builds published at the same time. */
const MOST_REPLACED = 20;

export function publish(blobs: BlobStore) {
  return async (cx: AskContext<'publish'>): Promise<void> => {
    const { type, files } = cx.request;
    if (type === 'junit' || files === undefined) cx.answer((await keep(cx, blobs, { files: [] })).value);
    else await work(cx, files.lease, files as unknown as { [name: string]: Json }, (answer) => keep(cx, blobs, answer));
  };
}

async function keep(cx: AskContext<'publish'>, blobs: BlobStore, answer: Json): Promise<MadeAnswer> {
  const { type, name, data } = cx.request;
  const { store } = cx.services;
  const row = { type, name, data: JSON.stringify(data), files: JSON.stringify(answer), item_id: cx.build.itemId, number: cx.build.number };
  const replaced = await store.write(async (tx, wakes) => {
    await tx
      .insertInto('published')
      .values({ build_id: cx.build.id, ask_id: cx.ask.id, ...row })
      .onConflict((c) => c.columns(['build_id', 'ask_id']).doUpdateSet(row))
      .execute();
    wakes.add(`build ${cx.build.id}`);
    return type === REPORT && !reportData(row.data).keepAll ? replace(tx, cx.build, name) : [];
  });
  // What this does not get to goes with the sweep.
  deleteUnnamed(store, blobs, replaced).catch(cx.services.onError);
  return { value: { url: null } };
}

/** Those of builds before, where they were not kept on purpose. Answers their blobs. */
async function replace(tx: Tx, { itemId, number }: AskContext['build'], name: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('published')
    .selectAll()
    .where('type', '=', REPORT)
    .where('item_id', '=', itemId)
    .where('name', '=', name)
    .where('number', '<', number)
    .orderBy('number', 'desc')
    .limit(MOST_REPLACED)
    .execute();
  const old = rows.filter((row) => !reportData(row.data).keepAll);
  for (const { build_id, ask_id } of old) await tx.deleteFrom('published').where('build_id', '=', build_id).where('ask_id', '=', ask_id).execute();
  const blobs = old.flatMap(fileBlobs);
  await noteUnnamed(tx, blobs);
  return blobs;
}
