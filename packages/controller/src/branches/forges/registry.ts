/** Which forges there are, and how a credential is shown to each. */
import type { ForgeKind } from '@millrace/protocol';
import type { Credential } from '../../credentials/credential.ts';
import type { Forge, ForgeOwner } from './forge.ts';
import { ForgeError } from './forge-error.ts';
import type { AnswerCache } from './forge-http.ts';
import { ForgeHttp } from './forge-http.ts';
import { gitea, giteaOwner } from './gitea.ts';
import { GITHUB_API, github, githubOwner } from './github.ts';
import { GITLAB_API, gitlab, gitlabOwner } from './gitlab.ts';

interface ForgeEntry {
  readonly apiUrl: string | null;
  /** What stands behind the address that people see. */
  readonly suffix: RegExp;
  readonly headers: (fields: Credential['fields']) => Record<string, string>;
  readonly forge: (http: ForgeHttp, repository: string) => Forge;
  readonly owner: (http: ForgeHttp, owner: string) => ForgeOwner;
}

/** Of a credential of user and password the password is the token, as with Jenkins' branch sources. */
const tokenOf = (fields: Credential['fields']): string | undefined => fields['secret'] ?? fields['password'];

export const FORGES: { readonly [K in ForgeKind]: ForgeEntry } = {
  github: {
    apiUrl: GITHUB_API,
    suffix: /\/api\/v3$/,
    headers: (f) => ({ 'x-github-api-version': '2022-11-28', ...optional('authorization', 'Bearer ', tokenOf(f)) }),
    forge: github,
    owner: githubOwner,
  },
  gitlab: { apiUrl: GITLAB_API, suffix: /\/api\/v4$/, headers: (f) => optional('private-token', '', tokenOf(f)), forge: gitlab, owner: gitlabOwner },
  gitea: { apiUrl: null, suffix: /\/api\/v1$/, headers: (f) => optional('authorization', 'token ', tokenOf(f)), forge: gitea, owner: giteaOwner },
};

function optional(name: string, prefix: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: prefix + value };
}

export interface ForgePlace {
  readonly kind: ForgeKind;
  readonly apiUrl: string | null;
}

/** Throws MR_FORGE_UNKNOWN where it has to be told. */
export function apiUrlOf({ kind, apiUrl }: ForgePlace): string {
  const url = apiUrl ?? FORGES[kind].apiUrl;
  if (url === null) throw new ForgeError('MR_FORGE_UNKNOWN', `${kind} needs apiUrl: the address of its API`);
  return url.replace(/\/+$/, '');
}

/** The address that people see, without a slash at its end: `https://github.com`. */
export function webUrlOf(place: ForgePlace): string {
  const url = apiUrlOf(place);
  return url === GITHUB_API ? 'https://github.com' : url.replace(FORGES[place.kind].suffix, '');
}

export function cloneUrlOf(place: ForgePlace, repository: string): string {
  return `${webUrlOf(place)}/${repository}.git`;
}

export interface OpenForge {
  readonly credential: Credential | null;
  readonly cache: AnswerCache | null;
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

function httpOf(place: ForgePlace, { credential, cache, now, signal }: OpenForge): ForgeHttp {
  return new ForgeHttp({
    apiUrl: apiUrlOf(place),
    headers: FORGES[place.kind].headers(credential?.fields ?? {}),
    cache,
    now,
    ...(signal === undefined ? {} : { signal }),
  });
}
export function openForge(place: ForgePlace, repository: string, options: OpenForge): Forge {
  return FORGES[place.kind].forge(httpOf(place, options), repository);
}
export function openOwner(place: ForgePlace, owner: string, options: OpenForge): ForgeOwner {
  return FORGES[place.kind].owner(httpOf(place, options), owner);
}
