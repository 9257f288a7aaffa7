/** GitHub, and GitHub Enterprise Server: https://docs.github.com/en/rest, version 2022-11-28. */
import { z } from 'zod';
import type { Access, CommitStatus, Forge, ForgeOwner } from './forge.ts';
import type { ForgeHttp } from './forge-http.ts';
import { githubChecks } from './github-checks.ts';
import { changeOf, permissionShape, pull, repositoryOf, repositoryShape } from './pull-shape.ts';

export const GITHUB_API = 'https://api.github.com';
const STATES = {
  pending: 'pending',
  running: 'pending',
  success: 'success',
  unstable: 'failure',
  failure: 'failure',
  error: 'error',
  aborted: 'error',
  skipped: 'success',
} as const satisfies Record<CommitStatus['state'], string>;
/** What it takes of a description. */
const LONGEST = 140;

export function github(http: ForgeHttp, repository: string): Forge {
  const at = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
  return {
    kind: 'github',
    prefix: 'PR',
    checks: githubChecks(http, at),
    commitOf: null,
    mergeRequests: null,
    repository: async () => repositoryOf(await http.get(at, repositoryShape)),
    async *changes() {
      for await (const page of http.pages(`${at}/pulls?state=open&per_page=100`, pull)) yield page.map((p) => changeOf(p, repository));
    },
    async change(number) {
      const found = await http.find(`${at}/pulls/${number}`, pull);
      return found?.state === 'open' ? changeOf(found, repository) : null;
    },
    isContributor: (login) => http.has(`${at}/collaborators/${encodeURIComponent(login)}`),
    async access(login) {
      const found = await http.find(`${at}/collaborators/${encodeURIComponent(login)}/permission`, permissionShape);
      return accessOf(found?.permission);
    },
    async person(login) {
      const found = await http.find(`/users/${encodeURIComponent(login)}`, z.object({ name: z.string().nullish(), email: z.string().nullish() }));
      return { name: found?.name || null, email: found?.email || null };
    },
    setStatus: (commit, { state, context, description, url }) =>
      http.post(`${at}/statuses/${commit}`, { state: STATES[state], context, description: description.slice(0, LONGEST), target_url: url }),
  };
}

/** What none of them says is no access. */
export function accessOf(permission: string | undefined): Access {
  if (permission === 'admin' || permission === 'owner') return 'admin';
  return permission === 'write' || permission === 'maintain' ? 'write' : permission === 'read' || permission === 'triage' ? 'read' : 'none';
}

/** An organization where there is one of that name, else a user. */
export function githubOwner(http: ForgeHttp, owner: string): ForgeOwner {
  const name = encodeURIComponent(owner);
  return {
    async *repositories() {
      const isOrganization = await http.has(`/orgs/${name}`);
      const list = `${isOrganization ? `/orgs/${name}` : `/users/${name}`}/repos?per_page=100${isOrganization ? '&type=all' : '&type=owner'}`;
      for await (const page of http.pages(list, repositoryShape)) yield page.map(repositoryOf);
    },
  };
}
