import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../store/store.ts';
import { WakeBoard } from '../store/wakes.ts';
import { Repeat } from './repeat.ts';

const HOUR = 3_600_000;

function rig(gatherMs = 0) {
  const wakes = new WakeBoard();
  const errors: unknown[] = [];
  const begun: (() => void)[] = [];
  const ends: ((left: boolean) => void)[] = [];
  let runs = 0;
  const repeat = new Repeat({
    store: { wakes } as unknown as Store,
    topics: ['topic'],
    everyMs: HOUR,
    gatherMs,
    run: () => {
      runs++;
      for (const tell of begun.splice(0)) tell();
      return new Promise((resolve) => ends.push(resolve));
    },
    onError: (error) => errors.push(error),
  });
  return {
    repeat,
    errors,
    wake: () => wakes.tell(['topic']),
    end: (left: boolean) => ends.shift()?.(left),
    next: () => new Promise<void>((resolve) => begun.push(resolve)),
    runs: () => runs,
  };
}

test('it runs at once, one run after the other, and again where something was left or came meanwhile', async () => {
  const { repeat, wake, end, next, runs } = rig();
  assert.equal(runs(), 1);
  const second = next();
  end(true);
  await second;
  wake();
  wake();
  assert.equal(runs(), 2);
  const third = next();
  end(false);
  await third;
  const stopped = repeat.stop();
  end(true);
  await stopped;
  assert.equal(runs(), 3);
  wake();
  assert.equal(runs(), 3);
});

test('what wakes it in a crowd is one run', async () => {
  const { repeat, wake, end, next, runs } = rig(5);
  end(false);
  const second = next();
  for (let i = 0; i < 10; i++) wake();
  await second;
  end(false);
  await repeat.stop();
  assert.equal(runs(), 2);
});

test('an error is told, and the next wake runs it again', async () => {
  const wakes = new WakeBoard();
  const errors: Error[] = [];
  let runs = 0;
  let told: () => void = () => undefined;
  const failed = new Promise<void>((resolve) => {
    told = resolve;
  });
  const repeat = new Repeat({
    store: { wakes } as unknown as Store,
    topics: ['topic'],
    everyMs: HOUR,
    run: async () => {
      if (++runs === 1) throw new Error('broken');
      return false;
    },
    onError: (error) => {
      errors.push(error as Error);
      told();
    },
  });
  await failed;
  await new Promise(setImmediate);
  wakes.tell(['topic']);
  await repeat.stop();
  assert.deepEqual([runs, errors.map((e) => e.message)], [2, ['broken']]);
});
