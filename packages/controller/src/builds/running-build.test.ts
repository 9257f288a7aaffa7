/** What a running build does with output that comes again, and with asks whose database is away for a while. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Ask } from '@millrace/pipeline';
import { DEFAULT_HOST_KEYS } from '@millrace/protocol/git';
import { Repositories } from '../scm/repository.ts';
import { Store } from '../store/store.ts';
import { TestFolder } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import type { AskHandler } from './ask-context.ts';
import { RunningBuild } from './running-build.ts';
import type { ToWorker } from './worker/messages.ts';
import { Sealer } from './worker/sealer.ts';

const TASK = { id: '0:1', kind: 'task', at: 0, request: {} } as unknown as Ask;

describe('a running build', () => {
  const folder = new TestFolder();
  let store: Store;
  before(async () => {
    store = await Store.open({ url: null, folder: folder.path, origin: 'a' });
  });
  after(async () => {
    await store.close();
    folder.remove();
  });

  function make(id: number, task: AskHandler<'task'>): { readonly build: RunningBuild; readonly posted: ToWorker[] } {
    const posted: ToWorker[] = [];
    const build = new RunningBuild({
      identity: { id, itemId: 1, job: 'j', number: id, priority: 0 },
      epoch: 1,
      services: {
        store,
        sealer: new Sealer(new Uint8Array(32)),
        credential: async () => null,
        installation: () => testInstallation(),
        now: Date.now,
        rootUrl: () => '/',
        clouds: [],
        repositories: new Repositories({ folder: folder.path, hostKeys: () => DEFAULT_HOST_KEYS }),
        onError: () => undefined,
      },
      handlers: { task },
      post: (message) => posted.push(message),
      nextSeq: 0,
      logBytes: 0,
      onLost: () => undefined,
      onFlush: () => undefined,
      onEnded: () => undefined,
      onFacts: () => undefined,
      onIdle: () => undefined,
    });
    return { build, posted };
  }

  it('answers output that comes again with more behind it by how far it is, so that its agent goes on from there', async () => {
    const { build, posted } = make(1, () => undefined);
    build.received({ t: 'ask', build: 1, ask: TASK, cursor: 0, resumed: false });
    const first = build.output('0:1', 0, 4, 'abc\n');
    // The connection broke; the agent has more by now.
    const again = build.output('0:1', 0, 8, 'abc\ndef\n');
    assert.equal(posted.filter((m) => m.t === 'output').length, 1);
    build.received({ t: 'flush', build: 1, seq: 1, journal: '', records: [{ node: '2', length: 4, ask: '0:1', cursor: 4 }], text: 'abc\n', tree: [] });
    assert.equal(await first, 4);
    assert.equal(await again, 4);
    assert.equal(await build.output('0:1', 0, 8, 'abc\ndef\n'), 4);
  });

  it('begins an ask anew where the database was away, and does not fail its step', async () => {
    let calls = 0;
    const answered = new Promise<void>((resolve) => {
      const { build, posted } = make(2, async (cx) => {
        if (++calls === 1) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
        cx.watch(async () => {
          if (++calls === 3) throw Object.assign(new Error('database is locked'), { errcode: 5 });
          cx.answer({ exit: 0 });
          return true;
        });
      });
      build.received({ t: 'ask', build: 2, ask: TASK, cursor: 0, resumed: false });
      const timer = setInterval(() => {
        if (!posted.some((m) => m.t === 'answer')) return;
        clearInterval(timer);
        assert.deepEqual(
          posted.filter((m) => m.t === 'answer'),
          [{ t: 'answer', build: 2, ask: '0:1', ok: { exit: 0 } }],
        );
        resolve();
      }, 20);
    });
    await answered;
    assert.equal(calls, 4);
  });

  it('does not begin an ask that is cancelled in the same breath', async () => {
    let begun = false;
    const { build } = make(3, () => {
      begun = true;
    });
    build.received({ t: 'ask', build: 3, ask: { ...TASK, kind: 'node' } as Ask, cursor: 0, resumed: false });
    build.received({ t: 'ask', build: 3, ask: TASK, cursor: 0, resumed: false });
    build.received({ t: 'cancel', build: 3, ask: TASK.id, reason: { kind: 'obsolete' } });
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    assert.equal(begun, false);
  });
});
