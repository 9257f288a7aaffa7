/**
 * A forge for tests: a real HTTP server that speaks the documented shapes of GitHub, GitLab, Gitea or Bitbucket over what a test
 * says is there. Lists come in small pages with `Link`, answers have ETags, and a test can have it refuse.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { ForgeKind } from '@millrace/protocol';
import type { FakeApp } from './fake-app.ts';
import { cloudAnswer, cloudRefusal, serverAnswer, serverRefusal } from './fake-bitbucket.ts';
import { FakeChecks } from './fake-checks.ts';

export interface FakePull {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly target: string;
  readonly hash: string;
  /** `owner/name`; null: the repository itself. */
  readonly fork: string | null;
  state?: 'open' | 'closed' | 'merged';
  readonly description?: string;
  readonly labels?: readonly string[];
}
export interface FakeRepository {
  /** `owner/name` */
  readonly name: string;
  readonly cloneUrl: string;
  readonly pulls: FakePull[];
  /** Access by login. */
  readonly people: { [login: string]: 'read' | 'write' | 'admin' };
  archived?: boolean;
  fork?: boolean;
  pushedAt?: string;
  /** Of Bitbucket Cloud: the key. */
  project?: string;
}
export interface PostedStatus {
  readonly repository: string;
  readonly commit: string;
  readonly body: { readonly [field: string]: unknown };
}

export class FakeForge {
  readonly kind: ForgeKind;
  url = '';
  readonly repositories: FakeRepository[] = [];
  readonly statuses: PostedStatus[] = [];
  /** Comments of merge requests, the oldest first, as they were posted. */
  readonly notes: { readonly number: number; readonly body: string }[] = [];
  /** Of so many comments the answer does not come, though they are there. */
  losesNotes = 0;
  /** What merge requests were merged with. */
  readonly merges: { readonly number: number; readonly body: { readonly [field: string]: unknown } }[] = [];
  /** `GET /repos/a/b/pulls 200` */
  readonly requests: string[] = [];
  pageSize = 2;
  token: string | null = null;
  /** Tokens of its installations are taken, and no others. */
  app: FakeApp | null = null;
  readonly checks = new FakeChecks();
  /** Answers in place of the server: status, headers, body. */
  instead: ((request: IncomingMessage) => { status: number; headers?: Record<string, string>; body?: string } | null) | null = null;

  /** Where it answers true the request is done, and never answered. */
  silent: ((method: string, path: string) => boolean) | null = null;

  constructor(kind: ForgeKind) {
    this.kind = kind;
  }

  async start(t: Pick<TestContext, 'after'>): Promise<this> {
    const server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${SUFFIXES[this.kind]}`;
    return this;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const given = this.instead?.(request) ?? null;
    const { status, headers = {}, body = '' } = given ?? this.answer(request, Buffer.concat(pieces).toString());
    const line = `${request.method} ${decodeURIComponent(this.pathOf(new URL(request.url ?? '/', 'http://x')))}`;
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    const known = status === 200 && request.method === 'GET' && request.headers['if-none-match'] === etag;
    this.requests.push(`${line} ${known ? 304 : status}`);
    if (this.silent?.(request.method ?? '', line.slice(line.indexOf(' ') + 1)) === true) return;
    response.writeHead(known ? 304 : status, { 'content-type': 'application/json', etag, ...headers });
    response.end(known ? undefined : body);
  }

  private answer(request: IncomingMessage, body: string): { status: number; headers?: Record<string, string>; body?: string } {
    const url = new URL(request.url ?? '/', this.url);
    const token = {
      github: request.headers.authorization?.replace('Bearer ', ''),
      gitlab: request.headers['private-token'],
      gitea: request.headers.authorization?.replace('token ', ''),
      bitbucket: tokenOfBitbucket(request.headers.authorization),
      bitbucketServer: tokenOfBitbucket(request.headers.authorization),
    }[this.kind];
    const path = this.pathOf(url);
    const ofApp = this.app?.answer(request.method ?? '', path, request.headers.authorization, body) ?? null;
    if (ofApp !== null) return ofApp;
    const known = this.app === null ? this.token === null || token === this.token : this.app.knows(token as string | undefined);
    if (!known) return REFUSALS[this.kind](401, 'Bad credentials');
    return this.known(request.method ?? '', path, url, body) ?? REFUSALS[this.kind](404, 'Not Found');
  }

  private known(method: string, path: string, url: URL, body: string): { status: number; headers?: Record<string, string>; body?: string } | null {
    switch (this.kind) {
      case 'gitlab':
        return this.gitlab(method, path, url, body);
      case 'bitbucket':
        return cloudAnswer(this, method, path, url, body);
      case 'bitbucketServer':
        return serverAnswer(this, method, path, url, body);
      default:
        return this.githubLike(method, path, url, body);
    }
  }

  private pathOf({ pathname }: URL): string {
    return pathname.startsWith(SUFFIXES[this.kind]) ? pathname.slice(SUFFIXES[this.kind].length) : pathname;
  }

  private page(all: readonly unknown[], url: URL): { status: number; headers: Record<string, string>; body: string } {
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    // As a server behind a proxy tells it: with an address of its own.
    next.host = 'forge.internal';
    const more = page * this.pageSize < all.length;
    return {
      status: 200,
      headers: more ? { link: `<${url.href}>; rel="first", <${next.href}>; rel="next"` } : {},
      body: JSON.stringify(all.slice((page - 1) * this.pageSize, page * this.pageSize)),
    };
  }

  private githubLike(method: string, path: string, url: URL, body: string): { status: number; headers?: Record<string, string>; body?: string } | null {
    const owners = /^\/(orgs|users)\/([^/]+)(\/repos)?$/.exec(path);
    if (owners !== null) {
      const mine = this.repositories.filter((r) => r.name.startsWith(`${owners[2]}/`));
      if (mine.length === 0 && (owners[1] === 'orgs' || owners[3] !== undefined)) return null;
      return owners[3] === undefined
        ? ok({ login: owners[2], name: `${owners[2]} the person`, email: null })
        : this.page(
            mine.map((r) => this.repository(r)),
            url,
          );
    }
    const m = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path);
    const found = this.repositories.find((r) => r.name === m?.[1]);
    if (m === null || found === undefined) return null;
    const rest = m[2] ?? '';
    if (rest === '') return ok(this.repository(found));
    if (rest === '/pulls')
      return this.page(
        found.pulls.filter((p) => p.state !== 'closed').map((p) => pull(p, found)),
        url,
      );
    const one = /^\/pulls\/(\d+)$/.exec(rest);
    if (one !== null) {
      const p = found.pulls.find((x) => x.number === Number(one[1]));
      return p === undefined ? null : ok(pull(p, found));
    }
    const person = /^\/collaborators\/([^/]+)(\/permission)?$/.exec(rest);
    if (person !== null) {
      const access = found.people[person[1] as string];
      if (person[2] !== undefined) return ok({ permission: access ?? 'none', user: { login: person[1] } });
      return access === undefined ? null : { status: 204 };
    }
    const check = this.kind === 'github' && this.app !== null ? this.checks.answer(method, rest, found.name, body, url) : null;
    if (check !== null) return check;
    const status = /^\/statuses\/([0-9a-f]+)$/.exec(rest);
    if (status !== null && method === 'POST') {
      this.statuses.push({ repository: found.name, commit: status[1] as string, body: JSON.parse(body) });
      return { ...ok({ id: 1 }), status: 201 };
    }
    return null;
  }

  private repository(r: FakeRepository): object {
    return {
      id: 1,
      full_name: r.name,
      name: r.name.slice(r.name.lastIndexOf('/') + 1),
      clone_url: r.cloneUrl,
      default_branch: 'main',
      archived: r.archived === true,
      fork: r.fork === true,
      pushed_at: r.pushedAt ?? '2026-01-01T00:00:00Z',
      owner: { login: r.name.split('/')[0] },
    };
  }

  private gitlab(method: string, path: string, url: URL, body: string): { status: number; headers?: Record<string, string>; body?: string } | null {
    const group = /^\/groups\/([^/]+)(\/projects)?$/.exec(path);
    const project = (r: FakeRepository): object => ({
      id: this.repositories.indexOf(r) + 1,
      path_with_namespace: r.name,
      path: r.name.slice(r.name.lastIndexOf('/') + 1),
      http_url_to_repo: r.cloneUrl,
      default_branch: 'main',
      archived: r.archived === true,
      ...(r.fork === true ? { forked_from_project: { id: 77 } } : {}),
      last_activity_at: r.pushedAt ?? '2026-01-01T00:00:00Z',
    });
    if (group !== null) {
      const name = decodeURIComponent(group[1] as string);
      const mine = this.repositories.filter((r) => r.name.startsWith(`${name}/`));
      if (mine.length === 0) return null;
      return group[2] === undefined ? ok({ id: 1, full_path: name }) : this.page(mine.map(project), url);
    }
    const m = /^\/projects\/([^/]+)(\/.*)?$/.exec(path);
    if (m === null) return null;
    const id = decodeURIComponent(m[1] as string);
    const found = this.repositories.find((r, i) => r.name === id || String(i + 1) === id);
    if (found === undefined) {
      // A fork: number 900 and on stand for them.
      return /^9\d\d$/.test(id) ? ok({ ...project(this.repositories[0] as FakeRepository), path_with_namespace: forkNames.get(Number(id)) ?? 'x/y' }) : null;
    }
    const rest = m[2] ?? '';
    if (rest === '') return ok(project(found));
    if (rest === '/merge_requests') return this.page(found.pulls.filter((p) => p.state === undefined || p.state === 'open').map(mergeRequest), url);
    const one = /^\/merge_requests\/(\d+)$/.exec(rest);
    if (one !== null) {
      const p = found.pulls.find((x) => x.number === Number(one[1]));
      return p === undefined ? null : ok(mergeRequest(p));
    }
    const noted = /^\/merge_requests\/(\d+)\/notes$/.exec(rest);
    if (noted !== null) {
      const number = Number(noted[1]);
      if (method === 'GET') return ok(this.notes.filter((n) => n.number === number).toReversed());
      this.notes.push({ number, body: (JSON.parse(body) as { body: string }).body });
      if (this.losesNotes === 0) return { ...ok({ id: this.notes.length }), status: 201 };
      this.losesNotes--;
      return refused(502, 'Bad Gateway');
    }
    const merge = /^\/merge_requests\/(\d+)\/merge$/.exec(rest);
    if (merge !== null && method === 'PUT') {
      const asked = found.pulls.find((x) => x.number === Number(merge[1]));
      if (asked === undefined) return null;
      if (asked.state !== undefined && asked.state !== 'open') return refused(405, 'Method Not Allowed');
      asked.state = 'merged';
      this.merges.push({ number: asked.number, body: JSON.parse(body) });
      return ok(mergeRequest(asked));
    }
    const member = /^\/members\/all\/(\d+)$/.exec(rest);
    if (member !== null) {
      const access = Object.entries(found.people).find(([login]) => idOf(login) === Number(member[1]))?.[1];
      return access === undefined ? null : ok({ id: Number(member[1]), access_level: { read: 20, write: 30, admin: 40 }[access] });
    }
    const status = /^\/statuses\/([0-9a-f]+)$/.exec(rest);
    if (status !== null && method === 'POST') {
      const posted = JSON.parse(body) as { state: string; name: string };
      if (this.statuses.findLast((s) => s.commit === status[1] && s.body['name'] === posted.name)?.body['state'] === posted.state)
        return refused(400, `Cannot transition status via :${posted.state} from :${posted.state}`);
      this.statuses.push({ repository: found.name, commit: status[1] as string, body: posted });
      return { ...ok({ id: 1 }), status: 201 };
    }
    return null;
  }
}

const SUFFIXES = { github: '/api/v3', gitlab: '/api/v4', gitea: '/api/v1', bitbucket: '/2.0', bitbucketServer: '/rest/api/1.0' } as const;
const REFUSALS = { github: refused, gitlab: refused, gitea: refused, bitbucket: cloudRefusal, bitbucketServer: serverRefusal };

/** Of an access token, or the password that a user comes with. */
function tokenOfBitbucket(authorization: string | undefined): string | undefined {
  const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  return basic === undefined
    ? authorization?.replace('Bearer ', '')
    : Buffer.from(basic, 'base64')
        .toString()
        .replace(/^[^:]*:/, '');
}

function ok(data: unknown): { status: number; body: string } {
  return { status: 200, body: JSON.stringify(data) };
}
function refused(status: number, message: string): { status: number; body: string } {
  return { status, body: JSON.stringify({ message }) };
}
function pull(p: FakePull, r: FakeRepository): object {
  return {
    number: p.number,
    state: p.state ?? 'open',
    title: p.title,
    html_url: `https://forge.example/${r.name}/pull/${p.number}`,
    user: { login: p.author, id: 1 },
    head: { ref: p.branch, sha: p.hash, repo: { full_name: p.fork ?? r.name } },
    base: { ref: p.target, sha: '0'.repeat(40) },
  };
}
const forkNames = new Map<number, string>();
function idOf(login: string): number {
  return 1_000 + ([...login].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7) % 1_000_000);
}
function mergeRequest(p: FakePull): object {
  const source = p.fork === null ? 1 : 900 + p.number;
  if (p.fork !== null) forkNames.set(source, p.fork);
  return {
    iid: p.number,
    state: p.state === undefined || p.state === 'open' ? 'opened' : p.state,
    description: p.description ?? null,
    labels: p.labels ?? [],
    title: p.title,
    web_url: `https://forge.example/-/merge_requests/${p.number}`,
    author: { id: idOf(p.author), username: p.author, name: `${p.author} the person` },
    source_branch: p.branch,
    target_branch: p.target,
    sha: p.hash,
    source_project_id: source,
    target_project_id: 1,
  };
}
