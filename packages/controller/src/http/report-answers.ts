/**
 * Files of HTML reports as pages. They are somebody's files at the server's own address, so nothing in them may do anything: no
 * script runs and no form is sent (`sandbox`, as Jenkins' own policy for such files has it), nothing comes from elsewhere, and
 * only the server's page may frame them. They stay of its origin, since a browser would not send the session for their images
 * and links otherwise. A script's file has no type of a script, so no other page can be made to run it either.
 */
import { ApiError } from '@millrace/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.ts';
import { sendBlob } from './artifact-answers.ts';

const POLICY = [
  'sandbox allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "media-src 'self'",
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** Pages say their character set themselves. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'application/xhtml+xml',
  css: 'text/css',
  txt: 'text/plain; charset=utf-8',
  log: 'text/plain; charset=utf-8',
  md: 'text/plain; charset=utf-8',
  csv: 'text/plain; charset=utf-8',
  json: 'text/plain; charset=utf-8',
  xml: 'text/plain; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  ico: 'image/x-icon',
  bmp: 'image/bmp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
};

/** A folder means its `index.html`. */
export function reportFile(path: string): string {
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

export async function sendReportFile(blobs: BlobStore, request: FastifyRequest, reply: FastifyReply, path: string, blob: string): Promise<FastifyReply> {
  const facts = await blobs.stat(blob);
  if (facts === null) throw new ApiError('MR_ARTIFACT_UNKNOWN', path);
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  reply.header('content-security-policy', POLICY).header('x-frame-options', 'SAMEORIGIN');
  reply.type(Object.hasOwn(TYPES, ending) ? (TYPES[ending] as string) : 'application/octet-stream');
  return sendBlob(blobs, request, reply, { ...facts, blob });
}
