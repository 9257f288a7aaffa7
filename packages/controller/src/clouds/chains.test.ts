/** Chains of places: which one is asked, and when a node is given up for the next. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MoveOn, Observed, Offer } from './cloud.ts';
import { reasonToMoveOn } from './move-on.ts';
import type { CloudNode, CloudView, Decision, ProvisionInput, WaitingRequest } from './provision.ts';
import { backOffKey, decide } from './provision.ts';
import { cloudNode, NOW, waitingRequest } from './testing/states.ts';

const AFTER_60: MoveOn = { pendingSeconds: 60, noCapacitySeconds: 5 };
const one: Offer = { template: 'pod', labels: ['pod'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 600 };
const SPOT: Offer = { ...one, place: 'spot', moveOn: AFTER_60 };
const SERVERLESS: Offer = { ...one, place: 'serverless', moveOn: AFTER_60 };
const OTHER: Offer = one;

function view(name: string, offers: readonly Offer[], list: readonly Observed[] = [], cap: number | null = null): CloudView {
  return { name, cap, plan: () => offers, observed: { at: NOW, list } };
}
const request = (id: string): WaitingRequest => waitingRequest(id, { label: 'pod' });
function node(id: number, lease: string | null, age: number, place: Offer = SPOT): CloudNode {
  return cloudNode(id, {
    cloud: 'main',
    template: 'pod',
    place: place.place ?? null,
    moveOn: place.moveOn ?? null,
    labels: ['pod'],
    lease,
    idleMinutes: lease === null ? 5 : null,
    knownSince: NOW - age,
    createdAt: NOW - age,
  });
}
function seen(id: number, state: Observed['state'], noCapacity = false): Observed {
  return { name: `n${id}`, ref: `ref-n${id}`, state, why: noCapacity ? '0/3 nodes' : null, ...(noCapacity ? { noCapacity } : {}) };
}
function chain(list: readonly Observed[] = []): CloudView[] {
  return [view('main', [SPOT, SERVERLESS], list), view('other', [OTHER])];
}
function run(more: Partial<ProvisionInput>): Decision {
  return decide({ now: NOW, waiting: [request('a')], nodes: [], free: [], clouds: chain(), backOff: new Map(), unknownSince: new Map(), ...more });
}
const asked = ({ provision }: Decision): string[] => provision.map((p) => `${p.lease} ${p.cloud} ${p.offer.place ?? ''}`.trim());
const ended = ({ terminate }: Decision): string[] => terminate.map((t) => `${t.node.name} ${t.moved ? 'moved' : 'ended'}`);
function held(cloud: string, offer: Offer, isFull = false): ProvisionInput['backOff'] {
  return new Map([[backOffKey(cloud, offer), { until: NOW + 1_000, message: 'no', isFull }]]);
}

describe('a node that waits at a place', () => {
  const cases: readonly [string, MoveOn, number, Observed | null, string][] = [
    ['is left when it has not started in time', { pendingSeconds: 60 }, 60, seen(1, 'asked for'), 'why'],
    ['is left while it pulls, too', { pendingSeconds: 60 }, 61, seen(1, 'pulling'), 'why'],
    ['is not left before', { pendingSeconds: 60 }, 59, seen(1, 'asked for'), 'due 1'],
    ['is not left once it has started', { pendingSeconds: 60 }, 90, seen(1, 'connecting'), 'null'],
    ['is left at once where there is no capacity', { noCapacitySeconds: 0 }, 0, seen(1, 'asked for', true), 'why'],
    ['is not left for capacity where it only waits', { noCapacitySeconds: 0 }, 90, seen(1, 'asked for'), 'null'],
    ['is left by whichever comes first', { pendingSeconds: 60, noCapacitySeconds: 20 }, 10, seen(1, 'asked for', true), 'due 10'],
    ['is left where the cloud has not said anything', { pendingSeconds: 60 }, 60, null, 'why'],
    ['stays without a condition', {}, 9_999, seen(1, 'asked for', true), 'null'],
  ];
  for (const [title, moveOn, age, observed, expected] of cases)
    it(title, () => {
      const said = reasonToMoveOn({ moveOn, createdAt: NOW - age * 1_000 }, observed, NOW);
      assert.equal(said === null ? 'null' : 'due' in said ? `due ${(said.due - NOW) / 1_000}` : 'why', expected);
    });
});

describe('a chain of places', () => {
  it('is asked from its beginning', () => {
    assert.deepEqual(asked(run({})), ['a main spot']);
  });
  it('goes on where a place has refused a short while ago', () => {
    assert.deepEqual(asked(run({ backOff: held('main', SPOT) })), ['a main serverless']);
  });
  it('stops at a place that is full where its quota is to be waited for', () => {
    const patient: Offer = { ...SPOT, moveOn: { quota: false } };
    const clouds = [view('main', [patient, SERVERLESS])];
    assert.deepEqual(asked(run({ clouds, backOff: held('main', SPOT, true) })), []);
    assert.deepEqual(asked(run({ clouds, backOff: held('main', SPOT, false) })), ['a main serverless']);
  });
  it('gives a pending node up for the next place, and tells so', () => {
    const decision = run({ nodes: [node(1, 'a', 61_000)], clouds: chain([seen(1, 'asked for')]) });
    assert.deepEqual(ended(decision), ['n1 moved']);
    assert.deepEqual(asked(decision), ['a main serverless']);
    const told = decision.timeline.map((t) => `${t.lease} ${t.why.code} ${t.why.message}`);
    assert.deepEqual(told, ['a cloud-moved-on n1 is given up for main (serverless): it has not started within 60 s']);
  });
  it('gives it up for another cloud at its end, and never for a place before', () => {
    const decision = run({ nodes: [node(1, 'a', 61_000, SERVERLESS)], clouds: chain([seen(1, 'asked for')]) });
    assert.deepEqual(asked(decision), ['a other']);
  });
  it('keeps it where nothing else can be asked', () => {
    const nodes = [node(1, 'a', 61_000)];
    const list = [seen(1, 'asked for')];
    assert.deepEqual(ended(run({ nodes, clouds: [view('main', [SPOT], list)] })), []);
    assert.deepEqual(ended(run({ nodes, clouds: [view('main', [SPOT, SERVERLESS], list)], backOff: held('main', SERVERLESS) })), []);
    assert.deepEqual(ended(run({ nodes, clouds: [view('main', [SPOT], list), view('other', [OTHER], [], 0)] })), []);
  });
  it('gives up no more of them than the next place takes', () => {
    const nodes = [node(1, 'a', 61_000), node(2, 'b', 61_000)];
    const list = [seen(1, 'asked for'), seen(2, 'asked for')];
    const decision = run({ waiting: [request('a'), request('b')], nodes, clouds: [view('main', [SPOT], list), view('other', [OTHER], [], 1)] });
    assert.equal(ended(decision).length, 1);
    assert.equal(asked(decision).length, 1);
  });
  it('gives up a node for several requests too', () => {
    const kept = { ...SPOT, idleMinutes: 5 };
    const clouds = [view('main', [kept, { ...SERVERLESS, idleMinutes: 5 }], [seen(1, 'asked for', true)])];
    const decision = run({ nodes: [node(1, null, 6_000, kept)], clouds });
    assert.deepEqual(ended(decision), ['n1 moved']);
    assert.deepEqual(asked(decision), ['null main serverless']);
  });
  it('looks again when it is time', () => {
    assert.equal(run({ nodes: [node(1, 'a', 50_000)], clouds: chain([seen(1, 'asked for')]) }).nextDue, NOW + 10_000);
  });
});
