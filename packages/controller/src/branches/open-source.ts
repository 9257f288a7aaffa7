/** From a source's configuration to what it looks at: its address, its credential, its forge. */
import type { BranchSourceConfig, OrganizationSource } from '@millrace/protocol';
import type { Credential, FindCredential } from '../credentials/credential.ts';
import { CredentialError } from '../credentials/credential.ts';
import { GITHUB_APP } from '../credentials/github-app.ts';
import type { BranchSource } from './branch-source.ts';
import type { ForgeRepositoryPlace } from './build-place.ts';
import type { CheckRuns, Forge, ForgeOwner } from './forges/forge.ts';
import type { AnswerCache } from './forges/forge-http.ts';
import { openForge, openOwner } from './forges/registry.ts';
import { gitBranchSource } from './git-branch-source.ts';
import type { GitLook } from './git-look.ts';

export interface SourceServices {
  readonly credential: FindCredential;
  readonly git: GitLook;
  readonly answers: AnswerCache | null;
  readonly now: () => number;
}

/** Rejects with MR_CREDENTIALS_UNKNOWN where it names one that is not there, or may not be used for this item. */
async function credentialOf({ credential }: SourceServices, id: string | null, item: string, purpose: string): Promise<Credential | null> {
  if (id === null) return null;
  const found = await credential(id, { item, build: null, purpose });
  if (found === null) throw new CredentialError(id);
  return found;
}

export async function openSource(services: SourceServices, item: string, source: BranchSourceConfig): Promise<BranchSource> {
  const credential = await credentialOf(services, source.credentialsId, item, 'scan');
  const forge = source.kind === 'git' ? null : openForge(source, source.repository, { credential, cache: services.answers, now: services.now });
  return gitBranchSource({ source, credential, forge, git: services.git });
}

/** To tell it how a build went. */
export async function forgeFor(services: SourceServices, item: string, source: ForgeRepositoryPlace): Promise<Forge> {
  const credential = await credentialOf(services, source.credentialsId, item, 'status');
  return openForge(source, source.repository, { credential, cache: null, now: services.now });
}

/** Null: the credential is none of a GitHub App, or the forge has no checks. */
export async function checksFor(services: SourceServices, item: string, source: ForgeRepositoryPlace): Promise<CheckRuns | null> {
  const credential = await credentialOf(services, source.credentialsId, item, 'status');
  if (credential?.type !== GITHUB_APP) return null;
  return openForge(source, source.repository, { credential, cache: null, now: services.now }).checks;
}

export async function ownerFor(services: SourceServices, item: string, source: Exclude<OrganizationSource, { kind: 'git' }>): Promise<ForgeOwner> {
  const credential = await credentialOf(services, source.credentialsId, item, 'scan');
  return openOwner(source, source.owner, { credential, cache: services.answers, now: services.now });
}
