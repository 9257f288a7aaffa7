/**
 * Slack, by an incoming webhook (api.slack.com/messaging/webhooks) or a bot's token (chat.postMessage). A webhook answers `ok` or an
 * error of 4xx; the method answers 200 with `ok: false`. About one message a second; beyond, 429 with Retry-After.
 */
import { z } from 'zod';
import type { Message } from '../message.ts';
import type { Channel, SendContext, Sent } from './channel.ts';
import { NotificationError, SendLater, SendRefused, secretOf } from './channel.ts';
import { postJson, shown } from './post-json.ts';
import { channelSettings, credentialsId, httpUrl } from './settings.ts';
import { cutBytes } from './text-limits.ts';

export const slackSettings = z.strictObject({
  ...channelSettings,
  kind: z.literal('slack'),
  /** Secret text: the whole address of an incoming webhook. */
  webhookCredentialsId: credentialsId.optional(),
  /** Secret text: a bot's token (`xoxb-…`), or an integration's with `teamDomain` or `baseUrl`. */
  tokenCredentialsId: credentialsId.optional(),
  /** `#builds`, or a channel's or user's id: where a message names none. Needed with a bot's token. */
  channel: z.string().min(1).max(200).optional(),
  /** As the Slack plug-in's: https://TEAM.slack.com/services/hooks/jenkins-ci. */
  teamDomain: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional(),
  baseUrl: httpUrl.optional(),
  botUser: z.boolean().default(false),
  url: httpUrl.default('https://slack.com/api/'),
});

const LATER = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'internal_error', 'fatal_error', 'request_timeout', 'rollup_error']);
const COLOURS = { good: 'good', warning: 'warning', danger: 'danger', info: '#439FE0' } as const;
const LARGEST = 39_000;

export class Slack implements Channel {
  readonly kind = 'slack';
  readonly name: string;
  readonly language: 'en' | 'zh';
  readonly perMinute: number;
  private readonly settings: z.output<typeof slackSettings>;

  constructor(settings: z.output<typeof slackSettings>) {
    this.settings = settings;
    this.name = settings.name;
    this.language = settings.language;
    this.perMinute = settings.perMinute ?? 60;
    if (settings.webhookCredentialsId === undefined && settings.tokenCredentialsId === undefined)
      throw new NotificationError('MR_NOTIFICATION_CHANNEL', `${settings.name}: Slack needs webhookCredentialsId or tokenCredentialsId`);
  }

  async send(message: Message, cx: SendContext): Promise<Sent> {
    const { webhookCredentialsId, tokenCredentialsId, teamDomain, baseUrl, botUser } = this.settings;
    if (webhookCredentialsId !== undefined) return this.hook(secretOf(await cx.credential(webhookCredentialsId)), [], message, cx);
    const token = secretOf(await cx.credential(tokenCredentialsId as string));
    if (botUser || /^xox[a-z]-/.test(token) || (teamDomain === undefined && baseUrl === undefined)) return this.method(token, message, cx);
    const url =
      baseUrl === undefined
        ? `https://${teamDomain}.slack.com/services/hooks/jenkins-ci?token=${encodeURIComponent(token)}`
        : `${baseUrl.replace(/\/?$/, '/')}${token}`;
    return this.hook(url, [token], message, cx);
  }

  private async hook(url: string, secrets: readonly string[], message: Message, { signal }: SendContext): Promise<Sent> {
    const path = url.replace(/^https?:\/\/[^/]+\//, '');
    await postJson({ url, body: { ...this.bodyOf(message), ...(message.to === null ? {} : { channel: message.to }) }, signal, secrets: [...secrets, path] });
    return {};
  }

  private async method(token: string, message: Message, { signal }: SendContext): Promise<Sent> {
    const channel = message.to ?? this.settings.channel;
    if (channel === undefined) throw new SendRefused('Slack: the message names no channel, and neither does the configuration');
    // The plug-in's `channel:threadTs`.
    const thread = /^([^:]+):([\d.]+)$/.exec(channel);
    const { json, text } = await postJson({
      url: `${this.settings.url.replace(/\/?$/, '/')}chat.postMessage`,
      headers: { authorization: `Bearer ${token}` },
      body: { ...this.bodyOf(message), channel: thread?.[1] ?? channel, ...(thread === null ? {} : { thread_ts: thread[2] }) },
      signal,
      secrets: [token],
    });
    if (json?.['ok'] === true) return {};
    const error = String(json?.['error'] ?? '');
    const said = `Slack: ${json === null ? shown(text, [token]) : shown(error, [token])}`;
    throw LATER.has(error) ? new SendLater(said, 30_000) : new SendRefused(said);
  }

  private bodyOf({ title, text, format, level, url, native }: Message): object {
    if (native !== null) return native as object;
    const said = cutBytes(format === 'markdown' ? mrkdwn(text) : text, LARGEST);
    const head = { ...(title === '' ? {} : { title }), ...(url === null ? {} : { title_link: url }) };
    return { attachments: [{ fallback: title || said, color: COLOURS[level], ...head, text: said, mrkdwn_in: ['text'] }] };
  }
}

/** Slack's own marks in place of Markdown's: bold, links, headings. */
function mrkdwn(text: string): string {
  return text
    .replace(/^#+ (.*)$/gm, '*$1*')
    .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replace(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '<$2|$1>');
}
