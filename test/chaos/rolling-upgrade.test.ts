/** A fleet under load becomes the next version, one program after the other: nothing is lost, and nobody has to stop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { migrate } from '../../packages/controller/src/store/migrate.ts';
import { MIGRATIONS } from '../../packages/controller/src/store/migrations/index.ts';
import { openPostgres } from '../../packages/controller/src/store/postgres.ts';
import { Store } from '../../packages/controller/src/store/store.ts';
import { TestPostgres } from '../../packages/controller/src/store/testing/databases.ts';
import { Fleet, pause } from './fleet.ts';
import { judge, settled } from './invariants.ts';
import { Load } from './load.ts';
import { NEXT_MIGRATION } from './next-version.ts';
import { Random } from './random.ts';
import { Sampler } from './sampler.ts';

test('three controllers and their agents are upgraded under load, and nothing is lost', { timeout: 600_000 }, async () => {
  const fleet = new Fleet({ engine: 'postgres', controllers: 3, breakFence: false, ownEntry: true, disk: null });
  try {
    await fleet.start();
    const sampler = new Sampler(fleet);
    sampler.start();
    const load = new Load(fleet, new Random(31), 'up');
    await load.start(1.5);
    for (const { program } of fleet.controllers) {
      // Some builds are under way on each before it goes.
      const before = load.triggered.length;
      while (load.triggered.length < before + 3) await pause(50);
      await program.stop();
      await program.start({ MILLRACE_CHAOS: 'next-version' });
    }
    for (const agent of fleet.agents) {
      await agent.stop();
      await agent.start();
    }
    load.calm();
    const problems = await settled(fleet, 180_000);
    await load.stop();
    await sampler.stop();
    problems.push(...(await judge(fleet, load.triggered)), ...sampler.violations);
    assert.deepEqual(problems, []);
    const up = await fleet.look((db) => db.selectFrom('controllers').select('version').where('state', '=', 'up').execute());
    assert.equal(up.length, 3);
    for (const { version } of up) assert.match(version, /-next$/);
    const migrated = await fleet.look((db) => sql<{ number: number }>`SELECT number FROM migrations ORDER BY number`.execute(db));
    assert.equal(migrated.rows.at(-1)?.number, NEXT_MIGRATION.number);
  } finally {
    await fleet.close();
  }
});

test('a program that is too old for the schema does not start', { timeout: 60_000 }, async () => {
  const postgres = new TestPostgres();
  try {
    const url = await postgres.database();
    const engine = openPostgres({ url, origin: 'next' });
    const breaking = { ...NEXT_MIGRATION, readableFrom: NEXT_MIGRATION.number };
    await migrate(engine.writes, engine.dialect, (tx) => engine.exclusive(tx, 'migrate'), [...MIGRATIONS, breaking]);
    await engine.close();
    await assert.rejects(Store.open({ url, folder: postgres.folders.make(), origin: 'old' }), { code: 'MR_STORE_NEWER' });
  } finally {
    await postgres.stop();
  }
});
