/** Caps of namespaces and folders beside those of clouds and templates: what counts, and what a refused request is told. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Caps, Counted, Observed, Offer } from './cloud.ts';
import type { CloudNode, CloudView, Decision, ProvisionInput, WaitingRequest } from './provision.ts';
import { decide } from './provision.ts';
import { cloudNode, NOW, UP, waitingRequest } from './testing/states.ts';
import { WARM } from './warm.ts';

const pod: Offer = { template: 'pod', labels: ['pod'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 600, namespace: 'builds' };
const other: Offer = { ...pod, template: 'other', labels: ['other'], namespace: 'team' };
const kept: Offer = { ...pod, idleMinutes: 5 };

const NO_CAPS: Caps = { namespaces: new Map(), folders: new Map() };
const namespaces = (...all: [string, number][]): Caps => ({ ...NO_CAPS, namespaces: new Map(all) });
const folders = (...all: [string, number][]): Caps => ({ ...NO_CAPS, folders: new Map(all) });
function view(
  caps: Caps,
  { offers = [pod, other], list = [], ...more }: Partial<CloudView> & { offers?: readonly Offer[]; list?: readonly Observed[] } = {},
): CloudView {
  return { name: 'c', cap: null, caps, plan: () => offers, observed: { at: NOW, list }, ...more };
}
const request = (id: string, job = 'team/app', label = 'pod'): WaitingRequest => waitingRequest(id, { job, label });
const node = (id: number, more: Partial<CloudNode> = {}): CloudNode =>
  cloudNode(id, { ...UP, template: 'pod', namespace: 'builds', labels: ['pod'], lease: `held${id}`, jobs: ['team/app'], running: 1, busy: 1, ...more });
const seen = (name: string, counted: Partial<Counted> | null = {}, more: Partial<Observed> = {}): Observed => ({
  name,
  ref: `builds/${name}`,
  state: 'running',
  why: null,
  counted: counted === null ? null : { isOwn: true, template: 'pod', namespace: 'builds', job: 'team/app', ...counted },
  ...more,
});
function run(caps: Caps, more: Partial<ProvisionInput> & { list?: readonly Observed[] } = {}): Decision {
  const clouds = [view(caps, { list: more.list ?? [] })];
  return decide({ now: NOW, waiting: [request('a')], nodes: [], free: [], clouds, backOff: new Map(), unknownSince: new Map(), ...more });
}
const asked = ({ provision }: Decision): string[] => provision.map((p) => `${p.lease} ${p.cloud}`);
const told = ({ timeline }: Decision): string[] => timeline.filter((t) => t.why.code === 'cloud-full').map((t) => `${t.lease} ${t.state}: ${t.why.message}`);

describe('the cap of a namespace', () => {
  const one = namespaces(['builds', 1]);
  it('is of that namespace alone, and its name is told', () => {
    const decision = run(one, { nodes: [node(1)], waiting: [request('a'), request('b', 'team/app', 'other')] });
    assert.deepEqual(asked(decision), ['b c']);
    assert.deepEqual(told(decision), ['a waiting: c has as many nodes in the namespace builds as it may have (caps.namespaces: 1)']);
    assert.deepEqual(decision.timeline.find((t) => t.lease === 'a')?.why.fields, {
      cloud: 'c',
      template: 'pod',
      cap: 'namespace',
      namespace: 'builds',
      most: 1,
    });
  });
  it('counts what is asked for in the same look', () => {
    assert.deepEqual(asked(run(namespaces(['builds', 2]), { waiting: ['a', 'b', 'c'].map((id) => request(id)) })), ['a c', 'b c']);
  });
  it('counts what the cloud shows and no row knows, once', () => {
    assert.deepEqual(asked(run(one, { list: [seen('stranger')] })), []);
    assert.deepEqual(asked(run(namespaces(['builds', 2]), { nodes: [node(1)], list: [seen('n1')] })), ['a c']);
  });
  it('counts pods of another cloud that has the same namespace', () => {
    const list = [seen('elsewhere', { isOwn: false })];
    assert.deepEqual(asked(run(one, { list })), []);
    assert.deepEqual(asked(run({ ...NO_CAPS, folders: new Map([['team', 1]]) }, { list })), ['a c']);
  });
  it('counts a pod until it is away, and no longer', () => {
    assert.deepEqual(asked(run(one, { list: [seen('n9', {}, { state: 'gone' })] })), []);
    assert.deepEqual(asked(run(one, { list: [seen('n9', null, { state: 'gone' })] })), ['a c']);
  });
  it('makes a ready machine of that namespace give way, and no other', () => {
    const warm = (id: number, more: Partial<CloudNode>): CloudNode =>
      node(id, { lease: WARM, jobs: [], running: 0, busy: 0, template: 'other', labels: ['x'], ...more });
    const clouds = [view(one, { warm: [{ offer: other, size: 2 }] })];
    const away = run(one, { clouds, nodes: [node(1), warm(2, { namespace: 'team' }), warm(3, { namespace: 'team' })] });
    assert.deepEqual(away.terminate, []);
    const here = run(one, { clouds, nodes: [warm(2, { namespace: 'team' }), warm(3, {})] });
    assert.deepEqual(
      here.terminate.map((t) => t.node.name),
      ['n3'],
    );
  });
});

describe('the cap of a folder', () => {
  it('holds for all jobs below, and for those of no other', () => {
    const waiting = [request('a'), request('b', 'team/deep/app'), request('c', 'teams/app'), request('d', 'team')];
    const decision = run(folders(['team', 1]), { nodes: [node(1)], waiting });
    assert.deepEqual(asked(decision), ['c c']);
    assert.equal(told(decision)[0], 'a waiting: builds of the folder team have as many nodes of c as they may have (caps.folders: 1)');
    assert.equal(told(decision).length, 3);
  });
  it('is the tightest of those around a job', () => {
    const caps = folders(['team', 3], ['team/deep', 1]);
    const waiting = [request('a', 'team/deep/x'), request('b', 'team/deep/x'), request('c'), request('d'), request('e')];
    assert.deepEqual(asked(run(caps, { waiting })), ['a c', 'c c', 'd c']);
  });
  it('is of one cloud: the next one is taken where the share is', () => {
    const clouds = [view(folders(['team', 1])), view(NO_CAPS, { name: 'd' })];
    assert.deepEqual(asked(run(NO_CAPS, { clouds, nodes: [node(1)] })), ['a d']);
  });
  it('counts a machine that takes its time to go', () => {
    assert.deepEqual(asked(run(folders(['team', 1]), { list: [seen('n9', {}, { state: 'gone' })] })), []);
  });
  it('counts no machine that is for nobody yet, and gives none beyond it', () => {
    const ready = node(2, { lease: WARM, jobs: [], running: 0, busy: 0 });
    const clouds = (most: number): CloudView[] => [view(folders(['team', most]), { warm: [{ offer: pod, size: 1 }] })];
    assert.equal(run(NO_CAPS, { clouds: clouds(1), nodes: [ready] }).bind.length, 1);
    const full = run(NO_CAPS, { clouds: clouds(1), nodes: [node(1), ready] });
    assert.deepEqual([full.bind, full.terminate], [[], []]);
  });
  it('makes no machine for several that its builds would not get', () => {
    const clouds = [view(folders(['team', 1]), { offers: [kept] })];
    const waiting = [request('a'), request('b'), request('c', 'x')];
    const first = run(NO_CAPS, { clouds, waiting });
    assert.equal(first.provision.length, 2);
    assert.match(told(first)[0] ?? '', /^b waiting: builds of the folder team/);
    const coming = (id: number): CloudNode => cloudNode(id, { template: 'pod', labels: ['pod'], idleMinutes: 5 });
    const then = run(NO_CAPS, { clouds, waiting, nodes: [coming(1), coming(2)] });
    assert.deepEqual(then.provision, []);
  });
  it('keeps a free machine for several from its builds, and says why they wait', () => {
    const clouds = [view(folders(['team', 1]), { offers: [kept] })];
    const free = cloudNode(2, { ...UP, template: 'pod', labels: ['pod'], idleMinutes: 5, idleSince: NOW });
    const decision = run(NO_CAPS, { clouds, nodes: [node(1), free] });
    assert.deepEqual(decision.provision, []);
    assert.equal(told(decision).length, 1);
  });
});
