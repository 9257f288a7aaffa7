/**
 * Artifacts as they leave the server. They are somebody's files: a browser gets them as downloads of no type, in a sandbox,
 * so that a page among them can do nothing in the server's name.
 */
import { ApiError } from '@millrace/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.ts';
import { archive } from '../builds/artifacts.ts';
import type { Row } from '../store/schema.ts';
import { matches } from './etag.ts';
import type { ApiServices } from './services.ts';

export async function sendArtifact({ blobs }: ApiServices, request: FastifyRequest, reply: FastifyReply, artifact: Row<'artifacts'>): Promise<FastifyReply> {
  const { path } = artifact;
  asDownload(reply, path.split('/').at(-1) ?? path);
  return sendBlob(blobs, request, reply.type('application/octet-stream'), artifact);
}

/** Whole or a part of it, or that it is as it was. */
export async function sendBlob(
  blobs: BlobStore,
  request: FastifyRequest,
  reply: FastifyReply,
  { blob, size, sha256 }: Pick<Row<'artifacts'>, 'blob' | 'size' | 'sha256'>,
): Promise<FastifyReply> {
  const etag = `"${sha256}"`;
  reply.header('etag', etag).header('accept-ranges', 'bytes').header('cache-control', 'private, no-cache');
  const known = request.headers['if-none-match'];
  if (known !== undefined && matches(known, etag)) return reply.code(304).send();
  const condition = request.headers['if-range'];
  const range = condition === undefined || condition === etag ? rangeOf(request.headers.range, size) : null;
  if (range === null) return reply.header('content-length', size).send(await blobs.read(blob));
  const { from, to } = range;
  reply
    .code(206)
    .header('content-range', `bytes ${from}-${to - 1}/${size}`)
    .header('content-length', to - from);
  return reply.send(await blobs.read(blob, { from, to }));
}

export async function sendArchive(
  { store, blobs, onError }: ApiServices,
  reply: FastifyReply,
  build: Row<'builds'>,
  folder: string | undefined,
): Promise<FastifyReply> {
  const name = `${build.job.split('/').at(-1)}-${build.number}${folder === undefined ? '' : `-${folder.split('/').at(-1)}`}.zip`;
  const content = await archive(store, blobs, build.id, folder, new Date(build.ended_at ?? build.started_at ?? build.queued_at), onError);
  reply.raw.on('close', () => {
    content.destroy();
  });
  asDownload(reply, name);
  return reply.type('application/zip').send(content);
}

function asDownload(reply: FastifyReply, name: string): void {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  reply.header(
    'content-disposition',
    `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
  );
  reply.header('content-security-policy', "sandbox; default-src 'none'");
}

/** Of one range in bytes; several at once, and what is no range, are answered with all. Throws MR_RANGE beyond the end. */
export function rangeOf(header: string | undefined, size: number): { readonly from: number; readonly to: number } | null {
  const m = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (m === null || (m[1] === '' && m[2] === '')) return null;
  const first = m[1] === '' ? Math.max(0, size - Number(m[2])) : Number(m[1]);
  const last = m[1] === '' || m[2] === '' ? size - 1 : Math.min(Number(m[2]), size - 1);
  if (m[1] !== '' && m[2] !== '' && Number(m[2]) < first) return null;
  if (first >= size || last < first) throw new ApiError('MR_RANGE', null, { headers: { 'content-range': `bytes */${size}` } });
  return { from: first, to: last + 1 };
}
