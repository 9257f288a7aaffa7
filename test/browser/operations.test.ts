/** What operators do on the page, in a real browser, on a real server with a real agent, in both languages. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Locale } from './testing/browser.ts';
import { browserOfFile, until, Visit } from './testing/browser.ts';
import { COMMAND, PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

/** Nobody listens there. */
const CLOUD = `clouds:
  - kind: kubernetes
    name: far-away
    server: https://127.0.0.1:9
    token: none
    namespace: builds
    agentImage: registry.example/millrace:1
    url: http://127.0.0.1:1
    cap: 7
    templates:
      - { name: maven, labels: [maven], containers: [{ name: maven, image: maven }] }
`;

const WORDS = {
  'en-US': {
    user: 'User',
    signIn: 'Sign in',
    noNodes: 'There is no node: nothing can run. Add an agent, or configure a cloud.',
    addAgent: 'Add an agent',
    name: 'Name',
    labels: 'Labels',
    add: 'Add',
    secret: 'Secret',
    command: 'the command',
    copy: 'Copy Secret',
    copied: '✓ Copied',
    waitsFor: 'linux-1 has not connected yet.',
    connected: 'linux-1 is connected.',
    done: 'Done',
    online: 'Online',
    nothingWaits: 'Nothing waits: every build that was started has what it needs.',
    noLabel: 'There are no nodes with the label ‘gpu’',
    timeline: 'Timeline (1)',
    takeOut: 'Take out gpu #1',
    takeOutYes: 'Take it out',
    takeOffline: 'Take offline',
    offlineWhy: 'Why (shown to all)',
    offline: 'Taken offline',
    by: 'by admin',
    bringOnline: 'Bring online',
    edit: 'Edit',
    env: 'Environment variables',
    envWrong: 'Line 2 is not of the form KEY=value.',
    save: 'Save',
    changed: 'MR_REVISION',
    cancel: 'Cancel',
    machine: 'Operating system',
    addUser: 'Add a user',
    firstPassword: 'First password',
    mustChange: 'The password has to be changed at the first login',
    addRole: 'Add a role',
    scope: 'Folder or job',
    users: 'Users',
    audit: 'Audit log',
    account: 'My account',
    controllers: 'Controllers',
    drain: 'Drain',
    mainNav: 'Parts of the system',
    createToken: 'Create a token',
    create: 'Create',
    token: 'Token',
    deleteToken: 'Delete nightly',
    delete: 'Delete',
    noTokens: 'You have none.',
    action: 'Action',
    filter: 'Filter',
    noCloud: 'No cloud is configured.',
    check: 'Test the connection',
    fails: 'It does not work.',
    configuration: /millrace\.yaml\), and cannot be changed here/,
  },
  'zh-CN': {
    user: '用户名',
    signIn: '登录',
    noNodes: '还没有节点，无法运行任何构建。请添加代理，或配置云。',
    addAgent: '添加代理',
    name: '名称',
    labels: '标签',
    add: '添加',
    secret: '密钥',
    command: '启动命令',
    copy: '复制 密钥',
    copied: '✓ 已复制',
    waitsFor: 'linux-1 尚未连接。',
    connected: 'linux-1 已连接。',
    done: '完成',
    online: '在线',
    nothingWaits: '没有任务在排队：所有已触发的构建都已得到所需资源。',
    noLabel: '没有带标签‘gpu’的节点',
    timeline: '时间线（1 条）',
    takeOut: '移出队列 gpu #1',
    takeOutYes: '移出队列',
    takeOffline: '置为离线',
    offlineWhy: '原因（所有人可见）',
    offline: '已置为离线',
    by: '操作者：admin',
    bringOnline: '重新上线',
    edit: '编辑',
    env: '环境变量',
    envWrong: '第 2 行不是 KEY=value 的形式。',
    save: '保存',
    changed: 'MR_REVISION',
    cancel: '取消',
    machine: '操作系统',
    addUser: '添加用户',
    firstPassword: '初始密码',
    mustChange: '首次登录时必须修改密码',
    addRole: '添加角色',
    scope: '文件夹或任务',
    users: '用户',
    audit: '审计日志',
    account: '我的账号',
    controllers: '控制器',
    drain: '排空',
    mainNav: '系统的各部分',
    createToken: '创建令牌',
    create: '创建',
    token: '令牌',
    deleteToken: '删除 nightly',
    delete: '删除',
    noTokens: '您还没有令牌。',
    action: '操作',
    filter: '筛选',
    noCloud: '尚未配置云。',
    check: '测试连接',
    fails: '连接失败。',
    configuration: /millrace\.yaml），不能在此修改/,
  },
} as const;

/** On a server whose clouds cannot be reached, and on one without any. */
for (const [locale, config] of [
  ['en-US', CLOUD],
  ['zh-CN', ''],
] satisfies [Locale, string][])
  describe(`operations, ${locale}`, { skip }, () => {
    const t = WORDS[locale];
    let host: PageServer;
    let visit: Visit;
    let page: Page;
    let agent: ChildProcess | null = null;

    const api = <T>(method: string, path: string, body?: unknown, authorization?: string): Promise<T> => host.api(method, path, body, authorization);
    const start = async (name: string, script: string): Promise<void> => {
      await api('POST', '/items', { name, kind: 'pipeline', config: { definition: { kind: 'inline', script }, quietPeriodSeconds: 0 } });
      await api('POST', `/items/${name}/builds`, {});
    };
    const button = (name: string, on: Page = page) => on.getByRole('button', { name, exact: true });
    const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });

    before(async () => {
      host = await PageServer.in('operations');
      writeFileSync(join(host.home, 'millrace.yaml'), config);
      await host.start('--executors', '0', '--config', join(host.home, 'millrace.yaml'));
      // Of the first start: it waits here for a node.
      await until(async () => (await api('DELETE', '/items/example?abort=true')) === null);
      visit = await host.visit(browser, '/nodes', { locale });
      page = visit.page;
      await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.url });
    });
    after(async () => {
      await visit.end();
      if (agent !== null && agent.exitCode === null) {
        agent.kill('SIGTERM');
        await once(agent, 'exit');
      }
      await host.stop();
    });

    it('adds an agent, starts it by what the page tells, and is told that it has connected', async () => {
      await page.goto('/nodes');
      // A cloud has its own at once.
      if (config === '') {
        await page.getByText(t.noNodes).waitFor();
        await visit.accessible('no nodes');
      }
      await button(t.addAgent).click();
      await page.getByLabel(t.name, { exact: true }).fill('linux-1');
      await page.getByLabel(t.labels, { exact: true }).fill('linux, x64');
      await visit.accessible('add an agent');
      await button(t.add).click();
      await page.getByText(t.waitsFor).waitFor();
      await button(t.copy).click();
      await page.getByText(t.copied).waitFor();
      const secret = await page.getByRole('textbox', { name: t.secret, exact: true }).inputValue();
      assert.equal(await page.evaluate(() => (navigator as unknown as { clipboard: { readText(): Promise<string> } }).clipboard.readText()), secret);
      const command = await page.getByRole('textbox', { name: t.command, exact: true }).inputValue();
      await visit.accessible('the secret of an agent');
      const folder = join(host.home, 'machine');
      mkdirSync(folder);
      writeFileSync(join(folder, 'agent.secret'), `${secret}\n`, { mode: 0o600 });
      const [program, ...words] = command.split(' ');
      assert.equal(program, 'millrace');
      agent = spawn(process.execPath, [COMMAND, ...words, '--root', join(folder, 'root')], { cwd: folder, stdio: 'ignore' });
      await page.getByText(t.connected).waitFor();
      await button(t.done).click();
      const row = page.getByRole('row', { name: /linux-1/ });
      await row.getByText(t.online).waitFor();
      await row.getByText('x64').waitFor();
      await visit.accessible('nodes');
    });

    it('sees why a build waits, with its timeline, and takes it out of the queue', async () => {
      await page.goto('/queue');
      await page.getByText(t.nothingWaits).waitFor();
      await visit.accessible('an empty queue');
      await start('gpu', "node('gpu') { echo 'never' }");
      await page.getByRole('row').filter({ hasText: 'gpu #1' }).getByText(t.noLabel).waitFor();
      await page.getByText(t.timeline).click();
      await page.locator('details').getByRole('cell', { name: t.noLabel, exact: true }).waitFor();
      await visit.accessible('queue');
      await button(t.takeOut).click();
      await visit.accessible('take out of the queue');
      await inDialog(t.takeOutYes).click();
      await page.getByText(t.nothingWaits).waitFor();
      await until(async () => (await api<{ result: string | null }>('GET', '/items/gpu/builds/1')).result === 'FAILURE');
    });

    it('takes a node offline with a message, and sees its build run as soon as it is back', async () => {
      await page.goto('/nodes/linux-1');
      await page.getByText(t.machine, { exact: true }).waitFor();
      await button(t.takeOffline).click();
      await page.getByLabel(t.offlineWhy).fill('A <b>new disk</b>');
      await visit.accessible('take offline');
      await inDialog(t.takeOffline).click();
      await page.getByText(t.offline, { exact: true }).waitFor();
      await page.getByText('A <b>new disk</b>', { exact: true }).waitFor();
      await page.getByText(t.by).waitFor();
      await start('held', "node('linux') { input 'Go on?' }");
      await page.goto('/queue');
      await page
        .getByRole('row', { name: /held #1/ })
        .getByText(/‘linux-1’ ?(is offline|is not accepting tasks|离线|不接受任务)/)
        .waitFor();
      await page.goto('/nodes/linux-1');
      await button(t.bringOnline).click();
      await page.getByText(t.online, { exact: true }).waitFor();
      await page
        .getByRole('row', { name: /held #1/ })
        .getByText(/workspace\/held/)
        .waitFor();
      await visit.accessible('a node');
      await api('POST', '/items/held/builds/1/abort', {});
      await page.getByRole('row', { name: /held #1/ }).waitFor({ state: 'detached' });
    });

    it('changes labels and variables, and does not overwrite what somebody else has changed meanwhile', async () => {
      await page.goto('/nodes/linux-1');
      await button(t.edit).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t.env).fill('A=1\nnonsense');
      await dialog.getByText(t.envWrong).waitFor();
      await visit.accessible('settings of a node');
      await dialog.getByLabel(t.env).fill('A=1\nGREETING=a = b');
      await dialog.getByLabel(t.labels, { exact: true }).fill('linux big');
      await inDialog(t.save).click();
      await page.getByText('GREETING=a = b').waitFor();
      await page.getByText('big', { exact: true }).waitFor();
      await button(t.edit).click();
      await api('PATCH', '/nodes/linux-1', { labels: ['linux', 'elsewhere'] });
      await inDialog(t.save).click();
      await dialog.getByText(t.changed).waitFor();
      await inDialog(t.cancel).click();
      await page.getByText('elsewhere', { exact: true }).waitFor();
    });

    it('makes a user with a role in a folder, who is offered what the role may', async () => {
      await page.goto('/system/users');
      await button(t.addUser).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t.user, { exact: true }).fill('ann');
      await dialog.getByLabel(t.firstPassword).fill('correct horse');
      await dialog.getByText(t.mustChange).click();
      await visit.accessible('add a user');
      await inDialog(t.add).click();
      await visit.accessible('users');
      await page.getByRole('link', { name: 'ann', exact: true }).click();
      await button(t.addRole).click();
      await page.getByLabel(t.scope, { exact: true }).last().fill('team');
      await visit.accessible('a user');
      await page.getByRole('button', { name: t.save }).last().click();
      await until(async () => (await api<{ grants: unknown[] }>('GET', '/users/ann')).grants.length === 1);

      const hers = await Visit.begin(browser, host.url, { locale });
      await hers.page.goto('/nodes');
      await host.signIn(hers.page, locale, { user: 'ann', password: 'correct horse' });
      await hers.page.getByRole('link', { name: 'linux-1' }).waitFor();
      assert.equal(await button(t.addAgent, hers.page).count(), 0);
      await hers.page.goto('/system/users');
      await hers.page.getByRole('heading', { name: t.account }).waitFor();
      assert.deepEqual(await hers.page.getByRole('navigation', { name: t.mainNav }).getByRole('link').allTextContents(), [t.controllers, t.account]);
      await hers.page.getByText('team', { exact: true }).waitFor();
      await hers.end();
    });

    it('makes an API token, whose value is shown once, and ends it', async () => {
      await page.goto('/system/account');
      await page.getByText(t.noTokens).waitFor();
      await button(t.createToken).click();
      await page.getByRole('dialog').getByLabel(t.name, { exact: true }).fill('nightly');
      await visit.accessible('create a token');
      await inDialog(t.create).click();
      const value = await page.getByRole('textbox', { name: t.token, exact: true }).inputValue();
      assert.equal((await api<{ user: string }>('GET', '/whoami', undefined, `Bearer ${value}`)).user, 'admin');
      await visit.accessible('account');
      await page.reload();
      await button(t.deleteToken).click();
      assert.equal(await page.getByText(value).count(), 0);
      await inDialog(t.delete).click();
      await page.getByText(t.noTokens).waitFor();
      await assert.rejects(api('GET', '/whoami', undefined, `Bearer ${value}`), /401/);
    });

    it('finds in the audit log who did it', async () => {
      await page.goto('/system/audit');
      await page.getByRole('row', { name: /node\.create/ }).waitFor();
      await visit.accessible('audit log');
      await page.getByLabel(t.action, { exact: true }).fill('user.create');
      await button(t.filter).click();
      await page.getByRole('row', { name: /node\.create/ }).waitFor({ state: 'detached' });
      await page.getByRole('row', { name: /user\.create ann/ }).waitFor();
      assert.equal(new URL(page.url()).search, '?action=user.create');
    });

    it('sees the controllers, their duties, and where settings are', async () => {
      await page.goto('/system');
      await page
        .getByRole('row', { name: /scheduler/ })
        .first()
        .waitFor();
      await page.getByText(t.configuration).waitFor();
      await page.getByRole('button', { name: new RegExp(`^${t.drain} `) }).waitFor();
      await visit.accessible('system');
    });

    if (config === '')
      it('is told how to configure a cloud', async () => {
        await page.goto('/clouds');
        await page.getByText(t.noCloud).waitFor();
        assert.match(await page.getByRole('textbox', { name: 'millrace.yaml' }).inputValue(), /kind: kubernetes/);
        await visit.accessible('no clouds');
      });
    else
      it('sees what a cloud has been asked for, and that it cannot be reached', async () => {
        await start('pod', "node('maven') { echo 'never' }");
        await page.goto('/clouds');
        await page
          .getByRole('row', { name: /pod #1/ })
          .getByText(/far-away/)
          .first()
          .waitFor();
        await page.getByRole('button', { name: t.check }).click();
        await page.getByText(t.fails).waitFor();
        await page.locator('.check-cloud').getByText('MR_CLOUD_AWAY').waitFor();
        await visit.accessible('clouds');
      });

    it('is as readable in the dark and on a phone', async () => {
      const dark = await host.visit(browser, '/nodes', { locale, dark: true, phone: true });
      for (const address of [
        '/queue',
        '/nodes',
        '/nodes/linux-1',
        '/clouds',
        '/system',
        '/system/users',
        '/system/users/ann',
        '/system/audit',
        '/system/account',
      ]) {
        await dark.page.goto(address);
        await dark.page.locator('h1').waitFor();
        await dark.page.locator('.loading').first().waitFor({ state: 'detached' });
        await dark.accessible(`${address}, dark`);
      }
      await dark.end();
    });
  });
