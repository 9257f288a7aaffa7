/** The way of README.md: `npm start` gives a server with an address and an example job that is green. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { freePort, StartedServer } from './started-server.ts';

const scratch = mkdtempSync(join(tmpdir(), 'millrace-start-'));
const server = new StartedServer(scratch, await freePort());
after(async () => {
  await server.kill('SIGTERM');
  rmSync(scratch, { recursive: true, force: true });
});

test('npm start gives an address, the first password and a green example job', async () => {
  const npm = ['npm', 'start', '--silent', '--prefix', join(import.meta.dirname, '../../..'), '--'];
  const out = await server.start(/The example job has run: example #1 \w+\n/, npm);
  assert.ok(out.includes(`Millrace 0.1.0 is up: ${server.url}\n`), out);
  assert.ok(out.includes(`Sign in as admin with the password ${server.firstPassword} (`), out);
  assert.match(out, /The example job has run: example #1 SUCCESS\n/);
  const health = await fetch(`${server.url}/readyz`);
  assert.deepEqual(await health.json(), { status: 'ok' });
});
