/** Steps of the gitlab-plugin about the merge request that a build was started for. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { it } from 'node:test';
import { pipelineConfig } from '@millrace/protocol';
import { tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Origin } from '../builds/records.ts';
import { repositoryAddress } from '../scm/repository-address.ts';
import type { Databases } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { appInstallation } from './testing/app-installation.ts';
import { FakeForge } from './testing/forge-server.ts';
import { jobsOf, makeMultibranch, scanned } from './testing/multibranch.ts';

async function place(t: TestContext, databases: Databases) {
  const folder = await tempFolder(t);
  const repository = await testRepository(folder, 'acme/app');
  const hash = await repository.commit({ Jenkinsfile: `echo 'x'` });
  await repository.git(['branch', 'feature']);
  const forge = await new FakeForge('gitlab').start(t);
  forge.token = 'word';
  const name = repository.folder.slice(1);
  const common = { author: 'ada', branch: 'feature', target: 'main', fork: null, hash };
  forge.repositories.push({
    name,
    cloneUrl: repository.folder,
    people: {},
    pulls: [{ ...common, number: 3, title: 'Make it better', description: 'It was worse.', labels: ['ready', 'big'] }],
  });
  const database = await databases.make();
  const server = await TestServer.start({ data: database.folder, databaseUrl: database.url, installation: appInstallation({}) });
  t.after(() => server.stop());
  const commitStatus = { forge: 'gitlab', apiUrl: forge.url, credentialsId: 'token' };
  const put = (job: string, definition: object, more: object = { commitStatus }) => server.item('pipeline', job, pipelineConfig.parse({ definition, ...more }));
  /** As the trigger `gitlab` has it. */
  const told: Origin = {
    variables: { gitlabMergeRequestIid: '3', gitlabMergeRequestLabels: 'ready,then' },
    pushed: { addresses: [repositoryAddress(repository.folder) as string], ref: 'refs/heads/feature' },
  };
  const sent = () => server.until(async () => (await server.store.db.selectFrom('merge_comments').select('ask_id').execute()).length === 0);
  return { repository, forge, server, put, told, sent, url: repository.folder };
}

eachEngine('steps for merge requests', (databases) => {
  it('comment on the one that a webhook told of, once, also where GitLab’s answer is lost', async (t) => {
    const at = await place(t, databases);
    const job = await at.put('app', {
      kind: 'inline',
      script: `node { git url: '${at.url}', branch: 'main' }; addGitLabMRComment comment: "of \${env.BUILD_NUMBER}"; addGitLabMRComment 'second'`,
    });
    at.forge.losesNotes = 1;
    const ended = await at.server.ended(await at.server.start(job, at.told));
    assert.equal(ended.result, 'SUCCESS', ended.log);
    await at.sent();
    assert.deepEqual(at.forge.notes.map((n) => `${n.number} ${n.body.replace(/\n\n<!-- millrace [0-9a-f]{16} -->$/, '')}`).sort(), ['3 of 1', '3 second']);
    const none = await at.server.ended(await at.server.start(job));
    assert.match(none.log, /Cannot retrieve the GitLab merge request/);
    assert.equal(none.result, 'SUCCESS', none.log);
    // A webhook of anybody tells of another repository.
    await at.server.ended(await at.server.start(job, { ...at.told, pushed: { addresses: ['git.example/team/other'], ref: null } }));
    await at.sent();
    assert.equal(at.forge.notes.length, 2);
    const bare = await at.put('bare', { kind: 'git', url: at.url, branch: 'main' }, { commitStatus: { ...{ forge: 'gitlab', apiUrl: at.forge.url } } });
    await at.repository.commit({ Jenkinsfile: `addGitLabMRComment comment: 'x'` });
    const quiet = await at.server.ended(await at.server.start(bare, { ...at.told, pushed: { addresses: at.told.pushed?.addresses ?? [], ref: null } }));
    assert.ok(quiet.log.includes('No GitLab connection configured\n'), quiet.log);
    await at.server.stop();
  });

  it('are sent by whoever has the duty next, and what a killed one had begun is not sent twice', async (t) => {
    const at = await place(t, databases);
    const row = { item_id: 1, number: 3, open: 1, attempts: 0, due_at: 0, created_at: Date.now(), failure: null };
    const source = { kind: 'gitlab', apiUrl: at.forge.url, repository: at.url.slice(1), credentialsId: 'token' };
    const target = JSON.stringify({ item: 'app', source });
    at.forge.notes.push({ number: 3, body: 'made\n\n<!-- millrace aaaa -->' });
    await at.server.store.write((tx, wakes) => {
      wakes.add('comment');
      return tx
        .insertInto('merge_comments')
        .values([
          { ...row, build_id: 1, ask_id: '0:1', target, mark: 'aaaa', body: 'made' },
          { ...row, build_id: 1, ask_id: '0:2', target, mark: 'bbbb', body: 'lost' },
        ])
        .execute();
    });
    await at.sent();
    assert.deepEqual(
      at.forge.notes.map((n) => n.body),
      ['made\n\n<!-- millrace aaaa -->', 'lost\n\n<!-- millrace bbbb -->'],
    );
    await at.server.stop();
  });

  it('accept it with a message, and print what GitLab says where it does not', async (t) => {
    const at = await place(t, databases);
    const script = `node { git url: '${at.url}', branch: 'main' }
      acceptGitLabMR(useMRDescription: true, removeSourceBranch: true)
      acceptGitLabMR()`;
    const ended = await at.server.ended(await at.server.start(await at.put('app', { kind: 'inline', script }), at.told));
    assert.equal(ended.result, 'SUCCESS', ended.log);
    const message = "Merge branch 'feature' into 'main'\n\nMake it better\n\nIt was worse.\n\nSee merge request !3";
    assert.deepEqual(at.forge.merges, [{ number: 3, body: { merge_commit_message: message, should_remove_source_branch: true } }]);
    assert.doesNotMatch(ended.log, /Failed to accept/);
    (at.forge.repositories[0]?.pulls[0] as { state: string }).state = 'closed';
    const refused = await at.server.ended(await at.server.start(await at.put('again', { kind: 'inline', script }), at.told));
    assert.equal(refused.result, 'SUCCESS', refused.log);
    assert.match(refused.log, /Failed to accept merge request for project '[^']*acme\/app': PUT .*: 405 Method Not Allowed\n/);
    assert.doesNotMatch(refused.log, /word/);
    await at.server.stop();
  });

  it('tell its labels: as the webhook had them, and of a branch of a multibranch job as GitLab has them', async (t) => {
    const at = await place(t, databases);
    const script = `echo "\${GitLabMergeRequestLabelExists('then')} \${gitlabMergeRequestLabelExists(label: 'big')}"`;
    const job = await at.put('app', { kind: 'inline', script });
    const ended = await at.server.ended(await at.server.start(job, at.told));
    assert.ok(ended.log.includes('true false\n'), ended.log);
    const none = await at.server.ended(await at.server.start(job));
    assert.ok(none.log.includes('false false\n'), none.log);

    await at.repository.git(['checkout', '--quiet', 'feature']);
    const hash = await at.repository.commit({ Jenkinsfile: `${script}; addGitLabMRComment 'of the branch'` });
    await at.repository.git(['update-ref', 'refs/merge-requests/3/head', hash]);
    await at.repository.git(['checkout', '--quiet', 'main']);
    Object.assign(at.forge.repositories[0]?.pulls[0] as object, { hash });
    const source = {
      kind: 'gitlab',
      apiUrl: at.forge.url,
      repository: at.url.slice(1),
      url: at.url,
      credentialsId: 'token',
      originChanges: 'head',
    };
    const parent = await makeMultibranch(at.server.store, 'many', { sources: [source] });
    await scanned(at.server, parent, 1);
    const branch = (await jobsOf(at.server.store, parent)).get('MR-3');
    assert.ok(branch !== undefined, [...(await jobsOf(at.server.store, parent)).keys()].join());
    await at.server.until(async () => (await at.server.store.db.selectFrom('builds').select('id').where('item_id', '=', branch.id).execute()).length > 0);
    const { id } = await at.server.store.db.selectFrom('builds').select('id').where('item_id', '=', branch.id).executeTakeFirstOrThrow();
    const build = await at.server.ended(id);
    assert.ok(build.log.includes('false true\n'), build.log);
    await at.sent();
    assert.match(at.forge.notes.at(-1)?.body ?? '', /^of the branch\n/);
    await at.server.stop();
  });
});
