import assert from 'node:assert/strict';
import { test } from 'node:test';
import { antMatcher } from './ant-pattern.ts';

for (const [pattern, path, expected] of [
  ['**', 'a/b.txt', true],
  ['*', 'a', true],
  ['*', 'a/b', false],
  ['**/*.jar', 'x.jar', true],
  ['**/*.jar', 'a/b/x.jar', true],
  ['target/', 'target/a/b', true],
  ['target/**', 'target', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/x/y/c', false],
  ['*.txt, *.md', 'r.md', true],
  ['?.c', 'x.c', true],
  ['?.c', 'xy.c', false],
  ['A.TXT', 'a.txt', false],
  ['a+b(1).txt', 'a+b(1).txt', true],
] as const) {
  test(`${pattern} ${expected ? 'matches' : 'does not match'} ${path}`, () => {
    assert.equal(antMatcher(pattern).matches(path), expected);
  });
}

test('folders that cannot hold a match are not walked', () => {
  const matcher = antMatcher('src/*/x.c');
  assert.equal(matcher.mayHold('src'), true);
  assert.equal(matcher.mayHold('src/a'), true);
  assert.equal(matcher.mayHold('src/a/b'), false);
  assert.equal(matcher.mayHold('doc'), false);
});
