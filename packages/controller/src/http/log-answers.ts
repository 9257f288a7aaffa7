/**
 * A build's log as it leaves the server: text or lines, a range of it or followed. `x-log-size` is its size now, in bytes, and
 * `x-log-lines`, where it is asked for, how many of its lines have ended.
 */
import { Readable } from 'node:stream';
import { ApiError } from '@millrace/protocol';
import type { FastifyReply } from 'fastify';
import type { BuildRecord } from '../logs/build-record.ts';
import { logLines } from '../logs/log-lines.ts';
import type { LogPiece } from '../logs/log-pieces.ts';
import { logPieces } from '../logs/log-pieces.ts';
import type { Row } from '../store/schema.ts';
import type { RouteServices } from './services.ts';

export interface LogQuery {
  readonly from: number;
  readonly to?: number | undefined;
  readonly line?: number | undefined;
  readonly lines?: number | undefined;
  readonly format: 'text' | 'lines';
  readonly node?: string | undefined;
  readonly follow: boolean;
  readonly count: boolean;
}

export async function sendLog(
  { store, onError, closing }: RouteServices,
  { query, reply }: { readonly query: LogQuery; readonly reply: FastifyReply },
  build: Row<'builds'>,
  record: BuildRecord,
): Promise<FastifyReply> {
  const size = await record.logSize();
  const { node = null, follow } = query;
  const first = query.line ?? (query.from === 0 ? 1 : null);
  if (query.lines !== undefined && first === null) throw new ApiError('MR_REQUEST', '`lines` counts from a `line`, or from the start.');
  const from = query.line === undefined ? query.from : await record.byteOfLine(query.line);
  if (from === null || (from > size && !follow)) throw new ApiError('MR_RANGE', null, { headers: { 'x-log-size': String(size) } });
  const wanted = query.lines === undefined ? query.to : ((await record.byteOfLine((first ?? 1) + query.lines)) ?? undefined);
  // Without following, what comes meanwhile is for the next request, which goes on at `to`.
  const to = follow ? (wanted ?? null) : Math.min(wanted ?? size, size);
  const gone = new AbortController();
  reply.raw.on('close', () => {
    gone.abort();
  });
  const pieces = logPieces({ store, record, from, to, node, follow, signal: AbortSignal.any([gone.signal, closing]) });
  const lines = query.format === 'lines';
  const content = Readable.from(lines ? linesOf(pieces, node === null ? first : null) : textOf(pieces), { objectMode: false });
  content.on('error', (error) => {
    if (!gone.signal.aborted) onError(error);
  });
  reply.header('x-log-size', size).header('x-log-more', String(build.state === 'running' || (to !== null && to < size)));
  if (query.count) reply.header('x-log-lines', await record.countLines());
  reply.type(lines ? 'application/x-ndjson; charset=utf-8' : 'text/plain; charset=utf-8');
  return reply.send(content);
}

async function* textOf(pieces: AsyncIterable<LogPiece>): AsyncGenerator<string> {
  for await (const { text } of pieces) if (text !== '') yield text;
}

async function* linesOf(pieces: AsyncIterable<LogPiece>, first: number | null): AsyncGenerator<string> {
  for await (const line of logLines(pieces, first)) yield `${JSON.stringify(line)}\n`;
}
