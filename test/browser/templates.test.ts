/** Templates on the page, in a real browser, in both languages: a job by the generated form, what is wrong at its field, another version. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestRepository } from '../../packages/protocol/src/git/testing/git-servers.ts';
import { testRepository } from '../../packages/protocol/src/git/testing/git-servers.ts';
import type { Locale, Visit } from './testing/browser.ts';
import { browserOfFile, until } from './testing/browser.ts';
import { PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': {
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
    add: 'Add a library',
    url: 'Address of the repository',
    environment: 'Environment variables',
    defaultVersion: 'Default version',
    save: 'Save',
  },
  'zh-CN': {
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
    add: '添加共享库',
    url: '仓库地址',
    environment: '环境变量',
    defaultVersion: '默认版本',
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
    let host: PageServer;
    let visit: Visit;
    let page: Page;
    let library: TestRepository;
    const api = <T>(method: string, path: string, body?: unknown): Promise<T> => host.api(method, path, body);
    const button = (name: string) => page.getByRole('button', { name, exact: true });

    before(async () => {
      host = await PageServer.in('templates');
      library = await testRepository(host.home, 'library');
      await library.commit({ 'templates/greeting/template.yaml': YAML, 'vars/greet.groovy': GREET });
      await library.git(['tag', 'v1']);
      mkdirSync(join(host.home, 'broken/templates/bad'), { recursive: true });
      writeFileSync(join(host.home, 'broken/templates/bad/template.yaml'), 'title: x');
      const config = join(host.home, 'millrace.yaml');
      writeFileSync(
        config,
        `libraries:\n  - {name: lib, git: ${join(host.home, 'library')}, version: v1}\n  - {name: broken, path: ${join(host.home, 'broken')}}\n`,
      );
      await host.start('-c', config, '--executors', '1');
      visit = await host.visit(browser, '/templates', { locale });
      page = visit.page;
    });
    after(async () => {
      await visit.end();
      await host.stop();
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

    it('gives the jobs of a folder a library and variables by the form of the folder', async () => {
      await api('POST', '/items', { kind: 'folder', name: 'team' });
      await page.goto('/job/team/configure');
      await button(t.add).click();
      await page.getByLabel(t.name, { exact: true }).fill('mine');
      await page.getByLabel(t.url, { exact: true }).fill(join(host.home, 'library'));
      await page.getByLabel(t.defaultVersion, { exact: true }).fill('v1');
      const variables = page.getByLabel(t.environment, { exact: true });
      // Typed, and not filled: what is half typed stays.
      await variables.pressSequentially('TEAM=blue = green\nEMPTY');
      assert.equal(await variables.inputValue(), 'TEAM=blue = green\nEMPTY');
      await visit.accessible('configuring a folder');
      await button(t.save).click();
      await page.waitForURL('**/job/team');
      const { config } = await api<{ config: { environment: unknown; libraries: { name: string; version: string }[] } }>('GET', '/items/team');
      assert.deepEqual(config.environment, { TEAM: 'blue = green', EMPTY: '' });
      assert.deepEqual(
        config.libraries.map(({ name, version }) => [name, version]),
        [['mine', 'v1']],
      );
      const script = "@Library('mine') _\ngreet([who: env.TEAM, times: 1, loud: false, more: [mood: 'good']])";
      await api('POST', '/items', {
        kind: 'pipeline',
        folder: 'team',
        name: 'app',
        config: { definition: { kind: 'inline', script }, quietPeriodSeconds: 0 },
      });
      await api('POST', '/items/team%2Fapp/builds', {});
      const build = '/items/team%2Fapp/builds/1';
      await until(async () => (await api<{ state: string }>('GET', build).catch(() => ({ state: '' }))).state === 'ended');
      assert.match(await api<string>('GET', `${build}/log`), /hello blue = green 1 false good/);
    });
  });
