/** The kinds of channels: an explicit table from the configuration's `kind` to what makes one. Each checks its own settings. */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Via } from '../message.ts';
import type { Channel } from './channel.ts';
import { NotificationError } from './channel.ts';
import { DingTalk, dingtalkSettings } from './dingtalk.ts';
import { Email, emailSettings } from './email.ts';
import { Feishu, feishuSettings } from './feishu.ts';
import { Slack, slackSettings } from './slack.ts';
import { Webhook, webhookSettings } from './webhook.ts';
import { WeCom, wecomSettings } from './wecom.ts';

export interface ChannelSettings {
  readonly kind: string;
  readonly name: string;
  readonly [setting: string]: unknown;
}

type Factory = (settings: ChannelSettings, file: (path: string) => string) => Channel;

const CHANNELS: ReadonlyMap<string, Factory> = new Map<string, Factory>([
  ['email', (settings, file) => new Email(checked(emailSettings, settings), file)],
  ['slack', (settings) => new Slack(checked(slackSettings, settings))],
  ['dingtalk', (settings) => new DingTalk(checked(dingtalkSettings, settings))],
  ['feishu', (settings) => new Feishu(checked(feishuSettings, settings))],
  ['wecom', (settings) => new WeCom(checked(wecomSettings, settings))],
  ['webhook', (settings) => new Webhook(checked(webhookSettings, settings))],
]);

/** In the order of the configuration: the first of a kind is the one that steps take which name none. */
export class Channels {
  readonly all: readonly Channel[];
  constructor(all: readonly Channel[]) {
    this.all = all;
  }
  named(name: string): Channel | null {
    return this.all.find((c) => c.name === name) ?? null;
  }
  firstOf(kind: string): Channel | null {
    return this.all.find((c) => c.kind === kind) ?? null;
  }
}

/** Throws MR_NOTIFICATION_CHANNEL where a kind is unknown, a name is given twice, or a setting is wrong. Paths are relative to the folder. */
export function openChannels(all: readonly ChannelSettings[], folder: string): Channels {
  const opened: Channel[] = [];
  for (const settings of all) {
    const factory = CHANNELS.get(settings.kind);
    if (factory === undefined) throw refused(settings, `there is no kind ‘${settings.kind}’, only ${[...CHANNELS.keys()].sort().join(', ')}`);
    if (opened.some((c) => c.name === settings.name)) throw refused(settings, 'the name is given twice');
    opened.push(factory(settings, (path) => resolve(folder, path)));
  }
  return new Channels(opened);
}

/** Of a step that brings its own access. */
export function channelVia({ kind, settings }: Via): Channel {
  const factory = CHANNELS.get(kind);
  if (factory === undefined || kind === 'email') throw new NotificationError('MR_NOTIFICATION_CHANNEL', `A step cannot bring its own access to ${kind}`);
  return factory({ ...settings, kind, name: kind }, () => '/');
}

function checked<T extends z.ZodType>(schema: T, settings: ChannelSettings): z.output<T> {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refused(settings, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? z.prettifyError(parsed.error)}`);
}

function refused({ name }: ChannelSettings, message: string): NotificationError {
  return new NotificationError('MR_NOTIFICATION_CHANNEL', `notifications: ${name}: ${message}`);
}
