import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { scriptOf } from '../builds/script.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { BuildRecord } from './build-record.ts';

const SCRIPT = `pipeline {
  agent any
  options { preserveStashes() }
  stages {
    stage('make') { steps { echo 'making'; writeFile file: 'made', text: 'by the first'; stash name: 'made', includes: 'made' } }
    stage('use') { steps { deleteDir(); unstash 'made'; echo "using what was made \${readFile('made')}" } }
  }
}`;

describe('a build whose controller has compacted it', () => {
  const folder = new TestFolder();
  let server: TestServer;
  before(async () => {
    server = await TestServer.start({ data: folder.path, compactAfterMs: 0 });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it('is restarted from a stage with its stashes, and its script is known', async () => {
    const job = await server.job('job', SCRIPT);
    const first = await server.ended(await server.start(job));
    assert.equal(first.result, 'SUCCESS', first.log);
    const { store, controller } = server;
    await server.until(async () => (await store.db.selectFrom('builds').select('chunked').where('id', '=', first.id).executeTakeFirst())?.chunked === 0);
    assert.equal(await server.log(first.id), first.log);
    const stores = { db: store.db, blobs: controller.parts.blobs };
    assert.equal((await scriptOf(new BuildRecord(stores, { id: first.id, record: null }))).text, SCRIPT);
    const again = await server.ended(await server.start(job, { script: SCRIPT, restart: { number: 1, stage: 'use' } }));
    assert.equal(again.result, 'SUCCESS', again.log);
    assert.match(again.log, /using what was made by the first/);
    assert.doesNotMatch(again.log, /making/);
  });
});
