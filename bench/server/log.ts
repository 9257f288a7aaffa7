/** One step that prints as fast as it can: from its pipe through the agent and HTTP into the build's log. */
import type { Benchmark } from '../benchmark.ts';
import type { Rig } from './rig.ts';
import { startRig } from './rig.ts';

const MEGABYTES = 200;

export const serverLog: Benchmark = {
  name: 'server-log',
  run: async () => {
    const rig = await startRig({ executors: 1 });
    try {
      const { megabytes, perSecond } = await logSpeed(rig, MEGABYTES);
      return {
        figures: [
          { what: 'log of one step, SQLite', value: perSecond, unit: 'MB/s', goal: { atLeast: 100 }, detail: `${megabytes} MB, every line there and durable` },
        ],
      };
    } finally {
      await rig.stop();
    }
  },
};

/** What a step prints in a build's log: lines of 100 bytes, so many megabytes of them. */
export function loud(megabytes: number): string {
  return `yes ${'x'.repeat(99)} | head -n ${megabytes * 10_000}`;
}

/** From the trigger to the build's end. */
export async function logSpeed({ server }: Rig, megabytes: number): Promise<{ readonly megabytes: number; readonly perSecond: number }> {
  await server.run(`node { sh 'true' }`);
  const begun = performance.now();
  const id = await server.trigger(`node { sh 'set +x; ${loud(megabytes)}' }`);
  for (;;) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    const row = await server.store.db.selectFrom('builds').select(['state', 'log_bytes']).where('id', '=', id).executeTakeFirstOrThrow();
    if (row.state === 'ended') return { megabytes: Math.round(row.log_bytes / 1e6), perSecond: row.log_bytes / 1e6 / ((performance.now() - begun) / 1_000) };
  }
}
