/**
 * Follows MailStep of workflow-basic-steps and EmailExtStep of email-ext. The host knows the mail server, or says that there is none;
 * the mail is on its way when the step ends.
 */
import type { Value } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import { DEFAULT_CONTENT, DEFAULT_SUBJECT, replaceTokens } from '../job/mail-tokens.ts';
import { renderScripts } from '../mail-template/render.ts';
import { isBlank } from './file-or-text.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

export const mailStep = defineStep({
  name: 'mail',
  summary: 'Mail',
  params: [
    { name: 'subject', type: 'string', default: '' },
    { name: 'body', type: 'string', default: '' },
    { name: 'to', type: 'string', help: 'Addresses, comma separated.' },
    { name: 'cc', type: 'string' },
    { name: 'bcc', type: 'string' },
    { name: 'from', type: 'string' },
    { name: 'replyTo', type: 'string' },
    { name: 'charset', type: 'string', default: 'UTF-8' },
    { name: 'mimeType', type: 'string', default: 'text/plain' },
  ],
  describe: (args) => args.subject,
  *run(cx, args) {
    if (isBlank(args.subject) || isBlank(args.body)) throw abortError("Email not sent. All mandatory properties must be supplied ('subject', 'body').");
    const to = addresses(args.to),
      cc = addresses(args.cc),
      bcc = addresses(args.bcc);
    if (to.length + cc.length + bcc.length === 0) throw abortError("Email not sent. No recipients of any kind specified ('to', 'cc', 'bcc').");
    yield* cx.ask('mail', {
      to,
      cc,
      bcc,
      from: emptyToNull(args.from),
      replyTo: emptyToNull(args.replyTo),
      subject: args.subject,
      body: args.body,
      mimeType: args.mimeType,
    });
    return null;
  },
});

export const emailextStep = defineStep({
  name: 'emailext',
  summary: 'Extended Email',
  params: [
    { name: 'subject', type: 'string', default: '' },
    { name: 'body', type: 'string', default: '' },
    { name: 'to', type: 'string', help: 'Addresses; `cc:` and `bcc:` before one say how it gets the mail.' },
    { name: 'from', type: 'string' },
    { name: 'replyTo', type: 'string' },
    { name: 'mimeType', type: 'string' },
    { name: 'attachLog', type: 'boolean', default: false },
    { name: 'compressLog', type: 'boolean', default: false },
    { name: 'attachmentsPattern', type: 'string' },
    {
      name: 'recipientProviders',
      type: 'list',
      help: '`developers()`, `culprits()`, `requestor()`, `upstreamDevelopers()`, `brokenBuildSuspects()`, `brokenTestsSuspects()`: need what only a server knows.',
    },
    { name: 'presendScript', type: 'string' },
    { name: 'postsendScript', type: 'string' },
    { name: 'saveOutput', type: 'boolean', default: false },
  ],
  describe: (args) => args.subject,
  *run(cx, args) {
    if (!isBlank(args.presendScript) || !isBlank(args.postsendScript))
      cx.log('presendScript and postsendScript are not run: the mail is sent by the server, after the step');
    const groups = { to: [] as string[], cc: [] as string[], bcc: [] as string[] };
    for (const one of addresses(expanded(cx, args.to ?? ''))) {
      const m = /^(cc|bcc):(.*)$/i.exec(one);
      if (m === null) groups.to.push(one);
      else groups[(m[1] as string).toLowerCase() as 'cc' | 'bcc'].push((m[2] as string).trim());
    }
    const providers = (args.recipientProviders ?? []).map((one) => providerName(cx, one));
    const named = [...groups.to, ...groups.cc, ...groups.bcc];
    if (named.length + providers.length === 0) {
      cx.log('An attempt to send an e-mail to empty list of recipients, ignored.');
      return null;
    }
    const attachments = isBlank(args.attachmentsPattern)
      ? {}
      : { attachments: { ...cx.place(), selection: { includes: args.attachmentsPattern as string, excludes: null, defaultExcludes: true } } };
    const { texts, rendered } = yield* renderScripts(cx, [args.subject, args.body].map(defaults));
    const [subject, body] = texts as readonly [string, string];
    const answer = yield* cx.ask('mail', {
      ...groups,
      from: emptyToNull(args.from),
      replyTo: emptyToNull(args.replyTo),
      subject: expanded(cx, subject),
      body: expanded(cx, body),
      mimeType: args.mimeType ?? 'text/plain',
      ...attachments,
      tokens: { result: cx.result() ?? 'SUCCESS' },
      ...(rendered.length === 0 ? {} : { rendered }),
      ...(providers.length === 0 ? {} : { providers }),
      ...(args.attachLog || args.compressLog ? { attachLog: args.compressLog ? ('compressed' as const) : ('plain' as const) } : {}),
    });
    const all = answer?.to ?? named;
    cx.log(all.length === 0 ? 'An attempt to send an e-mail to empty list of recipients, ignored.' : `Sending email to: ${all.join(' ')}`);
    return null;
  },
});

/** Tokens that a build knows of itself; the server replaces those that are left. */
function expanded(cx: StepContext, text: string): string {
  const env = cx.environment();
  const own: Readonly<Record<string, string | undefined>> = {
    PROJECT_NAME: cx.build.job,
    PROJECT_DISPLAY_NAME: cx.build.job.slice(cx.build.job.lastIndexOf('/') + 1),
    PROJECT_URL: env['JOB_URL'],
    BUILD_NUMBER: String(cx.build.number),
  };
  const value = (name: string, args: Readonly<Record<string, string>>): string | null => {
    if (name === 'ENV') return env[args['var'] ?? ''] ?? '';
    return own[name] ?? (Object.hasOwn(env, name) ? (env[name] as string) : null);
  };
  return replaceTokens(defaults(text), value);
}
function defaults(text: string): string {
  return replaceTokens(text, (name) => (name === 'DEFAULT_SUBJECT' ? DEFAULT_SUBJECT : name === 'DEFAULT_CONTENT' ? DEFAULT_CONTENT : null));
}

function providerName(cx: StepContext, value: Value): string {
  const described = cx.described(value);
  if (described === null)
    throw abortError('recipientProviders takes developers(), culprits(), requestor(), upstreamDevelopers(), brokenBuildSuspects(), brokenTestsSuspects()');
  return described.kind;
}

export const mailerStep = defineStep({
  name: 'mailer',
  summary: 'E-mail Notification',
  params: [
    { name: 'recipients', type: 'string', required: true },
    { name: 'notifyEveryUnstableBuild', type: 'boolean', default: false },
    { name: 'sendToIndividuals', type: 'boolean', default: false },
  ],
  *run(cx, args) {
    const result = cx.result();
    if (result === null || result === 'SUCCESS') return null;
    const to = addresses(cx.expand(args.recipients));
    if (to.length === 0) return null;
    cx.log(`Sending e-mails to: ${to.join(' ')}`);
    yield* cx.ask('mail', {
      to,
      cc: [],
      bcc: [],
      from: null,
      replyTo: null,
      subject: `Build ${result === 'UNSTABLE' ? 'became unstable' : 'failed in Jenkins'}: ${cx.build.job} #${cx.build.number}`,
      body: `See <${cx.environment()['BUILD_URL'] ?? ''}>\n`,
      mimeType: 'text/plain',
    });
    return null;
  },
});

function addresses(text: string | null): string[] {
  return (text ?? '')
    .split(/[,;\s]+(?![^<]*>)/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
function emptyToNull(text: string | null): string | null {
  return isBlank(text) ? null : text;
}
