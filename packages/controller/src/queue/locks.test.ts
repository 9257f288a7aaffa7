/** Histories: what is asked and released, and who holds what then. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LockRequest, LockState, Resource, Want } from './lock-state.ts';
import { NO_LOCKS } from './lock-state.ts';
import { whyWaiting } from './lock-texts.ts';
import type { LockOutcome } from './locks.ts';
import { askForLock, changeResources, PATIENCE, releaseLock } from './locks.ts';

const NOW = Date.UTC(2026, 10, 28, 19, 24);

function resource(name: string, ...labels: string[]): Resource {
  return { name, labels, properties: {}, ephemeral: false, reservedBy: null, note: null };
}
/** `x`: the resource x; `2*cpu`: two of the label; `0*cpu`: all. */
function want(text: string): Want {
  const [, quantity, label] = /^(\d+)\*(.*)$/.exec(text) ?? [];
  return quantity === undefined ? { resource: text, label: null, quantity: 0 } : { resource: null, label: label as string, quantity: Number(quantity) };
}
function request(id: string, wants: readonly string[], more: Partial<LockRequest> & { in?: string; waitedForBy?: readonly string[] } = {}): LockRequest {
  const build = more.in ?? id;
  return {
    id,
    build: { id: build, fullDisplayName: `job ${build} #1`, displayName: '#1', waitedForBy: more.waitedForBy ?? [] },
    name: `Resource: ${wants.join()}`,
    wants: wants.map(want),
    priority: 0,
    inverse: false,
    skip: false,
    ...more,
  };
}
class History {
  state: LockState;
  last: LockOutcome | null = null;
  constructor(...resources: readonly Resource[]) {
    this.state = { ...NO_LOCKS, resources };
  }
  ask(id: string, wants: readonly string[], more?: Parameters<typeof request>[2]): this {
    return this.after(askForLock(this.state, request(id, wants, more), NOW));
  }
  release(id: string): this {
    return this.after(releaseLock(this.state, id, NOW));
  }
  change(...resources: readonly Resource[]): this {
    return this.after(changeResources(this.state, resources, NOW));
  }
  private after(outcome: LockOutcome): this {
    this.last = outcome;
    this.state = outcome.state;
    return this;
  }
  get held(): Record<string, string> {
    return Object.fromEntries(this.state.holds.map((h) => [h.resource, h.by]).sort());
  }
  get line(): string {
    return this.state.waiters.map((w) => w.id).join(' ');
  }
  get texts(): readonly string[] {
    return (this.last as LockOutcome).texts.map((t) => t.text);
  }
}

test('a resource that nobody declared is made when it is wanted, and taken away when nobody wants it', () => {
  const h = new History().ask('a', ['x']);
  assert.deepEqual([h.held, h.texts, h.last?.created], [{ x: 'a' }, ['Resource [x] did not exist. Created.'], ['x']]);
  h.ask('b', ['x']);
  assert.deepEqual(h.texts, [
    'The resource [x] is locked by build job a #1 #1 since Nov 28, 2026, 7:24 PM.',
    '[Resource: x] is not free, waiting for execution ...',
  ]);
  h.release('a');
  assert.deepEqual([h.held, h.last?.removed, h.last?.granted], [{ x: 'b' }, [], [{ id: 'b', resources: ['x'] }]]);
  h.release('b');
  assert.deepEqual([h.held, h.last?.removed, h.state], [{}, ['x'], NO_LOCKS]);
});

test('several resources are held together or not at all', () => {
  const h = new History().ask('a', ['x']).ask('b', ['x', 'y']).ask('c', ['y']);
  assert.deepEqual([h.held, h.line], [{ x: 'a', y: 'c' }, 'b']);
  h.release('a');
  assert.deepEqual(h.held, { y: 'c' });
  h.release('c');
  assert.deepEqual(h.last?.granted, [{ id: 'b', resources: ['x', 'y'] }]);
});

test('so many of a label, all of a label, an expression of labels', () => {
  const h = new History(resource('r1', 'cpu', 'fast'), resource('r2', 'cpu'), resource('r3', 'cpu')).ask('a', ['2*cpu']);
  assert.deepEqual(h.held, { r1: 'a', r2: 'a' });
  h.ask('b', ['2*cpu']);
  assert.deepEqual(h.texts, ['Found 1 available resource(s). Waiting for correct amount: 2.', '[Resource: 2*cpu] is not free, waiting for execution ...']);
  h.ask('c', ['1*cpu && !fast']);
  assert.deepEqual([h.held, h.line], [{ r1: 'a', r2: 'a', r3: 'c' }, 'b']);
  h.ask('d', ['0*cpu']).release('a');
  assert.deepEqual([h.held, h.line], [{ r1: 'b', r2: 'b', r3: 'c' }, 'd']);
  h.release('b').release('c');
  assert.deepEqual(h.held, { r1: 'd', r2: 'd', r3: 'd' });
});

test('more than there is waits, and the console says that it may for ever', () => {
  const h = new History(resource('r1', 'cpu')).ask('a', ['2*cpu']);
  assert.equal(h.texts[0], 'WARNING: Found 1 possible resource(s). Waiting for correct amount: 2.This may remain stuck, until you create enough resources');
  h.change(resource('r1', 'cpu'), resource('r2', 'cpu'));
  assert.deepEqual(h.held, { r1: 'a', r2: 'a' });
});

test('labels that compete for a resource are matched so that all are served', () => {
  const h = new History(resource('r1', 'a', 'b'), resource('r2', 'a'), resource('r3', 'c')).ask('x', ['1*a', '1*b', 'r3', '1*c||a']);
  assert.deepEqual(h.held, {});
  h.release('x').ask('y', ['1*a', '1*b', 'r3']);
  assert.deepEqual(h.last?.granted, [{ id: 'y', resources: ['r2', 'r1', 'r3'] }]);
});

test('the line: priority, then arrival; inversePrecedence goes to the front', () => {
  const h = new History()
    .ask('a', ['x'])
    .ask('b', ['x'])
    .ask('c', ['x'], { priority: 5 })
    .ask('d', ['x'], { priority: 5 })
    .ask('e', ['x'], { priority: -1 })
    .ask('f', ['x'], { inverse: true })
    .ask('g', ['x'], { inverse: true });
  assert.equal(h.line, 'g f c d b e');
  assert.equal(whyWaiting(h.state, 'g')?.fields.position, 1);
});

test('skipIfLocked does not wait, and takes what is free', () => {
  const h = new History().ask('a', ['x']).ask('b', ['x'], { skip: true });
  assert.deepEqual([h.last?.skipped, h.line, h.texts.length], [['b'], '', 1]);
  h.ask('c', ['y'], { skip: true });
  assert.deepEqual([h.last?.skipped, h.held], [[], { x: 'a', y: 'c' }]);
});

test('what is reserved is not given, until it is given back; what is held stays held when it is no longer declared', () => {
  const x = resource('x', 'l');
  const h = new History({ ...x, reservedBy: 'ada' }).ask('a', ['x']);
  assert.deepEqual([h.held, h.texts[0]], [{}, 'The resource [x] is reserved by ada.']);
  h.change(x);
  assert.deepEqual(h.held, { x: 'a' });
  h.change();
  assert.deepEqual([h.held, h.state.resources[0]?.ephemeral], [{ x: 'a' }, true]);
  assert.deepEqual(h.release('a').last?.removed, ['x']);
});

test('the same id again is told what it holds, or waits on', () => {
  const h = new History().ask('a', ['x']).ask('b', ['x']);
  const { state } = h;
  assert.deepEqual(h.ask('a', ['x']).last?.granted, [{ id: 'a', resources: ['x'] }]);
  assert.deepEqual(h.ask('b', ['x']).texts, []);
  assert.equal(h.state, state);
  assert.deepEqual(h.release('nobody').held, { x: 'a' });
});

/** x and y are never both free by chance: as one small lock ends, the next one has come already. */
function overtakenOften(h: History, times: number): void {
  h.ask('s0', ['x']).ask('t0', ['y']).ask('big', ['x', 'y']);
  for (let i = 0; i < times; i++) {
    h.ask(`s${i + 1}`, ['x'])
      .release(`s${i}`)
      .ask(`t${i + 1}`, ['y'])
      .release(`t${i}`);
  }
}

test('a waiter for several is served, however many small ones keep coming', () => {
  const h = new History(resource('x'), resource('y'));
  overtakenOften(h, PATIENCE);
  assert.equal(h.held.x === 'big' && h.held.y === 'big', true, JSON.stringify(h.held));
  h.release('big');
  assert.equal(h.held.x?.startsWith('s'), true);
});

test('what is set aside is told', () => {
  const h = new History(resource('x'), resource('y')).ask('y0', ['y']).ask('s', ['x']).ask('big', ['x', 'y']);
  for (let i = 0; i <= PATIENCE; i++) h.release('s').ask('s', ['x']);
  assert.deepEqual([h.held, h.line], [{ y: 'y0' }, 'big s']);
  assert.deepEqual(h.texts, [
    'The resource [x] is set aside for build job big #1, which was overtaken too often.',
    '[Resource: x] is not free, waiting for execution ...',
  ]);
});

test('who holds what the patient one waits for is not held back by it', () => {
  const h = new History(resource('x'), resource('y')).ask('y0', ['y'], { in: 'B' }).ask('s', ['x']).ask('big', ['x', 'y']);
  for (let i = 0; i <= PATIENCE; i++) h.release('s').ask('s', ['x']);
  assert.equal(h.line, 'big s');
  h.ask('nested', ['x'], { in: 'B' });
  assert.equal(h.held.x, 'nested');
  h.release('nested').ask('below', ['x'], { in: 'C', waitedForBy: ['B'] });
  assert.equal(h.held.x, 'below');
});

test('nothing is set aside for who cannot be served by any release', () => {
  const h = new History(resource('x'), { ...resource('y'), reservedBy: 'ada' }).ask('s', ['x']).ask('big', ['x', 'y']);
  for (let i = 0; i < 3 * PATIENCE; i++) assert.equal(h.release('s').ask('s', ['x']).held.x, 's');
});
