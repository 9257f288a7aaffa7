import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { branchSource, itemPath, multibranchConfig } from '@millrace/protocol';
import { ownersOf, repositoryAddress, sameRepository } from '../scm/repository-address.ts';
import { whyNotBuilt } from './automatic.ts';
import { headOfRef, headsOfChange } from './discover.ts';
import { jobNameOf } from './head-names.ts';
import { matchesWildcard, nameFilter } from './name-filter.ts';

describe('the name of a branch’s job', () => {
  it('is Jenkins’ for what branches are called', () => {
    assert.equal(jobNameOf('feature/x'), 'feature%2Fx');
    assert.equal(jobNameOf('100%'), '100%25');
    assert.equal(jobNameOf('a#b'), 'a%23b');
    assert.equal(jobNameOf('..'), '%2E.');
  });
  it('can always be in a path, and is never that of another branch', () => {
    const strange = ['a b', 'a|b', 'a<b>', '"a"', 'ä/ö', 'x'.repeat(300), `${'x'.repeat(299)}y`, '%2F', '/', 'a\u2028b', '-', '@{0}'];
    const names = strange.map(jobNameOf);
    for (const name of names) assert.ok(itemPath.safeParse(`parent/${name}`).success, name);
    assert.equal(new Set(names).size, names.length);
  });
});

describe('a filter of names', () => {
  const filter =
    (includes: string, excludes = '', regex: string | null = null) =>
    (name: string) =>
      nameFilter({ includes, excludes, regex })([name])[0];
  it('knows * alone, several patterns, and whole names', () => {
    const f = filter('main release/*', 'release/old*');
    assert.deepEqual(['main', 'mainly', 'release/1', 'release/old-1', 'xmain'].map(f), [true, false, true, false, false]);
    assert.ok(filter('*')('anything/at all'));
    assert.ok(filter('')('as Jenkins: all'));
    assert.ok(!filter('a.c')('abc'));
  });
  it('takes a regular expression for the whole name', () => {
    const f = filter('*', '', 'main|PR-\\d+');
    assert.deepEqual(['main', 'PR-12', 'PR-x', 'xmain'].map(f), [true, true, false, false]);
    assert.throws(() => filter('*', '', '(')('a'), { code: 'MR_BRANCH_FILTER' });
  });
  it('ends a regular expression that would not end', () => {
    const begun = performance.now();
    assert.throws(() => filter('*', '', '(a+)+b')('a'.repeat(60)), { code: 'MR_BRANCH_FILTER' });
    assert.ok(performance.now() - begun < 20_000);
  });
  it('matches as the pattern’s regular expression does, in steps that stay few', () => {
    let seed = 7;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % n;
    };
    const word = (letters: string, most: number): string => Array.from({ length: random(most) }, () => letters[random(letters.length)]).join('');
    for (let i = 0; i < 5_000; i++) {
      const pattern = word('ab/*', 8),
        name = word('ab/', 10);
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
      assert.equal(matchesWildcard(pattern, name), expected, `${pattern} ${name}`);
    }
    assert.equal(matchesWildcard('*a'.repeat(2_000), 'a'.repeat(5_000)), true);
    assert.equal(matchesWildcard(`${'*a'.repeat(500)}b`, 'a'.repeat(5_000)), false);
  });
});

describe('an address of a repository', () => {
  it('is the same however it is written', () => {
    const same = [
      'https://git.example/Acme/app.git',
      'git@git.example:acme/app',
      'ssh://git@git.example:2222/acme/app.git',
      'https://ann:x@git.example:8443/acme/app/',
    ];
    for (const url of same) assert.equal(repositoryAddress(url), 'git.example/acme/app', url);
    assert.ok(!sameRepository('https://git.example/acme/app', 'https://git.example/acme/apple'));
    assert.deepEqual(ownersOf('git.example/a/b/c'), ['git.example/a/b', 'git.example/a']);
    assert.equal(repositoryAddress(''), null);
  });
});

describe('what is discovered', () => {
  const source = (more: object) => branchSource.parse({ kind: 'github', repository: 'acme/app', ...more });
  const ref = { ref: 'refs/heads/x', hash: 'a'.repeat(40) };
  it('leaves out branches that are pull requests, or takes these alone', () => {
    const names = (branches: string, changed: string[]) => headOfRef(source({ branches }), ref, 'main', new Set(changed))?.name ?? null;
    assert.equal(names('exceptChanges', ['x']), null);
    assert.equal(names('exceptChanges', []), 'x');
    assert.equal(names('onlyChanges', []), null);
    assert.equal(names('onlyChanges', ['x']), 'x');
    assert.equal(names('all', ['x']), 'x');
    assert.equal(names('none', []), null);
  });
  const open = {
    id: '3',
    number: 3,
    url: 'u',
    title: 't',
    author: 'eve',
    authorDisplayName: null,
    authorEmail: null,
    target: 'main',
    branch: 'x',
    ref: 'refs/pull/3/head',
    hash: 'c'.repeat(40),
  };
  const names = (more: object, fork: string | null, trusted = true) =>
    headsOfChange(
      source(more),
      { ...open, fork },
      { primary: null, prefix: 'PR', branchHash: (n) => (n === 'main' ? 'd'.repeat(40) : null), isTrusted: () => trusted },
    );
  it('makes one or two jobs of a pull request, by where it comes from', () => {
    assert.deepEqual(
      names({ originChanges: 'both' }, null).map((h) => h.name),
      ['PR-3-head', 'PR-3-merge'],
    );
    assert.deepEqual(
      names({ originChanges: 'head' }, null).map((h) => [h.name, h.revision.base]),
      [['PR-3', null]],
    );
    assert.deepEqual(
      names({ originChanges: 'merge' }, null).map((h) => h.revision.base),
      [{ name: 'main', hash: 'd'.repeat(40) }],
    );
    assert.deepEqual(names({ forkChanges: 'none' }, 'eve'), []);
  });
  it('runs the target’s Jenkinsfile for whom nobody trusts', () => {
    assert.equal(names({ forkChanges: 'head' }, 'eve', false)[0]?.revision.script, 'd'.repeat(40));
    assert.equal(names({ forkChanges: 'head' }, 'eve', true)[0]?.revision.script, undefined);
    assert.equal(names({ originChanges: 'head' }, null, false)[0]?.revision.script, undefined);
  });
});

describe('what is built by itself', () => {
  const config = (more: object) => multibranchConfig.parse({ sources: [{ kind: 'git', url: 'u' }], ...more });
  const revision = { hash: 'a'.repeat(40), base: null };
  const head = (kind: 'branch' | 'tag' | 'change', name = 'x') => ({ kind, name, revision });
  const now = Date.parse('2026-01-10');
  it('is what changed, but for tags, which are built where the job says so', () => {
    const built = (more: object, kind: 'branch' | 'tag' | 'change') =>
      whyNotBuilt(config(more), { head: head(kind), built: null, taggedAt: now - 86_400_000 }, now) === null;
    assert.equal(built({}, 'branch'), true);
    assert.equal(built({}, 'tag'), false);
    assert.equal(built({ build: { tagDays: 2 } }, 'tag'), true);
    assert.equal(built({ build: { changes: false } }, 'change'), false);
    assert.equal(built({ build: { initial: false } }, 'branch'), false);
    assert.equal(built({ suppress: ['x*'] }, 'branch'), false);
  });
  it('is not what was built already', () => {
    assert.match(whyNotBuilt(config({}), { head: head('branch'), built: revision, taggedAt: null }, now) ?? '', /^No changes detected: x \(still at a+\)$/);
    const merged = { hash: revision.hash, base: { name: 'main', hash: 'b'.repeat(40) } };
    const moved = { kind: 'change' as const, name: 'PR-1', revision: { ...merged, base: { name: 'main', hash: 'c'.repeat(40) } } };
    assert.equal(whyNotBuilt(config({}), { head: moved, built: merged, taggedAt: null }, now), null);
    assert.notEqual(whyNotBuilt(config({ build: { ignoreTargetChanges: true } }), { head: moved, built: merged, taggedAt: null }, now), null);
  });
});
