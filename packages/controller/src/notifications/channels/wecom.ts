/**
 * A WeCom group's robot (developer.work.weixin.qq.com: "Group robot configuration"). 20 messages a minute, 2,048 bytes of
 * text, 4,096 of Markdown; beyond the rate, errcode 45009.
 */
import { z } from 'zod';
import type { Message } from '../message.ts';
import type { Channel, SendContext, Sent } from './channel.ts';
import { SendLater, SendRefused, secretOf } from './channel.ts';
import { postJson, shown } from './post-json.ts';
import { channelSettings, credentialsId, httpUrl } from './settings.ts';
import { cutBytes, withTitle } from './text-limits.ts';

export const wecomSettings = z.strictObject({
  ...channelSettings,
  kind: z.literal('wecom'),
  /** Secret text: the robot's key, or its whole webhook address. */
  keyCredentialsId: credentialsId.optional(),
  /** Of a step that brings it. */
  webhook: httpUrl.optional(),
  url: httpUrl.default('https://qyapi.weixin.qq.com/cgi-bin/webhook/send'),
});

/** The system is busy; too often called. */
const LATER = new Set([-1, 45009, 45033, 45047]);

export class WeCom implements Channel {
  readonly kind = 'wecom';
  readonly name: string;
  readonly language: 'en' | 'zh';
  readonly perMinute: number;
  private readonly settings: z.output<typeof wecomSettings>;

  constructor(settings: z.output<typeof wecomSettings>) {
    this.settings = settings;
    this.name = settings.name;
    this.language = settings.language;
    this.perMinute = settings.perMinute ?? 20;
  }

  async send(message: Message, cx: SendContext): Promise<Sent> {
    const { keyCredentialsId, webhook } = this.settings;
    const key = webhook ?? (keyCredentialsId === undefined ? '' : secretOf(await cx.credential(keyCredentialsId)));
    const url = new URL(/^https?:\/\//.test(key) ? key : this.settings.url);
    if (!/^https?:\/\//.test(key)) url.searchParams.set('key', key);
    const secrets = [key, url.searchParams.get('key') ?? key];
    const { json, text } = await postJson({ url: url.href, body: message.native ?? bodyOf(message), signal: cx.signal, secrets });
    const code = json?.['errcode'];
    if (code === 0) return {};
    const said = `WeCom: ${json === null ? shown(text, secrets) : `${String(code)} ${shown(String(json['errmsg'] ?? ''), secrets)}`}`;
    throw LATER.has(Number(code)) ? new SendLater(said, 60_000) : new SendRefused(said);
  }
}

function bodyOf({ title, text, format, at, url }: Message): unknown {
  if (format === 'text') {
    const content = cutBytes([withTitle(title, text), url].filter(Boolean).join('\n'), 2_048);
    const everyone = at.all ? ['@all'] : [];
    return { msgtype: 'text', text: { content, mentioned_list: [...at.users, ...everyone], mentioned_mobile_list: at.mobiles } };
  }
  const names = [...at.users, ...(at.all ? ['all'] : [])].map((one) => `<@${one}>`).join(' ');
  return { msgtype: 'markdown', markdown: { content: cutBytes([withTitle(title, text), names].filter(Boolean).join('\n'), 4_096) } };
}
