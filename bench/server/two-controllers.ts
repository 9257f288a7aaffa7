/** One-step builds on PostgreSQL with two controllers, each with its own agent. */
import { TestPostgres } from '../../packages/controller/src/store/testing/databases.ts';
import type { Benchmark } from '../benchmark.ts';
import { startRig, untilIdle } from './rig.ts';

const BUILDS = 200;

export const twoControllers: Benchmark = {
  name: 'server-two-controllers',
  run: async () => {
    const postgres = new TestPostgres();
    const databaseUrl = await postgres.database();
    const one = await startRig({ executors: 4, databaseUrl, name: 'one' });
    const two = await startRig({ executors: 4, databaseUrl, name: 'two' });
    try {
      const { server } = one;
      const job = await server.job('one-step', `node { sh 'true' }`);
      for (let i = 0; i < 10; i++) await server.ended(await server.start(job));
      const begun = performance.now();
      await Promise.all(Array.from({ length: BUILDS }, () => server.start(job)));
      await untilIdle(server);
      const perSecond = BUILDS / ((performance.now() - begun) / 1_000);
      return {
        figures: [
          {
            what: 'one-step builds, PostgreSQL, two controllers',
            value: perSecond,
            unit: '/s',
            goal: { atLeast: 40 },
            detail: 'both controllers in one process, 8 executors',
          },
        ],
      };
    } finally {
      await two.stop();
      await one.stop();
      await postgres.stop();
    }
  },
};
