/** The message about a build's end, in the channel's language: plain for mail, Markdown for chats. */
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { mailAddress } from './channels/addresses.ts';
import type { Channel, Language } from './channels/channel.ts';
import { Email } from './channels/email.ts';
import { buildUrl, eventOfBuild } from './event-of-build.ts';
import type { BuildEvent, Content, Message } from './message.ts';
import { NOTHING } from './message.ts';
import { addressesOf, isProvider, unique } from './recipients.ts';
import { WORDS } from './words.ts';

export interface ComposeOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly rootUrl: () => string;
}

/** Of those that the settings name nobody has an address. */
export class NobodyToTell extends Error {}

type Ended = Extract<Content, { ended: unknown }>['ended'];
type WithMessage = Extract<Content, { message: unknown }>;

export async function composeEnded({ store, blobs, rootUrl }: ComposeOptions, channel: Channel, row: Row<'notifications'>, ended: Ended): Promise<WithMessage> {
  const build = await store.db.selectFrom('builds').selectAll().where('id', '=', ended.build).executeTakeFirst();
  const event =
    build === undefined ? gone(row, ended, rootUrl()) : await eventOfBuild({ db: store.db, blobs, rootUrl: rootUrl() }, build, ended.event, ended.previous);
  const message = messageOf(event, channel.language, channel.kind === 'email' ? 'text' : 'markdown');
  if (!(channel instanceof Email)) return { message: { ...message, ...whereTo(channel.kind, ended.to) } };
  const words = ended.to.filter(isProvider);
  const plain = ended.to.filter((one) => !isProvider(one)).map((one) => mailAddress(one, channel.defaultSuffix));
  const given = unique([...plain, ...(build === undefined ? [] : await addressesOf(store.db, build, words))]);
  const to = given.length > 0 || ended.to.length > 0 ? given : channel.to;
  if (to.length === 0)
    throw new NobodyToTell(ended.to.length === 0 ? 'Neither the job nor the channel names recipients' : `Nobody has an address: ${ended.to.join(', ')}`);
  return { message: { ...message, mail: { to, cc: [], bcc: [], from: null, replyTo: null, mimeType: 'text/plain', attachments: [] } } };
}

/** Of Slack the channel, elsewhere who is mentioned: numbers are telephones. */
export function whereTo(kind: string, to: readonly string[]): Pick<Message, 'to' | 'at'> {
  const named = to.filter((one) => !isProvider(one));
  if (kind === 'slack' || kind === 'webhook') return { to: named[0] ?? null, at: NOTHING.at };
  const isNumber = (one: string): boolean => /^\+?\d[\d-]{5,}$/.test(one);
  return {
    to: null,
    at: {
      mobiles: named.filter(isNumber),
      users: named.filter((one) => !isNumber(one) && !/^@?all$/.test(one)),
      all: named.some((one) => /^@?all$/.test(one)),
    },
  };
}

/** The build was deleted before its end was told. */
function gone({ job, number }: Row<'notifications'>, { event, previous }: Ended, rootUrl: string): BuildEvent {
  const url = job === null ? null : buildUrl(rootUrl, job, null);
  return { ...NO_FACTS, event, job, number, previousResult: previous, url };
}
export const NO_FACTS: BuildEvent = {
  event: 'message',
  job: null,
  number: null,
  result: null,
  previousResult: null,
  url: null,
  durationMs: null,
  causes: [],
  changes: [],
  moreChanges: false,
  failedStage: null,
  failedTests: [],
  tests: null,
};

const LEVELS = {
  failure: 'danger',
  unstable: 'warning',
  fixed: 'good',
  success: 'good',
  aborted: 'warning',
  notBuilt: 'warning',
  test: 'info',
  message: 'info',
} as const;

export function testMessage(language: Language, url: string): Message {
  const words = WORDS[language];
  return { ...NOTHING, title: words.test, text: words.testText, url, event: { ...NO_FACTS, event: 'test', url } };
}

export function messageOf(event: BuildEvent, language: Language, format: 'text' | 'markdown'): Message {
  const words = WORDS[language];
  const safe = format === 'markdown' ? inMarkdown : oneLine;
  const name = (text: string): string => (format === 'markdown' ? `**${text}**${words.colon}` : `${text}${words.colon}`);
  const result = (code: string): string => words.results[code] ?? code;
  const state = event.event === 'failure' && event.previousResult === 'FAILURE' ? words.stillFailing : words.events[event.event as keyof typeof words.events];
  const title = `${state}${words.colon}${event.job ?? ''}${event.number === null ? '' : ` #${event.number}`}`;
  const lines: string[] = [];
  if (event.result !== null)
    lines.push(`${name(words.result)}${result(event.result)}${event.previousResult === null ? '' : ` (${words.before(result(event.previousResult))})`}`);
  if (event.durationMs !== null) lines.push(`${name(words.duration)}${words.span(event.durationMs)}`);
  if (event.causes.length > 0) lines.push(`${name(words.causes)}${event.causes.map(safe).join('; ')}`);
  if (event.failedStage !== null) lines.push(`${name(words.stage)}${safe(event.failedStage)}`);
  if (event.failedTests.length > 0) {
    const { tests } = event;
    lines.push(
      `${name(words.tests)}${tests === null ? '' : words.testCount(tests.failed, tests.total)}`,
      ...event.failedTests.map((test) => `- ${safe(test)}`),
    );
    if (tests !== null && tests.failed > event.failedTests.length) lines.push(`- ${words.more}`);
  }
  if (event.changes.length > 0) {
    lines.push(name(words.changes).trimEnd(), ...event.changes.map((change) => `- ${safe(change.title)} (${safe(change.author)})`));
    if (event.moreChanges) lines.push(`- ${words.more}`);
  }
  if (event.url !== null) lines.push(format === 'markdown' ? `[${words.link}](${event.url})` : `${name(words.link)}${event.url}`);
  const text = format === 'markdown' ? `### ${inMarkdown(title)}\n\n${lines.join('\n\n').replace(/\n\n- /g, '\n- ')}` : `${title}\n\n${lines.join('\n')}\n`;
  return { ...NOTHING, title, text, format, level: LEVELS[event.event], url: event.url, event };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 300);
}
/** What a commit says must mention nobody and open no tag. */
function inMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/([*`[\]])/g, '\\$1');
}
