/** `notify`: a row of the outbox, and the step goes on. What could never be sent fails it at once. */
import { bareAddress } from '../../notifications/channels/addresses.ts';
import type { Channel } from '../../notifications/channels/channel.ts';
import { NotificationError } from '../../notifications/channels/channel.ts';
import { Email } from '../../notifications/channels/email.ts';
import type { Channels } from '../../notifications/channels/registry.ts';
import { channelVia } from '../../notifications/channels/registry.ts';
import { NO_FACTS, whereTo } from '../../notifications/compose.ts';
import { buildUrl } from '../../notifications/event-of-build.ts';
import type { Message, Via } from '../../notifications/message.ts';
import { putNotification } from '../../notifications/outbox.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure, useOf } from '../ask-context.ts';

const LARGEST = 200_000;

export function notify(channels: Channels) {
  return async (cx: AskContext<'notify'>): Promise<void> => {
    const { store, sealer, now, rootUrl } = cx.services;
    const { kind, settings, message: said } = cx.request;
    const via: Via | null = settings === null || kind === null ? null : { kind, settings };
    const channel = via === null ? chosen(channels, cx.request) : channelVia(via);
    if (via !== null) await known(cx, via);
    if (said.text.length + JSON.stringify(said.native).length > LARGEST)
      throw new NotificationError('MR_NOTIFICATION_CONTENT', `A message has at most ${LARGEST} characters`);
    const event = { ...NO_FACTS, job: cx.build.job, number: cx.build.number, url: buildUrl(rootUrl(), cx.build.job, cx.build.number) };
    const message = channel instanceof Email ? mailFrom(channel, said) : { ...said, mail: null };
    const whole: Message = { ...message, event };
    channel.check?.(whole);
    await store.write((tx, wakes) =>
      putNotification(tx, wakes, sealer, now(), {
        key: `ask ${cx.key}`,
        channel: channel.name,
        kind: channel.kind,
        target: whole.mail === null ? (whole.to ?? '') : whole.mail.to.map(bareAddress).join(', '),
        title: whole.title || (whole.text.split('\n', 1)[0] as string),
        build: { job: cx.build.job, id: cx.build.id, number: cx.build.number },
        content: { message: whole, ...(via === null ? {} : { via }) },
      }),
    );
    cx.answer({ channel: channel.name });
  };
}

function chosen(channels: Channels, { channel: name, kind }: AskContext<'notify'>['request']): Channel {
  const found = name === null ? channels.firstOf(kind ?? '') : channels.named(name);
  if (found === null)
    throw new NotificationError(
      'MR_NOTIFICATION_CHANNEL',
      name === null
        ? `The configuration has no channel of kind ${kind ?? ''} under notifications`
        : `There is no channel '${name}' under notifications in the configuration`,
    );
  if (kind !== null && found.kind !== kind)
    throw new NotificationError('MR_NOTIFICATION_CHANNEL', `The channel '${found.name}' is of kind ${found.kind}, not ${kind}`);
  return found;
}

/** The credentials that a step names are there, and its job may use them. */
async function known(cx: AskContext, { settings }: Via): Promise<void> {
  for (const [name, id] of Object.entries(settings)) {
    if (!name.endsWith('CredentialsId') || typeof id !== 'string') continue;
    if ((await cx.services.credential(id, useOf(cx, 'notification'))) === null)
      throw new AskFailure({ code: 'MR_CREDENTIALS_UNKNOWN', message: `Could not find credentials entry with ID '${id}'` });
  }
}

function mailFrom(channel: Email, said: AskContext<'notify'>['request']['message']): Omit<Message, 'event'> {
  const named = (said.to ?? '')
    .split(/[,;]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const to = named.length > 0 ? named : channel.to;
  const mail = { to, cc: [], bcc: [], from: null, replyTo: null, mimeType: said.format === 'html' ? 'text/html' : 'text/plain', attachments: [] };
  return { ...said, ...whereTo('email', []), title: said.title || (said.text.split('\n', 1)[0] as string).slice(0, 200), mail };
}
