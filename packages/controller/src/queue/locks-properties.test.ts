/** Random histories of many builds, some with locks inside of locks taken in one order, so that no build is to blame for a deadlock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LockRequest, LockState, Want } from './lock-state.ts';
import { NO_LOCKS } from './lock-state.ts';
import { askForLock, releaseLock } from './locks.ts';
import { random } from './testing/random.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const RESOURCES = NAMES.map((name, i) => ({
  name,
  labels: i % 2 === 0 ? ['even', 'all'] : ['all'],
  properties: {},
  ephemeral: false,
  reservedBy: null,
  note: null,
}));

/** Resources that a want may touch, as numbers: locks inside of others want only higher ones. */
function someWants(rnd: ReturnType<typeof random>, from: number): { wants: Want[]; highest: number } {
  if (from === 0 && rnd(4) === 0) {
    const all = rnd(2) === 0;
    return { wants: [{ resource: null, label: all ? 'all' : 'even', quantity: rnd(4) }], highest: NAMES.length };
  }
  const chosen = NAMES.map((_, i) => i).filter((i) => i >= from && rnd(3) === 0);
  if (chosen.length === 0) chosen.push(from + rnd(NAMES.length - from));
  return { wants: chosen.map((i) => ({ resource: NAMES[i] as string, label: null, quantity: 0 })), highest: Math.max(...chosen) + 1 };
}

test('no resource has two holders, all or nothing holds, and every waiter is served in the end', () => {
  const rnd = random(11);
  for (let round = 0; round < 150; round++) {
    let state: LockState = { ...NO_LOCKS, resources: RESOURCES };
    let asked = 0;
    const requests = new Map<string, LockRequest>(),
      nextFrom = new Map<string, number>();
    /** Locks that a build has open, the innermost last; the last one may wait. */
    const open = new Map<string, string[]>();
    const waiting = new Map<string, number>();
    let moves = 0,
      longest = 0;

    const take = (outcome: ReturnType<typeof askForLock>): void => {
      state = outcome.state;
      for (const { id, resources } of outcome.granted) {
        const since = waiting.get(id);
        if (since !== undefined) longest = Math.max(longest, moves - since);
        waiting.delete(id);
        for (const want of (requests.get(id) as LockRequest).wants)
          assert.ok(want.resource === null || resources.includes(want.resource), `${id} has not all that it wants`);
      }
      assert.equal(new Set(state.holds.map((h) => h.resource)).size, state.holds.length);
      assert.deepEqual(state.waiters.map((w) => w.id).sort(), [...waiting.keys()].sort(), 'a waiter was forgotten');
    };
    const ask = (build: string, from: number): void => {
      const id = `${round}:${asked++}`,
        { wants, highest } = someWants(rnd, from);
      const request = {
        id,
        build: { id: build, fullDisplayName: build, displayName: build, waitedForBy: [] },
        name: id,
        wants,
        priority: 0,
        inverse: false,
        skip: false,
      };
      requests.set(id, request);
      nextFrom.set(id, highest);
      open.set(build, [...(open.get(build) ?? []), id]);
      waiting.set(id, moves);
      take(askForLock(state, request, moves));
    };
    const step = (newOnes: boolean): boolean => {
      moves++;
      if (newOnes && (open.size === 0 || (open.size < 12 && rnd(3) === 0))) {
        ask(`build-${asked}`, 0);
        return true;
      }
      const able = [...open].filter(([, locks]) => !waiting.has(locks.at(-1) as string));
      if (able.length === 0) return false;
      const [build, locks] = rnd.pick(able);
      const innermost = locks.at(-1) as string,
        from = nextFrom.get(innermost) as number;
      if (newOnes && from < NAMES.length && rnd(3) === 0) {
        ask(build, from);
        return true;
      }
      if (locks.length === 1) open.delete(build);
      else open.set(build, locks.slice(0, -1));
      take(releaseLock(state, innermost, moves));
      return true;
    };

    for (let i = 0; i < 400; i++) assert.ok(step(true) || open.size < 12, `everybody waits: ${JSON.stringify(state.holds)}`);
    assert.ok(longest < 300, `one waited for ${longest} moves`);
    while (open.size > 0) assert.ok(step(false), 'the rest waits for ever');
    assert.deepEqual([state.holds, state.waiters, waiting.size], [[], [], 0]);
  }
});
