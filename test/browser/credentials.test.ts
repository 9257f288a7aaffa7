/** Credentials on the page, in a real browser, in both languages: what is typed is used by a build and never shown again. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Locale, Visit } from './testing/browser.ts';
import { browserOfFile, until } from './testing/browser.ts';
import { PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': {
    user: 'User',
    password: 'Password',
    none: 'There are no credentials here.',
    add: 'Add credentials',
    id: 'Id',
    yes: 'Add',
    allow: 'Who may use it',
    jobs: 'Jobs',
    change: 'Change deploy',
    save: 'Save',
    uses: 'Uses deploy',
    purpose: 'withCredentials',
    delete: 'Delete deploy',
    deleteYes: 'Delete',
    kind: 'Kind',
    text: 'Secret text',
    secret: 'Secret',
    keys: 'Sealing keys',
    current: 'seals now',
    appId: 'App ID',
    owner: 'Owner',
    privateKey: 'Private key (PEM)',
  },
  'zh-CN': {
    user: '用户名',
    password: '密码',
    none: '这里没有凭据。',
    add: '添加凭据',
    id: 'ID',
    yes: '添加',
    allow: '谁可以使用',
    jobs: '任务',
    change: '修改 deploy',
    save: '保存',
    uses: '使用记录 deploy',
    purpose: 'withCredentials',
    delete: '删除 deploy',
    deleteYes: '删除',
    kind: '类型',
    text: '秘密文本',
    secret: '密文',
    keys: '加密密钥',
    current: '当前使用',
    appId: '应用 ID',
    owner: '所有者',
    privateKey: '私钥（PEM）',
  },
} as const;
const SECRET = 'kept between us';
const SCRIPT = `node {
  withCredentials([usernamePassword(credentialsId: 'deploy', usernameVariable: 'WHO', passwordVariable: 'WORD')]) {
    sh 'test "$WORD" = "kept between us" && echo "it is $WORD of $WHO"'
  }
}`;

for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
  describe(`credentials, ${locale}`, { skip }, () => {
    const t = WORDS[locale];
    let host: PageServer;
    let visit: Visit;
    let page: Page;
    const api = <T>(method: string, path: string, body?: unknown): Promise<T> => host.api(method, path, body);
    const dialog = () => page.getByRole('dialog');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });

    before(async () => {
      host = await PageServer.in('credentials');
      await host.start('--executors', '1');
      visit = await host.visit(browser, '/system/credentials', { locale });
      page = visit.page;
    });
    after(async () => {
      await visit.end();
      await host.stop();
    });

    it('adds a login that a build uses, changes it without typing its password again, and sees who has used it', async () => {
      await page.goto('/system/credentials');
      await page.getByText(t.none).waitFor();
      await visit.accessible('no credentials');
      await button(t.add).click();
      await dialog().getByLabel(t.id, { exact: true }).fill('deploy');
      await dialog().getByLabel(t.user, { exact: true }).fill('robot');
      await dialog().getByLabel(t.password, { exact: true }).fill(SECRET);
      await dialog().getByText(t.allow).click();
      await dialog().getByLabel(t.jobs, { exact: true }).fill('team/**');
      await visit.accessible('add credentials');
      await inDialog(t.yes).click();
      await page.getByRole('row', { name: /deploy/ }).waitFor();
      await button(t.change).click();
      await dialog().getByLabel(t.user, { exact: true }).fill('machine');
      await visit.accessible('change credentials');
      await inDialog(t.save).click();
      await page.getByRole('cell', { name: 'machine', exact: true }).waitFor();
      assert.ok(!(await page.content()).includes(SECRET));
      await api('POST', '/items', { kind: 'folder', name: 'team' });
      const config = { definition: { kind: 'inline', script: SCRIPT }, quietPeriodSeconds: 0 };
      await api('POST', '/items', { kind: 'pipeline', folder: 'team', name: 'app', config });
      await api('POST', '/items/team%2Fapp/builds', {});
      await until(async () => (await api<{ state: string }>('GET', '/items/team%2Fapp/builds/1').catch(() => ({ state: '' }))).state === 'ended');
      const log = await api<string>('GET', '/items/team%2Fapp/builds/1/log');
      assert.match(log, /it is \*\*\*\* of machine/);
      assert.match(log, /Finished: SUCCESS/);
      await page.reload();
      await button(t.uses).click();
      await dialog().getByText('team/app #1').waitFor();
      await dialog().getByRole('cell', { name: t.purpose, exact: true }).waitFor();
      await visit.accessible('uses');
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: t.keys }).waitFor();
      await page.getByText(t.current).waitFor();
    });

    it('adds a secret of a folder on its page, and deletes credentials after asking once', async () => {
      await page.goto('/job/team');
      await page.getByRole('row', { name: /deploy/ }).waitFor();
      await button(t.add).click();
      await dialog().getByLabel(t.id, { exact: true }).fill('word');
      await dialog().getByRole('button', { name: t.kind }).click();
      await page.getByRole('option', { name: t.text }).click();
      await dialog().getByLabel(t.secret, { exact: true }).fill(SECRET);
      await inDialog(t.yes).click();
      await page.getByRole('row', { name: /^word / }).waitFor();
      await visit.accessible('credentials of a folder');
      await page.goto('/system/credentials');
      await button(t.delete).click();
      await inDialog(t.deleteYes).click();
      await page.getByText(t.none).waitFor();
    });

    it('adds a GitHub App, whose key has to be one and is not shown again', async () => {
      await page.goto('/system/credentials');
      await button(t.add).click();
      await dialog().getByLabel(t.id, { exact: true }).fill('acme-app');
      await dialog().getByRole('button', { name: t.kind }).click();
      await page.getByRole('option', { name: 'GitHub App' }).click();
      await dialog().getByLabel(t.appId, { exact: true }).fill('123456');
      await dialog().getByLabel(t.owner, { exact: true }).fill('acme');
      await dialog().getByLabel(t.privateKey, { exact: true }).fill('no key');
      await visit.accessible('add a GitHub App');
      await inDialog(t.yes).click();
      await dialog().getByRole('alert').first().waitFor();
      const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
      await dialog().getByLabel(t.privateKey, { exact: true }).fill(key);
      await inDialog(t.yes).click();
      await page.getByRole('row', { name: /acme-app/ }).waitFor();
      assert.ok(!(await page.content()).includes('PRIVATE KEY'));
      const { shown } = await api<{ shown: Record<string, string> }>('GET', '/credentials/acme-app');
      assert.deepEqual(shown, { appId: '123456', owner: 'acme' });
    });
  });
