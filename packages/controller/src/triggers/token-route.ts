/**
 * "Trigger builds remotely": `/job/team/job/app/build?token=…`, or `buildWithParameters` with values in the address or the form, by
 * POST, and with the token in the address by GET too, as Jenkins takes it (BuildAuthorizationToken.checkPermission). Whoever knows
 * the token needs no login.
 */
import { ApiError } from '@millrace/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Enqueue } from '../builds/enqueue.ts';
import { TriggerError } from '../builds/enqueue.ts';
import { tokenHash } from '../jobs/password-defaults.ts';
import type { Store } from '../store/store.ts';

export interface TokenOptions {
  readonly store: Store;
  readonly enqueue: Enqueue;
  readonly rootUrl: () => string;
}

/** Below `/job/`; elsewhere GET is the page's. */
const BY_GET = /^\/job\/[^?]+\/(?:build|buildWithParameters)\/?\?(?:.*&)?token=/;

export async function tokenRoute(app: FastifyInstance, options: TokenOptions): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || !BY_GET.test(request.url)) return;
    await started(options, request, reply);
    return reply;
  });
  await app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1 << 20 }, (_request, body, done) => {
      done(null, body);
    });
    routes.post('/job/*', (request, reply) => started(options, request, reply));
  });
}

async function started({ store, enqueue, rootUrl }: TokenOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const m = /^\/job\/(.+)\/(build|buildWithParameters)\/*$/s.exec(pathOf(request));
  if (m === null) throw new ApiError('MR_NOT_FOUND');
  const job = (m[1] as string).replaceAll('/job/', '/');
  const { token, cause, delay, ...values } = { ...formOf(request), ...(request.query as Record<string, string>) };
  if (typeof token !== 'string' || token === '') throw new ApiError('MR_UNAUTHENTICATED', 'It needs ?token=… here; the API under /api/v1 takes logins.');
  // Whoever does not know the token does not learn which jobs there are.
  const found = await store.db
    .selectFrom('triggers')
    .innerJoin('items', 'items.id', 'triggers.item_id')
    .select('items.id as id')
    .where('triggers.hash', '=', tokenHash(token))
    .where('triggers.kind', '=', 'token')
    .where('items.full_name', '=', job)
    .executeTakeFirst();
  if (found === undefined) throw new ApiError('MR_WEBHOOK_JOB', 'There is no job of that name with that token.');
  const note = typeof cause === 'string' && cause !== '' ? cause.slice(0, 500) : null;
  try {
    const queued = await store.write((tx, wakes) =>
      enqueue(tx, wakes, {
        item: found,
        given: m[2] === 'build' ? {} : values,
        causes: [
          {
            type: 'hudson.model.Cause$RemoteCause',
            text: `Started by remote host ${request.ip}${note === null ? '' : ` with note: ${note}`}`,
            data: { addr: request.ip, note },
          },
        ],
        quietSeconds: secondsOf(delay),
        priority: null,
        merge: true,
        lenient: true,
      }),
    );
    return reply.code(201).header('location', `${rootUrl()}queue/item/${queued.id}/`).send();
  } catch (error) {
    if (error instanceof TriggerError) throw new ApiError(error.code === 'MR_JOB_UNKNOWN' ? 'MR_ITEM_UNKNOWN' : error.code, error.message);
    throw error;
  }
}

/** Decoded; empty where it is not encoded rightly. */
function pathOf({ url }: FastifyRequest): string {
  try {
    return decodeURIComponent(url.replace(/\?.*$/s, ''));
  } catch {
    return '';
  }
}

function formOf(request: FastifyRequest): Record<string, string> {
  const isForm = /^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? '');
  return isForm && typeof request.body === 'string' ? Object.fromEntries(new URLSearchParams(request.body)) : {};
}

/** `delay=60sec`, as Jenkins takes it. */
function secondsOf(delay: unknown): number | null {
  const m = typeof delay === 'string' ? /^(\d{1,6})(?:sec)?$/.exec(delay) : null;
  return m === null ? null : Number(m[1]);
}
