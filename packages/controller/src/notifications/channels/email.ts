/**
 * E-mail by SMTP (RFC 5321). A server that refuses for good (5xx) is not asked again, one that refuses for now (4xx), that is away or
 * cannot be understood is. Of several recipients each is looked at for itself: those that were taken do not get it again.
 */
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { SendMailOptions } from 'nodemailer';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Message } from '../message.ts';
import { bareAddress, mailAddress } from './addresses.ts';
import type { Channel, SendContext, Sent } from './channel.ts';
import { NotificationError, SendLater, SendRefused } from './channel.ts';
import { channelSettings, credentialsId } from './settings.ts';

export const emailSettings = z.strictObject({
  ...channelSettings,
  kind: z.literal('email'),
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535).optional(),
  /** `auto`: from the start on port 465, else by STARTTLS where the server offers it, and always where there is a login. */
  tls: z.enum(['auto', 'implicit', 'starttls', 'none']).default('auto'),
  /** A file in PEM of an authority of one's own. */
  ca: z.string().optional(),
  /** Of kind user name and password. */
  credentialsId: credentialsId.optional(),
  from: z.string().min(3).max(500),
  replyTo: z.string().max(500).optional(),
  /** Completes what has no @. */
  defaultSuffix: z
    .string()
    .regex(/^@?[\w.-]+$/)
    .optional(),
  /** Who gets the messages of jobs that name nobody. */
  to: z.array(z.string().max(500)).max(100).default([]),
});

const CONNECT_MS = 15_000,
  SILENT_MS = 30_000;

interface Refusal {
  readonly responseCode?: number;
  readonly recipient?: string;
  readonly response?: string;
  readonly message?: string;
}

export class Email implements Channel {
  readonly kind = 'email';
  readonly name: string;
  readonly language: 'en' | 'zh';
  readonly perMinute: number | null;
  readonly defaultSuffix: string | null;
  readonly to: readonly string[];
  private readonly settings: z.output<typeof emailSettings>;
  private readonly from: string;
  private readonly ca: string | undefined;

  /** `file`: the absolute path of one that the settings name. */
  constructor(settings: z.output<typeof emailSettings>, file: (path: string) => string) {
    this.settings = settings;
    this.name = settings.name;
    this.language = settings.language;
    this.perMinute = settings.perMinute ?? null;
    this.defaultSuffix = settings.defaultSuffix ?? null;
    this.from = mailAddress(settings.from, this.defaultSuffix);
    this.to = settings.to.map((one) => mailAddress(one, this.defaultSuffix));
    this.ca = settings.ca === undefined ? undefined : readFileSync(file(settings.ca), 'utf8');
  }

  check({ mail, title }: Message): void {
    if (mail === null || mail.to.length + mail.cc.length + mail.bcc.length === 0)
      throw new NotificationError('MR_NOTIFICATION_ADDRESS', `The message ${JSON.stringify(title.slice(0, 200))} has no recipient`);
    for (const one of [...mail.to, ...mail.cc, ...mail.bcc, mail.from, mail.replyTo]) if (one !== null) mailAddress(one, this.defaultSuffix);
  }

  async send(message: Message, cx: SendContext): Promise<Sent> {
    const { mail } = message;
    if (mail === null) throw new SendRefused('The message is for no recipient of e-mail');
    const { credentialsId: login } = this.settings;
    const found = login === undefined ? null : await cx.credential(login);
    const { username, password } = found?.fields ?? {};
    if (found !== null && (username === undefined || password === undefined))
      throw new SendRefused(`The credentials '${found.id}' hold no user name and password`);
    const port = this.settings.port ?? (this.settings.tls === 'implicit' ? 465 : login === undefined ? 25 : 587);
    const { tls } = this.settings;
    const secure = tls === 'implicit' || (tls === 'auto' && port === 465);
    const transport = createTransport({
      host: this.settings.host,
      port,
      secure,
      requireTLS: tls === 'starttls' || (tls === 'auto' && !secure && found !== null),
      ignoreTLS: tls === 'none',
      ...(found === null ? {} : { auth: { user: username as string, pass: password as string } }),
      ...(this.ca === undefined ? {} : { tls: { ca: this.ca } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const late = (): void => {
      transport.close();
    };
    cx.signal.addEventListener('abort', late);
    try {
      const info = await raced(transport.sendMail(await this.mailOf(message, cx)), cx.signal);
      const refusals = (info as unknown as { rejectedErrors?: readonly Refusal[] }).rejectedErrors ?? [];
      return refusals.length === 0 ? {} : partly(refusals, password);
    } catch (error) {
      throw failureOf(error as Refusal & { code?: string; rejectedErrors?: readonly Refusal[] }, password);
    } finally {
      cx.signal.removeEventListener('abort', late);
      transport.close();
    }
  }

  private async mailOf({ title, text, format, mail, event, level }: Message, { id, at, blob }: SendContext): Promise<SendMailOptions> {
    const part = mail as NonNullable<typeof mail>;
    const all = (list: readonly string[]): string[] => list.map((one) => mailAddress(one, this.defaultSuffix));
    const from = part.from === null ? this.from : mailAddress(part.from, this.defaultSuffix);
    const replyTo = part.replyTo ?? this.settings.replyTo ?? null;
    const recipients = [...all(part.to), ...all(part.cc), ...all(part.bcc)].map(bareAddress);
    const isHtml = format === 'html' || /^text\/html\b/i.test(part.mimeType);
    return {
      // Servers and readers take one of a name for one message, however often it comes.
      messageId: `<${id}@${bareAddress(this.from).split('@')[1] ?? 'millrace'}>`,
      date: new Date(at),
      from,
      ...(replyTo === null ? {} : { replyTo: mailAddress(replyTo, this.defaultSuffix) }),
      to: all(part.to),
      cc: all(part.cc),
      envelope: { from: bareAddress(from), to: [...new Set(part.left ?? recipients)] },
      subject: title.replace(/[\r\n]+/g, ' '),
      ...(isHtml ? { html: text } : { text }),
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(level === 'danger' ? { Importance: 'high' } : {}),
        // As MailSender of the mailer plug-in.
        ...(event?.job == null ? {} : { 'X-Jenkins-Job': event.job }),
        ...(event?.result == null ? {} : { 'X-Jenkins-Result': event.result }),
      },
      attachments: await Promise.all(part.attachments.map(async ({ name, blob: key }) => ({ filename: name, content: await buffer(await blob(key)) }))),
    };
  }
}

/** Some were taken. */
function partly(refusals: readonly Refusal[], password: string | undefined): Sent {
  const later = refusals.filter(isForNow).flatMap((r) => r.recipient ?? []);
  return { note: `Not taken: ${refusals.map((r) => said(r, password)).join('; ')}`, ...(later.length === 0 ? {} : { left: later }) };
}

function failureOf(error: Refusal & { code?: string; rejectedErrors?: readonly Refusal[] }, password: string | undefined): Error {
  if (error instanceof SendLater || error instanceof SendRefused || error instanceof NotificationError) return error;
  const each = error.rejectedErrors ?? [];
  const text = each.length > 0 ? each.map((r) => said(r, password)).join('; ') : said(error, password);
  const forGood = each.length > 0 ? each.every((r) => !isForNow(r)) : (error.responseCode ?? 0) >= 500;
  return forGood || error.code === 'EENVELOPE_FORMAT' ? new SendRefused(text) : new SendLater(text);
}

function isForNow({ responseCode }: Refusal): boolean {
  return responseCode === undefined || responseCode < 500;
}

function said({ recipient, response, message }: Refusal, password: string | undefined): string {
  const text = `${recipient === undefined ? '' : `${recipient}: `}${response ?? message ?? 'the server refused it'}`.replace(/\s+/g, ' ').slice(0, 500);
  return password === undefined || password.length < 4 ? text : text.replaceAll(password, '****').replaceAll(Buffer.from(password).toString('base64'), '****');
}

function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => {
      reject(new SendLater('the mail server took too long'));
    };
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', late);
    });
  });
}
