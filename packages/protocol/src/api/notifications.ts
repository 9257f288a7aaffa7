/** Messages to people, and the channels that they take. No address that holds a key, and nothing of what is said but its title. */
import { z } from 'zod';
import { id, numberText, pageOf, pageQuery, text, time } from './common.ts';

export const notificationState = z.enum(['waiting', 'sending', 'sent', 'failed', 'skipped']);

export const notification = z
  .strictObject({
    id,
    channel: z.string(),
    kind: z.string(),
    target: z.string().meta({ description: 'To whom: addresses of e-mail, a Slack channel; empty: as the channel is configured.' }),
    title: z.string(),
    job: z.string().nullable(),
    number: z.int().nullable(),
    state: notificationState.meta({ description: 'failed: it is not tried again by itself. skipped: there was nobody to send it to.' }),
    tries: z.int(),
    createdAt: time,
    nextAt: time.nullable().meta({ description: 'Of one that waits: when it is tried.' }),
    endedAt: time.nullable(),
    error: z.string().nullable().meta({ description: 'Of the last try; of one that was sent, what was not taken of it.' }),
  })
  .meta({ id: 'Notification' });
export type ShownNotification = z.infer<typeof notification>;

export const notificationPage = pageOf(notification);
export const notificationQuery = z.strictObject({ ...pageQuery, state: notificationState.optional() });
export const notificationParams = z.strictObject({ id: numberText(1) });

export const channels = z
  .strictObject({ channels: z.array(z.strictObject({ name: z.string(), kind: z.string(), language: z.enum(['en', 'zh']) })) })
  .meta({ id: 'NotificationChannels' });
export const channelParams = z.strictObject({ name: z.string().min(1).max(100) });
export const testRequest = z
  .strictObject({ to: text(500).nullable().default(null).meta({ description: 'Of e-mail: an address. Of Slack: a channel.' }) })
  .meta({ id: 'NotificationTest' });
