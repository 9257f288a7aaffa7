/** Which forges there are, and how a credential is shown to each. */
import type { ForgeKind } from '@millrace/protocol';
import type { Credential } from '../../credentials/credential.ts';
import { BITBUCKET_API, bitbucketCloud, bitbucketCloudOwner } from './bitbucket-cloud.ts';
import { bitbucketServer, bitbucketServerOwner } from './bitbucket-server.ts';
import type { Forge, ForgeOwner } from './forge.ts';
import { ForgeError } from './forge-error.ts';
import type { AnswerCache } from './forge-http.ts';
import { ForgeHttp } from './forge-http.ts';
import { gitea, giteaOwner } from './gitea.ts';
import { GITHUB_API, github, githubOwner } from './github.ts';
import { GITLAB_API, gitlab, gitlabOwner } from './gitlab.ts';

interface ForgeEntry {
  readonly apiUrl: string | null;
  /** What people see, where that is no part of `apiUrl`. */
  readonly webUrl?: string;
  /** What stands behind the address that people see. */
  readonly suffix: RegExp;
  /** What is put behind an address that has no suffix: that of the server, as Jenkins' plug-in is told it. */
  readonly usualSuffix?: string;
  /** Below the address that people see, where git finds repositories. */
  readonly gitPath?: string;
  /** Which repositories are an owner's, by the beginning of their names; not there: those that begin with the owner's name. */
  readonly ownerPath?: (owner: string) => string;
  readonly headers: (fields: Credential['fields']) => Record<string, string>;
  readonly forge: (http: ForgeHttp, repository: string) => Forge;
  readonly owner: (http: ForgeHttp, owner: string) => ForgeOwner;
}

/** Of a credential of user and password the password is the token, as with Jenkins' branch sources. */
const tokenOf = (fields: Credential['fields']): string | undefined => fields['secret'] ?? fields['password'];

/** With a user, as a password of his: an app password or API token. Alone an access token of a repository, project or workspace. */
function ofBitbucket(fields: Credential['fields']): Record<string, string> {
  const { username = '' } = fields;
  const token = tokenOf(fields);
  return username === '' || token === undefined
    ? optional('authorization', 'Bearer ', token)
    : { authorization: `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}` };
}

export const FORGES: { readonly [K in ForgeKind]: ForgeEntry } = {
  github: {
    apiUrl: GITHUB_API,
    webUrl: 'https://github.com',
    suffix: /\/api\/v3$/,
    headers: (f) => ({ 'x-github-api-version': '2022-11-28', ...optional('authorization', 'Bearer ', tokenOf(f)) }),
    forge: github,
    owner: githubOwner,
  },
  gitlab: { apiUrl: GITLAB_API, suffix: /\/api\/v4$/, headers: (f) => optional('private-token', '', tokenOf(f)), forge: gitlab, owner: gitlabOwner },
  gitea: { apiUrl: null, suffix: /\/api\/v1$/, headers: (f) => optional('authorization', 'token ', tokenOf(f)), forge: gitea, owner: giteaOwner },
  bitbucket: {
    apiUrl: BITBUCKET_API,
    webUrl: 'https://bitbucket.org',
    suffix: /\/2\.0$/,
    headers: ofBitbucket,
    forge: bitbucketCloud,
    owner: bitbucketCloudOwner,
    ownerPath: (owner) => owner.replace(/\/.*$/s, ''),
  },
  bitbucketServer: {
    apiUrl: null,
    suffix: /\/rest\/api\/(1\.0|latest)$/,
    usualSuffix: '/rest/api/1.0',
    headers: ofBitbucket,
    forge: bitbucketServer,
    owner: bitbucketServerOwner,
    gitPath: '/scm',
  },
};

function optional(name: string, prefix: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: prefix + value };
}

export interface ForgePlace {
  readonly kind: ForgeKind;
  readonly apiUrl: string | null;
}

/** Throws MR_FORGE_UNKNOWN where it has to be told, or is that of another kind. */
export function apiUrlOf({ kind, apiUrl }: ForgePlace): string {
  const { usualSuffix, suffix, ...entry } = FORGES[kind];
  const url = apiUrl ?? entry.apiUrl;
  if (url === null) throw new ForgeError('MR_FORGE_UNKNOWN', `${kind} needs apiUrl: the address of its API`);
  const clean = url.replace(/\/+$/, '');
  // There is one Cloud alone: who names another address has a server of his own.
  if (kind === 'bitbucket' && !suffix.test(clean))
    throw new ForgeError(
      'MR_FORGE_UNKNOWN',
      `${clean} is not the API of Bitbucket Cloud, which ends with /2.0; of Bitbucket Data Center the kind is bitbucketServer`,
    );
  return usualSuffix === undefined || suffix.test(clean) ? clean : clean + usualSuffix;
}

/** The address that people see, without a slash at its end: `https://github.com`. */
export function webUrlOf(place: ForgePlace): string {
  const url = apiUrlOf(place);
  const { apiUrl, webUrl, suffix } = FORGES[place.kind];
  return webUrl !== undefined && url === apiUrl ? webUrl : url.replace(suffix, '');
}

export function cloneUrlOf(place: ForgePlace, repository: string): string {
  return `${webUrlOf(place)}${FORGES[place.kind].gitPath ?? ''}/${repository}.git`;
}

/** What the addresses of an owner's repositories begin with. */
export function ownerUrlOf(place: ForgePlace, owner: string): string {
  const { gitPath = '', ownerPath } = FORGES[place.kind];
  return `${webUrlOf(place)}${gitPath}/${ownerPath?.(owner) ?? owner}`;
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
