/**
 * `containerLog`: what a container of the node's pod has written. The answer is in the journal, so that a replay prints what
 * was read then and not what the container has written since.
 */
import type { LogPart } from '../../clouds/cloud.ts';
import { askOfPod } from '../../clouds/enter-container.ts';
import { pause } from '../../pause.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure, askKey } from '../ask-context.ts';

export interface ContainerLogData {
  readonly lease: string;
  readonly container: string;
  readonly limitBytes: number;
  readonly sinceSeconds: number;
  readonly tailingLines: number;
}

/** All of it is in memory, in a row and in the journal. */
const MOST_BYTES = 4 * 1024 * 1024;
/** How long a cloud is asked that does not answer, or a container waited for that has not started. */
const PATIENCE_MS = 60_000;

export async function containerLog(cx: AskContext<'other'>, { lease, container, limitBytes, sinceSeconds, tailingLines }: ContainerLogData): Promise<void> {
  const { store, clouds, now } = cx.services;
  const node = await store.db
    .selectFrom('leases')
    .innerJoin('nodes', 'nodes.id', 'leases.node_id')
    .select(['nodes.name as name', 'nodes.cloud as cloud', 'nodes.cloud_ref as cloud_ref'])
    .where('leases.id', '=', askKey(cx.build.id, lease))
    .where('leases.state', '=', 'held')
    .executeTakeFirst();
  if (node === undefined) throw new AskFailure({ code: 'MR_NODE_LOST', message: 'the node of this step is no longer held' });
  const wanted = limitBytes > 0 ? Math.min(limitBytes, MOST_BYTES) : MOST_BYTES;
  const part: LogPart = { limitBytes: wanted, sinceSeconds: sinceSeconds > 0 ? sinceSeconds : null, tailLines: tailingLines > 0 ? tailingLines : null };
  const gone = new AbortController();
  cx.onGone(() => {
    gone.abort();
  });
  for (let wait = 250; !gone.signal.aborted; wait = Math.min(wait * 2, 5_000)) {
    const answer = await askOfPod(clouds, node, `containerLog('${container}')`, (cloud, ref) => cloud.containerLog?.(ref, container, part));
    if ('ok' in answer) {
      const cut = wanted !== limitBytes && Buffer.byteLength(answer.ok) >= MOST_BYTES;
      cx.answer({ pod: node.name, log: answer.ok, most: cut ? MOST_BYTES : null });
      return;
    }
    if (!answer.again || now() > cx.ask.at + PATIENCE_MS) {
      cx.answer({ code: answer.code, message: answer.message });
      return;
    }
    await pause(wait, gone.signal);
  }
}
