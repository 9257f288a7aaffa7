/** Warm pools: filled after all requests, used by the first that fits, and in nobody's way. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Observed, Offer } from './cloud.ts';
import type { CloudNode, CloudView, Decision, ProvisionInput, WaitingRequest } from './provision.ts';
import { backOffKey, decide } from './provision.ts';
import { cloudNode, NOW, UP, waitingRequest } from './testing/states.ts';
import { WARM } from './warm.ts';

const small: Offer = { template: 'small', labels: ['small'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 600 };
const large: Offer = { ...small, template: 'large', labels: ['large'] };
const kept: Offer = { ...small, idleMinutes: 5 };

function view(
  size: number,
  { offers = [small, large], cap = null, list = [] }: { offers?: readonly Offer[]; cap?: number | null; list?: readonly Observed[] } = {},
): CloudView {
  return { name: 'c', cap, plan: () => offers, warm: [{ offer: offers[0] as Offer, size }], observed: { at: NOW, list } };
}
const request = (id: string, label = 'small', pod: WaitingRequest['pod'] = null): WaitingRequest => waitingRequest(id, { label, pod });
const node = (id: number, more: Partial<CloudNode> = {}): CloudNode =>
  cloudNode(id, { ...UP, template: 'small', labels: ['small'], lease: WARM, leaseLives: false, createdAt: NOW - 1_000 + id, ...more });
const coming = { connected: false, online: false, seenAt: null } as const;
function run(more: Partial<ProvisionInput>): Decision {
  return decide({ now: NOW, waiting: [], nodes: [], free: [], clouds: [view(2)], backOff: new Map(), unknownSince: new Map(), ...more });
}
const made = ({ provision }: Decision): string[] => provision.map((p) => `${p.offer.template} ${p.lease}`);
const ended = ({ terminate }: Decision): string[] => terminate.map((t) => `${t.node.name}: ${t.why}`);
const bound = ({ bind }: Decision): string[] => bind.map((b) => `${b.node.name} ${b.lease}`);

describe('a warm pool', () => {
  it('is filled to its size', () => {
    assert.deepEqual(made(run({})), ['small warm', 'small warm']);
    assert.deepEqual(made(run({ nodes: [node(1), node(2, coming)] })), []);
  });
  it('is used by the first request that fits, up before coming, and filled again', () => {
    const decision = run({ waiting: [request('a')], nodes: [node(1, coming), node(2)] });
    assert.deepEqual(bound(decision), ['n2 a']);
    assert.deepEqual(made(decision), ['small warm']);
    assert.deepEqual(ended(decision), []);
  });
  it('serves no other label and no pod of a pipeline', () => {
    const pod = { key: '1 1', label: 'small', cloud: null, data: {}, build: { url: '', path: '' } };
    const decision = run({ waiting: [request('a', 'large'), request('b', 'small', pod)], nodes: [node(1), node(2)] });
    assert.deepEqual(bound(decision), []);
    assert.deepEqual(made(decision), ['large a', 'small b']);
  });
  it('is emptied when its size falls, those first that are not up', () => {
    const nodes = [node(1), node(2, coming), node(3)];
    assert.deepEqual(ended(run({ nodes, clouds: [view(1)] })), ['n2: the warm pool keeps 1', 'n3: the warm pool keeps 1']);
    assert.equal(ended(run({ nodes, clouds: [view(0)] })).length, 3);
  });
  it('is emptied when nothing wants it any more', () => {
    const clouds = [{ name: 'c', cap: null, plan: () => [large], observed: null }];
    assert.deepEqual(ended(run({ nodes: [node(1)], clouds })), ['n1: no warm pool wants it any more']);
  });
  it('takes what requests leave of a cap', () => {
    assert.deepEqual(made(run({ waiting: [request('a', 'large')], clouds: [view(5, { cap: 3 })] })), ['large a', 'small warm', 'small warm']);
  });
  it('is given up for a request that needs the cap, one for one', () => {
    const nodes = [node(1), node(2)];
    const clouds = [view(2, { cap: 2 })];
    const decision = run({ waiting: [request('a', 'large')], nodes, clouds });
    assert.deepEqual(ended(decision), ['n2: given up for a build that waits']);
    assert.deepEqual(made(decision), []);
    const going = [node(1), node(2, { ending: { why: 'x', lost: false } })];
    assert.deepEqual(ended(run({ waiting: [request('a', 'large')], nodes: going, clouds })), []);
  });
  it('is given up where the cloud itself says that its quota is full', () => {
    const backOff = new Map([[backOffKey('c', large), { until: NOW + 1_000, message: 'exceeded quota', isFull: true }]]);
    assert.deepEqual(ended(run({ waiting: [request('a', 'large')], nodes: [node(1), node(2)], backOff })), ['n2: given up for a build that waits']);
  });
  it('is given up for a pod for which there is no capacity', () => {
    const list: Observed[] = [{ name: 'n3', ref: 'ref-3', state: 'asked for', why: null, noCapacity: true }];
    const nodes = [node(1), node(2), node(3, { ...coming, lease: 'a', leaseLives: true, template: 'large', labels: ['large'] })];
    const clouds = [
      view(2, { list: [...list, { name: 'n1', ref: 'ref-1', state: 'running', why: null }, { name: 'n2', ref: 'ref-2', state: 'running', why: null }] }),
    ];
    const decision = run({ waiting: [request('a', 'large')], nodes, clouds });
    assert.equal(ended(decision)[0], 'n2: given up for n3, for which there is no capacity');
  });
  it('is filled beside requests that no cloud serves', () => {
    assert.equal(made(run({ waiting: [request('a', 'mac')] })).length, 2);
  });
  it('is not tried where its template failed a short while ago', () => {
    assert.deepEqual(made(run({ backOff: new Map([[backOffKey('c', small), { until: NOW + 1_000, message: 'no', isFull: false }]]) })), []);
  });
  it('keeps machines that serve several beyond their idle time', () => {
    const clouds = [view(1, { offers: [kept] })];
    const idle = { lease: null, idleMinutes: 5, idleSince: NOW - 600_000 };
    assert.deepEqual(ended(run({ nodes: [node(1, idle), node(2, idle)], clouds })), ['n2: idle for 5 minutes']);
    assert.deepEqual(made(run({ clouds })), ['small null']);
  });
});
