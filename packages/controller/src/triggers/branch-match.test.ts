import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchMatches, patternMatches } from './branch-match.ts';

test('a branch spec means the refs that the git plug-in would build', () => {
  for (const [spec, ref, meant] of [
    ['main', 'refs/heads/main', true],
    ['main', 'refs/heads/main2', false],
    ['*/main', 'refs/heads/main', true],
    ['origin/main', 'refs/heads/main', true],
    ['refs/heads/main', 'refs/heads/main', true],
    ['refs/tags/v1', 'refs/tags/v1', true],
    ['refs/tags/v1', 'refs/heads/v1', false],
    ['release/*', 'refs/heads/release/1', true],
    ['release/*', 'refs/heads/release/1/x', false],
    ['release/**', 'refs/heads/release/1/x', true],
    ['**', 'refs/heads/any/thing', true],
    ['', 'refs/heads/any', true],
    ['**', 'refs/tags/v1', false],
    ['${BRANCH}', 'refs/heads/any', true],
    [':^(?!main).*', 'refs/heads/any', true],
    ['a'.repeat(40), 'refs/heads/main', false],
    ['*a*b*c*d*e', 'refs/heads/abcde', false],
  ] as const)
    assert.equal(branchMatches(spec, ref), meant, `${spec} ${ref}`);
});

test('a pattern is of short names, or of whole refs', () => {
  assert.ok(patternMatches('*', 'refs/heads/a/b'));
  assert.ok(patternMatches('feature/*', 'refs/heads/feature/x'));
  assert.ok(!patternMatches('feature/*', 'refs/heads/feature/x/y'));
  assert.ok(patternMatches('refs/tags/v*', 'refs/tags/v1'));
  assert.ok(!patternMatches('refs/tags/v*', 'refs/heads/v1'));
});
