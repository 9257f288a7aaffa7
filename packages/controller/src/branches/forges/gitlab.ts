/** GitLab: https://docs.gitlab.com/api, v4. Its merge requests are `MR-3`. */
import { z } from 'zod';
import type { Access, CommitStatus, Forge, ForgeChange, ForgeOwner, ForgeRepository, MergeRequests } from './forge.ts';
import type { ForgeHttp } from './forge-http.ts';
import { forkOf, hash } from './pull-shape.ts';

export const GITLAB_API = 'https://gitlab.com/api/v4';
const STATES = {
  pending: 'pending',
  running: 'running',
  success: 'success',
  unstable: 'failed',
  failure: 'failed',
  error: 'failed',
  aborted: 'canceled',
  skipped: 'skipped',
} as const satisfies Record<CommitStatus['state'], string>;
/** Developer, Maintainer: of members' access levels. */
const DEVELOPER = 30,
  MAINTAINER = 40,
  REPORTER = 20;

const project = z.object({
  path_with_namespace: z.string(),
  path: z.string(),
  http_url_to_repo: z.string(),
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
  forked_from_project: z.unknown().optional(),
  last_activity_at: z.string().nullish(),
});
const mergeRequest = z.object({
  iid: z.int().min(1),
  state: z.string(),
  title: z.string(),
  web_url: z.string(),
  author: z.object({ id: z.int(), username: z.string(), name: z.string().nullish() }).nullable(),
  source_branch: z.string().min(1).max(1_000),
  target_branch: z.string().min(1).max(1_000),
  sha: hash.nullable(),
  source_project_id: z.int().nullable(),
  target_project_id: z.int(),
});

export function gitlab(http: ForgeHttp, repository: string): Forge {
  const at = `/projects/${encodeURIComponent(repository)}`;
  const forks = new Map<number, Promise<string>>();
  const forkName = (id: number | null, author: string): Promise<string> => {
    if (id === null) return Promise.resolve(author);
    const found =
      forks.get(id) ??
      http.find(`/projects/${id}`, project).then((p) => (p === null ? author : (forkOf(p.path_with_namespace, repository) ?? p.path_with_namespace)));
    forks.set(id, found);
    return found;
  };
  const changeOf = async (m: z.infer<typeof mergeRequest>): Promise<ForgeChange | null> => {
    // One whose branch is gone has no commit.
    if (m.sha === null) return null;
    const author = m.author?.username ?? 'ghost';
    return {
      id: String(m.iid),
      number: m.iid,
      url: m.web_url,
      title: m.title,
      author,
      authorKey: String(m.author?.id ?? 0),
      authorDisplayName: m.author?.name || null,
      authorEmail: null,
      target: m.target_branch,
      branch: m.source_branch,
      fork: m.source_project_id === m.target_project_id ? null : await forkName(m.source_project_id, author),
      ref: `refs/merge-requests/${m.iid}/head`,
      hash: m.sha,
    };
  };
  const level = async (id: string): Promise<number | null> =>
    (await http.find(`${at}/members/all/${encodeURIComponent(id)}`, z.object({ access_level: z.int() })))?.access_level ?? null;
  return {
    kind: 'gitlab',
    checks: null,
    commitOf: null,
    mergeRequests: mergeRequestsOf(http, at),
    prefix: 'MR',
    repository: async () => repositoryOf(await http.get(at, project)),
    async *changes() {
      for await (const page of http.pages(`${at}/merge_requests?state=opened&per_page=100`, mergeRequest))
        yield (await Promise.all(page.map(changeOf))).filter((c) => c !== null);
    },
    async change(number) {
      const found = await http.find(`${at}/merge_requests/${number}`, mergeRequest);
      return found?.state === 'opened' ? changeOf(found) : null;
    },
    isContributor: async (id) => (await level(id)) !== null,
    access: async (id): Promise<Access> => {
      const found = (await level(id)) ?? 0;
      return found >= MAINTAINER ? 'admin' : found >= DEVELOPER ? 'write' : found >= REPORTER ? 'read' : 'none';
    },
    person: async () => ({ name: null, email: null }),
    async setStatus(commit, { state, context, description, url }) {
      try {
        await http.post(`${at}/statuses/${commit}`, { state: STATES[state], name: context, description: description.slice(0, 255), target_url: url });
      } catch (error) {
        // It refuses a move to the state that it has.
        if (!/Cannot transition status/.test((error as Error).message)) throw error;
      }
    },
  };
}

const mergeFacts = z.object({
  title: z.string(),
  description: z.string().nullish(),
  source_branch: z.string(),
  target_branch: z.string(),
  state: z.string(),
  labels: z.array(z.string()).nullish(),
});

function mergeRequestsOf(http: ForgeHttp, project: string): MergeRequests {
  const at = (number: number): string => `${project}/merge_requests/${number}`;
  return {
    async get(number) {
      const found = await http.find(at(number), mergeFacts);
      if (found === null) return null;
      const { title, description, source_branch: source, target_branch: target, state, labels } = found;
      return { title, description: description ?? '', source, target, isMerged: state === 'merged', labels: labels ?? [] };
    },
    comment: (number, body) => http.post(`${at(number)}/notes`, { body }),
    async hasComment(number, text) {
      const newest = await http.get(`${at(number)}/notes?sort=desc&order_by=created_at&per_page=100`, z.array(z.object({ body: z.string() })));
      return newest.some((note) => note.body.includes(text));
    },
    merge: (number, { message, removeSourceBranch }) =>
      http.put(`${at(number)}/merge`, {
        ...(message === null ? {} : { merge_commit_message: message }),
        ...(removeSourceBranch === null ? {} : { should_remove_source_branch: removeSourceBranch }),
      }),
  };
}

function repositoryOf(p: z.infer<typeof project>): ForgeRepository {
  return {
    fullName: p.path_with_namespace,
    name: p.path,
    cloneUrl: p.http_url_to_repo,
    defaultBranch: p.default_branch ?? null,
    archived: p.archived === true,
    fork: p.forked_from_project !== undefined && p.forked_from_project !== null,
    marker: p.last_activity_at ?? null,
  };
}

/** A group with all below it where there is one of that name, else a user. */
export function gitlabOwner(http: ForgeHttp, owner: string): ForgeOwner {
  const name = encodeURIComponent(owner);
  return {
    async *repositories() {
      const list = (await http.has(`/groups/${name}?with_projects=false`))
        ? `/groups/${name}/projects?include_subgroups=true&with_shared=false&per_page=100`
        : `/users/${name}/projects?per_page=100`;
      for await (const page of http.pages(list, project)) yield page.map(repositoryOf);
    },
  };
}
