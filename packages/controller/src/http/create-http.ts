/** The web server of a controller: the API, and what else answers over HTTP. */

import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import type { ControllerParts } from '../controller.ts';

export interface HttpSettings {
  readonly tls: { readonly key: string; readonly certificate: string } | null;
  readonly anonymous: 'none' | 'viewer';
}

export async function createHttp(_parts: ControllerParts, _settings: HttpSettings): Promise<FastifyInstance> {
  return Fastify({ forceCloseConnections: true });
}
