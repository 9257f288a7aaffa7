/** What holds for every state, tried on random ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FolderShares } from './folder-shares.ts';
import { parseLabelExpression } from './label-expression.ts';
import type { SchedulableNode } from './pools.ts';
import type { NodeRequest, ScheduleInput } from './schedule.ts';
import { schedule } from './schedule.ts';
import type { Random } from './testing/random.ts';
import { random } from './testing/random.ts';

const EXPRESSIONS = [null, null, 'a', 'b', 'a && b', 'a || c', '!a', 'a -> b', 'n1', 'n2 || c', '!n3', 'x &&', 'c && !(a <-> b)'];

function randomInput(rnd: Random): ScheduleInput {
  const requests = Array.from({ length: rnd(30) }, (_, i): NodeRequest => {
    const folder = rnd.pick(['', 'f', 'g']);
    return {
      id: `r${i}`,
      buildId: `b${i}`,
      folder,
      job: `${folder}/j${rnd(3)}`,
      label: rnd.pick(EXPRESSIONS),
      priority: rnd(8) === 0 ? 1 : 0,
      since: rnd(20),
      lastNode: rnd(3) === 0 ? `n${rnd(8)}` : null,
      ...(rnd(10) === 0 ? { onlyNode: `n${rnd(8)}` } : {}),
    };
  });
  const nodes = Array.from({ length: rnd(7) }, (_, i): SchedulableNode => {
    const executors = rnd(5);
    return {
      name: `n${i}`,
      labels: ['a', 'b', 'c'].filter(() => rnd(2) === 0),
      executors,
      mode: rnd(4) === 0 ? 'exclusive' : 'normal',
      online: rnd(5) > 0,
      accepting: rnd(6) > 0,
      offlineReason: null,
      busy: [0, 1, 2, 3, 4, 5].filter(() => rnd(4) === 0),
      reservedFor: rnd(6) === 0 ? `r${rnd(30)}` : null,
    };
  });
  const held = new Map(['f', 'g', 'f/j0', 'g/j1'].map((name) => [name, rnd(4)]));
  return { requests, nodes, shares: { held, weights: new Map([['g', 1 + rnd(3)]]) } };
}

function fits(request: NodeRequest, node: SchedulableNode): boolean {
  if (!node.online || !node.accepting) return false;
  if (node.reservedFor !== null && node.reservedFor !== request.id) return false;
  if (request.onlyNode !== undefined) return request.onlyNode === node.name;
  if (request.label === null) return node.mode === 'normal';
  try {
    return parseLabelExpression(request.label).matches(new Set([...node.labels, node.name]));
  } catch {
    return false;
  }
}

test('no executor twice, none on a node that may not, and nobody waits whom a free executor fits', () => {
  const rnd = random(1);
  for (let round = 0; round < 3000; round++) {
    const input = randomInput(rnd);
    const { grants, waiting } = schedule(input);
    const nodes = new Map(input.nodes.map((n) => [n.name, n]));
    const requests = new Map(input.requests.map((r) => [r.id, r]));
    assert.deepEqual([...grants, ...waiting].map((x) => x.request).sort(), [...requests.keys()].sort());
    const held = new Map(input.nodes.map((n) => [n.name, new Set(n.busy)]));
    for (const { request, node, executor } of grants) {
      const on = nodes.get(node) as SchedulableNode;
      assert.ok(fits(requests.get(request) as NodeRequest, on), `${request} on ${node}`);
      assert.ok(executor >= 0 && executor < on.executors && !held.get(node)?.has(executor));
      held.get(node)?.add(executor);
      assert.ok((held.get(node)?.size ?? 0) <= on.executors);
    }
    for (const { request, why } of waiting) {
      assert.ok(why.code !== '' && why.message !== '');
      for (const node of input.nodes)
        assert.ok(
          !fits(requests.get(request) as NodeRequest, node) || (held.get(node.name)?.size ?? 0) >= node.executors,
          `${request} waits, but ${node.name} is free`,
        );
    }
  }
});

test('no folder gets more nodes of a cloud than its share, and nobody waits whom an open executor fits', () => {
  const rnd = random(5);
  for (let round = 0; round < 3000; round++) {
    const plain = randomInput(rnd);
    const nodes = plain.nodes.map((n) => (rnd(3) === 0 ? n : { ...n, cloud: rnd.pick(['c', 'd']), reservedFor: null }));
    const requests = plain.requests.map(({ onlyNode: _, ...r }) => r);
    const most = new Map([['f', rnd(3)] as const, ['f/j0', rnd(3)] as const]);
    const folders = new FolderShares(new Map([['c', most]]));
    for (const { cloud, name, busy } of nodes) if (cloud !== undefined && busy.length > 0 && rnd(2) === 0) folders.take(cloud, name, `f/j${rnd(3)}`);
    const input = { ...plain, nodes, requests, folders };
    const { grants, waiting } = schedule(input);
    const after = folders.copy();
    const byName = new Map(nodes.map((n) => [n.name, n]));
    const jobs = new Map(requests.map((r) => [r.id, r.job]));
    // In the order in which they were given.
    for (const { request, node } of grants) {
      const { cloud } = byName.get(node) as SchedulableNode;
      if (cloud === undefined) continue;
      assert.equal(after.taken(cloud, jobs.get(request) as string, node), null, `round ${round}: ${request}`);
      after.take(cloud, node, jobs.get(request) as string);
    }
    for (const { request } of waiting) {
      const asked = requests.find((r) => r.id === request) as NodeRequest;
      for (const node of nodes) {
        const free = grants.filter((g) => g.node === node.name).length + node.busy.length < node.executors;
        const isOpen = node.cloud === undefined || after.taken(node.cloud, asked.job, node.name) === null;
        assert.ok(!free || !isOpen || !fits(asked, node), `round ${round}: ${request} waits, but ${node.name} is free`);
      }
    }
    const again = schedule({ ...input, nodes: rnd.shuffled(nodes), requests: rnd.shuffled(requests) });
    const sorted = (all: typeof grants): unknown => [...all].sort((a, b) => (a.request < b.request ? -1 : 1));
    assert.deepEqual(sorted(again.grants), sorted(grants));
  }
});

test('the order of nodes and requests in the input changes nothing', () => {
  const rnd = random(2);
  for (let round = 0; round < 1000; round++) {
    const input = randomInput(rnd);
    const sorted = ({ grants, waiting }: ReturnType<typeof schedule>): unknown => [
      [...grants].sort((a, b) => (a.request < b.request ? -1 : 1)),
      [...waiting].sort((a, b) => (a.request < b.request ? -1 : 1)),
    ];
    const shuffled = { ...input, nodes: rnd.shuffled(input.nodes), requests: rnd.shuffled(input.requests) };
    assert.deepEqual(sorted(schedule(shuffled)), sorted(schedule(input)));
  }
});

test('folders that always want more get executors by their weights', () => {
  const rnd = random(3);
  const held = new Map<string, number>();
  let running: { folder: string; executor: number }[] = [];
  const total: Record<string, number> = { f: 0, g: 0 };
  for (let pass = 0; pass < 400; pass++) {
    const requests = Array.from({ length: 40 }, (_, i): NodeRequest => {
      const folder = i < 35 ? 'f' : 'g';
      return { id: `${i}`, buildId: '', folder, job: `${folder}/j`, label: null, priority: 0, since: i, lastNode: null };
    });
    const node = { name: 'n', labels: [], executors: 9, mode: 'normal', online: true, accepting: true, offlineReason: null, reservedFor: null } as const;
    const { grants } = schedule({
      requests,
      nodes: [{ ...node, busy: running.map((r) => r.executor) }],
      shares: { held, weights: new Map([['g', 2]]) },
    });
    for (const g of grants) running.push({ folder: Number(g.request) < 35 ? 'f' : 'g', executor: g.executor });
    for (const r of running) total[r.folder] = (total[r.folder] ?? 0) + 1;
    running = running.filter(() => rnd(3) > 0);
    for (const folder of ['f', 'g']) held.set(folder, running.filter((r) => r.folder === folder).length);
  }
  const share = (total.g as number) / ((total.f as number) + (total.g as number));
  assert.ok(share > 0.55 && share < 0.7, `g has ${share}`);
});

test('nodes fill evenly for their executors, also where several labels share them', () => {
  const rnd = random(4);
  for (let round = 0; round < 300; round++) {
    const nodes = Array.from({ length: 6 }, (_, i): SchedulableNode => {
      const executors = 2 + rnd(6);
      const busy = Array.from({ length: rnd(3) }, (_, n) => n);
      return { name: `n${i}`, labels: ['a', 'b'], executors, mode: 'normal', online: true, accepting: true, offlineReason: null, busy, reservedFor: null };
    });
    const requests = Array.from({ length: rnd(20) }, (_, i): NodeRequest => {
      return { id: `r${i}`, buildId: '', folder: '', job: 'j', label: rnd.pick([null, 'a', 'b', 'a || b']), priority: 0, since: i, lastNode: null };
    });
    const { grants } = schedule({ requests, nodes, shares: { held: new Map() } });
    const granted = (name: string): number => grants.filter((g) => g.node === name).length;
    const load = ({ name, executors, busy }: SchedulableNode, less = 0): number => (busy.length + granted(name) - less) / executors;
    for (const x of nodes) {
      for (const y of nodes) {
        const hasRoom = load(y) < 1;
        assert.ok(granted(x.name) === 0 || !hasRoom || load(x, 1) <= load(y) + 1e-9, `${x.name} was given more than ${y.name}`);
      }
    }
  }
});
