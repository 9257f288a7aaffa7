import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PollAnswer } from '@millrace/protocol';
import { Audit } from '../auth/audit.ts';
import { Sealer } from '../builds/worker/sealer.ts';
import { Store } from '../store/store.ts';
import { TestFolder } from '../testing/test-controller.ts';
import { AgentDesk } from './agent-desk.ts';
import { NodeChanges } from './node-changes.ts';

const ACTOR = { user: null, address: null };
const MONITORS = { freeDiskBytes: 1, freeTempBytes: 2, clockOffsetMs: 3, latencyMs: 4, load: 5 };
const FACTS = { os: 'linux', arch: 'x64', hostname: 'h', cpus: 1, memoryBytes: 1, root: '/r', windows: false, env: {}, pid: 1 };

async function withDesk(use: (desk: AgentDesk, nodes: NodeChanges, store: Store) => Promise<void>): Promise<void> {
  const folder = new TestFolder();
  const store = await Store.open({ url: null, folder: folder.path, origin: 'test' });
  const now = (): number => Date.now();
  let made = 0;
  const desk = new AgentDesk({
    store,
    sealer: new Sealer(new Uint8Array(32)),
    random: () => `session-${++made}`,
    now,
    deliver: async () => false,
    output: async () => null,
    cursorOf: async () => null,
    onError: (error) => {
      throw error;
    },
  });
  try {
    await use(desk, new NodeChanges({ store, audit: new Audit(store, now), now }), store);
  } finally {
    await desk.close();
    await store.close();
    folder.remove();
  }
}

/** Connects, and answers how to poll in that session. */
async function connect(desk: AgentDesk, name: string, secret: string): Promise<(monitors?: typeof MONITORS) => Promise<PollAnswer>> {
  const request = { name, instance: `of ${secret}`, protocol: 1, version: '0', facts: FACTS, have: [] };
  const { session } = await desk.connect(await desk.authenticate(name, secret), request);
  const never = new AbortController().signal;
  return (monitors) => desk.poll(name, secret, { session, have: [], ...(monitors === undefined ? {} : { monitors }) }, never);
}

describe('the desk of agents', () => {
  test('answers polls that wait when it closes', () =>
    withDesk(async (desk, nodes) => {
      const poll = await connect(desk, 'n', await nodes.create(ACTOR, 'n', {}));
      const waiting = poll();
      await desk.close();
      assert.deepEqual((await waiting).work, []);
    }));

  test('keeps what a poll tells of its machine, and tells who follows the node', () =>
    withDesk(async (desk, nodes, store) => {
      const poll = await connect(desk, 'n', await nodes.create(ACTOR, 'n', {}));
      const told = new Promise<string>((resolve) => {
        store.wakes.on('node', resolve);
      });
      const waiting = poll(MONITORS);
      await told;
      const { monitors } = await store.db.selectFrom('nodes').select('monitors').executeTakeFirstOrThrow();
      assert.equal((JSON.parse(monitors) as typeof MONITORS).freeDiskBytes, 1);
      await desk.close();
      await waiting;
    }));

  test('ends the agent of a node that is deleted, and serves the next one of that name', () =>
    withDesk(async (desk, nodes) => {
      const first = await connect(desk, 'n', await nodes.create(ACTOR, 'n', {}));
      const waiting = first();
      await new Promise(setImmediate);
      await nodes.delete(ACTOR, 'n', null);
      assert.equal((await waiting).end, 'deleted');
      const second = await connect(desk, 'n', await nodes.create(ACTOR, 'n', {}));
      await assert.rejects(first(), { code: 'MR_AGENT_SECRET' });
      const polled = second();
      await new Promise(setImmediate);
      await nodes.disconnect(ACTOR, 'n', 'for a test');
      assert.equal((await polled).end, 'disconnect');
    }));
});
