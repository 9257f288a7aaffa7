/** Asks without a kind of their own. */
import type { ImageBuilder, Json, ServerAsks } from '@millrace/pipeline';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { parseLabelExpression } from '../../queue/label-expression.ts';
import type { AskContext, AskHandler } from '../ask-context.ts';
import { AskFailure, unsupported } from '../ask-context.ts';
import { parse } from '../records.ts';
import type { ContainerLogData } from './container-log.ts';
import { containerLog } from './container-log.ts';
import { mailTemplate } from './mail-template.ts';
import type { PodArguments } from './pod.ts';
import { podTemplate } from './pod.ts';
import { buildLog, serverItem, serverNodes } from './server-model.ts';

export function other(blobs: BlobStore): AskHandler<'other'> {
  return (cx) => serve(cx, blobs);
}

async function serve(cx: AskContext<'other'>, blobs: BlobStore): Promise<void> {
  const { name, data } = cx.request;
  switch (name) {
    case 'serverItem':
      await serverItem(cx, (data as ServerAsks['serverItem'][0]).name);
      return;
    case 'serverNodes':
      await serverNodes(cx);
      return;
    case 'mailTemplate':
      await mailTemplate(cx, (data as ServerAsks['mailTemplate'][0]).name);
      return;
    case 'buildLog':
      await buildLog(cx, blobs, (data as ServerAsks['buildLog'][0]).lines);
      return;
    case 'nodesByLabel':
      cx.answer(await nodesByLabel(cx, data as { label?: string | null; offline?: boolean }));
      return;
    case 'imageBuilder':
      cx.answer(imageBuilder(cx) as unknown as Json);
      return;
    case 'podTemplate':
      cx.answer({ label: await podTemplate(cx, data as PodArguments) });
      return;
    case 'containerLog':
      await containerLog(cx, data as unknown as ContainerLogData);
      return;
    case 'waitForBuild':
      await waitForBuild(cx, String((data as { runId?: Json }).runId ?? ''));
      return;
    default:
      throw unsupported(`${name} is not there in this version of Millrace`);
  }
}

function imageBuilder(cx: AskContext): ImageBuilder {
  const { imageBuilder: found = null } = cx.services.installation();
  if (found === null) throw new AskFailure({ code: 'MR_IMAGE_BUILDER', message: 'buildImage needs a tool: the configuration has no imageBuilder' });
  return found;
}

async function nodesByLabel(cx: AskContext, { label, offline }: { label?: string | null; offline?: boolean }): Promise<Json> {
  const expression = label == null || label === '' ? null : parseLabelExpression(label);
  const rows = await cx.services.store.db.selectFrom('nodes').select(['name', 'labels', 'session', 'offline']).orderBy('name').execute();
  const names = rows
    .filter((row) => offline === true || (row.session !== null && row.offline === null))
    .filter((row) => expression === null || expression.matches(new Set([...parse<string[]>(row.labels), row.name])))
    .map((row) => row.name);
  return { names };
}

/** `folder/job#12` */
async function waitForBuild(cx: AskContext, runId: string): Promise<void> {
  const { store } = cx.services;
  const m = /^(.+)#(\d+)$/.exec(runId);
  const find = () =>
    store.db
      .selectFrom('builds')
      .select(['id', 'state', 'result'])
      .where('job', '=', m?.[1] ?? '')
      .where('number', '=', Number(m?.[2] ?? -1))
      .executeTakeFirst();
  const found = m === null ? undefined : await find();
  if (found === undefined) {
    cx.answer(null);
    return;
  }
  await store.write((tx) =>
    tx
      .insertInto('downstream')
      .values({ build_id: cx.build.id, ask_id: cx.ask.id, downstream_id: found.id, wait: 1 })
      .onConflict((c) => c.columns(['build_id', 'ask_id']).doNothing())
      .execute(),
  );
  cx.watch(async () => {
    const row = await find();
    if (row === undefined) throw new AskFailure({ code: 'MR_BUILD_UNKNOWN', message: `${runId} was deleted` });
    if (row.state !== 'ended') return false;
    cx.answer({ result: row.result });
    return true;
  });
}
