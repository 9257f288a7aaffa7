/**
 * Where forges and others tell of something: the addresses that Jenkins' plug-ins have, without a login. A delivery is written
 * before it is answered; what it starts is found out after that. Answers are short: 202 with the delivery's number.
 */
import { ApiError } from '@millrace/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FindCredential } from '../credentials/credential.ts';
import { tokenHash } from '../jobs/password-defaults.ts';
import type { ScmEvent } from '../scm/scm-event.ts';
import type { Store } from '../store/store.ts';
import type { Delivered } from './delivery.ts';
import { acceptDelivery } from './delivery.ts';
import type { Forge } from './forge-payloads.ts';
import { FORGES, gitlabUrls } from './forge-payloads.ts';
import { readGitLab } from './gitlab-payload.ts';
import { one, signedBy } from './signatures.ts';

export interface WebhookSecret {
  readonly forge: Forge;
  /** Of a secret text. */
  readonly credentialsId: string;
}

export interface WebhookOptions {
  readonly store: Store;
  readonly credential: FindCredential;
  /** Where a forge has some, its deliveries have to be signed with one of them. */
  readonly secrets: () => readonly WebhookSecret[];
  readonly now: () => number;
}

const LARGEST = 10 << 20;

/** The headers in which forges name an event and a delivery. */
const NAMES: Readonly<Record<Forge, { readonly event: string; readonly key: readonly string[] }>> = {
  github: { event: 'x-github-event', key: ['x-github-delivery'] },
  gitlab: { event: 'x-gitlab-event', key: ['idempotency-key', 'x-gitlab-event-uuid'] },
  gitea: { event: 'x-gitea-event', key: ['x-gitea-delivery'] },
  gogs: { event: 'x-gogs-event', key: ['x-gogs-delivery'] },
  bitbucket: { event: 'x-event-key', key: ['x-request-uuid', 'x-request-id'] },
};

export async function webhookRoutes(app: FastifyInstance, options: WebhookOptions): Promise<void> {
  await app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) => {
      done(null, body);
    });
    const on = (method: 'GET' | 'POST', url: string, handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): void => {
      for (const address of [url, `${url}/`]) hooks.route({ method, url: address, ...(method === 'POST' ? { bodyLimit: LARGEST } : {}), handler });
    };
    const forge = (url: string, kind: Forge): void => {
      on('POST', url, (request, reply) => fromForge(options, kind, request, reply, null));
    };
    forge('/github-webhook', 'github');
    forge('/gitlab-webhook/post', 'gitlab');
    forge('/gitea-webhook/post', 'gitea');
    forge('/gogs-webhook', 'gogs');
    forge('/bitbucket-hook', 'bitbucket');
    // Of the plug-in for branches.
    forge('/bitbucket-scmsource-hook/notify', 'bitbucket');
    hooks.post('/project/*', { bodyLimit: LARGEST }, (request, reply) =>
      fromForge(options, 'gitlab', request, reply, jobOfAddress((request.params as { '*': string })['*'])),
    );
    // Hooks of git and small scripts ask these two by GET as well, as Jenkins' plug-ins let them.
    for (const method of ['POST', 'GET'] as const) {
      on(method, '/generic-webhook-trigger/invoke', (request, reply) => generic(options, request, reply));
      on(method, '/git/notifyCommit', (request, reply) => notifyCommit(options, request, reply));
    }
  });
}

async function fromForge(options: WebhookOptions, forge: Forge, request: FastifyRequest, reply: FastifyReply, job: string | null): Promise<unknown> {
  const body = bytesOf(request);
  const isSigned = await checkSignature(options, forge, request, body);
  const headers = request.headers;
  const name = one(headers[NAMES[forge].event]) ?? 'unknown';
  const key = NAMES[forge].key.map((header) => one(headers[header])).find((value) => value !== null) ?? null;
  const json = jsonOf(body, one(headers['content-type']) ?? '');
  const token = one(headers['x-gitlab-token']);
  const event = FORGES[forge](name, json);
  const gitlab = forge === 'gitlab' ? readGitLab(name, json) : null;
  const told = { job, hash: forge === 'gitlab' && token !== null && !isSigned ? tokenHash(token) : null };
  const delivered: Delivered =
    event !== null
      ? { kind: 'scm', event, ...told, ...(gitlab === null ? {} : { gitlab }) }
      : gitlab !== null
        ? { kind: 'gitlab', gitlab, urls: gitlabUrls(json), ...told }
        : { kind: 'nothing', why: `‘${name}’ starts no builds` };
  return accepted(options, request, reply, { provider: forge, key, name, body: body.toString('utf8'), delivered });
}

/** Throws MR_WEBHOOK_SIGNATURE. Answers whether one of the installation's secrets has signed it. */
async function checkSignature({ secrets, credential }: WebhookOptions, forge: Forge, request: FastifyRequest, body: Buffer): Promise<boolean> {
  const wanted = secrets().filter((s) => s.forge === forge);
  if (wanted.length === 0) return false;
  const texts: string[] = [];
  for (const { credentialsId } of wanted) {
    const found = await credential(credentialsId, { item: null, build: null, purpose: 'webhook' });
    const text = found?.fields['secret'] ?? found?.fields['text'] ?? found?.fields['password'];
    if (text !== undefined && text !== '') texts.push(text);
  }
  const signed = signedBy(forge, request.headers, body, texts);
  if (signed === null) throw new ApiError('MR_WEBHOOK_SIGNATURE', 'It carries no signature or token: set the secret at the sender too.');
  if (!signed) throw new ApiError('MR_WEBHOOK_SIGNATURE', 'It was signed with another secret.');
  return true;
}

/** `token` of the address, the header `token`, or `Authorization: Bearer`, as the plug-in takes it. */
async function generic(options: WebhookOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const query = Object.fromEntries(
    Object.entries(request.query as Record<string, unknown>).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
  const bearer = /^Bearer (.+)$/i.exec(one(request.headers.authorization) ?? '')?.[1];
  const token = query['token'] ?? one(request.headers['token']) ?? bearer ?? null;
  if (token === null) throw new ApiError('MR_WEBHOOK', 'It needs a token: ?token=…, the header token, or Authorization: Bearer.');
  const body = bytesOf(request);
  if (body.length > 0) jsonOf(body, one(request.headers['content-type']) ?? '');
  const hash = tokenHash(token);
  const known = await options.store.db
    .selectFrom('triggers')
    .select('item_id')
    .where('hash', '=', hash)
    .where('kind', '=', 'generic')
    .limit(1)
    .executeTakeFirst();
  if (known === undefined) throw new ApiError('MR_WEBHOOK_JOB', 'No job has a generic trigger with that token.');
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && !SECRET_HEADERS.has(pair[0])),
  );
  const { token: _, ...rest } = query;
  const key = one(request.headers['idempotency-key']);
  return accepted(options, request, reply, {
    provider: 'generic',
    key,
    name: 'request',
    body: body.toString('utf8'),
    delivered: { kind: 'generic', hash, headers, query: rest },
  });
}
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'token', 'cookie', 'x-gitlab-token', 'proxy-authorization']);

/** The git plug-in's: somebody has pushed to `url`. */
async function notifyCommit(options: WebhookOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { url, branches, sha1 } = request.query as Record<string, unknown>;
  if (typeof url !== 'string' || url === '') throw new ApiError('MR_WEBHOOK', 'It needs ?url= with the address of the repository.');
  const names = typeof branches === 'string' ? branches.split(',').filter((b) => b !== '') : [];
  const after = typeof sha1 === 'string' && /^[0-9a-f]{40,64}$/i.test(sha1) ? sha1.toLowerCase() : null;
  const refs: ScmEvent['refs'] = names
    .slice(0, 100)
    .map((name) => ({ ref: name.startsWith('refs/') ? name : `refs/heads/${name}`, before: null, after: after ?? UNKNOWN }));
  const event: ScmEvent = { kind: 'push', provider: 'git', urls: [url.slice(0, 2_000)], fullName: null, refs, change: null, sender: null };
  return accepted(options, request, reply, {
    provider: 'git',
    key: null,
    name: 'notifyCommit',
    body: '',
    delivered: { kind: 'scm', event, job: null, hash: null },
  });
}
/** It is there, and nobody said what it is. */
const UNKNOWN = 'unknown';

async function accepted(
  { store, now }: WebhookOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  delivery: { readonly provider: string; readonly key: string | null; readonly name: string; readonly body: string; readonly delivered: Delivered },
): Promise<unknown> {
  const { id, known } = await acceptDelivery(store, now(), { ...delivery, key: delivery.key?.slice(0, 200) ?? null, address: request.ip });
  return reply.code(202).send({ delivery: id, known });
}

function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Throws MR_WEBHOOK. GitHub may send its JSON as a form's field. */
function jsonOf(body: Buffer, type: string): unknown {
  const text = body.toString('utf8');
  const json = type.startsWith('application/x-www-form-urlencoded') ? (new URLSearchParams(text).get('payload') ?? text) : text;
  // Neither database keeps it.
  if (json.includes('\0')) throw new ApiError('MR_WEBHOOK', 'There is a NUL character in it.');
  try {
    return JSON.parse(json);
  } catch {
    throw new ApiError('MR_WEBHOOK', json === '' ? 'It has no body.' : 'Its body is not JSON.');
  }
}

/** `team/app`, and `job/team/job/app` of who copies an address. */
function jobOfAddress(rest: string): string {
  return rest
    .replace(/\/+$/, '')
    .replace(/^job\//, '')
    .replaceAll('/job/', '/');
}
