/**
 * The web page: the files that packages/web builds, at the root, and its one document for every address that the page itself
 * has (those of jobs and builds are Jenkins'). It asks the API alone; here it is only served, under a policy without inline code.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readRoute } from './methods.ts';

/** Of the page's router (packages/web/src/app.tsx). */
const ADDRESSES = ['/', '/login', '/new', '/job/*', '/queue', '/nodes', '/nodes/*', '/clouds', '/templates', '/templates/*', '/system', '/system/*'];

/** In the document as it was built: packages/web/vite.config.ts. */
const NONCE = 'CSP_NONCE';

/** No inline code. Styles that libraries make in the page carry the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    // HTML reports, which are answered as sandboxes of their own: report-answers.ts.
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export async function servePage(app: FastifyInstance, folder: string): Promise<void> {
  const document = readFileSync(join(folder, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    // Their names hold their digests.
    immutable: true,
    maxAge: '1y',
    preCompressed: true,
    decorateReply: false,
    index: false,
  });
  const icon = readFileSync(join(folder, 'icon.svg'));
  readRoute(app, '/icon.svg', async (_request, reply) => reply.header('cache-control', 'max-age=86400').type('image/svg+xml').send(icon));
  const send = async (_request: unknown, reply: FastifyReply): Promise<unknown> => {
    const nonce = randomBytes(16).toString('base64');
    reply.header('content-security-policy', policy(nonce)).header('cache-control', 'no-store').type('text/html; charset=utf-8');
    return reply.send(document.replaceAll(NONCE, nonce));
  };
  for (const address of ADDRESSES) readRoute(app, address, send);
}
