/**
 * `/sonarqube-webhook/`: SonarQube tells that an analysis is over. Builds that wait for it ask SonarQube at once; what the hook
 * says itself decides nothing, so a lost or false one does no harm.
 */
import { createHmac } from 'node:crypto';
import { ApiError } from '@millrace/protocol';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sameText } from '../auth/same-text.ts';
import type { SonarServerConfig } from '../config/installation.ts';
import type { FindCredential } from '../credentials/credential.ts';
import type { Store } from '../store/store.ts';

export interface SonarWebhookOptions {
  readonly store: Store;
  readonly credential: FindCredential;
  readonly servers: () => readonly SonarServerConfig[];
}

const LARGEST = 1 << 20;
const payload = z.object({ taskId: z.string().regex(/^[\w.-]{1,200}$/) });

export async function sonarWebhook(app: FastifyInstance, options: SonarWebhookOptions): Promise<void> {
  await app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) => {
      done(null, body);
    });
    for (const url of ['/sonarqube-webhook', '/sonarqube-webhook/'])
      hooks.post(url, { bodyLimit: LARGEST }, async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        await checkSignature(options, request.headers['x-sonar-webhook-hmac-sha256'], body);
        const task = taskOf(body);
        await options.store.write(async (_tx, wakes) => wakes.add(`sonar ${task}`));
        return reply.code(200).send({});
      });
  });
}

function taskOf(body: Buffer): string {
  try {
    return payload.parse(JSON.parse(body.toString('utf8'))).taskId;
  } catch {
    throw new ApiError('MR_WEBHOOK', 'It is no webhook of SonarQube: JSON with a taskId is wanted.');
  }
}

/** Where a server has a secret, all have to be signed with one of them. */
async function checkSignature({ servers, credential }: SonarWebhookOptions, given: string | string[] | undefined, body: Buffer): Promise<void> {
  const ids = servers().flatMap(({ webhookSecretId }) => webhookSecretId ?? []);
  if (ids.length === 0) return;
  if (typeof given !== 'string') throw new ApiError('MR_WEBHOOK_SIGNATURE', 'It carries no signature: set the secret of the webhook in SonarQube too.');
  for (const id of ids) {
    const secret = (await credential(id, { item: null, build: null, purpose: 'webhook' }))?.fields['secret'] ?? '';
    if (secret !== '' && sameText(given.toLowerCase(), createHmac('sha256', secret).update(body).digest('hex'))) return;
  }
  throw new ApiError('MR_WEBHOOK_SIGNATURE', 'It was signed with another secret.');
}
