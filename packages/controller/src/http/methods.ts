/** Which methods an address takes: HEAD where GET is, and 405 with `Allow` for the others (RFC 9110). */
import { ApiError } from '@millrace/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods, RouteHandlerMethod } from 'fastify';

export const READ: HTTPMethods[] = ['GET', 'HEAD'];

export function readRoute(app: FastifyInstance, url: string, handler: RouteHandlerMethod): void {
  app.route({ method: READ, url, handler });
}

/** To be called before routes are added. Answers what an address that no route takes is refused with. */
export function watchMethods(app: FastifyInstance): (request: FastifyRequest) => ApiError {
  const routes: { readonly parts: readonly string[]; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    routes.push({ parts: url.split('/'), methods: [method].flat() });
  });
  return ({ method, url }) => {
    const parts = (url.split('?', 1)[0] as string).split('/');
    const allowed = [...new Set(routes.filter((route) => fits(route.parts, parts)).flatMap((route) => route.methods))].sort();
    if (allowed.length === 0 || allowed.includes(method)) return new ApiError('MR_NOT_FOUND');
    return new ApiError('MR_METHOD', `It takes ${allowed.join(', ')}.`, { headers: { allow: allowed.join(', ') } });
  };
}

function fits(route: readonly string[], address: readonly string[]): boolean {
  const rest = route.indexOf('*');
  if (rest === -1 ? route.length !== address.length : address.length <= rest) return false;
  return route.every((part, i) => part === '*' || (part.startsWith(':') ? address[i] !== '' : part === address[i]));
}

/** What a HEAD would have got is never read: a stream is ended before its first byte. */
export async function withoutBody(request: FastifyRequest, _reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (request.method !== 'HEAD') return payload;
  const { destroy } = (payload ?? {}) as { destroy?: () => void };
  if (typeof destroy !== 'function') return payload;
  destroy.call(payload);
  return null;
}
