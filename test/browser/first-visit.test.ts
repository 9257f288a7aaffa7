/** What somebody does who knows Jenkins and has read nothing, in a real browser on a real server, in both languages. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort, StartedServer } from '../../packages/cli/test/started-server.ts';
import type { Locale } from './testing/browser.ts';
import { browserOfFile, Visit } from './testing/browser.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': {
    user: 'User',
    password: 'Password',
    signIn: 'Sign in',
    old: 'Present password',
    new: 'New password',
    change: 'Change the password',
    newJob: 'New job',
    name: 'Name',
    script: 'Pipeline script',
    create: 'Create',
    build: 'Build now',
    console: 'Console',
    success: 'Success',
    failed: 'Failed',
    noBuilds: 'It has not been built yet.',
    live: 'Live',
    info: 'Details',
    abort: 'Abort',
  },
  'zh-CN': {
    user: '用户名',
    password: '密码',
    signIn: '登录',
    old: '当前密码',
    new: '新密码',
    change: '修改密码',
    newJob: '新建任务',
    name: '名称',
    script: '流水线脚本',
    create: '创建',
    build: '立即构建',
    console: '控制台',
    success: '成功',
    failed: '失败',
    noBuilds: '还没有构建过。',
    live: '实时',
    info: '详情',
    abort: '中止',
  },
} as const;

const SCRIPT = `pipeline {
  agent any
  parameters { string(name: 'WHO', defaultValue: 'nobody', description: 'whom to greet'); choice(name: 'HOW', choices: ['well', 'badly']) }
  stages {
    stage('Greet') { steps { echo "Hello \${params.WHO}" } }
    stage('Ask') { steps { input message: 'Deploy it?', ok: 'Deploy' } }
    stage('Do') { steps { sh "[ \${params.HOW} = well ] || { echo the disk is full; exit 3; }" } }
  }
}`;

for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
  describe(`a first visit, ${locale}`, { skip }, () => {
    const t = WORDS[locale];
    const PASSWORD = 'a long enough secret';
    let home: string;
    let server: StartedServer;
    let visit: Visit;
    before(async () => {
      home = mkdtempSync(join(tmpdir(), 'millrace-page-'));
      server = new StartedServer(home, await freePort());
      await server.start();
      visit = await Visit.begin(browser, server.url, { locale });
    });
    after(async () => {
      await visit.end();
      await server.kill('SIGTERM');
      rmSync(home, { recursive: true, force: true });
    });

    it('signs in with the password that the start has printed, chooses another one and sees the example green', async () => {
      const { page } = visit;
      await page.goto('/');
      await visit.accessible('login');
      await page.getByLabel(t.user).fill('admin');
      await page.getByLabel(t.password, { exact: true }).fill(server.firstPassword);
      await page.getByRole('button', { name: t.signIn }).click();
      await page.getByLabel(t.old).fill(server.firstPassword);
      await page.getByLabel(t.new).fill(PASSWORD);
      await page.getByRole('button', { name: t.change }).click();
      await page
        .getByRole('row', { name: /example/ })
        .getByRole('img', { name: t.success })
        .waitFor();
      await page.getByText(t.live, { exact: true }).waitFor();
      await visit.accessible('home');
    });

    it('creates a pipeline, whose parameters are known after its first build', async () => {
      const { page } = visit;
      await page.locator('a.button.main', { hasText: t.newJob }).click();
      await page.getByLabel(t.name, { exact: true }).fill('deploy');
      const editor = page.getByRole('textbox', { name: t.script });
      await editor.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(SCRIPT);
      await visit.accessible('new job');
      await page.getByRole('button', { name: t.create }).click();
      await page.getByText(t.noBuilds).waitFor();
      await page.getByRole('button', { name: t.build }).click();
      await page.getByRole('link', { name: '#1', exact: true }).first().click();
      await page.getByRole('button', { name: 'Deploy' }).click();
      await page.locator('.status-text').getByText(t.success).waitFor();
    });

    it('runs it with parameters, approves the input, and finds why it failed', async () => {
      const { page } = visit;
      await page.goto('/job/deploy/');
      await page.getByRole('button', { name: t.build }).click();
      await page.getByLabel('WHO').fill('<b>world</b>');
      await page.getByRole('button', { name: /HOW/ }).click();
      await page.getByRole('option', { name: 'badly' }).click();
      await page.getByRole('dialog').getByRole('button', { name: t.build }).click();
      await page.getByRole('link', { name: '#2', exact: true }).first().click();
      await page.getByRole('button', { name: 'Deploy' }).waitFor();
      await visit.accessible('a build that waits');
      await page.getByRole('button', { name: 'Deploy' }).click();
      await page.locator('.status-text').getByText(t.failed).waitFor();
      // The stage that failed is shown, with the step's own words.
      await page.getByText('the disk is full', { exact: true }).waitFor();
      await page.getByText('script returned exit code 3').first().waitFor();
      await visit.accessible('a failed build');
      await page.getByRole('link', { name: t.console }).click();
      await page.getByText('Hello <b>world</b>').waitFor();
      await page.getByText('Finished: FAILURE').waitFor();
      await visit.accessible('console');
      await page.getByRole('link', { name: t.info }).click();
      await page.getByText('<b>world</b>').waitFor();
    });

    it('sees a build go on by itself while the server is killed and started again', async () => {
      const { page } = visit;
      await page.goto('/job/deploy/');
      await page.getByRole('button', { name: t.build }).click();
      await page.getByRole('dialog').getByRole('button', { name: t.build }).click();
      await page.getByRole('link', { name: '#3', exact: true }).first().click();
      await page.getByRole('button', { name: 'Deploy' }).waitFor();
      await server.kill('SIGKILL');
      await page.locator('.live-behind').waitFor();
      await server.start();
      await page.locator('.live-live').waitFor();
      await page.getByRole('button', { name: 'Deploy' }).click();
      await page.locator('.status-text').getByText(t.success).waitFor();
    });

    it('comes back to the same place where the session is over', async () => {
      const { page } = visit;
      await page.goto('/job/deploy/2/');
      await page.locator('.status-text').waitFor();
      await visit.context.clearCookies();
      await page.reload();
      await page.getByLabel(t.user).fill('admin');
      await page.getByLabel(t.password, { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t.signIn }).click();
      await page.locator('.status-text').getByText(t.failed).waitFor();
      assert.equal(new URL(page.url()).pathname, '/job/deploy/2/');
    });
  });
