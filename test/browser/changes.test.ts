/** What had changed in a build, by whom, and what was sent about it, on the page in both languages. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locale } from './testing/browser.ts';
import { browserOfFile, until } from './testing/browser.ts';
import { PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': { changes: 'Changes', notifications: 'Notifications' },
  'zh-CN': { changes: '变更', notifications: '通知' },
} as const;

describe('changes of a build', { skip }, () => {
  let host: PageServer;
  const api = <T>(method: string, path: string, body?: unknown): Promise<T> => host.api(method, path, body);
  before(async () => {
    host = await PageServer.in('changes');
    const repository = join(host.home, 'repository');
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
    await host.start('--executors', '1');
    const config = { definition: { kind: 'git', url: repository, branch: 'main' }, quietPeriodSeconds: 0 };
    await api('POST', '/items', { kind: 'pipeline', name: 'app', config });
    for (const number of [1, 2]) {
      if (number === 2) commit('grace', 'Mend the <b>file</b>', { 'file.txt': 'two' });
      await api('POST', '/items/app/builds', {});
      await until(async () => (await api<{ state: string }>('GET', `/items/app/builds/${number}`).catch(() => ({ state: '' }))).state === 'ended');
    }
  });
  after(async () => {
    await host.stop();
  });

  for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
    it(`are shown with their author and files, and notifications are listed (${locale})`, async () => {
      const t = WORDS[locale];
      const visit = await host.visit(browser, '/job/app/2/', { locale });
      const { page } = visit;
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
