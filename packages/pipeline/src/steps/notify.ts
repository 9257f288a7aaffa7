/** `notify`: a message to a channel of the server's configuration, whatever service that is. */
import type { Value } from '@millrace/groovy';
import type { Json, NotifyMessage } from '../host.ts';
import { isBlank } from './file-or-text.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

export const PLAIN: Omit<NotifyMessage, 'text'> = {
  title: '',
  format: 'text',
  level: 'info',
  url: null,
  to: null,
  at: { mobiles: [], users: [], all: false },
  native: null,
};

export const notifyStep = defineStep({
  name: 'notify',
  summary: 'Send a message to a channel',
  params: [
    { name: 'channel', type: 'string', required: true, help: 'Its name in the configuration.' },
    { name: 'message', type: 'string', required: true },
    { name: 'title', type: 'string', default: '' },
    { name: 'to', type: 'string', help: 'Of e-mail: addresses, comma separated. Of Slack: the channel.' },
    { name: 'format', type: 'string', default: 'text', values: ['text', 'markdown', 'html'] },
    {
      name: 'level',
      type: 'string',
      help: '`good`, `warning`, `danger` or `info`. Default: by the result so far.',
      values: ['good', 'warning', 'danger', 'info'],
    },
  ],
  describe: (args) => args.channel,
  *run(cx, args) {
    const { channel } = yield* cx.ask('notify', {
      channel: args.channel,
      kind: null,
      settings: null,
      message: {
        ...PLAIN,
        title: args.title,
        text: args.message,
        to: isBlank(args.to) ? null : args.to,
        format: args.format as NotifyMessage['format'],
        level: (args.level as NotifyMessage['level'] | null) ?? levelOf(cx),
      },
    });
    cx.log(`The message to ${channel} is on its way`);
    return null;
  },
});

export function levelOf(cx: StepContext): NotifyMessage['level'] {
  const result = cx.result() ?? 'SUCCESS';
  return result === 'SUCCESS' ? 'good' : result === 'UNSTABLE' ? 'warning' : 'danger';
}

/** A text, or the lines of one. */
export function lines(cx: StepContext, value: Value): string {
  const json = toJson(cx.rt, value);
  return json === null ? '' : Array.isArray(json) ? json.map(String).join('\n') : String(json);
}

/** Objects as a script gives them: a list of maps, one map, or JSON as text. Null: it is none. */
export function objects(cx: StepContext, value: Value): readonly Json[] | null {
  const json = toJson(cx.rt, value);
  if (typeof json === 'string') {
    try {
      const read = JSON.parse(json) as Json;
      return Array.isArray(read) ? read : read !== null && typeof read === 'object' ? [read] : null;
    } catch {
      return null;
    }
  }
  return json === null ? null : Array.isArray(json) ? json : typeof json === 'object' ? [json] : null;
}

/** Comma separated, or a list. */
export function words(cx: StepContext, value: Value): string[] {
  const json = toJson(cx.rt, value);
  const all = json === null ? [] : Array.isArray(json) ? json.map(String) : String(json).split(/[,;\s]+/);
  return all.map((one) => one.trim()).filter((one) => one !== '');
}
