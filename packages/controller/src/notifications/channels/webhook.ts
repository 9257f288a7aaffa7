/**
 * Any address that takes JSON; docs/guide/notifications.md tells its shape. With a secret it is signed as GitHub signs its webhooks:
 * `X-Millrace-Signature-256: sha256=` and the HMAC of the body. `X-Millrace-Delivery` is the same over all tries.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Message } from '../message.ts';
import type { Channel, SendContext, Sent } from './channel.ts';
import { NotificationError, secretOf } from './channel.ts';
import { postJson } from './post-json.ts';
import { channelSettings, credentialsId, httpUrl } from './settings.ts';

export const webhookSettings = z.strictObject({
  ...channelSettings,
  kind: z.literal('webhook'),
  url: httpUrl.optional(),
  /** Secret text: the address, where that is secret itself. */
  urlCredentialsId: credentialsId.optional(),
  /** Secret text that the body is signed with. */
  secretCredentialsId: credentialsId.optional(),
  /** Secret text that is sent as `Authorization: Bearer …`. */
  tokenCredentialsId: credentialsId.optional(),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,100}$/, "a header's name"), z.string().max(4_000)).default({}),
});

export class Webhook implements Channel {
  readonly kind = 'webhook';
  readonly name: string;
  readonly language: 'en' | 'zh';
  readonly perMinute: number | null;
  private readonly settings: z.output<typeof webhookSettings>;

  constructor(settings: z.output<typeof webhookSettings>) {
    this.settings = settings;
    this.name = settings.name;
    this.language = settings.language;
    this.perMinute = settings.perMinute ?? null;
    if ((settings.url === undefined) === (settings.urlCredentialsId === undefined))
      throw new NotificationError('MR_NOTIFICATION_CHANNEL', `${settings.name}: a webhook needs either url or urlCredentialsId`);
  }

  async send(message: Message, cx: SendContext): Promise<Sent> {
    const { url, urlCredentialsId, secretCredentialsId, tokenCredentialsId, headers } = this.settings;
    const address = url ?? secretOf(await cx.credential(urlCredentialsId as string));
    const secret = secretCredentialsId === undefined ? null : secretOf(await cx.credential(secretCredentialsId));
    const token = tokenCredentialsId === undefined ? null : secretOf(await cx.credential(tokenCredentialsId));
    const body = JSON.stringify(message.native ?? bodyOf(message, cx));
    await postJson({
      url: address,
      body,
      headers: {
        ...headers,
        'x-millrace-delivery': cx.id,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(secret === null ? {} : { 'x-millrace-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
      },
      signal: cx.signal,
      secrets: [...(urlCredentialsId === undefined ? [] : [address]), ...(secret === null ? [] : [secret]), ...(token === null ? [] : [token])],
    });
    return {};
  }
}

function bodyOf({ title, text, level, url, to, event }: Message, { id, at }: SendContext): unknown {
  return { id, at: new Date(at).toISOString(), title, text, level, url, to, ...(event === null ? { event: 'message' } : event) };
}
