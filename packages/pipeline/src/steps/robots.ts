/**
 * Robots of Chinese chats, as their plug-ins' steps name things: dingtalk of dingding-notifications, lark of lark-notice, and
 * qyWechatNotification of qy-wechat-notification. `robot` is a channel's name in the configuration. What a step's type says becomes the
 * body that the service documents, so that pictures, buttons and cards come as they were meant.
 */
import type { Computation } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { Json } from '../host.ts';
import { isBlank } from './file-or-text.ts';
import { levelOf, lines, objects, PLAIN, words } from './notify.ts';
import type { Args, StepContext } from './step.ts';
import { defineStep } from './step.ts';

type JsonObject = { readonly [name: string]: Json };

export const dingtalkStep = defineStep({
  name: 'dingtalk',
  summary: 'Send a DingTalk message',
  params: [
    { name: 'robot', type: 'string', help: 'A channel of kind `dingtalk`. Default: the first.' },
    { name: 'type', type: 'string', default: 'MARKDOWN', values: ['TEXT', 'LINK', 'MARKDOWN', 'ACTION_CARD'] },
    { name: 'title', type: 'string', default: '' },
    { name: 'text', type: 'any', help: 'A text, or its lines.' },
    { name: 'at', type: 'any', help: 'Telephone numbers.' },
    { name: 'atUserIds', type: 'any' },
    { name: 'atAll', type: 'boolean', default: false },
    { name: 'messageUrl', type: 'string', default: '' },
    { name: 'picUrl', type: 'string', default: '' },
    { name: 'singleTitle', type: 'string', default: '' },
    { name: 'singleUrl', type: 'string', default: '' },
    { name: 'btns', type: 'any', help: 'Maps of `title` and `actionUrl`.' },
    { name: 'btnLayout', type: 'string', default: 'V', help: '`V` or `H`.' },
    { name: 'hideAvatar', type: 'boolean', default: false },
  ],
  describe: (args) => args.title,
  *run(cx, args) {
    const text = cx.expand(lines(cx, args.text)),
      title = cx.expand(args.title);
    const at = { mobiles: words(cx, args.at), users: words(cx, args.atUserIds), all: args.atAll };
    const mention = { atMobiles: at.mobiles, atUserIds: at.users, isAtAll: at.all };
    const mentioned = [...at.mobiles, ...at.users].map((one) => `@${one}`).join(' ');
    const marked = mentioned === '' ? text : `${text}\n\n${mentioned}`;
    const bodies: Readonly<Record<string, () => JsonObject>> = {
      TEXT: () => ({ msgtype: 'text', text: { content: text }, at: mention }),
      LINK: () => ({ msgtype: 'link', link: { title, text, messageUrl: args.messageUrl, picUrl: args.picUrl } }),
      MARKDOWN: () => ({ msgtype: 'markdown', markdown: { title: title || text.slice(0, 40), text: marked }, at: mention }),
      ACTION_CARD: () => {
        const btns = (objects(cx, args.btns) ?? []) as readonly JsonObject[];
        const buttons: JsonObject =
          btns.length === 0
            ? { singleTitle: args.singleTitle, singleURL: args.singleUrl }
            : {
                btnOrientation: args.btnLayout === 'H' ? '1' : '0',
                btns: btns.map((one) => ({ title: one['title'] ?? '', actionURL: one['actionUrl'] ?? one['actionURL'] ?? '' })),
              };
        return { msgtype: 'actionCard', actionCard: { title, text: marked, hideAvatar: args.hideAvatar ? '1' : '0', ...buttons } };
      },
    };
    if (text.trim() === '') throw abortError('dingtalk needs a text');
    yield* send(cx, 'dingtalk', args.robot, title, text, (bodies[args.type] as () => JsonObject)());
    return null;
  },
});

const larkParams = [
  { name: 'robot', type: 'string', help: 'A channel of kind `feishu`. Default: the first.' },
  { name: 'type', type: 'string', default: 'TEXT', values: ['TEXT', 'POST', 'IMAGE', 'SHARE_CHAT', 'CARD', 'INTERACTIVE', 'MARKDOWN'] },
  { name: 'title', type: 'string', default: '' },
  { name: 'text', type: 'any', help: 'A text, or its lines; Markdown in a card.' },
  { name: 'at', type: 'any', help: 'Ids of users.' },
  { name: 'atAll', type: 'boolean', default: false },
  { name: 'buttons', type: 'any', help: 'Of a card: maps of `title`, `url` and `type`.' },
  { name: 'post', type: 'any', help: "Of type POST: the paragraphs as the service's `content`." },
  { name: 'card', type: 'any', help: 'The whole card as the service takes it: a map, or JSON.' },
  { name: 'imageKey', type: 'string', default: '' },
  { name: 'shareChatId', type: 'string', default: '' },
] as const;

export const larkStep = defineStep({
  name: 'lark',
  summary: 'Send a Lark or Feishu message',
  params: larkParams,
  describe: (args) => args.title,
  *run(cx, args) {
    yield* larkSend(cx, args);
    return null;
  },
});
export const feishuStep = defineStep({
  name: 'feishu',
  summary: 'Send a Feishu message',
  params: larkParams,
  describe: (args) => args.title,
  *run(cx, args) {
    yield* larkSend(cx, args);
    return null;
  },
});

const COLOURS = { good: 'green', warning: 'orange', danger: 'red', info: 'blue' } as const;

function* larkSend(cx: StepContext, args: Args<typeof larkParams>): Computation<void> {
  const text = cx.expand(lines(cx, args.text)),
    title = cx.expand(args.title);
  const users = [...(args.atAll ? ['all'] : []), ...words(cx, args.at)];
  const card = objects(cx, args.card)?.[0] ?? null;
  const mention = (form: (user: string) => string): string => users.map(form).join(' ');
  const body = (): JsonObject => {
    switch (args.type) {
      case 'IMAGE':
        return { msg_type: 'image', content: { image_key: args.imageKey } };
      case 'SHARE_CHAT':
        return { msg_type: 'share_chat', content: { share_chat_id: args.shareChatId } };
      case 'POST': {
        const given = objects(cx, args.post);
        const paragraphs: Json = given ?? [[{ tag: 'text', text }, ...users.map((user) => ({ tag: 'at', user_id: user }))]];
        return { msg_type: 'post', content: { post: { zh_cn: { title, content: paragraphs } } } };
      }
      case 'TEXT':
        return { msg_type: 'text', content: { text: [text, mention((user) => `<at user_id="${user}"></at>`)].filter((part) => part !== '').join('\n') } };
      default:
        return { msg_type: 'interactive', card: card ?? cardOf() };
    }
  };
  const cardOf = (): JsonObject => {
    const buttons = (objects(cx, args.buttons) ?? []) as readonly JsonObject[];
    const actions = buttons.map((one) => ({
      tag: 'button',
      text: { tag: 'plain_text', content: one['title'] ?? '' },
      url: one['url'] ?? '',
      type: one['type'] ?? 'default',
    }));
    const content = [text, mention((user) => `<at id=${user}></at>`)].filter((part) => part !== '').join('\n');
    return {
      config: { wide_screen_mode: true },
      header: { title: { tag: 'plain_text', content: title }, template: COLOURS[levelOf(cx)] },
      elements: [{ tag: 'markdown', content }, ...(actions.length === 0 ? [] : [{ tag: 'action', actions }])],
    };
  };
  if (text.trim() === '' && card === null && args.post === null && !/^(IMAGE|SHARE_CHAT)$/.test(args.type)) throw abortError('lark needs a text');
  yield* send(cx, 'feishu', args.robot, title, text, body());
}

export const wecomStep = defineStep({
  name: 'wecom',
  summary: 'Send a WeCom message',
  params: [
    { name: 'robot', type: 'string', help: 'A channel of kind `wecom`. Default: the first.' },
    { name: 'type', type: 'string', default: 'MARKDOWN', values: ['TEXT', 'MARKDOWN'] },
    { name: 'text', type: 'any', help: 'A text, or its lines.' },
    { name: 'at', type: 'any', help: 'Ids of users; `@all` is everybody.' },
    { name: 'mobiles', type: 'any', help: 'Telephone numbers; of type TEXT.' },
  ],
  *run(cx, args) {
    const text = cx.expand(lines(cx, args.text));
    if (text.trim() === '') throw abortError('wecom needs a text');
    const users = words(cx, args.at);
    const marked = [text, users.map((one) => `<${one.startsWith('@') ? '' : '@'}${one}>`).join(' ')].filter((part) => part !== '').join('\n');
    const body: JsonObject =
      args.type === 'TEXT'
        ? { msgtype: 'text', text: { content: text, mentioned_list: users, mentioned_mobile_list: words(cx, args.mobiles) } }
        : { msgtype: 'markdown', markdown: { content: marked } };
    yield* send(cx, 'wecom', args.robot, '', text, body);
    return null;
  },
});

export const qyWechatNotificationStep = defineStep({
  name: 'qyWechatNotification',
  summary: 'WeCom notification',
  params: [
    { name: 'webhookUrl', type: 'string', help: 'Default: the first channel of kind `wecom`; the address holds the key, which is better kept there.' },
    { name: 'mentionedId', type: 'string' },
    { name: 'mentionedMobile', type: 'string' },
    { name: 'moreInfo', type: 'string', default: '' },
    { name: 'topicName', type: 'string', default: '' },
    { name: 'failNotify', type: 'boolean', default: false, help: 'Mentions people only where the build failed.' },
    { name: 'failSend', type: 'boolean', default: false, help: 'With the others: of which results it tells; none: of all.' },
    { name: 'successSend', type: 'boolean', default: false },
    { name: 'aboutSend', type: 'boolean', default: false },
    { name: 'unstableSend', type: 'boolean', default: false },
    { name: 'startBuild', type: 'boolean', default: false },
  ],
  *run(cx, args) {
    const result = cx.result() ?? 'SUCCESS';
    const chosen = { FAILURE: args.failSend, SUCCESS: args.successSend, ABORTED: args.aboutSend, UNSTABLE: args.unstableSend, NOT_BUILT: false };
    if (Object.values(chosen).includes(true) && !chosen[result]) return null;
    const names = {
      SUCCESS: ['成功', 'info'],
      FAILURE: ['失败', 'warning'],
      UNSTABLE: ['不稳定', 'warning'],
      ABORTED: ['中断', 'comment'],
      NOT_BUILT: ['未构建', 'comment'],
    } as const;
    const [word, colour] = names[result];
    const { job, number } = cx.build;
    const url = cx.environment()['BUILD_URL'] ?? '';
    const head = isBlank(args.topicName) ? '' : `${args.topicName}\n`;
    const more = isBlank(args.moreInfo) ? '' : `\n >${cx.expand(args.moreInfo)}`;
    const content = `${head}<font color="info">【${job}】</font>构建<font color="${colour}">${word}~</font> #${number}${more}${url === '' ? '' : `\n >[查看控制台](${url}console)`}`;
    const settings: JsonObject | null = isBlank(args.webhookUrl) ? null : { webhook: args.webhookUrl as string };
    yield* send(cx, 'wecom', null, '', content, { msgtype: 'markdown', markdown: { content } }, settings);
    const ids = words(cx, args.mentionedId),
      mobiles = words(cx, args.mentionedMobile);
    if (ids.length + mobiles.length === 0 || (args.failNotify && result !== 'FAILURE')) return null;
    // As the plug-in: a Markdown message mentions no telephone numbers.
    const text = `构建${word}：${job} #${number}`;
    yield* send(cx, 'wecom', null, '', text, { msgtype: 'text', text: { content: text, mentioned_list: ids, mentioned_mobile_list: mobiles } }, settings);
    return null;
  },
});

function* send(
  cx: StepContext,
  kind: string,
  robot: string | null,
  title: string,
  text: string,
  native: Json,
  settings: JsonObject | null = null,
): Computation<void> {
  const answer = yield* cx.ask('notify', {
    channel: isBlank(robot) ? null : robot,
    kind,
    settings,
    message: { ...PLAIN, title, text, format: 'markdown', level: levelOf(cx), native },
  });
  cx.log(`The message to ${answer.channel} is on its way`);
}
