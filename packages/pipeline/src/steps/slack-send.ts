/** Follows SlackSendStep of the slack plug-in. The answer of Slack (threadId, ts) is not there: the message is sent after the step. */
import { JavaThrowable } from '@millrace/groovy';
import { abortError, interruptionOf } from '../engine/throwables.ts';
import type { Json } from '../host.ts';
import { isBlank } from './file-or-text.ts';
import { objects, PLAIN } from './notify.ts';
import { defineStep } from './step.ts';

const LEVELS: Readonly<Record<string, 'good' | 'warning' | 'danger'>> = { good: 'good', warning: 'warning', danger: 'danger' };

export const slackSendStep = defineStep({
  name: 'slackSend',
  summary: 'Send Slack Message',
  params: [
    { name: 'message', type: 'string', default: '', positional: true },
    { name: 'color', type: 'string', help: '`good`, `warning`, `danger`, or `#rrggbb`.' },
    { name: 'channel', type: 'string', help: 'Several are separated by commas. Default: that of the configuration.' },
    { name: 'attachments', type: 'any', help: 'As Slack takes them: maps, or JSON.' },
    { name: 'blocks', type: 'any', help: 'As Slack takes them: maps, or JSON.' },
    { name: 'tokenCredentialId', type: 'string', help: 'Secret text of credentials, in place of the channel of the configuration.' },
    { name: 'token', type: 'string', help: 'Refused: a token in a script is no secret.' },
    { name: 'teamDomain', type: 'string' },
    { name: 'baseUrl', type: 'string' },
    { name: 'botUser', type: 'boolean', default: false },
    { name: 'username', type: 'string' },
    { name: 'iconEmoji', type: 'string' },
    { name: 'replyBroadcast', type: 'boolean', default: false },
    { name: 'sendAsText', type: 'boolean', default: false },
    { name: 'notifyCommitters', type: 'boolean', default: false },
    { name: 'timestamp', type: 'string' },
    { name: 'failOnError', type: 'boolean', default: false, help: 'Else an error is told in the log, and the step goes on.' },
  ],
  describe: (args) => args.message,
  *run(cx, args) {
    if (!isBlank(args.token)) throw abortError('slackSend takes no token: keep it as credentials and name them with tokenCredentialId');
    const blocks = objects(cx, args.blocks),
      attachments = objects(cx, args.attachments);
    if (isBlank(args.message) && blocks === null && attachments === null) throw abortError('slackSend needs a message, attachments or blocks');
    const color = isBlank(args.color) ? null : (args.color as string);
    const named = {
      ...(isBlank(args.username) ? {} : { username: args.username as string }),
      ...(isBlank(args.iconEmoji) ? {} : { icon_emoji: args.iconEmoji as string }),
      ...(args.replyBroadcast ? { reply_broadcast: true } : {}),
    };
    const body: { [name: string]: Json } =
      blocks !== null
        ? { ...named, text: args.message, blocks }
        : attachments !== null
          ? { ...named, text: args.message, attachments }
          : args.sendAsText
            ? { ...named, text: args.message }
            : { ...named, attachments: [{ fallback: args.message, text: args.message, mrkdwn_in: ['text'], ...(color === null ? {} : { color }) }] };
    const settings = isBlank(args.tokenCredentialId)
      ? null
      : {
          tokenCredentialsId: args.tokenCredentialId as string,
          botUser: args.botUser,
          ...(isBlank(args.teamDomain) ? {} : { teamDomain: args.teamDomain as string }),
          ...(isBlank(args.baseUrl) ? {} : { baseUrl: args.baseUrl as string }),
        };
    const channels = (args.channel ?? '')
      .split(/[,;\s]+/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    try {
      for (const to of channels.length === 0 ? [null] : channels)
        yield* cx.ask('notify', {
          channel: null,
          kind: 'slack',
          settings,
          message: { ...PLAIN, text: args.message, to, level: LEVELS[color ?? ''] ?? 'info', native: body },
        });
    } catch (error) {
      if (args.failOnError || !(error instanceof JavaThrowable) || interruptionOf(error) !== null) throw error;
      cx.logError(error, 'Slack notification failed');
      return null;
    }
    cx.log(`Slack Send Pipeline step: the message to ${channels.join(', ') || 'the configured channel'} is on its way`);
    return null;
  },
});
