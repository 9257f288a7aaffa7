/** Duties of a controller that stops, with two of a fleet in one process. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Offer } from '../clouds/cloud.ts';
import { DummyCloud } from '../clouds/dummy.ts';
import { TestPostgres } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';

const once: Offer = { template: 'once', labels: ['cloudy'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60 };

describe('a controller that stops', () => {
  const postgres = new TestPostgres();
  const servers: TestServer[] = [];
  const cloud = new DummyCloud({ offers: [once] });
  before(async () => {
    const databaseUrl = await postgres.database();
    for (const name of ['one', 'two'])
      servers.push(await TestServer.start({ data: postgres.folders.make(), databaseUrl, name, builtIn: null, clouds: [cloud], blobs: 'database' }));
  });
  after(async () => {
    for (const server of servers) await server.stop();
    await postgres.stop();
  });

  it('gives its duties to another one before it has let go of its builds', async () => {
    const [one, two] = servers as [TestServer, TestServer];
    const holders = async (): Promise<string[]> => {
      const rows = await two.store.db.selectFrom('duties').innerJoin('controllers', 'controllers.id', 'duties.holder').select('controllers.name').execute();
      return [...new Set(rows.map((r) => r.name))];
    };
    assert.deepEqual(await holders(), ['one']);
    let letGo: () => void = () => undefined;
    one.controller.parts.owner.drain = () =>
      new Promise((resolve) => {
        letGo = resolve;
      });
    let isOver = false;
    const stopped = one.stop().then(() => {
      isOver = true;
    });
    await two.trigger(`node('cloudy') { echo 'never' }`);
    await two.until(async () => cloud.names.length === 1);
    assert.deepEqual(await holders(), ['two']);
    assert.equal(isOver, false);
    letGo();
    await stopped;
  });
});
