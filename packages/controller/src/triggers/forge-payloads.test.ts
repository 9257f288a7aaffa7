/** What Bitbucket of both kinds sends, and what anybody may send in its name. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FORGES } from './forge-payloads.ts';
import { signedBy } from './signatures.ts';

const read = FORGES.bitbucket;
const [A, B, NONE] = ['a', 'b', '0'].map((c) => c.repeat(40)) as [string, string, string];

const cloud = {
  actor: { type: 'user', nickname: 'ann', display_name: 'Ann', uuid: '{1}' },
  repository: {
    type: 'repository',
    full_name: 'acme/app',
    name: 'app',
    links: { html: { href: 'https://bitbucket.org/acme/app' }, self: { href: 'https://api.bitbucket.org/2.0/repositories/acme/app' } },
    workspace: { slug: 'acme' },
  },
};
const repository = (key: string) => ({
  slug: 'app',
  name: 'app',
  project: { key, type: 'NORMAL' },
  links: {
    clone: [
      { name: 'http', href: `https://git.example/scm/${key.toLowerCase()}/app.git` },
      { name: 'ssh', href: `ssh://git@git.example:7999/${key.toLowerCase()}/app.git` },
    ],
    self: [{ href: `https://git.example/projects/${key}/repos/app/browse` }],
  },
});
const server = { date: '2026-01-01T00:00:00+0000', actor: { name: 'ann', displayName: 'Ann' } };
const pullRequest = {
  id: 7,
  state: 'OPEN',
  fromRef: { id: 'refs/heads/x', latestCommit: B, repository: repository('~EVE') },
  toRef: { id: 'refs/heads/main', latestCommit: A, repository: repository('ACME') },
};

describe('webhooks of Bitbucket', () => {
  it('tell of branches and tags that came, moved and went', () => {
    const change = (type: string, name: string, before: string | null, after: string | null) => ({
      old: before === null ? null : { type, name, target: { hash: before } },
      new: after === null ? null : { type, name, target: { hash: after } },
    });
    const changes = [change('branch', 'feature/x', A, B), change('tag', 'v1', null, B), change('branch', 'old', A, null)];
    const refs = [
      { ref: 'refs/heads/feature/x', before: A, after: B },
      { ref: 'refs/tags/v1', before: null, after: B },
      { ref: 'refs/heads/old', before: A, after: null },
    ];
    assert.deepEqual(read('repo:push', { ...cloud, push: { changes } }), {
      kind: 'push',
      provider: 'bitbucket',
      urls: ['https://bitbucket.org/acme/app'],
      fullName: 'acme/app',
      refs,
      change: null,
      sender: 'ann',
    });
    const told = refs.map(({ ref, before, after }) => ({ ref: { id: ref }, refId: ref, fromHash: before ?? NONE, toHash: after ?? NONE, type: 'UPDATE' }));
    const event = read('repo:refs_changed', { ...server, eventKey: 'repo:refs_changed', repository: repository('ACME'), changes: told });
    assert.deepEqual([event?.refs, event?.fullName, event?.sender], [refs, 'ACME/app', 'ann']);
    assert.deepEqual(event?.urls, ['https://git.example/scm/acme/app.git', 'ssh://git@git.example:7999/acme/app.git']);
  });

  it('tell of pull requests, as those of the repository that they go into', () => {
    for (const [name, action] of [
      ['pullrequest:created', 'opened'],
      ['pullrequest:updated', 'updated'],
      ['pullrequest:fulfilled', 'closed'],
      ['pullrequest:rejected', 'closed'],
    ] as const) {
      const event = read(name, { ...cloud, pullrequest: { id: 7, source: { commit: { hash: B.slice(0, 12) }, repository: { full_name: 'eve/app' } } } });
      assert.deepEqual([event?.kind, event?.change, event?.fullName], ['pull-request', { number: 7, action, head: null }, 'acme/app'], name);
    }
    for (const [name, action] of [
      ['pr:opened', 'opened'],
      ['pr:from_ref_updated', 'updated'],
      ['pr:modified', 'updated'],
      ['pr:merged', 'closed'],
      ['pr:declined', 'closed'],
      ['pr:deleted', 'closed'],
    ] as const) {
      const event = read(name, { ...server, eventKey: name, pullRequest });
      assert.deepEqual([event?.kind, event?.change, event?.fullName], ['pull-request', { number: 7, action, head: B }, 'ACME/app'], name);
      assert.ok(event?.urls.every((url) => url.includes('/acme/app')));
    }
    for (const name of ['diagnostics:ping', 'pullrequest:comment_created', 'pr:comment:added', 'pr:reviewer:approved'])
      assert.equal(read(name, { ...cloud, pullrequest: { id: 7 } }), null, name);
  });

  it('are signed as the documentation signs', () => {
    const body = Buffer.from('Hello World!');
    const headers = { 'x-hub-signature': 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9' };
    assert.equal(signedBy('bitbucket', headers, body, ["It's a Secret to Everybody"]), true);
    assert.equal(signedBy('bitbucket', headers, Buffer.from('Hello World?'), ["It's a Secret to Everybody"]), false);
    assert.equal(signedBy('bitbucket', {}, body, ["It's a Secret to Everybody"]), null);
  });

  it('come from anybody: whatever is in them, an event is whole or there is none', () => {
    let seed = 77;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % n;
    };
    const odd = [null, 0, -1, 1.5, 2 ** 60, '', 'x'.repeat(3_000), [], {}, true, '__proto__', NONE, 'refs/heads/\u0000', [[]]];
    /** The same with some of it replaced, left out or moved. */
    const spoilt = (value: unknown): unknown => {
      if (random(8) === 0) return odd[random(odd.length)];
      if (Array.isArray(value)) return value.map(spoilt);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).flatMap(([key, of]) => (random(20) === 0 ? [] : [[key, spoilt(of)]])));
    };
    const bodies = [
      { ...cloud, push: { changes: [{ old: null, new: { type: 'branch', name: 'main', target: { hash: A } } }] } },
      { ...cloud, pullrequest: { id: 7 } },
      { ...server, repository: repository('ACME'), changes: [{ ref: { id: 'refs/heads/main' }, fromHash: A, toHash: B }] },
      { ...server, pullRequest },
    ];
    const names = ['repo:push', 'repo:refs_changed', 'pullrequest:updated', 'pr:opened', 'constructor', ''];
    let events = 0;
    for (let round = 0; round < 3_000; round++) {
      const event = read(names[random(names.length)] as string, spoilt(bodies[random(bodies.length)]));
      if (event === null) continue;
      events++;
      assert.ok(event.urls.length > 0 && event.urls.every((url) => typeof url === 'string' && url !== '' && url.length <= 2_000));
      assert.ok(event.fullName === null || typeof event.fullName === 'string');
      assert.ok(event.sender === null || typeof event.sender === 'string');
      for (const { ref, before, after } of event.refs) {
        assert.equal(typeof ref, 'string');
        for (const hash of [before, after]) assert.ok(hash === null || /^[0-9a-f]{40,64}$/.test(hash));
      }
      if (event.kind === 'pull-request') assert.match(String(event.change?.action), /^(opened|updated|closed)$/);
      if (event.kind === 'pull-request') assert.ok(Number.isSafeInteger(event.change?.number) && (event.change?.number ?? 0) > 0);
      else assert.equal(event.kind, 'push');
    }
    assert.ok(events > 300, `${events} events`);
  });
});
