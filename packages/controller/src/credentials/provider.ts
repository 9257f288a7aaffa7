/**
 * The port to what keeps credentials beside the database. Read only: they are changed where they are.
 *
 * - `find` may be called at any time, side by side and again; null: there is none of that id. `list` may be shortened by what the provider
 *   allows to be listed.
 * - Both reject with ProviderAway where it does not answer or refuses: never with null then, as a build that goes on without its
 *   secret would fail in an odder place.
 * - What is answered may be kept for the time that the provider's settings say, in memory alone.
 */
import type { CredentialAllow } from '@millrace/protocol';
import type { Credential } from './credential.ts';

export interface ProvidedSummary {
  readonly id: string;
  readonly type: string;
  readonly description: string | null;
  /** Fields that are no secret. */
  readonly shown: Readonly<Record<string, string>>;
}

export interface CredentialProvider {
  /** As the API names it: `configuration`, `vault team`, … */
  readonly name: string;
  readonly allow: CredentialAllow;
  find(id: string): Promise<Credential | null>;
  list(): Promise<readonly ProvidedSummary[]>;
  close?(): void;
}

export class ProviderAway extends Error {
  readonly code = 'MR_CREDENTIALS_AWAY';
  constructor(provider: string, message: string, cause?: unknown) {
    super(`The credentials of ${provider} cannot be had: ${message}`, { cause });
  }
}

export const ALLOW_ALL: CredentialAllow = { jobs: null, users: null, builds: true };
