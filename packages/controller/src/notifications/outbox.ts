/** The way into the outbox: a row in the transaction of what the message is about. Written again under the same key, nothing happens. */
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { Content } from './message.ts';

export interface NewNotification {
  readonly key: string;
  readonly channel: string;
  readonly kind: string;
  /** To whom, as it is shown: no address that holds a key. */
  readonly target: string;
  readonly title: string;
  readonly build: { readonly job: string; readonly id: number; readonly number: number | null } | null;
  readonly content: Content;
  /** Of its attachments: they are noted as being made, and belong to the row from here on. */
  readonly blobs?: readonly string[];
}

export async function putNotification(tx: Tx, wakes: Wakes, sealer: Sealer, now: number, given: NewNotification): Promise<void> {
  await tx
    .insertInto('notifications')
    .values({
      key: given.key,
      channel: given.channel,
      kind: given.kind,
      target: given.target.slice(0, 1_000),
      title: given.title.slice(0, 500),
      job: given.build?.job ?? null,
      build_id: given.build?.id ?? null,
      number: given.build?.number ?? null,
      content: sealer.seal(JSON.stringify(given.content)),
      blobs: JSON.stringify(given.blobs ?? []),
      state: 'waiting',
      tries: 0,
      claim: null,
      not_before: now,
      created_at: now,
      asked_at: now,
      tried_at: null,
      ended_at: null,
      error: null,
    })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  wakes.add('notification');
}
