/** One suite for all forges, against servers that speak their documented shapes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ForgeKind } from '@millrace/protocol';
import { forgeKind } from '@millrace/protocol';
import { FakeForge } from '../testing/forge-server.ts';
import type { Forge, ForgeChange } from './forge.ts';
import type { AnswerCache } from './forge-http.ts';
import { cloneUrlOf, openForge, openOwner } from './registry.ts';

const HASH = 'a'.repeat(40);

class MemoryCache implements AnswerCache {
  readonly all = new Map<string, { etag: string; answer: string }>();
  async get(key: string) {
    return this.all.get(key) ?? null;
  }
  async put(key: string, etag: string, answer: string): Promise<void> {
    this.all.set(key, { etag, answer });
  }
}

function filled(forge: FakeForge): void {
  forge.repositories.push({
    name: 'acme/app',
    cloneUrl: 'https://forge.example/acme/app.git',
    people: { ann: 'write', ben: 'read' },
    pulls: [
      { number: 1, title: 'One', author: 'ann', branch: 'feature/a', target: 'main', hash: HASH, fork: null },
      { number: 2, title: 'Two', author: 'eve', branch: 'main', target: 'main', hash: HASH, fork: 'eve/app' },
      { number: 3, title: 'Three', author: 'eve', branch: 'x', target: 'main', hash: HASH, fork: 'eve/other' },
      { number: 4, title: 'Done', author: 'ann', branch: 'y', target: 'main', hash: HASH, fork: null, state: 'closed' },
    ],
  });
  for (const name of ['lib', 'web', 'old'])
    forge.repositories.push({ name: `acme/${name}`, cloneUrl: `https://forge.example/acme/${name}.git`, people: {}, pulls: [] });
}

it('shows Bitbucket a user with his password, and an access token alone', async (t) => {
  for (const kind of ['bitbucket', 'bitbucketServer'] as const) {
    const forge = await new FakeForge(kind).start(t);
    filled(forge);
    const shown: (string | undefined)[] = [];
    forge.instead = (request) => {
      shown.push(request.headers.authorization);
      return null;
    };
    for (const fields of [{ secret: 'word' }, { username: 'ann@example.com', password: 'pass:word' }] as Record<string, string>[]) {
      const credential = { id: 'c', type: 'any', description: null, fields };
      await openForge({ kind, apiUrl: forge.url }, 'acme/app', { credential, cache: null, now: Date.now }).repository();
    }
    assert.deepEqual(shown, ['Bearer word', `Basic ${Buffer.from('ann@example.com:pass:word').toString('base64')}`]);
  }
});

it('says what Bitbucket Cloud wants of a token that is to know who may write', async (t) => {
  const forge = await new FakeForge('bitbucket').start(t);
  filled(forge);
  const opened = openForge({ kind: 'bitbucket', apiUrl: forge.url }, 'acme/app', { credential: null, cache: null, now: Date.now });
  const { authorKey = '' } = (await opened.change(1)) ?? {};
  forge.instead = () => ({ status: 403, body: '{"type":"error","error":{"message":"This API is only accessible with admin"}}' });
  await assert.rejects(opened.access(authorKey), {
    code: 'MR_FORGE_REFUSED',
    message: /only accessible with admin: who may write is told to those alone who administer/,
  });
});

it('takes the address of a Bitbucket server as that of its API', () => {
  const at = (apiUrl: string | null, kind: ForgeKind = 'bitbucketServer') => cloneUrlOf({ kind, apiUrl }, 'ACME/app');
  assert.equal(at('https://git.example/bitbucket/'), 'https://git.example/bitbucket/scm/ACME/app.git');
  assert.equal(at('https://git.example/rest/api/latest'), 'https://git.example/scm/ACME/app.git');
  assert.equal(at(null, 'bitbucket'), 'https://bitbucket.org/ACME/app.git');
  assert.throws(() => at(null), { code: 'MR_FORGE_UNKNOWN' });
  assert.throws(() => at('https://git.example/', 'bitbucket'), { code: 'MR_FORGE_UNKNOWN', message: /the kind is bitbucketServer$/ });
});

it('waits at Bitbucket Data Center for as long as it takes until more is allowed', async (t) => {
  const forge = await new FakeForge('bitbucketServer').start(t);
  filled(forge);
  const at = Date.now();
  const opened = openForge({ kind: 'bitbucketServer', apiUrl: forge.url }, 'acme/app', { credential: null, cache: null, now: () => at });
  forge.instead = () => ({ status: 429, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-interval-seconds': '5', 'x-ratelimit-fillrate': '5' } });
  await assert.rejects(opened.repository(), { code: 'MR_FORGE_LIMIT', retryAt: at + 5_000 });
});

it('says what Bitbucket says is wrong', async (t) => {
  for (const kind of ['bitbucket', 'bitbucketServer'] as const) {
    const forge = await new FakeForge(kind).start(t);
    filled(forge);
    await assert.rejects(openForge({ kind, apiUrl: forge.url }, 'acme/none', { credential: null, cache: null, now: Date.now }).repository(), {
      code: 'MR_FORGE_UNKNOWN',
      message: /: 404 Repository (acme\/none not found|does not exist\.)$/,
    });
  }
});

for (const kind of forgeKind.options)
  describe(`the forge ${kind}`, () => {
    const credential = { id: 'c', type: 'string', description: null, fields: { secret: 'word' } };
    const open = (forge: FakeForge, more: { cache?: AnswerCache; now?: () => number } = {}) =>
      openForge({ kind, apiUrl: forge.url }, 'acme/app', { credential, cache: more.cache ?? null, now: more.now ?? Date.now });
    const isBitbucket = kind === 'bitbucket' || kind === 'bitbucketServer';
    /** Bitbucket Cloud tells the first digits alone. */
    const wholeHash = async (forge: Forge, change: ForgeChange): Promise<string | null> => (forge.commitOf === null ? change.hash : forge.commitOf(change));
    const all = async (pages: AsyncIterable<readonly ForgeChange[]>): Promise<ForgeChange[]> => {
      const out: ForgeChange[] = [];
      for await (const page of pages) out.push(...page);
      return out;
    };

    it('lists open pull requests over pages, with who and where from', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      forge.token = 'word';
      const opened = open(forge);
      const found = await all(opened.changes());
      assert.deepEqual(await Promise.all(found.map(async (c) => [c.number, c.title, c.author, c.branch, c.target, c.fork, await wholeHash(opened, c)])), [
        [1, 'One', 'ann', 'feature/a', 'main', null, HASH],
        [2, 'Two', 'eve', 'main', 'main', 'eve', HASH],
        [3, 'Three', 'eve', 'x', 'main', 'eve/other', HASH],
      ]);
      assert.equal(found[0]?.ref, isBitbucket ? 'refs/pull-requests/1/from' : kind === 'gitlab' ? 'refs/merge-requests/1/head' : 'refs/pull/1/head');
      assert.deepEqual(
        found.map((c) => c.fetchedFrom),
        kind === 'bitbucket' ? ['acme/app', 'eve/app', 'eve/other'] : [undefined, undefined, undefined],
      );
      assert.equal((await open(forge).change(1))?.title, 'One');
      assert.equal(await open(forge).change(4), null, 'a closed one is none');
      assert.equal(await open(forge).change(99), null);
    });

    it('tells who may do what', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      const opened = open(forge);
      const keyOf = async (author: string): Promise<string> => {
        forge.repositories[0]?.pulls.push({ number: 50 + author.length, title: '', author, branch: 'z', target: 'main', hash: HASH, fork: null });
        return (await opened.change(50 + author.length))?.authorKey ?? '';
      };
      const [ann, ben, eve] = [await keyOf('ann'), await keyOf('ben'), (await opened.change(2))?.authorKey ?? ''];
      assert.equal(await opened.access(ann), 'write');
      assert.equal(await opened.isContributor(ann), true);
      assert.equal(await opened.access(eve), 'none');
      assert.equal(await opened.isContributor(eve), false);
      assert.ok(ben !== '');
    });

    it('lists the repositories of an owner over pages', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      const names: string[] = [];
      for await (const page of openOwner({ kind, apiUrl: forge.url }, 'acme', { credential, cache: null, now: Date.now }).repositories())
        for (const r of page) names.push(r.fullName);
      assert.deepEqual(names, ['acme/app', 'acme/lib', 'acme/web', 'acme/old']);
    });

    it('sends the state of a commit, also when it has it already', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      const status = { state: 'running', context: 'ci/x', description: 'd'.repeat(300), url: 'http://ci/job/a/1/' } as const;
      await open(forge).setStatus(HASH, status);
      await open(forge).setStatus(HASH, status);
      const { body, commit } = forge.statuses[0] as NonNullable<(typeof forge.statuses)[0]>;
      assert.equal(commit, HASH);
      assert.equal(body[isBitbucket ? 'url' : 'target_url'], 'http://ci/job/a/1/');
      assert.equal(body['state'], isBitbucket ? 'INPROGRESS' : kind === 'gitlab' ? 'running' : 'pending');
      assert.equal(body[isBitbucket ? 'key' : kind === 'gitlab' ? 'name' : 'context'], 'ci/x');
      if (isBitbucket) {
        const long = `ci/${'x'.repeat(300)}`;
        await open(forge).setStatus(HASH, { ...status, context: long });
        await open(forge).setStatus(HASH, { ...status, context: `${long}y` });
        const [one, other] = forge.statuses.slice(-2).map((s) => String(s.body['key']));
        assert.ok(one !== other && (one?.length ?? 0) <= (kind === 'bitbucket' ? 40 : 255), one);
      }
    });

    it('asks again only for what has changed', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      const cache = new MemoryCache();
      const first = await all(open(forge, { cache }).changes());
      const second = await all(open(forge, { cache }).changes());
      assert.deepEqual(second, first);
      assert.ok(
        forge.requests.slice(-2).every((line) => line.endsWith(' 304')),
        forge.requests.join('\n'),
      );
    });

    it('says by a code what a forge answers instead', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      const codeOf = async (): Promise<string> => {
        try {
          await all(open(forge).changes());
          return 'none';
        } catch (error) {
          return (error as { code?: string }).code ?? String(error);
        }
      };
      const cases: [number, Record<string, string>, string, string][] = [
        [401, {}, '{"message":"Bad credentials"}', 'MR_FORGE_REFUSED'],
        [403, {}, '{"message":"Forbidden"}', 'MR_FORGE_REFUSED'],
        [404, {}, '{}', 'MR_FORGE_UNKNOWN'],
        [500, {}, '<html>', 'MR_FORGE_AWAY'],
        [200, {}, '<html>', 'MR_FORGE_ANSWER'],
        [200, {}, '{"a":1}', 'MR_FORGE_ANSWER'],
        [200, {}, '[{"number":"x"}]', 'MR_FORGE_ANSWER'],
        [200, {}, '{"values":[{"id":"x"}],"isLastPage":true}', 'MR_FORGE_ANSWER'],
        [429, { 'retry-after': '30' }, '', 'MR_FORGE_LIMIT'],
        [
          403,
          { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 60) },
          '{"message":"API rate limit exceeded"}',
          'MR_FORGE_LIMIT',
        ],
      ];
      for (const [status, headers, body, code] of cases) {
        forge.instead = () => ({ status, headers, body });
        assert.equal(await codeOf(), code, `${status} ${body}`);
      }
      forge.instead = null;
      forge.token = 'another word';
      assert.equal(await codeOf(), 'MR_FORGE_REFUSED');
    });

    it('asks nothing more before its limit is over', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      const clock = { at: Date.now() };
      const opened = open(forge, { now: () => clock.at });
      forge.instead = () => ({ status: 429, headers: { 'retry-after': '30' } });
      await assert.rejects(all(opened.changes()), { code: 'MR_FORGE_LIMIT', retryAt: clock.at + 30_000 });
      forge.instead = null;
      const asked = forge.requests.length;
      await assert.rejects(all(opened.changes()), { code: 'MR_FORGE_LIMIT' });
      assert.equal(forge.requests.length, asked);
      clock.at += 31_000;
      assert.equal((await all(opened.changes())).length, 3);
    });

    it('never takes a spoilt answer for another', async (t) => {
      const forge = await new FakeForge(kind).start(t);
      filled(forge);
      await all(open(forge).changes());
      let seed = 2_612;
      const random = (n: number): number => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        return (seed >>> 8) % n;
      };
      const entry = {
        number: 1,
        iid: 1,
        id: 1,
        state: 'open',
        title: 't',
        html_url: 'u',
        web_url: 'u',
        links: { self: [{ href: 'u' }], html: { href: 'u' } },
        user: { login: 'a' },
        author: kind === 'bitbucketServer' ? { user: { name: 'a' } } : { id: 1, username: 'a' },
        head: { ref: 'a', sha: HASH, repo: null },
        base: { ref: 'b' },
        sha: HASH,
        source_branch: 'a',
        target_branch: 'b',
        source_project_id: 1,
        target_project_id: 1,
        source: { branch: { name: 'a' }, commit: { hash: HASH }, repository: { full_name: 'acme/app' } },
        destination: { branch: { name: 'b' } },
        fromRef: { id: 'refs/heads/a', latestCommit: HASH, repository: { slug: 'app', project: { key: 'acme' } } },
        toRef: { id: 'refs/heads/b' },
      };
      const good = JSON.stringify(isBitbucket ? { values: [entry], isLastPage: true } : [entry]);
      forge.instead = () => ({ status: 200, body: good });
      assert.equal((await all(open(forge).changes())).length, 1, good);
      for (let round = 0; round < 200; round++) {
        const at = random(good.length);
        const body = good.slice(0, at) + String.fromCharCode(random(96) + 32) + good.slice(at + random(6));
        const headers: Record<string, string> = random(3) === 0 ? { link: '<x>; rel="next", <' } : {};
        forge.instead = () => ({ status: 200, body, headers });
        await all(open(forge).changes()).catch((error: unknown) => {
          assert.match((error as { code?: string }).code ?? String(error), /^MR_FORGE_/, body);
        });
      }
    });
  });
