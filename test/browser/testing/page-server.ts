/** `millrace up` in a folder of its own, whose administrator has a password and whose page is signed in to, for tests of the page. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { freePort, StartedServer } from '../../../packages/cli/test/started-server.ts';
import type { Locale } from './browser.ts';
import { Visit } from './browser.ts';

export const COMMAND = join(import.meta.dirname, '../../../packages/cli/bin/millrace.js');
/** What the form of the first page says. */
export const SIGN_IN = {
  'en-US': { user: 'User', password: 'Password', signIn: 'Sign in' },
  'zh-CN': { user: '用户名', password: '密码', signIn: '登录' },
} as const;
const PASSWORD = 'a long enough secret';

export class PageServer {
  /** What the server needs may be put here before it starts. */
  readonly home: string;
  readonly server: StartedServer;
  private constructor(home: string, port: number) {
    this.home = home;
    this.server = new StartedServer(home, port);
  }

  static async in(name: string): Promise<PageServer> {
    return new PageServer(mkdtempSync(join(tmpdir(), `millrace-${name}-`)), await freePort());
  }

  get url(): string {
    return this.server.url;
  }

  async start(...args: readonly string[]): Promise<void> {
    await this.server.start(/ is up: /, [process.execPath, COMMAND, 'up', ...args]);
    const first = this.server.firstPassword;
    await this.api('POST', '/password', { old: first, new: PASSWORD }, basic('admin', first));
  }
  async stop(): Promise<void> {
    await this.server.kill('SIGTERM');
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** As the administrator, where nobody else is named. Rejects where the answer is no success; null is an empty one. */
  async api<T>(method: string, path: string, body?: unknown, authorization = basic('admin', PASSWORD)): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    if (text === '') return null as T;
    return (/json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T;
  }

  /** A visit of the administrator, signed in, at this address. */
  async visit(browser: Browser, address: string, options: NonNullable<Parameters<typeof Visit.begin>[2]> & { readonly locale: Locale }): Promise<Visit> {
    const visit = await Visit.begin(browser, this.url, options);
    await visit.page.goto(address);
    await this.signIn(visit.page, options.locale);
    return visit;
  }
  /** On the page that asks for it. */
  async signIn(
    page: Page,
    locale: Locale,
    { user = 'admin', password = PASSWORD }: { readonly user?: string; readonly password?: string } = {},
  ): Promise<void> {
    const t = SIGN_IN[locale];
    await page.getByLabel(t.user).fill(user);
    await page.getByLabel(t.password, { exact: true }).fill(password);
    await page.getByRole('button', { name: t.signIn }).click();
    await page.locator('header.top').waitFor();
  }
}

function basic(user: string, password: string): string {
  return `Basic ${btoa(`${user}:${password}`)}`;
}
