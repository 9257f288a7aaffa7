import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { it } from 'node:test';
import { pipelineConfig } from '@millrace/protocol';
import { tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Databases } from '../../store/testing/databases.ts';
import { eachEngine } from '../../store/testing/databases.ts';
import { TestServer } from '../../testing/test-controller.ts';
import { keepRevision } from '../revisions.ts';
import { cancelQueued } from '../stop-build.ts';

async function started(t: TestContext, databases: Databases): Promise<TestServer> {
  const { url, folder } = await databases.make();
  const server = await TestServer.start({ data: folder, databaseUrl: url });
  t.after(() => server.stop());
  return server;
}

eachEngine('what a build sees of others', (databases) => {
  it('are its earlier builds beyond those that it began with, with what had changed in them', async (t) => {
    const server = await started(t, databases);
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({ 'a.txt': '0' }, 'zero');
    const job = await server.job(
      'team-app',
      `node {
        git url: '${repository.folder}', branch: 'main'
        if (env.BUILD_NUMBER.toInteger() > 1) error 'broken'
      }`,
    );
    assert.equal((await server.ended(await server.start(job))).result, 'SUCCESS');
    const broken = 11;
    for (let i = 1; i <= broken; i++) {
      await repository.commit({ 'a.txt': `${i}` }, `change ${i}`);
      assert.equal((await server.ended(await server.start(job))).result, 'FAILURE');
    }
    const script = `
      def titles = []
      def last = null
      for (def b = currentBuild.previousBuild; b != null; b = b.previousBuild) {
        last = b
        for (set in b.changeSets) for (entry in set) titles << "\${entry.msg}/\${entry.affectedPaths.join()}"
      }
      echo titles.join(' ')
      echo "\${last.number} \${last.result} \${currentBuild.previousSuccessfulBuild.number} \${currentBuild.previousFailedBuild.previousSuccessfulBuild.nextBuild.number}"`;
    const config = pipelineConfig.parse({ definition: { kind: 'inline', script } });
    await server.store.write((tx) =>
      tx
        .updateTable('items')
        .set({ config: JSON.stringify(config) })
        .where('id', '=', job)
        .execute(),
    );
    const { log } = await server.ended(await server.start(job));
    const titles = Array.from({ length: broken }, (_, i) => `change ${broken - i}/a.txt`).join(' ');
    assert.ok(log.includes(`\n${titles}\n`), log);
    assert.match(log, /\n1 SUCCESS 1 2\n/);
  });

  it('are those that it has started, those that started it, and their ends', async (t) => {
    const server = await started(t, databases);
    await server.job('low', `env.LOW = 'set'\ninput 'go on?'\nerror 'low is broken'`);
    await server.job(
      'middle',
      `def low = build job: 'low', waitForStart: true
      echo "started \${low.externalizableId} \${low.result}"
      try { waitForBuild runId: low.externalizableId } catch (e) { echo "caught \${e.message}" }
      echo "then \${low.result} \${low.buildVariables.LOW} \${low.previousBuild}"
      def again = waitForBuild runId: low.externalizableId, propagate: false
      for (id in ['low', 'low#0', 'low#99999999999', 'none#1']) try { waitForBuild id } catch (hudson.AbortException e) { echo e.message }
      echo "again \${again.number} \${again.upstreamBuilds*.externalizableId}"`,
    );
    const top = await server.job('top', `def b = build 'middle'\necho "top \${b.upstreamBuilds*.externalizableId} \${b.duration >= 0}"`);
    const begun = await server.start(top);
    const of = (name: string) => server.store.db.selectFrom('builds').selectAll().where('job', '=', name).executeTakeFirst();
    await server.until(
      async () => (await server.store.db.selectFrom('inputs').select('state').where('state', '=', 'waiting').executeTakeFirst()) !== undefined,
    );
    await server.until(async () => (await server.log((await of('middle'))?.id ?? 0)).includes('Waiting for low #1 to complete'));
    await server.answerInput((await of('low'))?.id ?? 0, {});
    const { log, result } = await server.ended(begun);
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, /\ntop \[top#1\] true\n/);
    const middle = await server.log((await of('middle'))?.id ?? 0);
    for (const line of [
      'Starting building: low #1',
      'started low#1 null',
      'Build low #1 completed: FAILURE',
      'caught low #1 completed with status FAILURE (propagate: false to ignore)',
      'then FAILURE set null',
      'low #1 already completed: FAILURE',
      'No build exists with runId low#99999999999',
      'No build exists with runId none#1',
      'again 1 [middle#1, top#1]',
    ])
      assert.ok(middle.includes(`\n${line}\n`), `${line}\n${middle}`);
  });

  it('wakes who waits for its start, also one that was parked, and who waits for one that never starts', async (t) => {
    const server = await started(t, databases);
    const low = await server.job('low', `properties([disableConcurrentBuilds()])\ninput 'go on?'`);
    const first = await server.start(low);
    const waiting = async (): Promise<boolean> =>
      (await server.store.db.selectFrom('inputs').select('state').where('state', '=', 'waiting').executeTakeFirst()) !== undefined;
    await server.until(waiting);
    const script = `echo "got \${build(job: 'low', waitForStart: true, propagate: false).externalizableId}"`;
    const two = await server.trigger(script, 'two');
    const parked = (id: number) => async (): Promise<boolean> =>
      (await server.store.db.selectFrom('builds').select('parked').where('id', '=', id).executeTakeFirst())?.parked === 1;
    await server.until(parked(two));
    await server.answerInput(first, {});
    assert.match((await server.ended(two)).log, /\nStarting building: low #2\n[\s\S]*\ngot low#2\n/);
    const three = await server.trigger(script, 'three');
    await server.until(parked(three));
    const queued = await server.store.db.selectFrom('builds').select('id').where('job', '=', 'low').where('state', '=', 'queued').executeTakeFirstOrThrow();
    await server.store.write((tx, wakes) => cancelQueued(tx, wakes, queued.id, Date.now()));
    const { result, log } = await server.ended(three);
    assert.equal(result, 'FAILURE', log);
    assert.match(log, /Queue task was cancelled/);
  });

  it('is aborted with whoever waits for it and says so', async (t) => {
    const server = await started(t, databases);
    const low = await server.trigger(`input 'go on?'`, 'low');
    await server.until(
      async () => (await server.store.db.selectFrom('inputs').select('state').where('state', '=', 'waiting').executeTakeFirst()) !== undefined,
    );
    const waits = await server.trigger(`waitForBuild runId: 'low#1', propagateAbort: true`, 'waits');
    await server.until(async () => (await server.log(waits)).includes('Waiting for low #1 to complete'));
    await server.abort(waits);
    assert.equal((await server.ended(waits)).result, 'ABORTED');
    const { result, log } = await server.ended(low);
    assert.equal(result, 'ABORTED');
    assert.match(log, /Calling Pipeline was cancelled/);
  });

  it('are the changes of all builds before, the newest first', async (t) => {
    const server = await started(t, databases);
    const job = await server.job(
      'pr',
      `pipeline { agent none
        stages { stage('docs') {
          when { changeset 'docs/**' }
          steps { echo 'docs ran' }
        } }
      }`,
    );
    const config = await server.store.db.selectFrom('items').select('config').where('id', '=', job).executeTakeFirstOrThrow();
    const withChange = JSON.stringify({ ...JSON.parse(config.config), environment: { CHANGE_ID: '5' } });
    await server.store.write((tx) => tx.updateTable('items').set({ config: withChange }).where('id', '=', job).execute());
    const first = await server.ended(await server.start(job));
    assert.match(first.log, /Probably because this is the first build/);
    const change = { title: 't', comment: 't', paths: ['docs/a.md'], commit: 'c', author: 'Ann', email: '', at: 0 };
    const revision = { askId: '0:1', kind: 'checkout', url: 'u', branch: 'b', commit: 'c', poll: true, more: false, changes: [change] } as const;
    await server.store.write((tx) => keepRevision(tx, { id: first.id, itemId: job, number: 1 }, revision));
    const { log } = await server.ended(await server.start(job));
    assert.match(log, /Examining changelog from all builds of this change request\.\n[\s\S]*\ndocs ran\n/);
  });
});
