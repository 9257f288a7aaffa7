/** The web page in a real Chromium: how soon it shows something, and how soon it answers where there is much of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { freePort, StartedServer } from '../packages/cli/test/started-server.ts';
import { openBrowser } from '../test/browser/testing/browser.ts';
import type { Benchmark } from './benchmark.ts';
import { median } from './benchmark.ts';

const PASSWORD = 'a long enough secret';
const TURNS = 7;
const STEPS = 2_000,
  LINES = 1_000_000;
const SCRIPT = `node { stage('Steps') { for (int i = 0; i < ${STEPS}; i++) echo "step $i" }\n stage('Print') { sh 'set +x; seq 1 ${LINES}' } }`;

export const page: Benchmark = {
  name: 'page',
  run: async () => {
    const browser = await openBrowser();
    if (typeof browser === 'string') return { figures: [], skipped: browser };
    const home = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    const server = new StartedServer(home, await freePort());
    try {
      await server.start();
      await server.run(['login', server.url, '--user', 'admin', '--password-stdin', '--new-password-stdin'], {
        stdin: `${server.firstPassword}\n${PASSWORD}\n`,
      });
      writeFileSync(path.join(home, 'Jenkinsfile'), SCRIPT);
      await server.ok('job', 'create', 'big', path.join(home, 'Jenkinsfile'));
      await server.ok('build', 'big', '--follow');
      const context = await browser.newContext({ baseURL: server.url, locale: 'en-US', viewport: { width: 1280, height: 800 } });
      const tab = await context.newPage();
      await tab.goto('/');
      await tab.getByLabel('User').fill('admin');
      await tab.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await tab.locator('table').waitFor();
      const first = await times(async () => {
        await tab.goto('/');
        await tab.locator('table').waitFor();
      });
      await tab.goto('/job/big/1/');
      await tab.getByRole('button', { name: /Steps/ }).waitFor();
      const stages = await times(async (turn) => {
        const name = turn % 2 === 0 ? 'Steps' : 'Print';
        await answers(tab, `.graph-stage:has-text("${name}")`, `h2:text-is("${name}")`);
      });
      await tab.goto('/job/big/1/console');
      await tab.locator('.log-line').first().waitFor();
      const scrolls = await times(async (turn) => {
        await tab.locator('.log-box').evaluate(scrolled, (turn + 1) / (TURNS + 2));
      });
      await context.close();
      return {
        figures: [
          { what: 'an address until its table is shown, from a local server', value: first, unit: 'ms', goal: { atMost: 1_000 }, detail: `median of ${TURNS}` },
          { what: `another stage of a build of ${STEPS} steps is chosen until its steps are shown`, value: stages, unit: 'ms', goal: { atMost: 100 } },
          { what: `a jump in a log of ${LINES} lines until lines stand there`, value: scrolls, unit: 'ms', goal: { atMost: 100 } },
        ],
      };
    } finally {
      await browser.close();
      await server.kill('SIGTERM');
      rmSync(home, { recursive: true, force: true });
    }
  },
};

async function times(act: (turn: number) => Promise<void>): Promise<number> {
  const all: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const begun = performance.now();
    await act(turn);
    all.push(performance.now() - begun);
  }
  return median(all);
}

async function answers(tab: Page, click: string, shown: string): Promise<void> {
  await tab.locator(click).click();
  await tab.locator(shown).waitFor();
}

/** Of an element, what is used of it in the page. */
interface Box {
  scrollTop: number;
  readonly scrollHeight: number;
  readonly textContent: string;
  getBoundingClientRect(): { readonly top: number };
  querySelectorAll(selector: string): Iterable<Box>;
}

/** Runs in the page: scrolls, and waits for the text of the first line in sight. */
async function scrolled(box: Box, share: number): Promise<void> {
  box.scrollTop = box.scrollHeight * share;
  const next = (): Promise<void> => new Promise((resolve) => globalThis.setTimeout(resolve, 1));
  for (;;) {
    await next();
    const top = box.getBoundingClientRect().top;
    const line = [...box.querySelectorAll('.log-line')].find((l) => l.getBoundingClientRect().top >= top);
    if (line !== undefined && !line.textContent.endsWith('…')) return;
  }
}
