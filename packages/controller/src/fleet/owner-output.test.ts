import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { pipelineConfig } from '@millrace/protocol';
import { TestPostgres } from '../store/testing/databases.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { ownAddress } from './own-address.ts';

const AGENT = new URL('../../../agent/src/program/entry.ts', import.meta.url).pathname;
const SCRIPT = `node('other') { sh 'seq 1 3' }`;

describe('the output of a step', () => {
  const postgres = new TestPostgres();
  const folders = [new TestFolder(), new TestFolder()];
  const servers: TestServer[] = [];
  before(async () => {
    const databaseUrl = await postgres.database();
    for (const [i, folder] of folders.entries())
      servers.push(
        await TestServer.start({
          data: folder.path,
          databaseUrl,
          name: `c${i}`,
          listen: { host: '0.0.0.0', port: 0 },
          labels: [`c${i}`],
          // The load balancer's: it may lead back to whoever asks, so controllers have no use for it.
          url: 'http://127.0.0.1:9',
          builtIn: i === 0 ? null : { executors: 1, labels: [], name: 'other', command: [process.execPath, AGENT] },
        }),
      );
  });
  after(async () => {
    for (const server of servers.reverse()) await server.stop();
    await postgres.stop();
    for (const folder of folders) folder.remove();
  });

  it('goes from the controller that the agent asks to the one that owns the build, past the load balancer', async () => {
    const [owner] = servers as [TestServer, TestServer];
    const rows = await owner.store.db.selectFrom('controllers').select('url').execute();
    for (const { url } of rows) assert.equal(url, ownAddress(url as string, '0.0.0.0', networkInterfaces()));
    const item = await owner.job('apart', SCRIPT);
    const config = JSON.stringify(pipelineConfig.parse({ definition: { kind: 'inline', script: SCRIPT }, controllerLabel: 'c0' }));
    await owner.store.db.updateTable('items').set({ config }).where('id', '=', item).execute();
    const build = await owner.ended(await owner.start(item));
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\n1\n2\n3\n/);
  });
});
