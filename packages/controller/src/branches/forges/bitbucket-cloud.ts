/**
 * Bitbucket Cloud: https://developer.atlassian.com/cloud/bitbucket/rest, version 2.0. It keeps no refs for pull requests: they
 * are fetched from the branches that they come from. Its lists tell the first digits of their commits alone.
 */
import { z } from 'zod';
import { COMMON_STATES, keyOf, TEXT, urlQuery } from './bitbucket-shape.ts';
import type { Access, CommitStatus, Forge, ForgeChange, ForgeOwner, ForgeRepository } from './forge.ts';
import { ForgeError } from './forge-error.ts';
import type { ForgeHttp, Page, PageShape } from './forge-http.ts';
import { forkOf, hash as wholeHash } from './pull-shape.ts';

export const BITBUCKET_API = 'https://api.bitbucket.org/2.0';
const STATES = { ...COMMON_STATES, aborted: 'STOPPED' } as const satisfies Record<CommitStatus['state'], string>;
/** Of a status's key. */
const LONGEST_KEY = 40;

const cloudPage: PageShape = <T>(entry: z.ZodType<T>) =>
  z
    .object({ values: z.array(entry), next: z.string().regex(/\?/, 'an address with a query').nullish() })
    .transform(({ values, next }): Page<T> => ({ values, next: next == null ? null : (path) => `${path.split('?')[0]}${urlQuery(next)}` }));

const fullName = z.string().regex(/^(?!\.)[\w.-]+\/(?!\.)[\w.-]+$/, 'workspace/name');
const branchName = z.string().min(1).max(1_000);
const repositoryShape = z.object({
  full_name: fullName,
  links: z.object({ clone: z.array(z.object({ name: z.string(), href: z.string() })).nullish() }).nullish(),
  mainbranch: z.object({ name: z.string() }).nullish(),
  parent: z.unknown().optional(),
  updated_on: z.string().nullish(),
});
const uuid = z.string().regex(/^\{[0-9a-f-]{1,60}\}$/i, 'a UUID in braces');
const pull = z.object({
  id: z.int().min(1),
  state: z.string(),
  title: z.string(),
  links: z.object({ html: z.object({ href: z.string() }) }),
  author: z.object({ account_id: z.string().nullish(), uuid: uuid.nullish(), nickname: z.string().nullish(), display_name: z.string().nullish() }).nullish(),
  source: z.object({
    branch: z.object({ name: branchName }).nullish(),
    commit: z.object({ hash: z.string().regex(/^[0-9a-f]{7,64}$/, 'a commit') }).nullish(),
    repository: z.object({ full_name: fullName }).nullish(),
  }),
  destination: z.object({ branch: z.object({ name: branchName }).nullish() }),
});
const permission = z.object({ permission: z.string(), user: z.object({ uuid: z.string() }) });

export function bitbucketCloud(http: ForgeHttp, repository: string): Forge {
  const [workspace = '', slug = ''] = repository.split('/').map(encodeURIComponent);
  const at = `/repositories/${workspace}/${slug}`;
  return {
    kind: 'bitbucket',
    checks: null,
    mergeRequests: null,
    prefix: 'PR',
    repository: async () => repositoryOf(await http.get(at, repositoryShape)),
    async *changes() {
      // More than 50 are refused, whatever the documentation says.
      for await (const page of http.pages(`${at}/pullrequests?state=OPEN&pagelen=50`, pull, cloudPage))
        yield page.map((p) => changeOf(p, repository)).filter((c) => c !== null);
    },
    async change(number) {
      const found = await http.find(`${at}/pullrequests/${number}`, pull);
      return found?.state === 'OPEN' ? changeOf(found, repository) : null;
    },
    async commitOf({ fetchedFrom = repository, hash, number }) {
      const path = `/repositories/${fetchedFrom.split('/').map(encodeURIComponent).join('/')}/commit/${hash}?fields=hash`;
      const found = await unlessRefused(http.once(path, z.object({ hash: wholeHash })));
      if (found !== null) return found.hash;
      // Its fork is not to be seen; what the pull request is made of, the newest first, is.
      const list = await http.find(
        `${at}/pullrequests/${number}/commits?pagelen=1&fields=values.hash`,
        z.object({ values: z.array(z.object({ hash: wholeHash })) }),
      );
      return list?.values[0]?.hash ?? null;
    },
    // Of the workspace that the repository is in.
    isContributor: async (author) => author !== '' && (await http.has(`/workspaces/${workspace}/members/${encodeURIComponent(author)}`)),
    async access(author): Promise<Access> {
      if (author === '') return 'none';
      const query = encodeURIComponent(`user.uuid="${author}"`);
      const path = `/workspaces/${workspace}/permissions/repositories/${slug}?q=${query}`;
      try {
        for await (const page of http.pages(path, permission, cloudPage)) {
          const found = page.find(({ user }) => user.uuid === author)?.permission;
          if (found === 'admin' || found === 'write' || found === 'read') return found;
        }
        return 'none';
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const why = 'who may write is told to those alone who administer the repository; trust: contributors asks who is a member';
        throw new ForgeError('MR_FORGE_REFUSED', `${error.message}: ${why}`);
      }
    },
    person: async () => ({ name: null, email: null }),
    setStatus: (commit, { state, context, name = context, description, url }) =>
      http.post(`${at}/commit/${commit}/statuses/build`, {
        key: keyOf(context, LONGEST_KEY),
        state: STATES[state],
        name: name.slice(0, TEXT),
        description: description.slice(0, TEXT),
        url,
      }),
  };
}

function isRefusal(error: unknown): error is ForgeError {
  return error instanceof ForgeError && error.code === 'MR_FORGE_REFUSED';
}
async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** Null: its branch or its fork is gone, and there is nothing to be fetched. */
function changeOf({ id, title, links, author, source, destination }: z.infer<typeof pull>, repository: string): ForgeChange | null {
  const { branch, commit, repository: from } = source;
  if (branch == null || commit == null || from == null || destination.branch == null) return null;
  return {
    id: String(id),
    number: id,
    url: links.html.href,
    title,
    author: author?.account_id ?? author?.uuid ?? 'ghost',
    authorKey: author?.uuid ?? '',
    authorDisplayName: author?.nickname || author?.display_name || null,
    authorEmail: null,
    target: destination.branch.name,
    branch: branch.name,
    fork: forkOf(from.full_name, repository),
    fetchedFrom: from.full_name,
    ref: `refs/pull-requests/${id}/from`,
    hash: commit.hash,
  };
}

function repositoryOf(r: z.infer<typeof repositoryShape>): ForgeRepository {
  return {
    fullName: r.full_name,
    name: r.full_name.slice(r.full_name.indexOf('/') + 1),
    cloneUrl: r.links?.clone?.find(({ name }) => name === 'https')?.href ?? '',
    defaultBranch: r.mainbranch?.name ?? null,
    // It archives none.
    archived: false,
    fork: r.parent !== undefined && r.parent !== null,
    marker: r.updated_on ?? null,
  };
}

/** A workspace, or `workspace/PROJECT`. */
export function bitbucketCloudOwner(http: ForgeHttp, owner: string): ForgeOwner {
  const [workspace = '', project] = owner.split('/');
  const query = project === undefined ? '' : `&q=${encodeURIComponent(`project.key="${project.replace(/["\\]/g, '')}"`)}`;
  return {
    async *repositories() {
      for await (const page of http.pages(`/repositories/${encodeURIComponent(workspace)}?pagelen=100${query}`, repositoryShape, cloudPage))
        yield page.map(repositoryOf);
    },
  };
}
