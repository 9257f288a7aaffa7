/**
 * `mail` of the steps mail, emailext and mailer: a row of the outbox. Files of the machine are handed over first, as those of
 * `publish`; the log is kept as it is when the step runs.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Json } from '@millrace/pipeline';
import { ZipFile } from 'yazl';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { claimBlob, noteMaking } from '../../blobs/loose-blobs.ts';
import { transferKey } from '../../nodes/transfers.ts';
import { bareAddress, mailAddress } from '../../notifications/channels/addresses.ts';
import { NotificationError } from '../../notifications/channels/channel.ts';
import { Email } from '../../notifications/channels/email.ts';
import type { Channels } from '../../notifications/channels/registry.ts';
import { NO_FACTS } from '../../notifications/compose.ts';
import { buildUrl } from '../../notifications/event-of-build.ts';
import { fillTokens, logTail } from '../../notifications/mail-tokens.ts';
import type { Attachment, Message } from '../../notifications/message.ts';
import { NOTHING } from '../../notifications/message.ts';
import { putNotification } from '../../notifications/outbox.ts';
import { addressesOf, PROVIDER_WORDS, providerOf, unique } from '../../notifications/recipients.ts';
import type { Row } from '../../store/schema.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure } from '../ask-context.ts';
import { work } from './work.ts';

export interface MailOptions {
  readonly blobs: BlobStore;
  readonly channels: Channels;
}

type MailContext = AskContext<'mail'>;

/** Of all attachments of a mail; what most servers take. */
const LARGEST_BYTES = 20 << 20,
  LOG_BYTES = 10 << 20,
  MOST_FILES = 100,
  LARGEST_BODY = 4 << 20;

export function mail(options: MailOptions) {
  return async (cx: MailContext): Promise<void> => {
    const channel = options.channels.firstOf('email');
    if (!(channel instanceof Email))
      throw new NotificationError('MR_NOTIFICATION_CHANNEL', 'mail needs a mail server: the configuration has no channel of kind email under notifications');
    const sent = await cx.services.store.db.selectFrom('notifications').select('target').where('key', '=', `ask ${cx.key}`).executeTakeFirst();
    if (sent !== undefined) {
      cx.answer({ to: sent.target.split(', ') });
      return;
    }
    const row = await cx.services.store.db.selectFrom('builds').selectAll().where('id', '=', cx.build.id).executeTakeFirstOrThrow();
    const { attachments } = cx.request;
    if (attachments === undefined) {
      cx.answer(await put(cx, options, channel, row, []));
      return;
    }
    await work(
      cx,
      attachments.lease,
      attachments as unknown as { [name: string]: Json },
      async (answer) => {
        const { files } = answer as unknown as { readonly files: readonly string[] };
        const all = files.map((file) => ({ name: file.slice(file.lastIndexOf('/') + 1), blob: transferKey(cx.build.id, cx.key, `file:${file}`) }));
        try {
          await checkSize(options.blobs, all);
        } catch (error) {
          await options.blobs.delete(all.map((one) => one.blob));
          throw error;
        }
        return { value: await put(cx, options, channel, row, all) };
      },
      'publish',
    );
  };
}

async function put(cx: MailContext, options: MailOptions, channel: Email, row: Row<'builds'>, files: readonly Attachment[]): Promise<{ to: string[] }> {
  const { store, sealer, now, rootUrl } = cx.services;
  const { request } = cx;
  const [to, cc, bcc] = (await recipients(cx, channel, row)) as [string[], string[], string[]];
  if (to.length + cc.length + bcc.length === 0) return { to: [] };
  const needsLog = request.attachLog !== undefined || request.tokens !== undefined;
  if (needsLog) await cx.durable();
  const texts = [request.subject, request.body];
  const facts = {
    db: store.db,
    blobs: options.blobs,
    build: row,
    result: request.tokens?.result ?? '',
    rootUrl: rootUrl(),
    now: now(),
    rendered: request.rendered ?? [],
  };
  const [subject, body] = (request.tokens === undefined ? texts : await fillTokens(facts, texts)) as [string, string];
  if (body.length > LARGEST_BODY)
    throw new NotificationError('MR_NOTIFICATION_CONTENT', `The mail's body has ${body.length} characters; at most ${LARGEST_BODY} are sent`);
  const log = request.attachLog === undefined ? null : await logAttachment(cx, options, row, request.attachLog);
  const message: Message = {
    ...NOTHING,
    title: subject,
    text: body,
    format: /^text\/html\b/i.test(request.mimeType) ? 'html' : 'text',
    mail: {
      to,
      cc,
      bcc,
      from: request.from === null ? null : mailAddress(request.from, channel.defaultSuffix),
      replyTo: request.replyTo === null ? null : mailAddress(request.replyTo, channel.defaultSuffix),
      mimeType: request.mimeType,
      attachments: [...files, ...(log === null ? [] : [log])],
    },
    event: {
      ...NO_FACTS,
      job: cx.build.job,
      number: cx.build.number,
      result: request.tokens?.result ?? null,
      url: buildUrl(rootUrl(), cx.build.job, cx.build.number),
    },
  };
  channel.check(message);
  await store.write(async (tx, wakes) => {
    if (log !== null && !(await claimBlob(tx, log.blob))) throw new AskFailure({ code: 'MR_BLOB_MISSING', message: 'The attached log was given up meanwhile' });
    await putNotification(tx, wakes, sealer, now(), {
      key: `ask ${cx.key}`,
      channel: channel.name,
      kind: channel.kind,
      target: [...to, ...cc, ...bcc].map(bareAddress).join(', '),
      title: subject,
      build: { job: cx.build.job, id: cx.build.id, number: cx.build.number },
      content: { message },
      blobs: [...files, ...(log === null ? [] : [log])].map((one) => one.blob),
    });
  });
  return { to: [...to, ...cc, ...bcc] };
}

/** Each once; an address that is none fails the step. */
async function recipients({ request, services }: MailContext, channel: Email, row: Row<'builds'>): Promise<string[][]> {
  const checked = (list: readonly string[]): string[] => unique(list.map((one) => mailAddress(one, channel.defaultSuffix)));
  const words = (request.providers ?? []).map((symbol) => {
    const word = providerOf(symbol);
    if (word === null) throw new NotificationError('MR_NOTIFICATION_ADDRESS', `${symbol} is no group of recipients here; there are ${PROVIDER_WORDS}`);
    return word;
  });
  const found = words.length === 0 ? [] : await addressesOf(services.store.db, { ...row, result: request.tokens?.result ?? row.result }, words);
  return [unique([...checked(request.to), ...found]), checked(request.cc), checked(request.bcc)];
}

async function checkSize(blobs: BlobStore, files: readonly Attachment[]): Promise<void> {
  if (files.length > MOST_FILES)
    throw new NotificationError('MR_NOTIFICATION_CONTENT', `The pattern of attachments matches ${files.length} files; at most ${MOST_FILES} are sent`);
  let size = 0;
  for (const { blob } of files) size += (await blobs.stat(blob))?.size ?? 0;
  if (size > LARGEST_BYTES) throw new NotificationError('MR_NOTIFICATION_CONTENT', `The attachments have ${size} bytes; at most ${LARGEST_BYTES} are sent`);
}

async function logAttachment(cx: MailContext, { blobs }: MailOptions, row: Row<'builds'>, how: 'plain' | 'compressed'): Promise<Attachment> {
  const { store, now } = cx.services;
  const text = Buffer.from(await logTail({ db: store.db, blobs }, row, LOG_BYTES));
  const blob = `notifications/${randomUUID()}`;
  await store.write((tx) => noteMaking(tx, blob, now()));
  await blobs.put(blob, Readable.from([how === 'plain' ? text : await zipped(text)]));
  return { name: how === 'plain' ? 'build.log' : 'build.zip', blob };
}

function zipped(log: Buffer): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(log, 'build.log');
  zip.end();
  return buffer(zip.outputStream as unknown as Readable);
}
