/** A real Chromium for tests of the page: the one that an npm package brings, else the machine's own. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import sparticuz from '@sparticuz/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { pause } from '../../../packages/controller/src/pause.ts';

const BUILT = path.resolve(import.meta.dirname, '../../../packages/web/dist/index.html');
const OWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PACKAGE = path.resolve(import.meta.dirname, '../../../node_modules/@sparticuz/chromium');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** What the page says and does in the language that a test is run in. */
export type Locale = 'en-US' | 'zh-CN';

let opened: Promise<Browser | string> | null = null;

/** The browser, or why there is none. */
export function openBrowser(): Promise<Browser | string> {
  opened ??= open();
  return opened;
}

/** The browser of a file of tests, closed after them. `skip`: why there is none. */
export async function browserOfFile(): Promise<{ readonly browser: Browser; readonly skip: string | false }> {
  const found = await openBrowser();
  // Nothing that is skipped touches it.
  if (typeof found === 'string') return { browser: null as never, skip: found };
  after(() => found.close());
  return { browser: found, skip: false };
}

async function open(): Promise<Browser | string> {
  assert.ok(existsSync(BUILT), `${BUILT} is missing: npm run build`);
  const reasons: string[] = [];
  for (const find of [unpacked, async () => OWN.find((file) => existsSync(file))])
    try {
      const executablePath = await find();
      if (executablePath !== undefined) return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'], headless: true });
    } catch (error) {
      reasons.push((error as Error).message.split('\n')[0] as string);
    }
  return `no Chromium runs here: ${reasons.join('; ')}`;
}

/**
 * The package's browser, unpacked once for all test files: each unpacks for itself where there is none yet, and the first one's
 * is kept. The package would have them write to one file at the same time.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const shared = path.join(tmpdir(), `millrace-chromium-${version}`);
  if (existsSync(shared)) return path.join(shared, 'chromium');
  const own = mkdtempSync(`${shared}-`);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = own;
  try {
    await sparticuz.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  try {
    renameSync(own, shared);
  } catch {
    // Another one was first.
    rmSync(own, { recursive: true, force: true });
  }
  return path.join(shared, 'chromium');
}

/** A page whose faults fail the test: errors of scripts, and what the policy of the page has refused. */
export class Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: string[] = [];
  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    // Chromium drops what is under way when an interface of the machine comes or goes, as containers' do.
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText === 'net::ERR_NETWORK_CHANGED' && request.resourceType() === 'script') void page.reload().catch(() => undefined);
    });
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      // The browser itself reports answers such as 401, and a server that is away.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.faults.push(message.text());
    });
  }

  static async begin(
    browser: Browser,
    url: string,
    options: { readonly locale?: Locale; readonly dark?: boolean; readonly phone?: boolean } = {},
  ): Promise<Visit> {
    const context = await browser.newContext({
      baseURL: url,
      locale: options.locale ?? 'en-US',
      colorScheme: options.dark === true ? 'dark' : 'light',
      viewport: options.phone === true ? { width: 390, height: 780 } : { width: 1280, height: 800 },
    });
    context.setDefaultTimeout(60_000);
    return new Visit(context, await context.newPage());
  }

  async end(): Promise<void> {
    await this.context.close();
    assert.deepEqual(this.faults, []);
  }

  /** No violation of WCAG 2.2 AA that axe finds. */
  async accessible(where: string): Promise<void> {
    // Through the debugger: the page's policy lets no script in.
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
      };
      const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join('\n')}`);
    });
    assert.deepEqual(found, [], where);
  }
}

/** Waits for something outside of the page. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, 'what was waited for did not happen');
    await pause(100);
  }
}
