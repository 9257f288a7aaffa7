/**
 * A custom bot of a Feishu or Lark group (open.feishu.cn: "Custom bot usage guide"). 100 messages a minute, 5 a second,
 * 20 KB each; beyond, code 11232 or 9499.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Message } from '../message.ts';
import type { Channel, SendContext, Sent } from './channel.ts';
import { SendLater, SendRefused, secretOf } from './channel.ts';
import { postJson, shown } from './post-json.ts';
import { channelSettings, credentialsId, httpUrl } from './settings.ts';
import { cutBytes, withTitle } from './text-limits.ts';

export const feishuSettings = z.strictObject({
  ...channelSettings,
  kind: z.literal('feishu'),
  /** Secret text: the last part of the bot's webhook address, or all of it. */
  tokenCredentialsId: credentialsId,
  /** Secret text, where the bot wants signatures. */
  secretCredentialsId: credentialsId.optional(),
  /** Of Lark: https://open.larksuite.com/open-apis/bot/v2/hook/ */
  url: httpUrl.default('https://open.feishu.cn/open-apis/bot/v2/hook/'),
});

const LATER = new Set([9499, 11232, 11233, 99991400, 2200]);
const LARGEST = 18_000;
const COLOURS = { good: 'green', warning: 'orange', danger: 'red', info: 'blue' } as const;

export class Feishu implements Channel {
  readonly kind = 'feishu';
  readonly name: string;
  readonly language: 'en' | 'zh';
  readonly perMinute: number;
  private readonly settings: z.output<typeof feishuSettings>;

  constructor(settings: z.output<typeof feishuSettings>) {
    this.settings = settings;
    this.name = settings.name;
    this.language = settings.language;
    this.perMinute = settings.perMinute ?? 100;
  }

  async send(message: Message, cx: SendContext): Promise<Sent> {
    const { tokenCredentialsId, secretCredentialsId } = this.settings;
    const token = secretOf(await cx.credential(tokenCredentialsId));
    const secret = secretCredentialsId === undefined ? null : secretOf(await cx.credential(secretCredentialsId));
    const url = /^https?:\/\//.test(token) ? token : `${this.settings.url.replace(/\/$/, '')}/${token}`;
    const timestamp = Math.floor(cx.now() / 1_000);
    const signed = secret === null ? {} : { timestamp: String(timestamp), sign: feishuSign(secret, timestamp) };
    const secrets = [token, url.slice(url.lastIndexOf('/') + 1), ...(secret === null ? [] : [secret])];
    const body = { ...signed, ...(message.native === null ? bodyOf(message) : (message.native as object)) };
    const { json, text } = await postJson({ url, body, signal: cx.signal, secrets });
    const code = json?.['code'] ?? json?.['StatusCode'];
    if (code === 0) return {};
    const said = `Feishu: ${json === null ? shown(text, secrets) : `${String(code)} ${shown(String(json['msg'] ?? json['StatusMessage'] ?? ''), secrets)}`}`;
    throw LATER.has(Number(code)) ? new SendLater(said, 60_000) : new SendRefused(said);
  }
}

/** The string to sign is the key; nothing is signed by it. */
export function feishuSign(secret: string, timestamp: number): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}

function bodyOf({ title, text, format, at, url, level }: Message): object {
  const everyone = at.all ? ['all'] : [];
  if (format === 'text') {
    const names = [...everyone, ...at.users].map((one) => `<at user_id="${one}"></at>`).join(' ');
    const said = [withTitle(title, text), url, names].filter(Boolean).join('\n');
    return { msg_type: 'text', content: { text: cutBytes(said, LARGEST) } };
  }
  const names = [...everyone, ...at.users].map((one) => `<at id=${one}></at>`).join(' ');
  return {
    msg_type: 'interactive',
    card: {
      config: { wide_screen_mode: true },
      header: { title: { tag: 'plain_text', content: title }, template: COLOURS[level] },
      elements: [{ tag: 'markdown', content: cutBytes(names === '' ? text : `${text}\n${names}`, LARGEST) }],
    },
  };
}
