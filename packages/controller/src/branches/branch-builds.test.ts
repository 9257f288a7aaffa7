/** What builds of branches, tags and pull requests are made of, and what is told where something is missing. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { it } from 'node:test';
import { gitHttpServer, gitSshServer, noHttpBackend, noSshd, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { LARGEST_FILE } from '../scm/repository.ts';
import type { TestDatabase } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';
import type { EndedBuild } from '../testing/test-controller.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import { FakeForge } from './testing/forge-server.ts';
import { buildsOf, JENKINSFILE, jobsOf, makeMultibranch, makeOrganization, runsOf, scanAgain, scanned } from './testing/multibranch.ts';

async function started(t: TestContext, database: TestDatabase, more: object = {}): Promise<TestServer> {
  const server = await TestServer.start({ data: database.folder, databaseUrl: database.url, ...more });
  t.after(() => server.stop());
  return server;
}

/** The build of a job with that number. */
async function built(server: TestServer, job: number | undefined, number: number): Promise<EndedBuild> {
  await server.until(async () => (await buildsOf(server.store, job as number)).some((b) => b.number === number));
  return server.ended((await buildsOf(server.store, job as number)).find((b) => b.number === number)?.id as number);
}

eachEngine('builds of branches', (databases) => {
  it('of a tag have its name and the time of its commit, whether it is annotated or not, and are not made anew when a scan sees it again', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    const script = `node { checkout scm; echo "tag=\${env.TAG_NAME} \${env.TAG_TIMESTAMP} \${env.TAG_UNIXTIME} \${env.TAG_DATE} git=\${env.GIT_BRANCH}"; echo "is tag: \${env.BRANCH_NAME}" }`;
    const first = await repository.commit({ Jenkinsfile: script }, 'one', 'Ann', '2026-01-02T03:04:05Z');
    await repository.git(['tag', 'light']);
    await repository.git(['tag', '-a', '-m', 'x', 'release/1.0'], { GIT_COMMITTER_DATE: '2026-02-02T00:00:00Z' });
    await repository.commit({ Jenkinsfile: 'echo "no tag"' }, 'two');
    const server = await started(t, await databases.make());
    const id = await makeMultibranch(server.store, 'app', {
      sources: [{ kind: 'git', url: repository.folder, tags: true, branches: 'none' }],
    });
    const { log } = await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    assert.deepEqual([...jobs.keys()], ['light', 'release%2F1.0'], log);
    for (const [job, name] of [
      ['light', 'light'],
      ['release%2F1.0', 'release/1.0'],
    ] as const) {
      const { log: said, result } = await server.ended(await server.start(jobs.get(job)?.id as number));
      assert.equal(result, 'SUCCESS', said);
      assert.ok(said.includes(`tag=${name} 1767323045000 1767323045 Fri Jan 02 03:04:05 UTC 2026 git=`), said);
      assert.ok(said.includes(`Checking out Revision ${first} (`), said);
      assert.ok(said.includes(`is tag: ${name}`));
    }
    await server.stop();
  });

  it('that are replayed or restarted have the commits of their original, though the branch has moved', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    const script = `pipeline { agent any; stages {
      stage('One') { steps { echo 'first stage' } }
      stage('Two') { steps { checkout scm; sh 'cat file.txt' } } } }`;
    const before = await repository.commit({ Jenkinsfile: script, 'file.txt': 'before\n' });
    await repository.git(['checkout', '-q', '-b', 'feature']);
    const own = await repository.commit({ 'own.txt': 'own\n' });
    await repository.git(['update-ref', 'refs/pull/1/head', own]);
    await repository.git(['checkout', '-q', 'main']);
    const forge = await new FakeForge('github').start(t);
    const pull = { number: 1, title: 'Own', author: 'ann', branch: 'feature', target: 'main', hash: own, fork: null };
    forge.repositories.push({ name: 'acme/app', cloneUrl: repository.folder, people: {}, pulls: [pull] });
    const server = await started(t, await databases.make());
    const id = await makeMultibranch(server.store, 'app', { sources: [{ kind: 'github', apiUrl: forge.url, repository: 'acme/app', url: repository.folder }] });
    await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    const [main, change] = [jobs.get('main')?.id, jobs.get('PR-1')?.id];
    for (const job of [main, change]) assert.ok((await built(server, job, 1)).log.includes('before\n'));
    // Both the branch and the target of the pull request move.
    await repository.commit({ 'file.txt': 'after\n' });
    const merged = `Merging main commit ${before} into PR head commit ${own}`;
    for (const [origin, title] of [
      [{ script, replayOf: 1 }, 'replay'],
      [{ script, restart: { number: 1, stage: 'Two' } }, 'restart'],
    ] as const) {
      const ofMain = await server.ended(await server.start(main as number, origin));
      assert.ok(ofMain.log.includes('before\n') && ofMain.log.includes(`Checking out Revision ${before} (`), `${title}: ${ofMain.log}`);
      assert.equal(ofMain.log.includes('first stage'), title === 'replay', ofMain.log);
      const ofChange = await server.ended(await server.start(change as number, origin));
      assert.ok(ofChange.log.includes(merged) && ofChange.log.includes('before\n'), `${title}: ${ofChange.log}`);
    }
    // One that somebody starts has what the branch is now.
    assert.ok((await server.ended(await server.start(main as number))).log.includes('after\n'));
    await server.stop();
  });

  it('end with a reason where the Jenkinsfile is not there, or too large', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({ Jenkinsfile: 'echo "small"' });
    await repository.git(['branch', 'large']);
    const server = await started(t, await databases.make());
    const id = await makeMultibranch(server.store, 'app', { sources: [{ kind: 'git', url: repository.folder }] });
    await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    for (const name of ['main', 'large']) assert.equal((await built(server, jobs.get(name)?.id, 1)).result, 'SUCCESS');
    await repository.git(['rm', '-q', 'Jenkinsfile']);
    const gone = await repository.commit({ other: 'x' });
    await repository.git(['checkout', '-q', 'large']);
    await repository.commit({ Jenkinsfile: `// ${'x'.repeat(LARGEST_FILE)}` });
    const failed = async (name: string, says: RegExp): Promise<void> => {
      const build = await server.ended(await server.start(jobs.get(name)?.id as number));
      assert.equal(build.result, 'FAILURE', build.log);
      assert.match(build.log, says);
      const { facts } = await server.store.db.selectFrom('builds').select('facts').where('id', '=', build.id).executeTakeFirstOrThrow();
      assert.equal(JSON.parse(facts).failure.code, 'MR_SCRIPT_MISSING', build.log);
    };
    await failed('main', new RegExp(`Unable to find Jenkinsfile from git \\S+ at ${gone}`));
    await failed('large', /Jenkinsfile at [0-9a-f]{40} has \d+ bytes, more than \d+/);
    await server.stop();
  });

  it('scans where one repository is away or shows an unknown host key say so, and everything else goes on', { skip: noSshd() }, async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({ Jenkinsfile: JENKINSFILE, 'file.txt': 'one' });
    const ssh = await gitSshServer(t, folder);
    const key = { id: 'key', type: 'sshUserPrivateKey', description: null, fields: { privateKey: ssh.key, username: ssh.user } };
    const rest = testInstallation();
    let knownHosts: string[] = [];
    const server = await started(t, await databases.make(), {
      installation: () => ({ ...rest, credentials: [key], hostKeys: { verification: 'manual', knownHosts } }),
    });
    const url = `${ssh.url}${repository.folder}`;
    const other = await makeMultibranch(server.store, 'other', { sources: [{ kind: 'git', url: repository.folder }] });
    const id = await makeMultibranch(server.store, 'app', { sources: [{ kind: 'git', url, credentialsId: 'key' }] });
    const first = await scanned(server, id, 1);
    assert.equal(JSON.parse(first.run.failure ?? '{}').code, 'MR_GIT_HOST_KEY', first.log);
    assert.match(first.log, /ERROR: MR_GIT_HOST_KEY: The host key of the SSH server is not known here\. Get it with `ssh-keyscan HOST`/);
    assert.ok(!first.log.includes(ssh.key.split('\n')[1] as string));
    assert.equal((await scanned(server, other, 1)).run.state, 'success');

    // In an organization the others are found; those that were found stay where their repository is away later.
    const urls = [url, repository.folder, `${folder}/nowhere`];
    const org = await makeOrganization(server.store, 'org', { source: { kind: 'git', urls, credentialsId: null } });
    const told = await scanned(server, org, 1);
    assert.equal(told.run.state, 'success', told.log);
    assert.match(told.log, /ERROR: MR_GIT_(HOST_KEY|CREDENTIALS): /);
    assert.match(told.log, /ERROR: MR_GIT_AWAY: /);
    assert.deepEqual([...(await jobsOf(server.store, org)).keys()], ['app']);

    // Known from now on: what was wrong heals with the next scan, without a restart.
    knownHosts = [ssh.hostKey];
    await scanAgain(server.store, id);
    const second = await scanned(server, id, 2);
    assert.equal(second.run.state, 'success', second.log);
    assert.deepEqual([...(await jobsOf(server.store, id)).keys()], ['main']);
    await server.stop();
  });
});

eachEngine('an organization of a forge', (databases) => {
  it('is scanned through its API: each repository with the Jenkinsfile is a job, page by page; unchanged ones are not looked at again', {
    skip: noHttpBackend(),
  }, async (t) => {
    const folder = await tempFolder(t);
    const forge = await new FakeForge('github').start(t);
    const git = await gitHttpServer(t, folder);
    // Its repositories are at its own address.
    const served: FakeForge['instead'] = ({ url = '' }) => {
      const path = /^\/acme\/([^/]+)\.git\/(.*)$/.exec(url);
      return path === null ? null : { status: 302, headers: { location: `${git.url}/${path[1]}/.git/${path[2]}` } };
    };
    forge.instead = served;
    const push = async (name: string, files: Record<string, string>, more: object = {}): Promise<void> => {
      const repository = await testRepository(folder, name);
      await repository.commit(files);
      forge.repositories.push({ name: `acme/${name}`, cloneUrl: repository.folder, people: {}, pulls: [], pushedAt: '2026-01-01T00:00:00Z', ...more });
    };
    for (const name of ['one', 'two', 'three']) await push(name, { Jenkinsfile: `echo "of ${name}"` });
    await push('docs', { 'README.md': 'no' });
    await push('old', { Jenkinsfile: 'echo "archived"' }, { archived: true });
    await push('forked', { Jenkinsfile: 'echo "fork"' }, { fork: true });
    const server = await started(t, await databases.make());
    const id = await makeOrganization(server.store, 'acme', { source: { kind: 'github', apiUrl: forge.url, owner: 'acme', forks: false } });
    const first = await scanned(server, id, 1);
    assert.deepEqual([...(await jobsOf(server.store, id)).keys()].sort(), ['one', 'three', 'two'], first.log);
    assert.ok(forge.requests.filter((r) => /\/repos 200$/.test(r)).length > 1, 'page by page');
    const jobs = await jobsOf(server.store, id);
    for (const name of ['one', 'two', 'three']) {
      await scanned(server, jobs.get(name)?.id as number, 1);
      const branches = await jobsOf(server.store, jobs.get(name)?.id as number);
      assert.ok((await built(server, branches.get('main')?.id, 1)).log.includes(`of ${name}\n`));
    }

    // One is pushed to, one is gone, and the forge refuses in between: nothing is lost by that.
    const [one, two] = forge.repositories;
    Object.assign(one ?? {}, { pushedAt: '2026-01-02T00:00:00Z' });
    forge.instead = () => ({ status: 503, body: '' });
    await scanAgain(server.store, id);
    const away = await scanned(server, id, 2);
    assert.equal(away.run.state, 'failure', away.log);
    assert.equal(JSON.parse(away.run.failure ?? '{}').code, 'MR_FORGE_AWAY', away.log);
    assert.ok([...(await jobsOf(server.store, id)).values()].every((job) => job.disabled === 0));
    forge.instead = served;
    forge.repositories.splice(forge.repositories.indexOf(two as never), 1);
    await scanAgain(server.store, id);
    const third = await scanned(server, id, 3);
    assert.match(third.log, /Proposing three: unchanged\n/);
    assert.doesNotMatch(third.log, /Proposing one: unchanged\n/);
    await server.until(async () => (await runsOf(server.store, jobs.get('one')?.id as number)).length === 2);
    const left = (await jobsOf(server.store, id)).get('two');
    assert.ok(left === undefined || left.disabled === 1, third.log);
    await server.stop();
  });
});
