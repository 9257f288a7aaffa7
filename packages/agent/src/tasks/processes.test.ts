import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, it } from 'node:test';
import { isAlive, markedBy } from './processes.ts';

const started: ReturnType<typeof spawn>[] = [];
after(() => {
  for (const child of started) child.kill('SIGKILL');
});

async function withVariables(env: Record<string, string>): Promise<number> {
  const child = spawn('sh', ['-c', 'echo ready; exec sleep 600'], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  return child.pid as number;
}

it('finds processes by a variable that is the whole mark, however large their environment is', { skip: process.platform !== 'linux' }, async () => {
  const id = randomUUID();
  const large = Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`LARGE_${i}`, 'x'.repeat(60_000)]));
  const plain = await withVariables({ TASK: id });
  const hidden = await withVariables({ ...large, TASK: id });
  const longer = await withVariables({ TASK: `${id}-2` });
  const other = await withVariables({ MY_TASK: id, ANY: `TASK=${id}` });
  const found = markedBy([`TASK=${id}`, `TASK=${id}-2`, 'TASK=nobody']);
  assert.deepEqual(new Set(found.get(`TASK=${id}`)), new Set([plain, hidden]));
  assert.deepEqual(found.get(`TASK=${id}-2`), [longer]);
  assert.deepEqual(found.get('TASK=nobody'), []);
  assert.equal(isAlive(other, `TASK=${id}`), false);
  assert.equal(isAlive(hidden, `TASK=${id}`), true);
});
