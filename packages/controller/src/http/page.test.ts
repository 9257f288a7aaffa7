/** The page's document and files as the server gives them. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { servePage } from './page.ts';

describe('the page', () => {
  let folder: string;
  let app: FastifyInstance;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-page-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><meta property="csp-nonce" nonce="CSP_NONCE"><script type="module" src="/assets/a-1.js"></script>',
    );
    writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(folder, 'assets/a-1.js'), 'export {};');
    app = fastify();
    await servePage(app, folder);
  });
  afterEach(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is one document at all of its addresses, those of builds included', async () => {
    for (const url of ['/', '/queue', '/job/a/job/b/12/console', '/nodes/linux-1', '/system/users']) {
      const { statusCode, headers } = await app.inject({ url });
      assert.equal(statusCode, 200, url);
      assert.match(String(headers['content-type']), /^text\/html/);
    }
    assert.equal((await app.inject({ url: '/nothing' })).statusCode, 404);
    assert.equal((await app.inject({ url: '/assets/../index.html' })).statusCode, 404);
  });

  it('runs no inline code, and has a new nonce for styles each time', async () => {
    const [one, two] = await Promise.all([app.inject({ url: '/' }), app.inject({ url: '/' })]);
    const policy = String(one.headers['content-security-policy']);
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] as string;
    assert.match(policy, /script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.ok(one.body.includes(`nonce="${nonce}"`));
    assert.ok(!two.body.includes(nonce));
  });

  it('lets its files be kept, whose names change with what is in them, and never the document', async () => {
    const file = await app.inject({ url: '/assets/a-1.js' });
    assert.match(String(file.headers['cache-control']), /immutable/);
    assert.equal((await app.inject({ url: '/' })).headers['cache-control'], 'no-store');
    assert.equal((await app.inject({ url: '/assets/none.js' })).statusCode, 404);
  });
});
