/**
 * Puts a route table before handlers: who asks and what they may, what they send, what they get. A handler has checked
 * values and answers data; nothing of HTTP is in it but where it streams.
 */

import type { ApiErrorCode, RouteSpec, RouteTable } from '@millrace/protocol';
import { API_PATH, ApiError, CSRF_HEADER } from '@millrace/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../auth/audit.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Principal } from '../auth/principal.ts';
import { sameText } from '../auth/same-text.ts';
import { SESSION_COOKIE } from '../auth/sessions.ts';
import { allow } from './access.ts';
import { etagOf, matches, revisionOf } from './etag.ts';
import { READ } from './methods.ts';
import { invalid } from './problem.ts';

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type AnswerOf<R extends RouteSpec> = {
  [S in keyof R['responses']]: R['responses'][S] extends { readonly schema: infer Z extends z.ZodType } ? z.input<Z> : undefined;
}[keyof R['responses']];

export interface RouteContext<R extends RouteSpec = RouteSpec> {
  readonly params: Output<R['params']>;
  readonly query: Output<R['query']>;
  readonly body: Output<R['body']>;
  readonly principal: Principal;
  readonly actor: Actor;
  /** Of If-Match; null: any. */
  readonly revision: number | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
/** Answers the data, or the reply where it has sent something else itself. */
export type Handler<R extends RouteSpec> = (cx: RouteContext<R>) => Promise<AnswerOf<R> | FastifyReply> | AnswerOf<R> | FastifyReply;
export type Handlers<T extends RouteTable> = { readonly [K in keyof T]: Handler<T[K]> };

export function handlers<T extends RouteTable>(_table: T, all: Handlers<T>): Handlers<T> {
  return all;
}

export interface MountOptions {
  readonly authenticator: Authenticator;
  /** Answers that are not of their schema are failures: in tests. */
  readonly checkAnswers?: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** Throws where a route has no handler, or a handler no route. */
export function mountRoutes(app: FastifyInstance, table: RouteTable, all: { readonly [id: string]: unknown }, options: MountOptions): void {
  for (const id of Object.keys(table)) if (typeof all[id] !== 'function') throw new Error(`the route ${id} has no handler`);
  for (const id of Object.keys(all)) if (!Object.hasOwn(table, id)) throw new Error(`the handler ${id} has no route`);
  for (const [id, route] of Object.entries(table)) mount(app, route, all[id] as Handler<RouteSpec>, options);
}

function mount(app: FastifyInstance, route: RouteSpec, handler: Handler<RouteSpec>, { authenticator, checkAnswers = false }: MountOptions): void {
  const usual = Math.min(...Object.keys(route.responses).map(Number));
  app.route({
    method: route.method === 'GET' ? READ : route.method,
    url: urlOf(route),
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    // Before the body is read: who may not, sends nothing.
    onRequest: async (request) => {
      request.principal = await authenticator.authenticate({
        authorization: request.headers.authorization ?? null,
        sessionCookie: request.cookies[SESSION_COOKIE] ?? null,
        address: request.ip,
      });
      checkCsrf(route, request);
      allow(route, request.principal, (request.params as { path?: string }).path ?? null);
    },
    handler: async (request, reply) => {
      const principal = request.principal as Principal;
      const cx: RouteContext = {
        params: check(route.params, paramsOf(route, request), ['path']) as never,
        query: check(route.query ?? NOTHING, request.query, ['query']) as never,
        body: bodyOf(route, request) as never,
        revision: ifMatch(route, request),
        principal,
        actor: { user: principal.user, address: request.ip },
        request,
        reply,
      };
      const answer = await handler(cx);
      if (answer === reply || reply.sent) return reply;
      return send(route, request, reply, answer, { usual, checkAnswers });
    },
  });
}

const NOTHING = z.strictObject({});

const LAST = /\{(\w+)\}$/;

function urlOf(route: RouteSpec): string {
  const path = route.rest === true ? route.path.replace(LAST, '*') : route.path;
  return `${API_PATH}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
}
function paramsOf(route: RouteSpec, { params }: FastifyRequest): unknown {
  const name = route.rest === true ? LAST.exec(route.path)?.[1] : undefined;
  if (name === undefined) return params;
  const { '*': rest, ...others } = params as { readonly [name: string]: string };
  return { ...others, [name]: rest };
}

function send(
  route: RouteSpec,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
  { usual, checkAnswers }: { usual: number; checkAnswers: boolean },
): FastifyReply {
  if (reply.statusCode === 200) reply.code(usual);
  if (answer === undefined) return reply.send();
  if (checkAnswers) {
    const parsed = route.responses[reply.statusCode]?.schema?.safeParse(answer);
    if (parsed?.success !== true) throw new Error(`the answer of ${route.path} is not of its schema: ${parsed?.error?.message ?? 'no schema'}`);
  }
  const text = JSON.stringify(answer);
  if (route.etag !== undefined || route.ifMatch !== undefined) {
    const etag = etagOf(answer, text);
    reply.header('etag', etag).header('cache-control', 'private, no-cache');
    const known = request.headers['if-none-match'];
    if (route.etag !== undefined && known !== undefined && matches(known, etag)) return reply.code(304).send();
  }
  return reply.header('content-type', 'application/json; charset=utf-8').send(text);
}

function bodyOf(route: RouteSpec, request: FastifyRequest): unknown {
  const multipart = request.isMultipart?.() === true;
  if (route.bodyType === 'multipart' && multipart) return undefined;
  if (multipart) throw new ApiError('MR_MEDIA_TYPE');
  if (route.body === undefined) {
    if (request.body !== undefined && request.body !== null) throw new ApiError('MR_REQUEST', 'This takes no body.');
    return undefined;
  }
  return check(route.body, request.body === undefined ? {} : request.body, []);
}

/** Throws MR_REQUEST, with the places. No text may hold a NUL: no process could be given it. */
export function check(schema: z.ZodType | undefined, value: unknown, place: readonly string[]): unknown {
  if (schema === undefined) return undefined;
  const code: ApiErrorCode = 'MR_REQUEST';
  if (JSON.stringify(value)?.includes('\\u0000') === true) throw new ApiError(code, 'There is a NUL character in it.');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues, place);
}

function ifMatch(route: RouteSpec, request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (route.ifMatch === undefined) return null;
  if (header !== undefined) return revisionOf(header);
  if (route.ifMatch === 'needed') throw new ApiError('MR_REVISION_NEEDED');
  return null;
}

/** A browser sends its cookie with whatever page asks for it; the header only pages of ours can send. */
function checkCsrf(route: RouteSpec, request: FastifyRequest): void {
  const session = request.principal?.session ?? null;
  if (session === null || route.method === 'GET' || route.permission === 'everybody') return;
  const given = request.headers[CSRF_HEADER];
  if (typeof given !== 'string' || !sameText(given, session.csrf)) throw new ApiError('MR_CSRF');
}
