/**
 * What a monitoring system reads at /metrics. Counts of the installation come from the database when they are asked for, so
 * that every controller answers the same; what concerns a process is its own.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CloudCounts } from './clouds/show-clouds.ts';
import { showClouds } from './clouds/show-clouds.ts';
import type { ControllerParts } from './controller-options.ts';
import { GONE_MS } from './nodes/agent-desk.ts';

export function controllerMetrics(parts: ControllerParts): Registry {
  const { store, owner, options } = parts;
  const registry = new Registry();
  registry.setDefaultLabels({ controller: options.name });
  // Looked at ten times a second: a hundred times, as is usual, costs an idle server most of its work.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const gauge = (name: string, help: string, read: () => Promise<number> | number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  };
  new Gauge({ name: 'millrace_build_info', help: 'The version, as a label.', labelNames: ['version'], registers: [registry] }).set(
    { version: options.version },
    1,
  );
  gauge('millrace_builds_owned', 'Builds whose programs this controller runs.', () => owner.count);
  const counted = async (state: 'queued' | 'running'): Promise<number> =>
    Number(
      (
        await store.db
          .selectFrom('builds')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('state', '=', state)
          .executeTakeFirstOrThrow()
      ).n,
    );
  gauge('millrace_builds_queued', 'Builds that wait to start.', () => counted('queued'));
  gauge('millrace_builds_running', 'Builds that run.', () => counted('running'));
  gauge('millrace_executors_wanted', 'Requests for an executor that wait.', async () =>
    Number(
      (
        await store.db
          .selectFrom('leases')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('state', '=', 'waiting')
          .executeTakeFirstOrThrow()
      ).n,
    ),
  );
  gauge('millrace_executors_held', 'Executors in use.', async () =>
    Number(
      (
        await store.db
          .selectFrom('leases')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('state', '=', 'held')
          .executeTakeFirstOrThrow()
      ).n,
    ),
  );
  cloudGauges(parts, registry);
  const kept = () =>
    store.db
      .selectFrom('caches')
      .select((e) => [e.fn.countAll<number>().as('n'), e.fn.sum<number | null>('size').as('bytes')])
      .executeTakeFirstOrThrow();
  gauge('millrace_caches', 'Caches of builds that are kept.', async () => Number((await kept()).n));
  gauge('millrace_cache_bytes', 'What they hold, as it is stored.', async () => Number((await kept()).bytes ?? 0));
  const caches = new Counter({
    name: 'millrace_cache_asks_total',
    help: 'Caches that builds of this controller wanted, by what they found (exact, older, missed), and that they saved.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  parts.onCache = (outcome) => {
    caches.inc({ outcome });
  };
  const ended = new Counter({
    name: 'millrace_builds_ended_total',
    help: 'Builds that this controller brought to their end, by result.',
    labelNames: ['result'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'millrace_build_seconds',
    help: 'How long builds took.',
    buckets: [1, 5, 15, 60, 300, 900, 3_600, 14_400],
    registers: [registry],
  });
  owner.onEnded = (result, ms) => {
    ended.inc({ result });
    seconds.observe(ms / 1_000);
  };
  const passes = new Histogram({
    name: 'millrace_scheduler_pass_seconds',
    help: 'How long passes of the scheduler took, on the controller that has this duty.',
    buckets: [0.002, 0.005, 0.02, 0.05, 0.2, 1, 5],
    registers: [registry],
  });
  parts.onPass = ({ ms }) => {
    passes.observe(ms / 1_000);
  };
  return registry;
}

function cloudGauges({ store, clouds }: ControllerParts, registry: Registry): void {
  if (clouds.length === 0) return;
  const read = (): Promise<CloudCounts[]> => showClouds(store, clouds, (seenAt) => Date.now() - (seenAt ?? 0) < GONE_MS);
  new Gauge({
    name: 'millrace_cloud_nodes',
    help: 'Nodes of clouds, by what they do.',
    labelNames: ['cloud', 'state'],
    registers: [registry],
    async collect() {
      for (const { name: cloud, nodes } of await read()) {
        this.set({ cloud, state: 'online' }, nodes.online);
        this.set({ cloud, state: 'ending' }, nodes.ending);
        this.set({ cloud, state: 'starting' }, Math.max(0, nodes.all - nodes.online - nodes.ending));
      }
    },
  });
  new Gauge({
    name: 'millrace_cloud_requests_waiting',
    help: 'Requests for a node that a cloud has told something about.',
    labelNames: ['cloud'],
    registers: [registry],
    async collect() {
      for (const { name: cloud, waiting } of await read()) this.set({ cloud }, waiting);
    },
  });
}
