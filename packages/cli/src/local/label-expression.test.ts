import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelMatcher } from './label-expression.ts';

const LABELS = new Set(['linux', 'docker', 'x86-64', 'my node']);
for (const [expression, expected] of [
  ['linux', true],
  ['windows', false],
  ['linux && docker', true],
  ['linux&&!docker', false],
  ['windows || docker', true],
  ['!(windows || mac)', true],
  ['x86-64', true],
  ['"my node"', true],
  ['linux -> docker', true],
  ['windows -> mac', true],
  ['linux <-> windows', false],
  ['linux && (mac || docker)', true],
] as const) {
  test(`${expression} is ${expected}`, () => {
    assert.equal(labelMatcher(expression)?.(LABELS), expected);
  });
}
for (const wrong of ['', '&& a', 'a b', '(a', 'a)', 'a ||', '"']) {
  test(`“${wrong}” is no label expression`, () => {
    assert.equal(labelMatcher(wrong), null);
  });
}
