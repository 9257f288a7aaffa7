/**
 * Bitbucket Data Center (Server): https://developer.atlassian.com/server/bitbucket/rest, version 1.0. Repositories are
 * `PROJECT/name`, those of people `~user/name`.
 */
import { z } from 'zod';
import { COMMON_STATES, keyOf, TEXT } from './bitbucket-shape.ts';
import type { Access, CommitStatus, Forge, ForgeChange, ForgeOwner, ForgeRepository } from './forge.ts';
import type { ForgeHttp, Page, PageShape } from './forge-http.ts';
import { forkOf, hash } from './pull-shape.ts';

const STATES = { ...COMMON_STATES, aborted: 'CANCELLED' } as const satisfies Record<CommitStatus['state'], string>;
/** Of a status. */
const LONGEST_KEY = 255;
/** Effective ones, whatever group they come from; the highest first. */
const PERMISSIONS = [
  ['REPO_ADMIN', 'admin'],
  ['REPO_WRITE', 'write'],
  ['REPO_READ', 'read'],
] as const;

const serverPage: PageShape = <T>(entry: z.ZodType<T>) =>
  z
    .object({ values: z.array(entry), isLastPage: z.boolean(), nextPageStart: z.int().min(1).nullish() })
    .transform(
      ({ values, isLastPage, nextPageStart: start }): Page<T> => ({ values, next: isLastPage || start == null ? null : (path) => startingAt(path, start) }),
    );

const repositoryShape = z.object({
  slug: z.string().min(1),
  project: z.object({ key: z.string().min(1) }),
  links: z.object({ clone: z.array(z.object({ name: z.string(), href: z.string() })).nullish() }).nullish(),
  archived: z.boolean().nullish(),
  origin: z.unknown().optional(),
});
const ref = z.object({ id: z.string().min(1).max(1_000), latestCommit: hash, repository: repositoryShape });
const user = z.object({ name: z.string(), displayName: z.string().nullish(), emailAddress: z.string().nullish() });
const pull = z.object({
  id: z.int().min(1),
  state: z.string(),
  title: z.string(),
  links: z.object({ self: z.array(z.object({ href: z.string() })).min(1) }),
  author: z.object({ user }).nullish(),
  fromRef: ref,
  toRef: z.object({ id: z.string().min(1).max(1_000) }),
});

export function bitbucketServer(http: ForgeHttp, repository: string): Forge {
  const [project = '', slug = ''] = repository.split('/').map(encodeURIComponent);
  const at = `/projects/${project}/repos/${slug}`;
  const has = async (name: string, permission: string): Promise<boolean> => {
    const query = `filter=${encodeURIComponent(name)}&permission=${permission}&permission.projectKey=${project}&permission.repositorySlug=${slug}&limit=100`;
    // The filter takes parts of names too.
    for await (const page of http.pages(`/users?${query}`, user, serverPage)) if (page.some((found) => found.name === name)) return true;
    return false;
  };
  return {
    kind: 'bitbucketServer',
    checks: null,
    mergeRequests: null,
    commitOf: null,
    prefix: 'PR',
    repository: async () => repositoryOf(await http.get(at, repositoryShape)),
    async *changes() {
      for await (const page of http.pages(`${at}/pull-requests?state=OPEN&limit=100`, pull, serverPage)) yield page.map((p) => changeOf(p, repository));
    },
    async change(number) {
      const found = await http.find(`${at}/pull-requests/${number}`, pull);
      return found?.state === 'OPEN' ? changeOf(found, repository) : null;
    },
    // It knows no collaborators, and everybody reads what is public.
    isContributor: async (author) => author !== '' && has(author, 'REPO_WRITE'),
    async access(author): Promise<Access> {
      if (author !== '') for (const [permission, access] of PERMISSIONS) if (await has(author, permission)) return access;
      return 'none';
    },
    // A pull request tells them itself.
    person: async () => ({ name: null, email: null }),
    setStatus: (commit, { state, context, name = context, description, url }) =>
      http.post(`${at}/commits/${commit}/builds`, {
        key: keyOf(context, LONGEST_KEY),
        // What a repository's required builds are chosen by.
        parent: keyOf(context, LONGEST_KEY),
        state: STATES[state],
        name: name.slice(0, TEXT),
        description: description.slice(0, TEXT),
        url,
      }),
  };
}

/** A pull request may be of a tag too. */
function nameOf(id: string): string {
  return id.replace(/^refs\/(heads|tags)\//, '');
}

function fullNameOf({ slug, project }: z.infer<typeof repositoryShape>): string {
  return `${project.key}/${slug}`;
}

function changeOf({ id, title, links, author, fromRef, toRef }: z.infer<typeof pull>, repository: string): ForgeChange {
  const who = author?.user;
  return {
    id: String(id),
    number: id,
    url: links.self[0]?.href ?? '',
    title,
    author: who?.name ?? 'ghost',
    authorKey: who?.name ?? '',
    authorDisplayName: who?.displayName || null,
    authorEmail: who?.emailAddress || null,
    target: nameOf(toRef.id),
    branch: nameOf(fromRef.id),
    fork: forkOf(fullNameOf(fromRef.repository), repository),
    ref: `refs/pull-requests/${id}/from`,
    hash: fromRef.latestCommit,
  };
}

function repositoryOf(r: z.infer<typeof repositoryShape>): ForgeRepository {
  return {
    fullName: fullNameOf(r),
    name: r.slug,
    cloneUrl: r.links?.clone?.find(({ name }) => name === 'http')?.href ?? '',
    defaultBranch: null,
    archived: r.archived === true,
    fork: r.origin !== undefined && r.origin !== null,
    // It does not tell when something was pushed.
    marker: null,
  };
}

/** A project, or `~user`. */
export function bitbucketServerOwner(http: ForgeHttp, owner: string): ForgeOwner {
  return {
    async *repositories() {
      for await (const page of http.pages(`/projects/${encodeURIComponent(owner)}/repos?limit=100`, repositoryShape, serverPage)) yield page.map(repositoryOf);
    },
  };
}

function startingAt(path: string, start: number): string {
  const [base = '', query = ''] = path.split('?');
  return `${base}?${[...query.split('&').filter((part) => !part.startsWith('start=')), `start=${start}`].join('&')}`;
}
