/** Templates on the page, in a real browser, in both languages: a job by the generated form, what is wrong at its field, another version. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { freePort, StartedServer } from '../../packages/cli/test/started-server.ts';
import type { TestRepository } from '../../packages/protocol/src/git/testing/git-servers.ts';
import { testRepository } from '../../packages/protocol/src/git/testing/git-servers.ts';
import type { Locale } from './testing/browser.ts';
import { openBrowser, until, Visit } from './testing/browser.ts';

const browser = await openBrowser();
const skip = typeof browser === 'string' ? browser : false;
after(async () => {
  if (typeof browser !== 'string') await browser.close();
});

const COMMAND = join(import.meta.dirname, '../../packages/cli/bin/millrace.js');
const PASSWORD = 'a long enough secret';
const WORDS = {
  'en-US': {
    user: 'User',
    password: 'Password',
    signIn: 'Sign in',
    title: 'Templates',
    greeting: 'A greeting',
    newJob: 'New job',
    name: 'Name',
    who: 'Who',
    times: 'How often',
    loud: 'Loudly',
    mood: 'Mood',
    group: 'More',
    create: 'Create',
    version: 'Version',
    tryAll: 'Try with all jobs',
    move: 'Move 1 job',
    node: 'Node service',
    save: 'Save',
  },
  'zh-CN': {
    user: '用户名',
    password: '密码',
    signIn: '登录',
    title: '模板',
    greeting: '问候',
    newJob: '新建任务',
    name: '名称',
    who: '对谁',
    times: '次数',
    loud: '大声',
    mood: '心情',
    group: '更多',
    create: '创建',
    version: '版本',
    tryAll: '在所有任务上试用',
    move: '更新 1 个任务',
    node: 'Node 服务',
    save: '保存',
  },
} as const;

const YAML = `title: {en: A greeting, zh-CN: 问候}
entry: greet
parameters:
  type: object
  required: [who]
  properties:
    who: {type: string, title: {en: Who, zh-CN: 对谁}, pattern: '^[a-z]+$'}
    times: {type: integer, minimum: 1, maximum: 3, default: 1, title: {en: How often, zh-CN: 次数}}
    loud: {type: boolean, default: false, title: {en: Loudly, zh-CN: 大声}}
    more:
      type: object
      title: {en: More, zh-CN: 更多}
      properties:
        mood: {type: string, enum: [good, bad], default: good, title: {en: Mood, zh-CN: 心情}}
`;
const GREET = `def call(Map p) { echo "hello \${p.who} \${p.times} \${p.loud} \${p.more.mood}" }`;

for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
  describe(`templates, ${locale}`, { skip }, () => {
    const t = WORDS[locale];
    let home: string;
    let server: StartedServer;
    let visit: Visit;
    let page: Page;
    let library: TestRepository;
    const api = async <T>(method: string, path: string, body?: unknown, word = PASSWORD): Promise<T> => {
      const answer = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Basic ${btoa(`admin:${word}`)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
      return (text === '' || !/json/.test(answer.headers.get('content-type') ?? '') ? text : JSON.parse(text)) as T;
    };
    const button = (name: string) => page.getByRole('button', { name, exact: true });

    before(async () => {
      home = mkdtempSync(join(tmpdir(), 'millrace-templates-'));
      library = await testRepository(home, 'library');
      await library.commit({ 'templates/greeting/template.yaml': YAML, 'vars/greet.groovy': GREET });
      await library.git(['tag', 'v1']);
      mkdirSync(join(home, 'broken/templates/bad'), { recursive: true });
      writeFileSync(join(home, 'broken/templates/bad/template.yaml'), 'title: x');
      const config = join(home, 'millrace.yaml');
      writeFileSync(config, `libraries:\n  - {name: lib, git: ${join(home, 'library')}, version: v1}\n  - {name: broken, path: ${join(home, 'broken')}}\n`);
      server = new StartedServer(home, await freePort());
      await server.start(/ is up: /, [process.execPath, COMMAND, 'up', '-c', config, '--executors', '1']);
      await api('POST', '/password', { old: server.firstPassword, new: PASSWORD }, server.firstPassword);
      visit = await Visit.begin(browser as Browser, server.url, { locale });
      page = visit.page;
      await page.goto('/templates');
      await page.getByLabel(t.user).fill('admin');
      await page.getByLabel(t.password, { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t.signIn }).click();
      await page.locator('header.top').waitFor();
    });
    after(async () => {
      await visit.end();
      await server.kill('SIGTERM');
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    });

    it('makes a job by the form of its template, and says what is wrong at its field', async () => {
      await page.getByRole('heading', { name: t.title, exact: true }).waitFor();
      await page.getByText('MR_TEMPLATE_INVALID').waitFor();
      await page.getByRole('link', { name: t.node }).waitFor();
      await visit.accessible('templates');
      await page.getByRole('link', { name: t.greeting }).click();
      await page.getByRole('link', { name: t.newJob }).click();
      await page.getByLabel(t.who, { exact: true }).waitFor();
      await page.getByRole('group', { name: t.group }).waitFor();
      await visit.accessible('the form of a template');
      await page.getByLabel(t.name, { exact: true }).fill('hello');
      await page.getByLabel(t.who, { exact: true }).fill('Nobody!');
      await page.getByLabel(t.times, { exact: true }).fill('2');
      await page.getByText(t.loud).click();
      await button(t.create).click();
      await until(async () => (await page.getByLabel(t.who, { exact: true }).getAttribute('aria-invalid')) === 'true');
      await visit.accessible('what is wrong');
      await page.getByLabel(t.who, { exact: true }).fill('you');
      await button(t.create).click();
      await page.waitForURL('**/job/hello');
      const { config } = await api<{ config: { definition: { parameters: object } } }>('GET', '/items/hello');
      assert.deepEqual(config.definition.parameters, { who: 'you', times: 2, loud: true });
      await api('POST', '/items/hello/builds', {});
      await until(async () => (await api<{ state: string }>('GET', '/items/hello/builds/1').catch(() => ({ state: '' }))).state === 'ended');
      assert.match(await api<string>('GET', '/items/hello/builds/1/log'), /hello you 2 true good\n/);
      await page.goto('/job/hello/configure');
      await page.getByLabel(t.times, { exact: true }).fill('3');
      await button(t.save).click();
      await page.waitForURL('**/job/hello');
    });

    it('tries another version on the jobs of a template, and moves those that fit it', async () => {
      await library.commit({ 'templates/greeting/template.yaml': YAML.replace('maximum: 3', 'maximum: 2') });
      await library.git(['tag', 'v2']);
      await library.git(['tag', 'v3', 'v1']);
      await page.goto('/templates/lib/greeting');
      await page.getByRole('row', { name: /hello/ }).waitFor();
      await page.getByLabel(t.version, { exact: true }).fill('v2');
      await button(t.tryAll).click();
      await page.getByRole('cell', { name: /times/ }).waitFor();
      await visit.accessible('a template');
      await page.getByLabel(t.version, { exact: true }).fill('v3');
      await button(t.tryAll).click();
      await button(t.move).click();
      await page.getByRole('cell', { name: 'v3', exact: true }).waitFor();
    });
  });
