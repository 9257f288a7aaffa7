/** Gitea and Forgejo: https://docs.gitea.com/api, v1. */
import type { CommitStatus, Forge, ForgeOwner } from './forge.ts';
import type { ForgeHttp } from './forge-http.ts';
import { accessOf } from './github.ts';
import { changeOf, permissionShape, pull, repositoryOf, repositoryShape } from './pull-shape.ts';

const STATES = {
  pending: 'pending',
  running: 'pending',
  success: 'success',
  unstable: 'warning',
  failure: 'failure',
  error: 'error',
  aborted: 'error',
  skipped: 'success',
} as const satisfies Record<CommitStatus['state'], string>;

export function gitea(http: ForgeHttp, repository: string): Forge {
  const at = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
  return {
    kind: 'gitea',
    checks: null,
    commitOf: null,
    mergeRequests: null,
    prefix: 'PR',
    repository: async () => repositoryOf(await http.get(at, repositoryShape)),
    async *changes() {
      for await (const page of http.pages(`${at}/pulls?state=open&limit=50`, pull)) yield page.map((p) => changeOf(p, repository));
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
    // A pull request tells them itself.
    person: async () => ({ name: null, email: null }),
    setStatus: (commit, { state, context, description, url }) =>
      http.post(`${at}/statuses/${commit}`, { state: STATES[state], context, description, target_url: url }),
  };
}

export function giteaOwner(http: ForgeHttp, owner: string): ForgeOwner {
  const name = encodeURIComponent(owner);
  return {
    async *repositories() {
      const list = `${(await http.has(`/orgs/${name}`)) ? `/orgs/${name}` : `/users/${name}`}/repos?limit=50`;
      for await (const page of http.pages(list, repositoryShape)) yield page.map(repositoryOf);
    },
  };
}
