/** A multibranch job on the page, in a real browser, of a real repository, in both languages. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Locale, Visit } from './testing/browser.ts';
import { browserOfFile } from './testing/browser.ts';
import { PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': {
    name: 'Name',
    kind: /Kind/,
    multibranch: 'Multibranch pipeline',
    organization: 'Organization folder',
    url: 'Address of the repository',
    create: 'Create',
    scans: 'Scans',
    done: 'Done',
    log: 'Log',
    scanNow: 'Scan now',
    failed: 'Failed',
    branch: 'Branch feature/x',
    configure: 'Configure',
    includes: 'Names that are taken',
    save: 'Save',
    tell: 'Tell the forge how builds go',
    context: 'Name of the status (empty: the usual one)',
    checksName: 'Name of the check',
    neutral: 'Unstable builds are neutral',
  },
  'zh-CN': {
    name: '名称',
    kind: /类型/,
    multibranch: '多分支流水线',
    organization: '组织文件夹',
    url: '仓库地址',
    create: '创建',
    scans: '扫描',
    done: '完成',
    log: '日志',
    scanNow: '立即扫描',
    failed: '失败',
    branch: '分支 feature/x',
    configure: '配置',
    includes: '包含的名称',
    save: '保存',
    tell: '把构建结果告知代码平台',
    context: '状态名称（留空使用默认名称）',
    checksName: '检查的名称',
    neutral: '不稳定的构建显示为中性',
  },
} as const;

for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
  describe(`branches on the page, ${locale}`, { skip }, () => {
    const t = WORDS[locale];
    let host: PageServer;
    let visit: Visit;
    let page: Page;
    const button = (name: string) => page.getByRole('button', { name, exact: true });

    before(async () => {
      host = await PageServer.in('branches');
      const repository = join(host.home, 'app');
      mkdirSync(repository);
      const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], { cwd: repository });
      git('init', '-q', '--initial-branch=main');
      writeFileSync(join(repository, 'Jenkinsfile'), 'echo "built"');
      git('add', '-A');
      git('commit', '-q', '-m', 'one');
      git('branch', 'feature/x');
      await host.start();
      visit = await host.visit(browser, '/new', { locale });
      page = visit.page;
    });
    after(async () => {
      await visit.end();
      await host.stop();
    });

    it('makes one, sees its branches come, and reads the log of the scan', async () => {
      await page.goto('/new');
      await page.getByLabel(t.name, { exact: true }).fill('all');
      await page.getByRole('button', { name: t.kind }).click();
      await page.getByRole('option', { name: t.organization }).click();
      await visit.accessible('a new organization folder');
      await page.getByRole('button', { name: t.kind }).first().click();
      await page.getByRole('option', { name: t.multibranch }).click();
      await page.getByLabel(t.url, { exact: true }).fill(join(host.home, 'app'));
      await visit.accessible('a new multibranch job');
      await button(t.create).click();
      await page.getByRole('link', { name: 'feature%2Fx' }).waitFor();
      const row = page.getByRole('row').filter({ hasText: t.done });
      await row.first().waitFor();
      await row.first().getByRole('button', { name: t.log }).click();
      await page.getByText('Scheduled build for branch: feature/x').waitFor();
      await visit.accessible('a multibranch job with the log of its scan');
      await page.getByRole('link', { name: 'feature%2Fx' }).click();
      await page.getByText(t.branch).waitFor();
      await page.getByRole('link', { name: '#1' }).first().waitFor();
      await visit.accessible('the job of a branch');
      assert.equal(await page.getByRole('link', { name: t.configure, exact: true }).count(), 0);
    });

    it('changes what it takes, and is told why a scan fails', async () => {
      await page.goto('/job/all/configure');
      await page.getByLabel(t.includes, { exact: true }).fill('main');
      await visit.accessible('configuring a multibranch job');
      await button(t.save).click();
      await page.getByText(t.scans, { exact: true }).first().waitFor();
      await page.getByRole('link', { name: 'feature%2Fx' }).waitFor({ state: 'detached' });
      rmSync(join(host.home, 'app'), { recursive: true });
      await button(t.scanNow).click();
      await page
        .getByText(/MR_GIT_AWAY/)
        .first()
        .waitFor();
      await page.getByRole('link', { name: 'main', exact: true }).waitFor();
    });

    it('says what is told at the commit, of branches and of a job that is none', async () => {
      const config = { definition: { kind: 'git', url: 'https://github.com/team/app.git', branch: 'main' } };
      await host.api('POST', '/items', { kind: 'pipeline', name: 'single', config });
      await page.goto('/job/single/configure');
      await page.getByText(t.tell, { exact: true }).click();
      await page.getByLabel(t.context, { exact: true }).fill('ci/single');
      await visit.accessible('what a job tells at its commit');
      await button(t.save).click();
      await page.waitForURL('**/job/single');
      const single = await host.api<{ config: { commitStatus: unknown } }>('GET', '/items/single');
      assert.deepEqual(single.config.commitStatus, { forge: null, apiUrl: null, credentialsId: null, context: 'ci/single' });

      await page.goto('/job/all/configure');
      await page.getByLabel(t.checksName, { exact: true }).fill('build');
      await page.getByText(t.neutral, { exact: true }).click();
      await button(t.save).click();
      await page.waitForURL('**/job/all');
      const { checks } = (await host.api<{ config: { checks: { name: string; unstable: string } } }>('GET', '/items/all')).config;
      assert.deepEqual([checks.name, checks.unstable], ['build', 'neutral']);
    });
  });
