import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import type { Cause } from '../records.ts';

const TELLS = `withBuildUser { echo "[\${env.BUILD_USER}|\${env.BUILD_USER_ID}|\${env.BUILD_USER_FIRST_NAME}|\${env.BUILD_USER_LAST_NAME}|\${env.BUILD_USER_EMAIL}]" }
wrap([$class: 'BuildUser']) { echo "wrapped \${env.BUILD_USER_ID}" }`;

async function started(t: TestContext): Promise<TestServer> {
  const folder = new TestFolder();
  const server = await TestServer.start({ data: folder.path });
  t.after(async () => {
    await server.stop();
    folder.remove();
  });
  const row = { full_name: 'Ann B. Clark', email: 'ann@example.com', password: null, role: null, disabled: 0, must_change: 0, created_at: 0, revision: 1 };
  await server.store.write((tx) =>
    tx
      .insertInto('users')
      .values({ id: 'ann', ...row })
      .execute(),
  );
  return server;
}
async function says(server: TestServer, job: number, causes: readonly Cause[]): Promise<string> {
  const { enqueue } = server.controller.parts;
  const { id } = await server.store.write((tx, wakes) =>
    enqueue(tx, wakes, { item: { id: job }, given: {}, causes, quietSeconds: 0, priority: null, merge: false, lenient: false, origin: {} }),
  );
  const { log } = await server.ended(id);
  return /\n(\[.*\])\n/.exec(log)?.[1] ?? log;
}

test('withBuildUser tells who or what has started a build', async (t) => {
  const server = await started(t);
  const job = await server.job('job', TELLS);
  const user = { type: 'hudson.model.Cause$UserIdCause', text: 'x', data: { userId: 'ann', userName: 'Ann B. Clark' } };
  for (const [causes, wanted] of [
    [[user], '[Ann B. Clark|ann|Ann|B.|ann@example.com]'],
    [[{ type: 'hudson.model.Cause$UserIdCause', text: 'x' }], '[anonymous|anonymous|anonymous|null|null]'],
    [[{ type: 'hudson.triggers.TimerTrigger$TimerTriggerCause', text: 'x' }, user], '[Ann B. Clark|ann|Ann|B.|ann@example.com]'],
    [[{ type: 'hudson.triggers.TimerTrigger$TimerTriggerCause', text: 'x' }], '[Timer Trigger|timer|Timer|Trigger|null]'],
    [[{ type: 'com.cloudbees.jenkins.GitHubPushCause', text: 'x' }], '[SCM Change|scmChange|SCM|Change|null]'],
    [[{ type: 'org.jenkinsci.plugins.gwt.GenericCause', text: 'x' }], '[Generic Webhook Trigger|genericWebhook|Generic|Webhook|null]'],
    [[{ type: 'some.OtherCause', text: 'x' }], '[null|null|null|null|null]'],
  ] as const)
    assert.equal(await says(server, job, causes), wanted);
  const up = await server.job('up', `build 'job'`);
  await says(server, up, [user]);
  const last = await server.store.db.selectFrom('builds').select('id').where('job', '=', 'job').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  const log = await server.log(last.id);
  assert.match(log, /\n\[Ann B\. Clark\|ann\|Ann\|B\.\|ann@example\.com\]\n/);
  assert.match(log, /\nwrapped ann\n/);
});
