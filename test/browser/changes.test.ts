/** What had changed in a build, by whom, and what was sent about it, on the page in both languages. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { freePort, StartedServer } from '../../packages/cli/test/started-server.ts';
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
  'en-US': { user: 'User', password: 'Password', signIn: 'Sign in', changes: 'Changes', notifications: 'Notifications' },
  'zh-CN': { user: '用户名', password: '密码', signIn: '登录', changes: '变更', notifications: '通知' },
} as const;

describe('changes of a build', { skip }, () => {
  let home: string;
  let server: StartedServer;
  const api = async <T>(method: string, path: string, body?: unknown, word = PASSWORD): Promise<T> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`admin:${word}`)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return (/json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T;
  };
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'millrace-changes-'));
    const repository = join(home, 'repository');
    mkdirSync(repository);
    const commit = (author: string, message: string, files: Readonly<Record<string, string>>): void => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
      const git = (...args: string[]): void => {
        execFileSync('git', ['-c', `user.name=${author}`, '-c', `user.email=${author}@example`, ...args], { cwd: repository });
      };
      git('init', '-q', '-b', 'main');
      git('add', '.');
      git('commit', '-qm', message);
    };
    commit('ada', 'The first', { Jenkinsfile: "node { checkout scm; sh 'cat file.txt' }", 'file.txt': 'one' });
    server = new StartedServer(home, await freePort());
    await server.start(/ is up: /, [process.execPath, COMMAND, 'up', '--executors', '1']);
    await api('POST', '/password', { old: server.firstPassword, new: PASSWORD }, server.firstPassword);
    const config = { definition: { kind: 'git', url: repository, branch: 'main' }, quietPeriodSeconds: 0 };
    await api('POST', '/items', { kind: 'pipeline', name: 'app', config });
    for (const number of [1, 2]) {
      if (number === 2) commit('grace', 'Mend the <b>file</b>', { 'file.txt': 'two' });
      await api('POST', '/items/app/builds', {});
      await until(async () => (await api<{ state: string }>('GET', `/items/app/builds/${number}`).catch(() => ({ state: '' }))).state === 'ended');
    }
  });
  after(async () => {
    await server.kill('SIGTERM');
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
    it(`are shown with their author and files, and notifications are listed (${locale})`, async () => {
      const t = WORDS[locale];
      const visit = await Visit.begin(browser as Browser, server.url, { locale });
      const { page } = visit;
      await page.goto('/job/app/2/');
      await page.getByLabel(t.user).fill('admin');
      await page.getByLabel(t.password, { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t.signIn }).click();
      await page.locator('header.top').waitFor();
      await page.getByRole('link', { name: t.changes, exact: true }).click();
      const change = page.getByRole('button', { name: /Mend the <b>file<\/b>/ });
      await change.getByText('grace').waitFor();
      await change.click();
      await page.getByText('file.txt', { exact: true }).waitFor();
      await visit.accessible('changes');
      await page.goto('/system/notifications');
      await page.getByRole('heading', { name: t.notifications, exact: true }).waitFor();
      await visit.accessible('notifications');
      await visit.end();
    });
});
