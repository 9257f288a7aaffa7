/**
 * Pods on the cluster that KUBECONFIG names, each figure beside its floor in the same run: what the API server and the kubelet
 * need when they are asked for nothing but that. Hundreds at a time are on hollow nodes, whose pods start no container.
 */
import { existsSync } from 'node:fs';
import { abortRunning } from '../../packages/controller/src/builds/stop-build.ts';
import { AGENT_IMAGE, BUSYBOX, HOST, KUBECONFIG, TestCluster } from '../../packages/controller/src/clouds/kubernetes/testing/cluster.ts';
import { HOLLOW_TEMPLATE, hollowRoom } from '../../packages/controller/src/clouds/kubernetes/testing/hollow.ts';
import { PodClock } from '../../packages/controller/src/clouds/kubernetes/testing/pod-times.ts';
import { TestFolder, TestServer } from '../../packages/controller/src/testing/test-controller.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { median, timed } from '../benchmark.ts';

const STARTS = 5;
const MANY = [100, 200] as const;
const GRACE = 'spec: {terminationGracePeriodSeconds: 1}';

export const kubernetes: Benchmark = {
  name: 'kubernetes',
  run: async () => {
    if (KUBECONFIG === null || !existsSync(KUBECONFIG)) return { figures: [], skipped: 'KUBECONFIG names no cluster' };
    const cluster = await TestCluster.open();
    try {
      const room = await hollowRoom(cluster.api);
      const many = room >= MANY[1] ? await burst(cluster) : [];
      const figures = [...(await start(cluster)), ...many];
      return many.length > 0 ? { figures } : { figures, skipped: `the rest: its hollow nodes have room for ${room} pods, not for ${MANY[1]}` };
    } finally {
      await cluster.close();
    }
  },
};

/** One build in a pod: until its first line, and until its pod is given back. */
async function start(cluster: TestCluster): Promise<readonly Figure[]> {
  const folder = new TestFolder();
  const clock = new PodClock(cluster.api, cluster.namespace);
  let server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port: 0 } });
  const port = Number(new URL(server.controller.url).port);
  await server.stop();
  const clouds = [cluster.cloud({ url: `http://${HOST}:${port}` })];
  server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port }, clouds });
  const floors: number[] = [],
    lines: number[] = [],
    backs: number[] = [];
  try {
    // In turns, so that the machine's moods are the same for both; the first of each is not counted.
    for (let i = 0; i <= STARTS; i++) {
      const floor = await bare(cluster, clock, `bare-${i}`);
      const before = new Set(clock.times.keys());
      const begun = Date.now();
      const id = await server.trigger(`podTemplate(yaml: '${GRACE}') { node(POD_LABEL) { sh 'echo first line' } }`);
      await server.until(async () => /\nfirst line/.test(await server.log(id)));
      const line = Date.now() - begun;
      const { log, result } = await server.ended(id);
      if (result !== 'SUCCESS') throw new Error(log);
      const { ended_at } = await server.store.db.selectFrom('builds').select('ended_at').where('id', '=', id).executeTakeFirstOrThrow();
      const own = (): number | null => [...clock.times].find(([name]) => !before.has(name))?.[1].deleted ?? null;
      await server.until(async () => own() !== null);
      if (i === 0) continue;
      floors.push(floor);
      lines.push(line);
      backs.push((own() as number) - (ended_at as number));
    }
  } finally {
    clock.stop();
    await server.stop();
    folder.remove();
  }
  return [
    { what: 'a bare pod, created to Ready', value: median(floors) / 1_000, unit: 's', detail: `the floor; median of ${STARTS}, with ${AGENT_IMAGE}` },
    {
      what: 'trigger to the first line of sh in a pod',
      value: median(lines) / median(floors),
      unit: 'times the floor',
      goal: { atMost: 1.5 },
      detail: `${(median(lines) / 1_000).toFixed(2)} s, median of ${STARTS}`,
    },
    {
      what: "a build's end to its pod's deletion in the API",
      value: Math.max(...backs) / 1_000,
      unit: 's',
      goal: { atMost: 1 },
      detail: `the longest of ${STARTS}`,
    },
  ];
}

/** The same containers with no agent's work. Milliseconds. */
async function bare(cluster: TestCluster, clock: PodClock, name: string): Promise<number> {
  const pods = `/api/v1/namespaces/${cluster.namespace}/pods`;
  const containers = [{ name: 'c', image: BUSYBOX, command: ['sleep', '600'] }];
  const ms = await timed(async () => {
    await cluster.api.json(pods, { method: 'POST', body: { metadata: { name }, spec: { terminationGracePeriodSeconds: 0, containers } } });
    await looked(() => clock.times.get(name)?.ready != null);
  });
  await cluster.api.json(`${pods}/${name}`, { method: 'DELETE' });
  await looked(() => clock.times.get(name)?.gone != null);
  return ms;
}

/** Many builds at once, twice as many, and the same pods and Secrets made by nothing but requests. */
async function burst(cluster: TestCluster): Promise<readonly Figure[]> {
  const folder = new TestFolder();
  const clouds = [cluster.cloud({ templates: [HOLLOW_TEMPLATE] })];
  const server = await TestServer.start({ data: folder.path, builtIn: null, clouds });
  const job = await server.job('many', `node('hollow') { error 'a hollow pod runs nothing' }`);
  const floors: number[] = [],
    made: number[] = [],
    back: number[] = [];
  try {
    for (const n of MANY) {
      floors.push(await bareBurst(cluster, n));
      const clock = new PodClock(cluster.api, cluster.namespace);
      const builds = await Promise.all(Array.from({ length: n }, () => server.start(job)));
      const begun = Date.now();
      await server.until(async () => clock.times.size >= n);
      made.push(Math.max(...[...clock.times.values()].map((t) => t.created)) - begun);
      await server.until(async () => (await server.store.db.selectFrom('nodes').select('id').where('cloud_ref', 'is', null).execute()).length === 0);
      await server.store.write(async (tx, wakes) => {
        for (const id of builds) await abortRunning(tx, wakes, id, { by: 'bench', hard: false });
      });
      await server.until(async () => clock.left === 0);
      const ends = await server.store.db.selectFrom('builds').select('ended_at').execute();
      back.push(Math.max(...[...clock.times.values()].map((t) => t.deleted as number)) - Math.max(...ends.map((e) => e.ended_at as number)));
      await server.until(async () => (await server.store.db.selectFrom('nodes').select('id').execute()).length === 0);
      clock.stop();
    }
  } finally {
    await server.stop();
    folder.remove();
  }
  const [few = 0, all = 0] = made;
  const [, floor = 0] = floors;
  return [
    { what: `${MANY[1]} pods and Secrets by bare requests`, value: floor / 1_000, unit: 's', detail: 'the floor' },
    {
      what: `${MANY[1]} builds at once until all pods are made`,
      value: all / 1_000,
      unit: 's',
      goal: { atMost: 10 },
      detail: `${(all / floor).toFixed(1)} times the floor`,
    },
    { what: `that of ${MANY[1]} to that of ${MANY[0]}`, value: all / few, unit: 'times', goal: { atMost: 2.5 }, detail: 'twice is linear' },
    { what: `the last of ${MANY[1]} builds' end to the last pod's deletion`, value: (back[1] ?? 0) / 1_000, unit: 's' },
  ];
}

/** Milliseconds. */
async function bareBurst(cluster: TestCluster, n: number): Promise<number> {
  const { spec } = HOLLOW_TEMPLATE.yaml;
  const base = `/api/v1/namespaces/${cluster.namespace}`;
  const names = Array.from({ length: n }, (_, i) => `bare-${n}-${i}`);
  const clock = new PodClock(cluster.api, cluster.namespace);
  const ms = await timed(() =>
    Promise.all(
      names.map(async (name) => {
        await cluster.api.json(`${base}/pods`, { method: 'POST', body: { metadata: { name }, spec } });
        await cluster.api.json(`${base}/secrets`, { method: 'POST', body: { metadata: { name }, stringData: { secret: 'x' } } });
      }),
    ),
  );
  await Promise.all(names.flatMap((name) => ['pods', 'secrets'].map((kind) => cluster.api.json(`${base}/${kind}/${name}`, { method: 'DELETE' }))));
  await looked(() => clock.times.size >= n && clock.left === 0);
  clock.stop();
  return ms;
}

async function looked(isSo: () => boolean): Promise<void> {
  while (!isSo())
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
}
