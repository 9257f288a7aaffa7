import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestOf } from '@millrace/pipeline';
import type { HandlerContext } from './handler.ts';
import { Locks } from './locks.ts';

function ask(locks: Locks, id: string, request: Partial<RequestOf<'lock'>>): { readonly printed: string[]; readonly got: () => readonly string[] | null } {
  const printed: string[] = [];
  let resources: readonly string[] | null = null;
  const whole = { resource: null, label: null, quantity: 0, priority: 0, inverse: false, skip: false, extra: [], ...request };
  void locks
    .acquire(whole, {
      ask: { id },
      print: (text: string) => {
        printed.push(text);
      },
      onCancel: () => undefined,
    } as unknown as HandlerContext)
    .then((answer) => {
      resources = answer.resources;
    });
  return { printed, got: () => resources };
}

test('a lock goes to the next in line, by priority', async () => {
  const locks = new Locks();
  const [a, b, c] = [
    ask(locks, 'a', { resource: 'r' }),
    ask(locks, 'b', { resource: 'r', name: 'Resource: r' }),
    ask(locks, 'c', { resource: 'r', priority: 1 }),
  ];
  await Promise.resolve();
  assert.deepEqual([a.got(), b.got(), c.got()], [['r'], null, null]);
  assert.deepEqual(a.printed, ['Resource [r] did not exist. Created.\n']);
  assert.deepEqual(b.printed, ['[Resource: r] is not free, waiting for execution ...\n']);
  locks.release('a');
  await Promise.resolve();
  assert.deepEqual([b.got(), c.got()], [null, ['r']]);
  locks.release('c');
  await Promise.resolve();
  assert.deepEqual(b.got(), ['r']);
});

test('several resources are held together or not at all', async () => {
  const locks = new Locks();
  ask(locks, 'a', { resource: 'x' });
  const b = ask(locks, 'b', { resource: 'y', extra: [{ resource: 'x', label: null, quantity: 0 }] });
  const c = ask(locks, 'c', { resource: 'y' });
  await Promise.resolve();
  assert.deepEqual([b.got(), c.got()], [null, ['y']]);
  locks.release('a');
  locks.release('c');
  await Promise.resolve();
  assert.deepEqual(b.got(), ['y', 'x']);
});

test('skipping does not wait', async () => {
  const locks = new Locks();
  ask(locks, 'a', { resource: 'r' });
  const b = ask(locks, 'b', { resource: 'r', skip: true });
  await Promise.resolve();
  assert.deepEqual(b.got(), []);
});
