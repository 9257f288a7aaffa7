/** Tokens of GitHub Apps, made at a server that checks what it is shown. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { FakeApp } from '../branches/testing/fake-app.ts';
import { FakeForge } from '../branches/testing/forge-server.ts';
import { buildsOf, jobsOf, makeMultibranch, scanned } from '../branches/testing/multibranch.ts';
import type { CredentialConfig } from '../config/installation.ts';
import { testApi } from '../http/testing/api.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import { GitHubApps } from './github-app.ts';

const START = Date.parse('2026-01-02T03:04:05Z');

describe('credentials of a GitHub App', () => {
  const credential = (app: FakeApp, url: string, more: Record<string, string> = {}) => ({
    id: 'app',
    type: 'gitHubApp',
    description: null,
    fields: { appId: app.id, privateKey: app.privateKey, apiUrl: url, ...more },
  });

  it('are a token of its installation, asked for once and again before it ends', async (t) => {
    let at = START;
    const forge = await new FakeForge('github').start(t);
    forge.app = new FakeApp({ now: () => at });
    const apps = new GitHubApps(() => at);
    const given = credential(forge.app, forge.url);
    const many = await Promise.all([1, 2, 3, 4].map(() => apps.open(given)));
    assert.equal(forge.app.tokens.size, 1, 'however many ask');
    const [first] = many;
    assert.deepEqual(Object.keys(first?.fields ?? {}).sort(), ['appId', 'password', 'username'], 'the key goes nowhere');
    assert.equal(first?.fields['username'], '1234');
    assert.ok(forge.app.knows(first?.fields['password']));
    at += 40 * 60_000;
    assert.equal((await apps.open(given)).fields['password'], first?.fields['password']);
    at += 6 * 60_000;
    const later = await apps.open(given);
    assert.notEqual(later.fields['password'], first?.fields['password']);
    assert.equal(later.identity, first?.identity, 'caches stay');
  });

  it('use what they have where GitHub is away, until that ends', async (t) => {
    let at = START;
    const forge = await new FakeForge('github').start(t);
    forge.app = new FakeApp({ now: () => at });
    const apps = new GitHubApps(() => at);
    const given = credential(forge.app, forge.url);
    const first = await apps.open(given);
    forge.instead = () => ({ status: 502 });
    at += 50 * 60_000;
    assert.equal((await apps.open(given)).fields['password'], first.fields['password']);
    at += 11 * 60_000;
    await assert.rejects(apps.open(given), { code: 'MR_FORGE_AWAY' });
    forge.instead = null;
    assert.ok(forge.app.knows((await apps.open(given)).fields['password']));
  });

  it('are of the owner’s installation, and for the repositories that are named', async (t) => {
    const forge = await new FakeForge('github').start(t);
    const app = new FakeApp({ installations: [1, 2, 3].map((id) => ({ id, login: `team-${id}` })) });
    forge.app = app;
    const apps = new GitHubApps(Date.now);
    await apps.open(credential(app, forge.url, { owner: 'Team-3', repositories: 'team-3/one, two' }));
    assert.deepEqual(app.asked, [{ repositories: ['one', 'two'] }]);
    assert.ok(forge.requests.includes('POST /app/installations/3/access_tokens 201'), forge.requests.join('\n'));
    await assert.rejects(apps.open(credential(app, forge.url)), { code: 'MR_CREDENTIALS_APP', message: /installed at team-1, team-2, team-3/ });
    await assert.rejects(apps.open(credential(app, forge.url, { owner: 'nobody' })), { code: 'MR_CREDENTIALS_APP', message: /its owner is nobody/ });
    app.installations.length = 0;
    await assert.rejects(apps.open(credential(app, forge.url)), { code: 'MR_CREDENTIALS_APP', message: /installed nowhere/ });
  });

  it('say what is wrong with the key, and show nothing of it', async (t) => {
    const forge = await new FakeForge('github').start(t);
    const app = new FakeApp();
    forge.app = app;
    const apps = new GitHubApps(Date.now);
    await assert.rejects(apps.open(credential(app, forge.url, { privateKey: 'no key at all' })), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'MR_CREDENTIALS_APP');
      assert.ok(!error.message.includes('no key at all'));
      return true;
    });
    await assert.rejects(apps.open(credential(app, forge.url, { privateKey: new FakeApp().privateKey })), {
      code: 'MR_CREDENTIALS_APP',
      message: /could not be decoded/,
    });
    await assert.rejects(apps.open(credential(app, forge.url, { appId: '99' })), { code: 'MR_CREDENTIALS_APP', message: /GitHub App 99/ });
  });
});

eachEngine('credentials of a GitHub App', (databases) => {
  it('are made with a real key alone, and it never comes out', async () => {
    const api = await testApi(databases);
    const { privateKey } = new FakeApp();
    const post = (key: string) =>
      api.call('admin', 'POST', 'credentials', { id: 'app', secrets: { type: 'gitHubApp', fields: { appId: '12', owner: 'acme', privateKey: key } } });
    assert.equal((await post('something else')).body.code, 'MR_REQUEST');
    const made = await post(privateKey);
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(made.body.shown, { appId: '12', owner: 'acme' });
    assert.deepEqual(made.body.secrets, ['privateKey']);
    assert.ok(!made.text.includes('BEGIN'));
    await api.close();
  });

  it('check out over HTTPS, bind as user and password, and are masked', { skip: noHttpBackend() }, async (t) => {
    const forge = await new FakeForge('github').start(t);
    const app = new FakeApp();
    forge.app = app;
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({
      Jenkinsfile: `node { checkout scm
        sh 'cat file.txt'
        withCredentials([usernamePassword(credentialsId: 'app', usernameVariable: 'ID', passwordVariable: 'WORD')]) {
          sh 'echo "id=$ID word=$WORD"; printf %s "$WORD" | wc -c'
        } }`,
      'file.txt': 'over https\n',
    });
    // The server knows one token; what the app gives first is that.
    const first = await new GitHubApps(Date.now).open({ id: 'app', type: 'gitHubApp', description: null, fields: fieldsOf(app, forge.url) });
    const password = first.fields['password'] as string;
    app.tokens.clear();
    const http = await gitHttpServer(t, folder, { user: 'x-access-token', password });
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url, installation: () => installation([configured(app, forge.url)]) });
    t.after(() => server.stop());
    const id = await makeMultibranch(server.store, 'team', { sources: [{ kind: 'git', url: `${http.url}/app/.git`, credentialsId: 'app' }] });
    const { log } = await scanned(server, id, 1);
    const main = (await jobsOf(server.store, id)).get('main')?.id as number;
    assert.notEqual(main, undefined, log);
    await server.until(async () => (await buildsOf(server.store, main)).length === 1);
    const ended = await server.ended((await buildsOf(server.store, main))[0]?.id as number);
    assert.equal(ended.result, 'SUCCESS', ended.log);
    assert.ok(ended.log.includes('over https'), ended.log);
    assert.ok(ended.log.includes('id=1234 word=****'), ended.log);
    assert.ok(ended.log.includes(`\n${password.length}\n`), ended.log);
    assert.ok(!ended.log.includes(password));
    await server.stop();
  });
});

function fieldsOf(app: FakeApp, apiUrl: string): Record<string, string> {
  return { appId: app.id, privateKey: app.privateKey, apiUrl };
}
function configured(app: FakeApp, apiUrl: string): CredentialConfig {
  return { id: 'app', type: 'gitHubApp', description: null, fields: fieldsOf(app, apiUrl) };
}
function installation(credentials: readonly CredentialConfig[]) {
  return testInstallation({ credentials });
}
