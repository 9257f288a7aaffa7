/** The triggers of a job in its form, in both languages. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Locale } from './testing/browser.ts';
import { browserOfFile } from './testing/browser.ts';
import { PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': {
    add: 'Add a trigger',
    kind: 'Kind',
    gitlab: 'GitLab: pushes, merge requests, comments (webhook)',
    approved: 'Approved merge requests',
    note: 'Comments that match (regular expression)',
    branches: 'Branches',
    byName: 'By name',
    only: 'Only these target branches (with commas)',
    save: 'Save',
  },
  'zh-CN': {
    add: '添加触发器',
    kind: '类型',
    gitlab: 'GitLab：推送、合并请求、评论（Webhook）',
    approved: '已批准的合并请求',
    note: '评论须匹配（正则表达式）',
    branches: '分支',
    byName: '按名称',
    only: '仅限这些目标分支（逗号分隔）',
    save: '保存',
  },
} as const;

describe('triggers', { skip }, () => {
  let host: PageServer;
  before(async () => {
    host = await PageServer.in('triggers');
    await host.start();
  });
  after(async () => {
    await host.stop();
  });

  for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
    it(`of GitLab are set in the form (${locale})`, async () => {
      const t = WORDS[locale];
      const name = `job-${locale}`;
      await host.api('POST', '/items', { kind: 'pipeline', name, config: { definition: { kind: 'inline', script: `echo 'ran'` } } });
      const visit = await host.visit(browser, `/job/${name}/configure`, { locale });
      const { page } = visit;
      await page.getByRole('button', { name: t.add }).click();
      const card = page.locator('fieldset', { has: page.getByRole('button', { name: t.add }) });
      const choose = async (within: Locator, label: string, option: string): Promise<void> => {
        await within.getByRole('button', { name: new RegExp(`${label}$`) }).click();
        await page.getByRole('option', { name: option, exact: true }).click();
      };
      await choose(card, t.kind, t.gitlab);
      await card.getByText(t.approved, { exact: true }).click();
      await card.getByLabel(t.note, { exact: true }).fill('again');
      await choose(card, t.branches, t.byName);
      await card.getByLabel(t.only, { exact: true }).fill('main,release/*');
      await visit.accessible('the trigger of GitLab');
      await page.getByRole('button', { name: t.save, exact: true }).click();
      await page.waitForURL(`**/job/${name}`);
      const { config } = await host.api<{ config: { triggers: readonly Record<string, unknown>[] } }>('GET', `/items/${name}`);
      const [trigger] = config.triggers;
      assert.deepEqual(
        [
          trigger?.['kind'],
          trigger?.['triggerOnApprovedMergeRequest'],
          trigger?.['noteRegex'],
          trigger?.['branchFilterType'],
          trigger?.['includeBranchesSpec'],
        ],
        ['gitlab', true, 'again', 'NameBasedFilter', 'main,release/*'],
      );
      await visit.end();
    });
});
