/** Messages and channels, as the API shows them. */
import { randomUUID } from 'node:crypto';
import type { ShownNotification } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { bareAddress } from './channels/addresses.ts';
import { NotificationError } from './channels/channel.ts';
import { Email } from './channels/email.ts';
import type { Channels } from './channels/registry.ts';
import { testMessage, whereTo } from './compose.ts';
import type { Message } from './message.ts';
import { putNotification } from './outbox.ts';

/** The newest first. */
export async function listNotifications(
  { db }: Store,
  before: number | null,
  state: ShownNotification['state'] | null,
  limit: number,
): Promise<ShownNotification[]> {
  let query = db.selectFrom('notifications').selectAll();
  if (before !== null) query = query.where('id', '<', before);
  if (state !== null) query = query.where('state', '=', state);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(shown);
}

/** Whatever became of it. One that is being sent or waits stays as it is. */
export async function sendAgain(store: Store, audit: Audit, actor: Actor, id: number, now: number): Promise<ShownNotification> {
  await audit.change(actor, async (tx, wakes, note) => {
    const row = await tx.selectFrom('notifications').select('title').where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new ApiError('MR_NOTIFICATION_UNKNOWN', String(id));
    const { numUpdatedRows } = await tx
      .updateTable('notifications')
      .set({ state: 'waiting', not_before: now, asked_at: now, ended_at: null, error: null })
      .where('id', '=', id)
      .where('state', 'in', ['sent', 'failed', 'skipped'])
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0) return;
    wakes.add('notification');
    note('notification.again', `${id} ${row.title}`);
  });
  return shown(await store.db.selectFrom('notifications').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
}

export interface TestOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly channels: Channels;
  readonly rootUrl: string;
  readonly now: number;
}

export async function sendTest(
  { store, sealer, channels, rootUrl, now }: TestOptions,
  audit: Audit,
  actor: Actor,
  name: string,
  to: string | null,
): Promise<ShownNotification> {
  const channel = channels.named(name);
  if (channel === null) throw new ApiError('MR_CHANNEL_UNKNOWN', name);
  const named = to === null || to.trim() === '' ? [] : [to.trim()];
  const said = testMessage(channel.language, rootUrl);
  const message: Message =
    channel instanceof Email
      ? { ...said, mail: { to: named.length > 0 ? named : channel.to, cc: [], bcc: [], from: null, replyTo: null, mimeType: 'text/plain', attachments: [] } }
      : { ...said, ...whereTo(channel.kind, named) };
  try {
    channel.check?.(message);
  } catch (error) {
    if (error instanceof NotificationError) throw new ApiError('MR_NOTIFICATION_ADDRESS', error.message);
    throw error;
  }
  const key = `test ${randomUUID()}`;
  await audit.change(actor, async (tx, wakes, note) => {
    await putNotification(tx, wakes, sealer, now, {
      key,
      channel: channel.name,
      kind: channel.kind,
      target: (message.mail?.to ?? named).map(bareAddress).join(', '),
      title: message.title,
      build: null,
      content: { message },
    });
    note('notification.test', name);
  });
  return shown(await store.db.selectFrom('notifications').selectAll().where('key', '=', key).executeTakeFirstOrThrow());
}

function shown(row: Row<'notifications'>): ShownNotification {
  return {
    id: row.id,
    channel: row.channel,
    kind: row.kind,
    target: row.target,
    title: row.title,
    job: row.job,
    number: row.number,
    state: row.state,
    tries: row.tries,
    createdAt: row.created_at,
    nextAt: row.state === 'waiting' ? row.not_before : null,
    endedAt: row.ended_at,
    error: row.error,
  };
}
