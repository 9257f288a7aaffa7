/** Which nodes are made and ended: single cases, and what holds in every state. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { random } from '../queue/testing/random.ts';
import type { Observed, Offer } from './cloud.ts';
import type { CloudNode, CloudView, ProvisionInput } from './provision.ts';
import { backOffKey, decide, GRACE_MS, unknownKey } from './provision.ts';
import { cloudNode, NOW, UP, waitingRequest } from './testing/states.ts';

const once: Offer = { template: 'once', labels: ['cloudy'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 600 };
const kept: Offer = { ...once, template: 'kept', idleMinutes: 5, executors: 2 };

function cloud(more: Partial<CloudView> & { offers?: readonly Offer[] } = {}): CloudView {
  return { name: 'c', cap: null, plan: () => more.offers ?? [once], observed: { at: NOW, list: [] }, ...more };
}
const up = UP;
const request = waitingRequest;
const node = (name: string, more: Partial<CloudNode> = {}): CloudNode => cloudNode(Number(name.slice(1)), { name, ref: `ref-${name}`, ...more });
function seen(name: string, state: Observed['state'] = 'running', why: string | null = null): Observed {
  return { name, ref: `ref-${name}`, state, why };
}
function input(more: Partial<ProvisionInput>): ProvisionInput {
  return { now: NOW, waiting: [], nodes: [], free: [], clouds: [cloud()], backOff: new Map(), unknownSince: new Map(), ...more };
}
const codes = (given: Partial<ProvisionInput>): string[] => decide(input(given)).timeline.map((t) => `${t.lease} ${t.state} ${t.why.code}`);

describe('provisioning', () => {
  it('makes one node for each request, reserved for it', () => {
    const { provision, timeline } = decide(input({ waiting: [request('a'), request('b')] }));
    assert.deepEqual(
      provision.map((p) => p.lease),
      ['a', 'b'],
    );
    assert.deepEqual(
      timeline.map((t) => `${t.lease} ${t.state}`),
      ['a asked for', 'b asked for'],
    );
  });
  it('makes none where a free executor or a coming node serves', () => {
    const free = [{ name: 'n', labels: ['cloudy'], mode: 'normal' as const, free: 1 }];
    assert.equal(decide(input({ waiting: [request('a')], free })).provision.length, 0);
    assert.equal(decide(input({ waiting: [request('a')], nodes: [node('n1', { lease: 'a' })] })).provision.length, 0);
    assert.equal(decide(input({ waiting: [request('a')], nodes: [node('n1', { idleMinutes: 5 })] })).provision.length, 0);
  });
  it('tells why a cloud has not been asked yet for a node that it is to make', () => {
    const backOff = new Map([['c/once', { until: NOW + 1_000, message: 'c: the API server cannot be reached', isFull: false }]]);
    const waiting = [request('a')];
    const told = (one: CloudNode): string[] => decide(input({ waiting, nodes: [one], backOff })).timeline.map((t) => `${t.state}: ${t.why.message}`);
    assert.deepEqual(told(node('n1', { lease: 'a', ref: null })), ['waiting: c: the API server cannot be reached']);
    assert.deepEqual(told(node('n1', { idleMinutes: 5, ref: null })), ['waiting: c: the API server cannot be reached']);
    assert.deepEqual(told(node('n1', { lease: 'a' })), ['asked for: A node is asked for from c (once)']);
  });
  it('moves a request that another executor serves too', () => {
    const free = [
      { name: 'x', labels: ['a', 'b'], mode: 'normal' as const, free: 1 },
      { name: 'y', labels: ['a'], mode: 'normal' as const, free: 1 },
    ];
    const both: Offer = { ...once, labels: ['a', 'b'] };
    const waiting = [request('1', { label: 'a' }), request('2', { label: 'b' })];
    assert.equal(decide(input({ waiting, free, clouds: [cloud({ offers: [both] })] })).provision.length, 0);
  });
  it('fills a node that is kept with as many requests as it has executors', () => {
    const waiting = ['a', 'b', 'c'].map((id) => request(id));
    const { provision, timeline } = decide(input({ waiting, clouds: [cloud({ offers: [kept] })] }));
    assert.deepEqual(
      provision.map((p) => p.lease),
      [null, null],
    );
    assert.equal(timeline.length, 3);
  });
  it('makes nothing for a label that no offer has', () => {
    const { provision, timeline } = decide(input({ waiting: [request('a', { label: 'other' }), request('b', { label: '&&' })] }));
    assert.deepEqual([provision, timeline], [[], []]);
  });
  it('keeps to the caps of cloud and template, and goes on to the next cloud', () => {
    const waiting = ['a', 'b', 'c', 'd'].map((id) => request(id));
    const clouds = [cloud({ cap: 1 }), cloud({ name: 'd', offers: [{ ...once, cap: 2 }] })];
    const { provision, timeline } = decide(input({ waiting, clouds }));
    assert.deepEqual(
      provision.map((p) => p.cloud),
      ['c', 'd', 'd'],
    );
    assert.equal(timeline.find((t) => t.lease === 'd')?.why.code, 'cloud-full');
  });
  it('leaves out a template that failed a short while ago, and tells why', () => {
    const backOff = new Map([[backOffKey('c', once), { until: NOW + 5_000, message: 'no room', isFull: false }]]);
    const { provision, timeline, nextDue } = decide(input({ waiting: [request('a')], backOff }));
    assert.deepEqual([provision, timeline[0]?.why.message, nextDue], [[], 'no room', NOW + 5_000]);
    assert.equal(decide(input({ waiting: [request('a')], backOff, clouds: [cloud(), cloud({ name: 'd' })] })).provision[0]?.cloud, 'd');
  });
  it('asks again where no answer has come', () => {
    assert.deepEqual(
      decide(input({ waiting: [request('a')], nodes: [node('n1', { lease: 'a', ref: null })] })).resume.map((n) => n.name),
      ['n1'],
    );
  });
  it('tells how far the node is', () => {
    const at = (state: Observed['state']): string[] =>
      codes({ waiting: [request('a')], nodes: [node('n1', { lease: 'a' })], clouds: [cloud({ observed: { at: NOW, list: [seen('n1', state)] } })] });
    assert.deepEqual(at('asked for'), ['a asked for cloud-asked']);
    assert.deepEqual(at('scheduled'), ['a scheduled cloud-scheduled']);
    assert.deepEqual(at('pulling'), ['a pulling cloud-pulling']);
    assert.deepEqual(at('running'), ['a connecting cloud-connecting']);
  });
  it('ends and replaces a node that failed before its agent came, with the cloud’s words', () => {
    const clouds = [cloud({ observed: { at: NOW, list: [seen('n1', 'failed', 'no such image')] } })];
    const { terminate, timeline, provision } = decide(input({ waiting: [request('a')], nodes: [node('n1', { lease: 'a' })], clouds }));
    assert.deepEqual(
      terminate.map((t) => [t.node.name, t.failed]),
      [['n1', true]],
    );
    assert.equal(timeline[0]?.why.message, 'n1: no such image');
    assert.equal(provision[0]?.lease, 'a');
  });
  it('ends a node that does not connect in time', () => {
    const late = node('n1', { lease: 'a', createdAt: NOW - 600_000 });
    assert.match(decide(input({ waiting: [request('a')], nodes: [late] })).terminate[0]?.why ?? '', /did not connect within 600 s/);
  });
  it('ends a node for one build when its request is gone, and not before', () => {
    const ends = (more: Partial<CloudNode>): number => decide(input({ nodes: [node('n1', { lease: 'a', ...up, ...more })] })).terminate.length;
    assert.equal(ends({ leaseLives: true }), 0);
    assert.equal(ends({ leaseLives: false }), 1);
    assert.equal(ends({ leaseLives: false, running: 1 }), 0);
    assert.equal(ends({ leaseLives: false, ending: { why: 'x', lost: false } }), 0);
  });
  it('ends a node that is kept after its idle time, if nothing waits for it', () => {
    const one = node('n1', { idleMinutes: 5, ...up, idleSince: NOW - 300_000 });
    assert.equal(decide(input({ nodes: [one] })).terminate.length, 1);
    assert.equal(decide(input({ nodes: [one], waiting: [request('a')] })).terminate.length, 0);
    const early = decide(input({ nodes: [{ ...one, idleSince: NOW - 299_000 }] }));
    assert.deepEqual([early.terminate, early.nextDue], [[], NOW + 1_000]);
    assert.deepEqual(
      decide(input({ nodes: [{ ...one, idleSince: null }] })).idle.map((i) => i.since),
      [NOW],
    );
    assert.deepEqual(
      decide(input({ nodes: [{ ...one, running: 1, busy: 1 }] })).idle.map((i) => i.since),
      [null],
    );
  });
  it('takes a node as lost when the cloud does not have it, long enough and silent', () => {
    const lost = (more: Partial<CloudNode>, at = NOW): boolean =>
      decide(
        input({
          nodes: [node('n1', { lease: 'a', knownSince: NOW - GRACE_MS - 1, connected: true, seenAt: NOW - 60_000, running: 1, ...more })],
          clouds: [cloud({ observed: { at, list: [] } })],
        }),
      ).terminate.some((t) => t.lost);
    assert.equal(lost({}), true);
    assert.equal(lost({ online: true }), false);
    assert.equal(lost({ knownSince: NOW - 1 }), false);
    assert.equal(lost({}, NOW - 10_000), false);
  });
  it('ends what nobody remembers, after a grace', () => {
    const orphans = (since: number | null, at = NOW): number =>
      decide(
        input({
          clouds: [cloud({ observed: { at, list: [seen('stranger')] } })],
          unknownSince: since === null ? new Map() : new Map([[unknownKey('c', 'ref-stranger'), since]]),
        }),
      ).orphans.length;
    assert.deepEqual([orphans(null), orphans(NOW - 1), orphans(NOW - GRACE_MS), orphans(NOW - GRACE_MS, NOW - 1)], [0, 0, 1, 0]);
  });

  it('holds what it promises in random states', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const r = random(seed);
      const labels = ['a', 'b', 'c'];
      const some = (): string[] => labels.filter(() => r(2) === 0);
      const offers = (): Offer[] =>
        Array.from({ length: r(3) }, (_, i) => ({
          ...once,
          template: `t${i}`,
          labels: some(),
          executors: 1 + r(3),
          idleMinutes: r(2) === 0 ? null : 1,
          cap: r(2) === 0 ? null : r(4),
        }));
      const waiting = Array.from({ length: r(8) }, (_, i) =>
        request(`w${i}`, { label: r.pick([null, 'a', 'b', 'a && b', 'a || c']), priority: r(3), since: r(9) }),
      );
      const nodes = Array.from({ length: r(8) }, (_, i) => {
        const executors = 1 + r(2);
        const busy = r(executors + 1);
        const connected = r(2) === 0;
        const lease = r(2) === 0 ? r.pick([...waiting.map((w) => w.id), `held${i}`, `gone${i}`]) : null;
        return node(`n${i}`, {
          cloud: r.pick(['c', 'd']),
          template: r.pick(['t0', 't1']),
          labels: some(),
          executors,
          busy: connected ? busy : 0,
          running: connected ? busy + r(2) : 0,
          connected,
          online: connected && r(4) > 0,
          lease,
          leaseLives: lease !== null && !lease.startsWith('gone'),
          idleMinutes: lease === null ? r(3) : null,
          idleSince: connected && busy === 0 ? NOW - r(200_000) : null,
          ref: r(4) === 0 ? null : `ref-n${i}`,
          ending: r(6) === 0 ? { why: 'x', lost: false } : null,
        });
      });
      const states: Observed['state'][] = ['asked for', 'scheduled', 'pulling', 'connecting', 'running', 'failed', 'gone'];
      const clouds = ['c', 'd'].map((name) => {
        const made = offers();
        const list = nodes.filter((n) => n.cloud === name && r(5) > 0).map((n) => seen(n.name, r.pick(states)));
        return cloud({ name, offers: made, cap: r(2) === 0 ? null : r(6), observed: r(4) === 0 ? null : { at: NOW, list } });
      });
      const given = input({ waiting, nodes, clouds });
      const made = decide(given);
      const tag = `seed ${seed}`;
      assert.deepEqual(decide({ ...given, waiting: r.shuffled(waiting), nodes: r.shuffled(nodes) }).provision.length, made.provision.length, tag);
      // Never more than wait, each at most once, within the caps.
      assert.ok(made.provision.length <= waiting.length, tag);
      const own = made.provision.flatMap((p) => p.lease ?? []);
      assert.equal(new Set(own).size, own.length, tag);
      const ended = new Set(made.terminate.map((t) => t.node.name));
      for (const lease of own) assert.ok(!nodes.some((n) => n.lease === lease && n.ending === null && !ended.has(n.name)), tag);
      for (const c of clouds) {
        const mine = made.provision.filter((p) => p.cloud === c.name);
        if (c.cap !== null && mine.length > 0) assert.ok(mine.length + nodes.filter((n) => n.cloud === c.name).length <= c.cap, tag);
      }
      // What runs something ends only where its machine has.
      for (const { node: n, lost } of made.terminate) {
        assert.ok(n.running === 0 || lost, tag);
        assert.equal(n.ending, null, tag);
      }
      assert.equal(ended.size, made.terminate.length, tag);
      // Done as decided, a second look makes nothing more.
      let next = 100;
      const then = [
        ...nodes.map((n) => (ended.has(n.name) ? { ...n, ending: { why: 'x', lost: false } } : n)),
        ...made.provision.map(({ cloud: name, offer, lease }) =>
          node(`n${next++}`, {
            cloud: name,
            template: offer.template,
            labels: offer.labels,
            executors: offer.executors,
            idleMinutes: offer.idleMinutes,
            lease,
            leaseLives: lease !== null,
            ref: null,
          }),
        ),
      ];
      assert.deepEqual(decide({ ...given, nodes: then }).provision, [], tag);
    }
  });
});
