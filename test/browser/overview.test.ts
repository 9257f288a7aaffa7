/** What people see over many jobs and builds, in a real browser on a real server, in both languages. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Locale, Visit } from './testing/browser.ts';
import { browserOfFile, until } from './testing/browser.ts';
import { PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': {
    script: 'Pipeline script',
    right: 'No error found.',
    wrong: '1 error',
    missing: /Missing required section "steps"|Expected a step|Unknown stage section/,
    stormy: 'Stormy: 0 of the last 1 builds succeeded',
    sunny: 'Sunny: 1 of the last 1 builds succeeded',
    star: 'Make team/app a favourite',
    unstar: 'team/app is a favourite: take it off',
    favourites: 'Favourites',
    search: 'Name of a job or folder',
    left: /left|longer/,
    live: 'Live',
    guide: 'First steps',
    dismiss: 'Do not show again',
    two: '2 of 4 done',
    addAgent: 'Add an agent',
    addTitle: 'Add an agent',
    build: 'Build now',
    stages: 'Stages',
    stageCell: /Stage Build of #1: Success/,
    tests: /Tests of the last 2 builds; the last: 2 passed, 1 failed/,
    permissions: 'Permissions',
    give: 'Give a role',
    who: 'User',
    name: 'Name',
    create: 'Create',
    taken: 'MR_NAME_TAKEN',
    takeAway: /Take away/,
    here: /here: Developer/,
    priority: /^Priority waits/,
    priorityField: 'Priority of waits #1',
    save: 'Save',
    seven: 'Priority 7',
    settings: 'Settings',
    problem: 'The name is taken.',
    quiet: 'Quiet period where a job says none',
    credentials: 'not to be seen',
  },
  'zh-CN': {
    script: '流水线脚本',
    right: '未发现错误。',
    wrong: '1 个错误',
    missing: /Missing required section "steps"|Expected a step|Unknown stage section/,
    stormy: '雷雨：最近 1 次构建中通过 0 次',
    sunny: '晴：最近 1 次构建中通过 1 次',
    star: '收藏 team/app',
    unstar: '已收藏 team/app，点击取消',
    favourites: '我的收藏',
    search: '任务或文件夹的名称',
    left: /预计还需|比平时/,
    live: '实时',
    guide: '入门',
    dismiss: '不再显示',
    two: '已完成 2 / 4',
    addAgent: '添加代理',
    addTitle: '添加代理',
    build: '立即构建',
    stages: '阶段耗时',
    stageCell: /#1 的阶段 Build：成功/,
    tests: /最近 2 次构建的测试；最近一次：通过 2，失败 1/,
    permissions: '权限',
    give: '授予角色',
    who: '用户',
    name: '名称',
    create: '创建',
    taken: 'MR_NAME_TAKEN',
    takeAway: /撤销/,
    here: /此处: ?/,
    priority: /^优先级 waits/,
    priorityField: 'waits #1 的优先级',
    save: '保存',
    seven: '优先级 7',
    settings: '设置',
    problem: '名称已被占用。',
    quiet: '默认静默期',
    credentials: 'not to be seen',
  },
} as const;

for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
  describe(`the overview, ${locale}`, { skip }, () => {
    const t = WORDS[locale];
    let host: PageServer;
    let visit: Visit;
    let page: Page;

    const api = <T>(method: string, path: string, body?: unknown): Promise<T> => host.api(method, path, body);
    const make = (path: string, script: string): Promise<unknown> => {
      const names = path.split('/');
      const name = names.pop();
      const folder = names.length === 0 ? null : names.join('/');
      return api('POST', '/items', { name, folder, kind: 'pipeline', config: { definition: { kind: 'inline', script }, quietPeriodSeconds: 0 } });
    };
    const ended = (path: string, number: number): Promise<void> =>
      until(async () =>
        (await api<{ entries: { number: number; state: string }[] }>('GET', `/items/${encodeURIComponent(path)}/builds`)).entries.some(
          (b) => b.number === number && b.state === 'ended',
        ),
      );
    const run = async (path: string, number: number): Promise<void> => {
      await api('POST', `/items/${encodeURIComponent(path)}/builds`, {});
      await ended(path, number);
    };

    before(async () => {
      host = await PageServer.in('overview');
      writeFileSync(join(host.home, 'millrace.yaml'), 'env: { API_KEY: not to be seen }\n');
      await host.start('--config', join(host.home, 'millrace.yaml'));
      visit = await host.visit(browser, '/login', { locale });
      page = visit.page;
      await page.getByText(t.live, { exact: true }).waitFor();
    });
    after(async () => {
      await visit.end();
      await host.stop();
    });

    it('leads through the first steps, by what there is, until it is put away', async () => {
      await page.goto('/');
      const guide = page.getByRole('region', { name: t.guide });
      await ended('example', 1);
      await guide.getByText(t.two).waitFor();
      await visit.accessible('home with the guide');
      await guide.getByRole('link', { name: t.addAgent }).click();
      await page.getByRole('heading', { name: t.addTitle }).waitFor();
      await page.goto('/');
      await guide.getByRole('button', { name: t.dismiss }).click();
      await guide.waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('row', { name: /example/ }).waitFor();
      assert.equal(await guide.count(), 0);
    });

    it('tells what is wrong with a script while it is typed, at its line', async () => {
      await page.goto('/new');
      const editor = page.getByRole('textbox', { name: t.script });
      await page.getByText(t.right).waitFor();
      await editor.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText("pipeline {\n  agent any\n  stages {\n    stage('a') { surprise { } }\n  }\n}\n");
      await page.getByText(t.missing).first().waitFor();
      await page.locator('.cm-lint-marker-error').first().waitFor();
      await visit.accessible('a wrong script');
      await editor.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText("echo 'fine'\n");
      await page.getByText(t.right).waitFor();
      await page.locator('.cm-lint-marker-error').waitFor({ state: 'detached' });
    });

    it('shows the weather of jobs, keeps favourites above all, and finds a job by the keyboard', async () => {
      await api('POST', '/items', { name: 'team', kind: 'folder' });
      await make('bad', "error 'no'");
      await make('team/app', "node { input 'Go on?' }");
      await run('bad', 1);
      await page.goto('/');
      await page.getByRole('row', { name: /bad/ }).getByRole('img', { name: t.stormy }).waitFor();
      await page.keyboard.press('/');
      await page.getByRole('combobox', { name: t.search }).waitFor();
      await page.keyboard.type('AP');
      await page.getByRole('option', { name: /team\/app/ }).waitFor();
      await visit.accessible('search');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'app' }).waitFor();
      assert.equal(new URL(page.url()).pathname, '/job/team/job/app');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: t.search }).waitFor();
      await page.keyboard.type('team');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await page.getByRole('combobox', { name: t.search }).waitFor({ state: 'detached' });
      await page.goto('/job/team');
      await page.getByRole('button', { name: t.star }).click();
      await page.getByRole('button', { name: t.unstar }).waitFor();
      await page.goto('/');
      await page.getByRole('heading', { name: t.favourites }).waitFor();
      await page.getByRole('link', { name: 'team/app' }).waitFor();
      await visit.accessible('home with a favourite');
    });

    it('shows how far a running build is, by how long the others took', async () => {
      await make('slow', "node { sh 'sleep 2' }");
      await run('slow', 1);
      await page.goto('/');
      await page.getByRole('row', { name: /slow/ }).getByRole('img', { name: t.sunny }).waitFor();
      await api('POST', '/items/slow/builds', {});
      await page.getByRole('row', { name: /slow/ }).getByText(t.left).waitFor();
      await ended('slow', 2);
    });

    it('shows the times of stages and the trend of tests, and leads to a stage of a build', async () => {
      const report = (failed: number): string =>
        `<testsuite name="s">${Array.from({ length: 3 }, (_, i) => `<testcase classname="c" name="t${i}">${i < failed ? '<failure message="no"/>' : ''}</testcase>`).join('')}</testsuite>`;
      await make(
        'staged',
        `node { stage('Build') { echo 'built' }\n stage('Test') { writeFile file: 'r.xml', text: env.BUILD_NUMBER == '1' ? '${report(0)}' : '${report(1)}'\n junit 'r.xml' } }`,
      );
      await run('staged', 1);
      await run('staged', 2);
      await page.goto('/job/staged');
      await page.getByRole('heading', { name: t.stages, exact: true }).waitFor();
      await page.getByRole('img', { name: t.tests }).waitFor();
      await visit.accessible('a job with stages and tests');
      await page.getByRole('link', { name: t.stageCell }).click();
      await page.getByRole('heading', { name: 'Build', exact: true }).waitFor();
    });

    it('tells who may do what on a job, and gives and takes roles', async () => {
      await api('POST', '/users', { id: 'ann', role: null, password: 'correct horse' });
      await page.goto('/job/staged');
      await page.getByRole('heading', { name: t.permissions }).click();
      await page.getByRole('button', { name: t.give }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t.who, { exact: true }).fill('ann');
      await visit.accessible('give a role');
      await dialog.getByRole('button', { name: t.give }).click();
      const row = page.getByRole('row', { name: /ann/ });
      await row.getByText(t.here).waitFor();
      await visit.accessible('permissions of a job');
      assert.deepEqual((await api<{ grants: unknown }>('GET', '/users/ann')).grants, [{ scope: 'staged', role: 'developer' }]);
      await row.getByRole('button', { name: t.takeAway }).click();
      await page.getByRole('dialog').getByRole('button', { name: t.takeAway }).click();
      await row.waitFor({ state: 'detached' });
    });

    it('changes the priority of what waits', async () => {
      await make('waits', "node('nowhere') { echo 'never' }");
      await api('POST', '/items/waits/builds', {});
      await page.goto('/queue');
      await page.getByRole('button', { name: t.priority }).click();
      await page.getByLabel(t.priorityField).fill('7');
      await visit.accessible('priority');
      await page.getByRole('button', { name: t.save }).click();
      await page.getByText(t.seven).waitFor();
      await api('POST', '/items/waits/builds/1/abort', {});
      await ended('waits', 1);
    });

    it('tells in its language what the server refused, with the code, and keeps what was typed', async () => {
      await page.goto('/new');
      await page.getByLabel(t.name, { exact: true }).fill('staged');
      await page.getByRole('button', { name: t.create }).click();
      await page.getByRole('alert').getByText(t.taken).waitFor();
      if (locale === 'zh-CN') await page.getByRole('alert').getByText(t.problem).waitFor();
      await visit.accessible('a refusal');
      assert.equal(await page.getByLabel(t.name, { exact: true }).inputValue(), 'staged');
    });

    it('shows what the controller was started with, without its secrets', async () => {
      await page.goto('/system');
      await page.getByRole('link', { name: t.settings }).click();
      await page.getByText(t.quiet).waitFor();
      await page.getByText('API_KEY').waitFor();
      await visit.accessible('settings');
      assert.equal(await page.getByText(t.credentials).count(), 0);
    });
  });
