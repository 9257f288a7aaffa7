/** A program that takes its controller's whole process down, again and again. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import pg from 'pg';
import type { TestDatabase } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';

const PROGRAM = new URL('./testing/deadly-controller.ts', import.meta.url).pathname;

interface Build {
  readonly job: string;
  readonly state: string;
  readonly result: string | null;
  readonly facts: string;
}

/** Past the store, which a dead controller may have left at any point. */
async function builds({ url, folder }: TestDatabase): Promise<Build[]> {
  const query = 'SELECT job, state, result, facts FROM builds ORDER BY id';
  if (url === null) {
    const database = new DatabaseSync(join(folder, 'millrace.db'));
    try {
      return database.prepare(query).all() as unknown as Build[];
    } finally {
      database.close();
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Build>(query);
  await client.end();
  return rows;
}

eachEngine('a program that takes its controller down', (databases) => {
  it('fails by name after a few deaths, and harms no other build', async () => {
    const database = await databases.make();
    const env = { ...process.env, DATABASE_URL: database.url ?? '', MILLRACE_KEY: randomBytes(32).toString('base64') };
    let running: ChildProcess | null = null;
    let deaths = 0;
    const start = (): void => {
      const child = spawn(process.execPath, [PROGRAM, database.folder], { env, stdio: 'ignore' });
      running = child;
      child.on('exit', (_code, signal) => {
        if (running !== child) return;
        deaths++;
        assert.equal(signal, 'SIGKILL');
        if (deaths < 12) start();
      });
    };
    start();
    const stateOf = async (job: string): Promise<Build | undefined> => (await builds(database).catch(() => [])).find((b) => b.job === job);
    const until = async (condition: () => Promise<boolean>): Promise<void> => {
      while (!(await condition())) {
        assert.ok(deaths < 12, 'it is adopted for ever');
        await new Promise((resolve) => {
          setTimeout(resolve, 200);
        });
      }
    };
    try {
      await until(async () => (await stateOf('guilty'))?.state === 'ended');
      const guilty = await stateOf('guilty');
      assert.equal(guilty?.result, 'FAILURE');
      assert.equal((JSON.parse(guilty.facts) as { failure: { code: string } }).failure.code, 'MR_BUILD_CRASHED');
      assert.ok(deaths <= 5, `${deaths} deaths`);
      writeFileSync(join(database.folder, 'go'), '');
      for (const job of ['waiting', 'busy']) {
        await until(async () => (await stateOf(job))?.state === 'ended');
        assert.equal((await stateOf(job))?.result, 'SUCCESS', job);
      }
    } finally {
      // Else its step would go on for ever.
      writeFileSync(join(database.folder, 'go'), '');
      const last = running as ChildProcess | null;
      running = null;
      last?.kill('SIGTERM');
      if (last !== null && last.exitCode === null && last.signalCode === null) await once(last, 'exit');
    }
  });
});
