/**
 * The shapes of Bitbucket Cloud and of Bitbucket Data Center for FakeForge, as their documentation and answers have them: pages
 * in bodies, commits of twelve digits in the lists of the Cloud, statuses that take the place of those with their key.
 */
import type { FakePull, FakeRepository, PostedStatus } from './forge-server.ts';

type Answer = { status: number; headers?: Record<string, string>; body?: string };
export interface FakeBitbucket {
  readonly repositories: readonly FakeRepository[];
  readonly statuses: PostedStatus[];
  readonly pageSize: number;
}

/** Of the Cloud's lists. */
const SHORT = 12;

export function cloudAnswer({ repositories, statuses, pageSize }: FakeBitbucket, method: string, path: string, url: URL, body: string): Answer | null {
  const listed = (all: readonly unknown[]): Answer => {
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    // As a server behind a proxy tells it: with an address of its own.
    next.host = 'api.internal';
    const more = page * pageSize < all.length;
    return ok({ pagelen: pageSize, page, size: all.length, values: all.slice((page - 1) * pageSize, page * pageSize), ...(more ? { next: next.href } : {}) });
  };
  const member = /^\/workspaces\/([^/]+)\/members\/([^/]+)$/.exec(path);
  if (member !== null) {
    const known = ofOwner(repositories, member[1] as string).some((r) =>
      Object.keys(r.people).some((login) => uuidOf(login) === decodeURIComponent(member[2] as string)),
    );
    return known ? ok({ type: 'workspace_membership', user: { uuid: decodeURIComponent(member[2] as string) } }) : missing(`No member ${member[2]}`);
  }
  const allowed = /^\/workspaces\/([^/]+)\/permissions\/repositories\/([^/]+)$/.exec(path);
  if (allowed !== null) {
    const found = repositories.find((r) => r.name === `${allowed[1]}/${allowed[2]}`);
    const wanted = /^user\.uuid="(.+)"$/.exec(url.searchParams.get('q') ?? '')?.[1];
    const people = Object.entries(found?.people ?? {}).filter(([login]) => uuidOf(login) === wanted);
    return listed(
      people.map(([login, permission]) => ({ type: 'repository_permission', permission, user: { type: 'user', uuid: uuidOf(login), nickname: login } })),
    );
  }
  const owner = /^\/repositories\/([^/]+)$/.exec(path);
  if (owner !== null) {
    const project = /^project\.key="(.*)"$/.exec(url.searchParams.get('q') ?? '')?.[1];
    const mine = ofOwner(repositories, owner[1] as string).filter((r) => project === undefined || r.project === project);
    return listed(mine.map(cloudRepository));
  }
  const m = /^\/repositories\/([^/]+\/[^/]+)(\/.*)?$/.exec(path);
  if (m === null) return null;
  const [, name = '', rest = ''] = m;
  const commit = /^\/commit\/([0-9a-f]+)$/.exec(rest);
  if (commit !== null) {
    // A commit of a fork is in the fork alone.
    const from = repositories.flatMap((r) => r.pulls.filter((p) => (p.fork ?? r.name) === name));
    const found = from.find((p) => p.hash.startsWith(commit[1] as string));
    return found === undefined ? missing('Commit not found') : ok({ type: 'commit', hash: found.hash });
  }
  const status = /^\/commit\/([0-9a-f]{40})\/statuses\/build$/.exec(rest);
  if (status !== null && method === 'POST') {
    const posted = JSON.parse(body) as { key: string; state: string; url: string };
    if (posted.key.length > 40) return cloudRefusal(400, `key: Ensure this value has at most 40 characters (it has ${posted.key.length}).`);
    if (!['SUCCESSFUL', 'FAILED', 'INPROGRESS', 'STOPPED'].includes(posted.state)) return cloudRefusal(400, 'state: invalid choice');
    statuses.push({ repository: name, commit: status[1] as string, body: posted });
    return { ...ok({ type: 'build', ...posted }), status: 201 };
  }
  const found = repositories.find((r) => r.name === name);
  if (found === undefined) return missing(`Repository ${name} not found`);
  if (rest === '') return ok(cloudRepository(found));
  if (rest === '/pullrequests') {
    if (Number(url.searchParams.get('pagelen') ?? 10) > 50) return cloudRefusal(400, 'Invalid pagelen');
    return listed(found.pulls.filter((p) => p.state !== 'closed').map((p) => cloudPull(p, found)));
  }
  const one = /^\/pullrequests\/(\d+)(\/commits)?$/.exec(rest);
  const p = found.pulls.find((x) => x.number === Number(one?.[1]));
  if (p === undefined) return null;
  return ok(one?.[2] === undefined ? cloudPull(p, found) : { values: [{ hash: p.hash }] });
}

function cloudPull(p: FakePull, r: FakeRepository): object {
  return {
    type: 'pullrequest',
    id: p.number,
    state: p.state === 'closed' ? 'MERGED' : 'OPEN',
    title: p.title,
    links: { html: { href: `https://bitbucket.example/${r.name}/pull-requests/${p.number}` } },
    author: { type: 'user', account_id: p.author, uuid: uuidOf(p.author), nickname: `${p.author} the person`, display_name: p.author },
    source: {
      branch: { name: p.branch },
      commit: { type: 'commit', hash: p.hash.slice(0, SHORT) },
      repository: { type: 'repository', full_name: p.fork ?? r.name },
    },
    destination: { branch: { name: p.target }, commit: { type: 'commit', hash: '0'.repeat(SHORT) }, repository: { type: 'repository', full_name: r.name } },
  };
}

function cloudRepository(r: FakeRepository): object {
  return {
    type: 'repository',
    full_name: r.name,
    slug: slugOf(r),
    name: slugOf(r),
    links: { clone: [{ name: 'https', href: r.cloneUrl }] },
    mainbranch: { type: 'branch', name: 'main' },
    parent: r.fork === true ? { type: 'repository', full_name: 'somebody/else' } : null,
    updated_on: r.pushedAt ?? '2026-01-01T00:00:00Z',
  };
}

/** `{…}`, as accounts have one. */
function uuidOf(login: string): string {
  return `{${Buffer.from(login).toString('hex').padEnd(32, '0')}}`;
}

export function serverAnswer({ repositories, statuses, pageSize }: FakeBitbucket, method: string, path: string, url: URL, body: string): Answer | null {
  const listed = (all: readonly unknown[]): Answer => {
    const start = Number(url.searchParams.get('start') ?? 0);
    const isLastPage = start + pageSize >= all.length;
    const values = all.slice(start, start + pageSize);
    return ok({ size: values.length, limit: pageSize, start, isLastPage, nextPageStart: isLastPage ? null : start + pageSize, values });
  };
  if (path === '/users') {
    const { filter = '', permission, ...where } = Object.fromEntries(url.searchParams);
    const found = repositories.find((r) => r.name === `${where['permission.projectKey']}/${where['permission.repositorySlug']}`);
    const rank = ['read', 'write', 'admin'];
    const least = rank.indexOf((permission ?? '').replace('REPO_', '').toLowerCase());
    const may = Object.entries(found?.people ?? {}).filter(([login, access]) => login.includes(filter) && rank.indexOf(access) >= least);
    return listed(may.map(([login]) => serverUser(login)));
  }
  const owner = /^\/projects\/([^/]+)\/repos$/.exec(path);
  if (owner !== null) {
    const mine = ofOwner(repositories, decodeURIComponent(owner[1] as string));
    return mine.length === 0 ? serverRefusal(404, `Project ${owner[1]} does not exist.`) : listed(mine.map(serverRepository));
  }
  const m = /^\/projects\/([^/]+)\/repos\/([^/]+)(\/.*)?$/.exec(path);
  const found = repositories.find((r) => r.name === `${decodeURIComponent(m?.[1] ?? '')}/${m?.[2]}`);
  if (m === null || found === undefined) return serverRefusal(404, 'Repository does not exist.');
  const rest = m[3] ?? '';
  if (rest === '') return ok(serverRepository(found));
  if (rest === '/pull-requests') return listed(found.pulls.filter((p) => p.state !== 'closed').map((p) => serverPull(p, found)));
  const one = /^\/pull-requests\/(\d+)$/.exec(rest);
  if (one !== null) {
    const p = found.pulls.find((x) => x.number === Number(one[1]));
    return p === undefined ? serverRefusal(404, `Pull request ${one[1]} does not exist.`) : ok(serverPull(p, found));
  }
  const status = /^\/commits\/([0-9a-f]{40})\/builds$/.exec(rest);
  if (status === null || method !== 'POST') return null;
  const posted = JSON.parse(body) as { key: string; state: string; url: string };
  if (!['SUCCESSFUL', 'FAILED', 'INPROGRESS', 'CANCELLED', 'UNKNOWN'].includes(posted.state)) return serverRefusal(400, 'The state is not valid.');
  statuses.push({ repository: found.name, commit: status[1] as string, body: posted });
  return { status: 204 };
}

function serverPull(p: FakePull, r: FakeRepository): object {
  return {
    id: p.number,
    version: 0,
    state: p.state === 'closed' ? 'MERGED' : 'OPEN',
    title: p.title,
    links: { self: [{ href: `https://bitbucket.example/projects/${r.name.replace('/', '/repos/')}/pull-requests/${p.number}` }] },
    author: { user: serverUser(p.author), role: 'AUTHOR' },
    fromRef: { id: `refs/heads/${p.branch}`, displayId: p.branch, latestCommit: p.hash, repository: serverRepository({ ...r, name: p.fork ?? r.name }) },
    toRef: { id: `refs/heads/${p.target}`, displayId: p.target, latestCommit: '0'.repeat(40), repository: serverRepository(r) },
  };
}

function serverRepository(r: FakeRepository): object {
  return {
    slug: slugOf(r),
    id: 1,
    name: slugOf(r),
    project: { key: r.name.slice(0, r.name.indexOf('/')), type: 'NORMAL' },
    archived: r.archived === true,
    ...(r.fork === true ? { origin: { slug: 'else', project: { key: 'SOMEBODY' } } } : {}),
    links: { clone: [{ name: 'http', href: r.cloneUrl }] },
  };
}

function serverUser(login: string): object {
  return { name: login, slug: login, displayName: `${login} the person`, emailAddress: `${login}@example.com`, active: true, type: 'NORMAL' };
}

function ofOwner(repositories: readonly FakeRepository[], owner: string): FakeRepository[] {
  return repositories.filter((r) => r.name.startsWith(`${owner}/`));
}
function slugOf(r: FakeRepository): string {
  return r.name.slice(r.name.indexOf('/') + 1);
}
function ok(data: unknown): Answer {
  return { status: 200, body: JSON.stringify(data) };
}
function missing(message: string): Answer {
  return cloudRefusal(404, message);
}
export function cloudRefusal(status: number, message: string): Answer {
  return { status, body: JSON.stringify({ type: 'error', error: { message } }) };
}
export function serverRefusal(status: number, message: string): Answer {
  return { status, body: JSON.stringify({ errors: [{ context: null, message, exceptionName: null }] }) };
}
