import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mergeable, MergeRequest } from './merge.ts';
import { mergeTarget } from './merge.ts';

const A = { name: 'A', kind: 'string', value: '1' };
const B = { name: 'B', kind: 'boolean', value: true };
function asked(more: Partial<MergeRequest<string>> = {}): MergeRequest<string> {
  return { job: 'j', parameters: [], isSpecial: false, causes: ['new'], quietUntil: 100, ...more };
}
function queued(id: string, more: Partial<Mergeable<string>> = {}): Mergeable<string> {
  return { ...asked(), causes: [id], id, number: 1, ...more };
}

for (const [behaviour, request, queue, target] of [
  ['the same job without parameters is merged', asked(), [queued('a')], 'a'],
  ['another job is not', asked(), [queued('a', { job: 'k' })], null],
  ['the order of parameters plays no part', asked({ parameters: [A, B] }), [queued('a', { parameters: [B, A] })], 'a'],
  ['another value is another build', asked({ parameters: [A] }), [queued('a', { parameters: [{ ...A, value: '2' }] })], null],
  ['one parameter more is another build', asked({ parameters: [A] }), [queued('a', { parameters: [A, B] })], null],
  ['text and truth are not the same', asked({ parameters: [{ ...B, kind: 'string', value: 'true' }] }), [queued('a', { parameters: [B] })], null],
  [
    'files are never the same',
    asked({ parameters: [{ name: 'F', kind: 'file', value: 'x' }] }),
    [queued('a', { parameters: [{ name: 'F', kind: 'file', value: 'x' }] })],
    null,
  ],
  ['a replay is never merged', asked({ isSpecial: true }), [queued('a', { isSpecial: true })], null],
  ['nor is anything merged with one', asked(), [queued('a', { isSpecial: true })], null],
  ['the oldest is taken', asked(), [queued('b', { number: 2 }), queued('a')], 'a'],
] as const) {
  test(behaviour, () => {
    assert.equal(mergeTarget(request, queue)?.id ?? null, target);
  });
}

test('causes are added, and the shorter quiet period holds', () => {
  assert.deepEqual(mergeTarget(asked({ quietUntil: 50 }), [queued('a')]), { id: 'a', causes: ['a', 'new'], quietUntil: 50 });
  assert.equal(mergeTarget(asked({ quietUntil: 500 }), [queued('a')])?.quietUntil, 100);
});
