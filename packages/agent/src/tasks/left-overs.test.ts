import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { it } from 'node:test';
import { LeftOvers } from './left-overs.ts';

it("ends what a lease has left behind, and nothing of another server's lease of the same id", { skip: process.platform !== 'linux' }, async () => {
  const one = new LeftOvers('disk-one');
  const two = new LeftOvers('disk-two');
  const start = async (cookie: string): Promise<ReturnType<typeof spawn>> => {
    const child = spawn('sh', ['-c', 'echo ready; exec sleep 600'], {
      env: { PATH: process.env['PATH'] ?? '', JENKINS_NODE_COOKIE: cookie },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    return child;
  };
  const left = await start(one.cookie('7.2'));
  const others = await start(two.cookie('7.2'));
  const ended = once(left, 'exit');
  assert.equal(await one.end('7.2'), 1);
  await ended;
  assert.equal(others.exitCode ?? others.signalCode, null);
  const last = once(others, 'exit');
  assert.equal(await two.end('7.2'), 1);
  await last;
});
