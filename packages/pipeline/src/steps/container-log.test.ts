import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Responder } from '../engine/testing/dummy-host.ts';
import type { Json } from '../host.ts';
import { runScriptText } from './testing/run-script.ts';

const answering =
  (answer: Json): Responder =>
  (ask) =>
    ask.kind === 'other' && ask.request.name === 'containerLog' ? { ok: answer } : undefined;

describe('containerLog', () => {
  it('prints the log between two lines, and ends it with a line break', async () => {
    const { console } = await runScriptText(`node { containerLog 'db' }`, {}, answering({ pod: 'p-1', log: 'one\ntwo', most: null }));
    assert.match(console, /\n> start log of container 'db' in pod 'p-1'\none\ntwo\n> end log of container 'db' in pod 'p-1'\n/);
  });

  it('returns the log and prints nothing of it', async () => {
    const { console } = await runScriptText(
      `node { echo containerLog(name: 'db', returnLog: true).trim().reverse() }`,
      {},
      answering({ pod: 'p-1', log: 'one\n', most: null }),
    );
    assert.match(console, /\neno\n/);
    assert.doesNotMatch(console, /one|start log/);
  });

  it('asks for the part that is wanted', async () => {
    const { host } = await runScriptText(
      `node { containerLog(name: 'db', limitBytes: 10, sinceSeconds: 20, tailingLines: 30) }`,
      {},
      answering({ pod: 'p', log: '', most: null }),
    );
    const data = host.started.map((ask) => (ask.kind === 'other' ? ask.request.data : null)).find((d) => d !== null);
    assert.deepEqual({ ...(data as object), lease: 'x' }, { lease: 'x', container: 'db', limitBytes: 10, sinceSeconds: 20, tailingLines: 30 });
  });

  it('tells why a log cannot be had, and fails nothing', async () => {
    const { console, result } = await runScriptText(
      `node { echo "[\${containerLog 'db'}]" }`,
      {},
      answering({ code: 'MR_CONTAINER_UNKNOWN', message: 'it is not there' }),
    );
    assert.match(console, /\nFailed to get logs for container\nMR_CONTAINER_UNKNOWN: it is not there\n/);
    assert.match(console, /\n\[\]\n/);
    assert.equal(result, 'SUCCESS');
  });

  it('says that a log is cut', async () => {
    const { console } = await runScriptText(`node { containerLog 'db' }`, {}, answering({ pod: 'p', log: 'x\n', most: 4_194_304 }));
    assert.match(console, /\nThe log of container 'db' has more than 4194304 bytes: tailingLines chooses its end\n/);
  });
});
