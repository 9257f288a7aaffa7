/**
 * A DingTalk group's custom robot (open.dingtalk.com: "Custom robot access", "Robot message types"). Its security setting is a
 * signature, a keyword, or the address range. 20 messages a minute; beyond, errcode 130101.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Message } from '../message.ts';
import type { Channel, SendContext, Sent } from './channel.ts';
import { SendLater, SendRefused, secretOf } from './channel.ts';
import { postJson, shown } from './post-json.ts';
import { channelSettings, credentialsId, httpUrl } from './settings.ts';
import { cutBytes, withTitle } from './text-limits.ts';

export const dingtalkSettings = z.strictObject({
  ...channelSettings,
  kind: z.literal('dingtalk'),
  /** Secret text: the robot's access token, or its whole webhook address. */
  tokenCredentialsId: credentialsId,
  /** Secret text: `SEC…`, where the robot wants signatures. */
  secretCredentialsId: credentialsId.optional(),
  url: httpUrl.default('https://oapi.dingtalk.com/robot/send'),
});

/** Sending too fast; the system is busy. */
const LATER = new Set([130101, 130102, -1, 88]);
const LARGEST = 18_000;

export class DingTalk implements Channel {
  readonly kind = 'dingtalk';
  readonly name: string;
  readonly language: 'en' | 'zh';
  readonly perMinute: number;
  private readonly settings: z.output<typeof dingtalkSettings>;

  constructor(settings: z.output<typeof dingtalkSettings>) {
    this.settings = settings;
    this.name = settings.name;
    this.language = settings.language;
    this.perMinute = settings.perMinute ?? 20;
  }

  async send(message: Message, cx: SendContext): Promise<Sent> {
    const { tokenCredentialsId, secretCredentialsId } = this.settings;
    const token = secretOf(await cx.credential(tokenCredentialsId));
    const secret = secretCredentialsId === undefined ? null : secretOf(await cx.credential(secretCredentialsId));
    const url = new URL(/^https?:\/\//.test(token) ? token : this.settings.url);
    if (!/^https?:\/\//.test(token)) url.searchParams.set('access_token', token);
    const secrets = [token, url.searchParams.get('access_token') ?? token];
    if (secret !== null) {
      const timestamp = cx.now();
      url.searchParams.set('timestamp', String(timestamp));
      url.searchParams.set('sign', dingtalkSign(secret, timestamp));
      secrets.push(secret);
    }
    const { json, text } = await postJson({ url: url.href, body: message.native ?? bodyOf(message), signal: cx.signal, secrets });
    const code = json?.['errcode'];
    if (code === 0 || code === '0') return {};
    const said = `DingTalk: ${json === null ? shown(text, secrets) : `${String(code)} ${shown(String(json['errmsg'] ?? ''), secrets)}`}`;
    throw LATER.has(Number(code)) ? new SendLater(said, 60_000) : new SendRefused(said);
  }
}

export function dingtalkSign(secret: string, timestamp: number): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

function bodyOf({ title, text, format, at, url }: Message): unknown {
  const mention = { atMobiles: at.mobiles, atUserIds: at.users, isAtAll: at.all };
  if (format === 'text')
    return { msgtype: 'text', text: { content: cutBytes([withTitle(title, text), url].filter(Boolean).join('\n'), LARGEST) }, at: mention };
  // Whoever is mentioned has to stand in the text of a Markdown message.
  const names = [...at.mobiles, ...at.users].map((one) => `@${one}`).join(' ');
  return {
    msgtype: 'markdown',
    markdown: { title: title || text.slice(0, 40), text: cutBytes(names === '' ? text : `${text}\n\n${names}`, LARGEST) },
    at: mention,
  };
}
