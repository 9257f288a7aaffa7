/** The agent API over HTTP. Bodies are checked by the protocol's schemas; nothing here is behind a user's login. */
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';
import {
  AGENT_HEADER,
  AGENT_PATH,
  ConnectRequest,
  ContainerRequest,
  CRC_HEADER,
  MAX_CHUNK,
  MAX_OUTPUT_PIECE,
  OutputQuery,
  PollRequest,
  SESSION_HEADER,
  SHA256_HEADER,
  TransferEnd,
  WorkResult,
} from '@millrace/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Entered } from '../clouds/enter-container.ts';
import type { Row } from '../store/schema.ts';
import type { AgentDesk } from './agent-desk.ts';
import { AgentError } from './agent-error.ts';
import type { Transfers } from './transfers.ts';

export interface AgentRoutesOptions {
  readonly desk: AgentDesk;
  readonly transfers: Transfers;
  readonly blobs: BlobStore;
  /**
   * Output for a build, wherever it runs. Answers the durable cursor; null: nobody wants it; 'later': its owner can't be reached
   * now.
   */
  readonly output: (work: Row<'work'>, from: number, to: number, text: string) => Promise<number | null | 'later'>;
  /** Has a runner started in a container of the node's pod. */
  readonly enter: (node: Row<'nodes'>, container: string) => Promise<Entered>;
  /** The bundled agent; null where this installation has none. */
  readonly bundle: string | null;
}

export async function agentRoutes(app: FastifyInstance, { desk, transfers, blobs, output, enter, bundle }: AgentRoutesOptions): Promise<void> {
  app.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: 3 * MAX_OUTPUT_PIECE }, (_request, body, done) => {
    done(null, body);
  });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MAX_CHUNK }, (_request, body, done) => {
    done(null, body);
  });
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof AgentError) return reply.code(error.status).send({ code: error.code, message: error.message });
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'the agent API failed');
    return reply
      .code(status)
      .send({ code: status >= 500 ? 'MR_INTERNAL' : 'MR_AGENT_REQUEST', message: status >= 500 ? 'internal error' : (error as Error).message });
  });

  const callerOf = (request: FastifyRequest): { readonly name: string; readonly secret: string } => {
    const name = request.headers[AGENT_HEADER];
    const secret = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (typeof name !== 'string' || secret === undefined) throw new AgentError('MR_AGENT_SECRET', 401);
    return { name: decodeURIComponent(name), secret };
  };
  const nodeOf = (request: FastifyRequest): Promise<Row<'nodes'>> => {
    const { name, secret } = callerOf(request);
    return desk.authenticate(name, secret);
  };
  /** For all but `connect`: of the session that is the node's now. */
  const inSession = async (request: FastifyRequest): Promise<Row<'nodes'>> => {
    const node = await nodeOf(request);
    if (node.session === null || node.session !== request.headers[SESSION_HEADER]) throw new AgentError('MR_AGENT_SESSION', 401);
    return node;
  };
  const workOf = async (request: FastifyRequest): Promise<Row<'work'>> => {
    const row = await desk.openWork(await inSession(request), (request.params as { id: string }).id);
    if (row === null) throw Gone;
    return row;
  };
  const orGone =
    (handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      try {
        return await handle(request, reply);
      } catch (error) {
        if (error !== Gone) throw error;
        return reply.code(410).send({ code: 'MR_AGENT_TRANSFER', message: 'nobody waits for it any more' });
      }
    };

  app.post(`${AGENT_PATH}/connect`, async (request) => desk.connect(await nodeOf(request), checked(ConnectRequest, request.body)));

  app.post(`${AGENT_PATH}/poll`, async (request, reply) => {
    const { name, secret } = callerOf(request);
    const gone = new AbortController();
    reply.raw.on('close', () => {
      if (!reply.raw.writableFinished) gone.abort();
    });
    return desk.poll(name, secret, checked(PollRequest, request.body), gone.signal);
  });

  app.post(
    `${AGENT_PATH}/work/:id/output`,
    orGone(async (request, reply) => {
      const { from, to } = checked(OutputQuery, request.query);
      const work = await workOf(request);
      const cursor = await output(work, from, to, String(request.body ?? ''));
      if (cursor === 'later') return later(reply);
      if (cursor === null) throw Gone;
      return cursor >= to ? reply.code(204).send() : reply.code(409).send({ cursor });
    }),
  );

  app.post(
    `${AGENT_PATH}/work/:id/result`,
    { bodyLimit: 64 << 20 },
    orGone(async (request, reply) => {
      const kept = await desk.result(await inSession(request), (request.params as { id: string }).id, checked(WorkResult, request.body));
      if (kept === false) throw Gone;
      if (kept === 'later') return later(reply);
      return kept === true ? reply.code(204).send() : reply.code(409).send({ cursor: kept });
    }),
  );

  app.post(
    `${AGENT_PATH}/work/:id/container`,
    orGone(async (request, reply) => {
      const { name } = checked(ContainerRequest, request.body);
      const node = await inSession(request);
      if ((await desk.openWork(node, (request.params as { id: string }).id)) === null) throw Gone;
      const answer = await enter(node, name);
      if (answer.entered) return reply.code(204).send();
      const { again, code, message } = answer;
      return reply.code(again ? 503 : 422).send({ code, message });
    }),
  );

  const transfer = `${AGENT_PATH}/work/:id/transfers/:name`;
  const nameOf = (request: FastifyRequest): string => (request.params as { name: string }).name;
  app.post(
    transfer,
    orGone(async (request) => ({ offset: await transfers.begin(await workOf(request), nameOf(request)) })),
  );
  app.patch(
    transfer,
    orGone(async (request, reply) => {
      const work = await workOf(request);
      const offset = Number((request.query as { offset?: string }).offset);
      const chunk = request.body;
      if (!Buffer.isBuffer(chunk) || !Number.isSafeInteger(offset) || offset < 0) throw new AgentError('MR_AGENT_REQUEST', 400);
      if (crc32(chunk).toString(16).padStart(8, '0') !== request.headers[CRC_HEADER]) throw new AgentError('MR_AGENT_REQUEST', 400, 'the chunk is damaged');
      const now = await transfers.append(work, nameOf(request), offset, chunk);
      return now < offset + chunk.length ? reply.code(409).send({ offset: now }) : { offset: now };
    }),
  );
  app.put(
    transfer,
    orGone(async (request, reply) => {
      const work = await workOf(request);
      const end = checked(TransferEnd, request.body);
      try {
        await transfers.complete(work, nameOf(request), end);
      } catch (error) {
        if ((error as { code?: string }).code !== 'MR_BLOB_MISMATCH') throw error;
        return reply.code(409).send({ offset: 0 });
      }
      return reply.code(204).send();
    }),
  );
  app.get(
    transfer,
    orGone(async (request, reply) => {
      const work = await workOf(request);
      if (nameOf(request) === 'artifacts') return transfers.artifacts(work);
      const found = await transfers.download(work, nameOf(request));
      if (found === null) return reply.code(404).send({ code: 'MR_AGENT_TRANSFER', message: 'there is nothing of that name' });
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      reply.header(SHA256_HEADER, found.sha256).type('application/octet-stream');
      if (from > 0) reply.code(206).header('content-range', `bytes ${from}-${found.size - 1}/${found.size}`);
      reply.header('content-length', Math.max(0, found.size - from));
      return reply.send(await blobs.read(found.key, { from }));
    }),
  );

  app.get(`${AGENT_PATH}/agent.cjs`, async (_request, reply) => {
    if (bundle === null) return reply.code(404).send({ code: 'MR_AGENT_TRANSFER', message: 'this installation was not built: npm run build' });
    return reply.type('text/javascript').send(createReadStream(bundle));
  });
}

const Gone = new Error('gone');

function later(reply: FastifyReply): FastifyReply {
  return reply.code(503).header('retry-after', '1').send({ code: 'MR_AGENT_TRANSFER', message: 'the build is being taken over' });
}

function checked<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AgentError('MR_AGENT_REQUEST', 400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
