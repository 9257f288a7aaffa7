/** A controller of the bundle's parts with its own agent, in this process, for the benchmarks of the server. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { TestFolder, TestServer } from '../../packages/controller/src/testing/test-controller.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const AGENT_BUNDLE = path.join(root, 'packages/agent/dist/agent.cjs');
const WORKER_BUNDLE = path.join(root, 'packages/cli/dist/worker.cjs');
const WORKER = path.join(root, 'packages/cli/bin/worker.js');

export interface Rig {
  readonly server: TestServer;
  stop(): Promise<void>;
}

export async function startRig(options: { readonly executors: number; readonly databaseUrl?: string | null; readonly name?: string }): Promise<Rig> {
  for (const file of [AGENT_BUNDLE, WORKER_BUNDLE]) if (!existsSync(file)) throw new Error(`${file} is missing: npm run build`);
  const folder = new TestFolder();
  const server = await TestServer.start({
    data: folder.path,
    name: options.name ?? 'bench',
    databaseUrl: options.databaseUrl ?? null,
    builtIn:
      options.executors === 0
        ? null
        : {
            executors: options.executors,
            labels: [],
            name: options.name === undefined ? 'built-in' : `built-in-${options.name}`,
            command: [process.execPath, AGENT_BUNDLE],
          },
    workers: { entry: WORKER, size: 2, memoryMb: 512 },
    parkAfterMs: 30_000,
  });
  return {
    server,
    stop: async () => {
      await server.stop();
      folder.remove();
    },
  };
}

/** Until no build is open any more. Looked at seldom: the looking costs too. */
export async function untilIdle({ store }: TestServer): Promise<void> {
  const count = async (state: 'queued' | 'running'): Promise<number> => {
    const { n } = await store.db
      .selectFrom('builds')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('state', '=', state)
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  while ((await count('queued')) + (await count('running')) > 0)
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
}
