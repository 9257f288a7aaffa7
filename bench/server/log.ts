/** One step that prints as fast as it can: from its pipe through the agent and HTTP into the build's log. */
import type { Benchmark } from '../benchmark.ts';
import { startRig } from './rig.ts';

const MEGABYTES = 200;

export const serverLog: Benchmark = {
  name: 'server-log',
  run: async () => {
    const { server, stop } = await startRig({ executors: 1 });
    try {
      await server.run(`node { sh 'true' }`);
      const line = 'x'.repeat(99);
      const begun = performance.now();
      const id = await server.trigger(`node { sh 'set +x; yes ${line} | head -n ${MEGABYTES * 10_000}' }`);
      for (;;) {
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
        const row = await server.store.db.selectFrom('builds').select(['state', 'log_bytes']).where('id', '=', id).executeTakeFirstOrThrow();
        if (row.state === 'ended') {
          const seconds = (performance.now() - begun) / 1_000;
          return {
            figures: [
              {
                what: 'log of one step, SQLite',
                value: row.log_bytes / 1e6 / seconds,
                unit: 'MB/s',
                goal: { atLeast: 100 },
                detail: `${Math.round(row.log_bytes / 1e6)} MB, every line there and durable`,
              },
            ],
          };
        }
      }
    } finally {
      await stop();
    }
  },
};
