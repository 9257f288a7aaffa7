/** HTML reports on the pages of a build and its job, in both languages: shown in a frame that is a sandbox, with links that work. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locale } from './testing/browser.ts';
import { browserOfFile, until } from './testing/browser.ts';
import { PageServer } from './testing/page-server.ts';

const { browser, skip } = await browserOfFile();

const WORDS = {
  'en-US': { reports: 'Reports', alone: 'Open by itself', gone: /^The build has no such report/ },
  'zh-CN': { reports: '报告', alone: '单独打开', gone: /^构建没有该报告/ },
} as const;

const SCRIPT = `node {
  writeFile file: 'site/index.html', text: '''<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="look/style.css"><title>Docs</title>
    <h1>All the docs</h1><p><img src="look/dot.svg" alt="a dot"> <a href="more/next.html">Go on</a> <a href="more/">Its folder</a></p>
    <form action="/api/v1/logout" method="post"><button>Send</button></form><script>document.title = 'ran'; document.body.append('it ran')</script>'''
  writeFile file: 'site/more/next.html', text: '<!doctype html><meta charset="utf-8"><h1>The next page</h1><a href="../index.html">Back</a>'
  writeFile file: 'site/more/index.html', text: '<!doctype html><h1>Of the folder</h1>'
  writeFile file: 'site/look/style.css', text: 'h1 { color: rgb(1, 2, 3) }'
  writeFile file: 'site/look/dot.svg', text: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18" fill="teal"/></svg>'
  publishHTML target: [reportDir: 'site', reportFiles: 'index.html,more/next.html', reportName: 'My <b>Docs</b>', reportTitles: 'Start, Next', keepAll: true, alwaysLinkToLastBuild: true]
  publishHTML target: [reportDir: 'site', reportFiles: 'more/index.html', reportName: 'Newest alone']
}`;

describe('HTML reports', { skip }, () => {
  let host: PageServer;
  before(async () => {
    host = await PageServer.in('reports');
    await host.start('--executors', '1');
    await host.api('POST', '/items', { kind: 'pipeline', name: 'app', config: { definition: { kind: 'inline', script: SCRIPT }, quietPeriodSeconds: 0 } });
    for (const number of [1, 2]) {
      await host.api('POST', '/items/app/builds', {});
      await until(async () => (await host.api<{ state: string }>('GET', `/items/app/builds/${number}`).catch(() => ({ state: '' }))).state === 'ended');
    }
  });
  after(async () => {
    await host.stop();
  });

  for (const locale of ['en-US', 'zh-CN'] satisfies Locale[])
    it(`are linked on the job and the build, and shown with their pages; nothing in them runs (${locale})`, async () => {
      const t = WORDS[locale];
      const visit = await host.visit(browser, '/job/app/', { locale });
      const { page } = visit;
      const links = page.getByRole('navigation', { name: t.reports });
      await links.getByRole('link', { name: 'Newest alone #2' }).waitFor();
      await visit.accessible('the job');
      await links.getByRole('link', { name: 'My <b>Docs</b> #2' }).click();
      const frame = page.frameLocator('iframe');
      await frame.getByRole('heading', { name: 'All the docs' }).waitFor();
      assert.equal(
        await frame
          .getByRole('heading')
          .evaluate((h) => (h as unknown as { computedStyleMap(): Map<string, unknown> }).computedStyleMap().get('color')?.toString()),
        'rgb(1, 2, 3)',
      );
      await frame.getByAltText('a dot').evaluate(async (image) => (image as unknown as { decode(): Promise<void> }).decode());
      assert.equal(await frame.getByText('it ran').count(), 0);
      await visit.accessible('a report');
      await frame.getByRole('link', { name: 'Go on' }).click();
      await frame.getByRole('heading', { name: 'The next page' }).waitFor();
      await frame.getByRole('link', { name: 'Back' }).click();
      await frame.getByRole('link', { name: 'Its folder' }).click();
      await frame.getByRole('heading', { name: 'Of the folder' }).waitFor();
      await page.getByRole('link', { name: 'Next', exact: true }).click();
      await frame.getByRole('heading', { name: 'The next page' }).waitFor();
      // The same by itself: the browser's own sandbox holds it there too.
      const [alone] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: t.alone }).click()]);
      await alone.getByRole('heading', { name: 'The next page' }).waitFor();
      await alone.getByRole('link', { name: 'Back' }).click();
      await alone.getByRole('heading', { name: 'All the docs' }).waitFor();
      await alone.getByRole('button', { name: 'Send' }).click();
      assert.equal(await alone.title(), 'Docs');
      await alone.close();
      // Jenkins' own address, and a report whose place a later build's took.
      await page.goto('/job/app/1/My_20_3cb_3eDocs_3c_2fb_3e/');
      await frame.getByRole('heading', { name: 'All the docs' }).waitFor();
      await page.goto('/job/app/1/reports/gone');
      await page.getByText(t.gone).waitFor();
      const refused = visit.faults.splice(0);
      assert.ok(refused.length > 0);
      for (const fault of refused) assert.match(fault, /^Blocked script execution in '[^']*index\.html' because the document's frame is sandboxed/);
      await visit.end();
    });
});
