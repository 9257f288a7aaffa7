/** Whether a webhook comes from who knows the secret: as each forge signs it. Compared in constant time. */
import { createHmac } from 'node:crypto';
import { sameText } from '../auth/same-text.ts';
import type { Forge } from './forge-payloads.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Null: there is no signature. */
export function signedBy(forge: Forge, headers: Headers, body: Uint8Array, secrets: readonly string[]): boolean | null {
  if (forge === 'gitlab') {
    const token = one(headers['x-gitlab-token']);
    return token === null ? null : secrets.some((secret) => sameText(token, secret));
  }
  const given = SIGNATURES[forge].map((name) => one(headers[name])).find((value) => value !== null) ?? null;
  if (given === null) return null;
  const hex = given.replace(/^sha256=/, '').toLowerCase();
  return secrets.some((secret) => sameText(hex, createHmac('sha256', secret).update(body).digest('hex')));
}

const SIGNATURES: Readonly<Record<Exclude<Forge, 'gitlab'>, readonly string[]>> = {
  github: ['x-hub-signature-256'],
  gitea: ['x-gitea-signature', 'x-hub-signature-256'],
  gogs: ['x-gogs-signature'],
  bitbucket: ['x-hub-signature', 'x-hub-signature-256'],
};

export function one(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
