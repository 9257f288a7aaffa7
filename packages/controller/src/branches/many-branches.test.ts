/** Repositories of many branches, and scans that are cut short. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { multibranchConfig } from '@millrace/protocol';
import { enqueuer } from '../builds/enqueue.ts';
import { Sealer } from '../builds/worker/sealer.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import { Store } from '../store/store.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { BranchScanner } from './branch-scanner.ts';
import type { BranchSource } from './branch-source.ts';
import type { Head } from './head.ts';
import { buildsOf, jobsOf, makeMultibranch, runsOf, scanAgain } from './testing/multibranch.ts';

/** A repository without git, whose answers a test decides. */
class DummySource implements BranchSource {
  names: string[] = [];
  hash = 'a'.repeat(40);
  looks = 0;
  /** Called before each batch of heads. */
  before: ((batch: number) => Promise<void>) | null = null;
  head(name: string): Head {
    return { kind: 'branch', name, ref: `refs/heads/${name}`, revision: { hash: this.hash, base: null }, primary: name === 'main', change: null };
  }
  async *heads() {
    for (let at = 0, batch = 0; at < this.names.length; at += 500, batch++) {
      await this.before?.(batch);
      yield this.names.slice(at, at + 500).map((name) => this.head(name));
    }
  }
  async headsAt(refs: readonly string[]) {
    return refs
      .map((ref) => ref.slice('refs/heads/'.length))
      .filter((name) => this.names.includes(name))
      .map((name) => this.head(name));
  }
  async look(heads: readonly Head[]) {
    this.looks += heads.length;
    return heads.map(() => ({ found: true, at: 0 }));
  }
  async author() {
    return { name: null, email: null };
  }
}

function scannerOf(store: Store, source: DummySource, write: HeldDuty['write'] = (work) => store.write(work)): BranchScanner {
  return new BranchScanner({
    store,
    write,
    enqueue: enqueuer({ sealer: new Sealer(new Uint8Array(32)), now: Date.now, quietSeconds: () => 0 }),
    open: async () => source,
    owner: async () => {
      throw new Error('no owner here');
    },
    now: Date.now,
    deleteBlobs: async () => undefined,
    onError: (error) => {
      throw error;
    },
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; !(await condition()); i++) {
    if (i > 6_000) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

const config = (more: object = {}) => multibranchConfig.parse({ sources: [{ kind: 'git', url: 'https://git.example/app' }], ...more });

eachEngine('many branches', (databases) => {
  it('are scanned in seconds, looked at once, and built in portions', async (t) => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    t.after(() => store.close());
    const source = new DummySource();
    source.names = ['main', ...Array.from({ length: 9_999 }, (_, i) => `feature/${String(i).padStart(5, '0')}`)];
    const id = await makeMultibranch(store, 'big', config({ startsAtOnce: 7 }));
    const scanner = scannerOf(store, source);
    const begun = performance.now();
    scanner.start();
    await until(async () => (await runsOf(store, id))[0]?.state === 'success');
    const took = performance.now() - begun;
    t.diagnostic(`10,000 new branches: ${Math.round(took)} ms on ${databases.kind}`);
    assert.equal(source.looks, 10_000);
    const queued = async () => (await store.db.selectFrom('builds').select('id').where('state', '=', 'queued').execute()).map((b) => b.id);
    await until(async () => (await queued()).length === 7);

    // What waits starts, and as many follow.
    const first = await queued();
    await store.write(async (tx, wakes) => {
      await tx.updateTable('builds').set({ state: 'ended', result: 'SUCCESS' }).where('id', 'in', first).execute();
      wakes.add('queue');
    });
    await until(async () => (await queued()).length === 7);
    assert.equal((await store.db.selectFrom('heads').select('id').where('due_at', 'is not', null).execute()).length, 10_000 - 14);

    const again = performance.now();
    await scanAgain(store, id);
    await until(async () => (await runsOf(store, id)).filter((r) => r.state === 'success').length === 2);
    t.diagnostic(`10,000 known branches: ${Math.round(performance.now() - again)} ms on ${databases.kind}`);
    assert.equal(source.looks, 10_000, 'nothing has changed: nothing is looked at');
    scanner.stop();
  });

  it('are all found, and each built once, where a controller dies in the middle of the scan', async (t) => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    t.after(() => store.close());
    const source = new DummySource();
    source.names = Array.from({ length: 1_600 }, (_, i) => `b${i}`);
    const id = await makeMultibranch(store, 'app', config({ startsAtOnce: 1_000 }));
    // The first holder of the duty is gone at its third batch: what it writes then is refused.
    let dead = false;
    source.before = async (batch) => {
      if (batch === 2) dead = true;
    };
    const lost = Object.assign(new Error('the duty is another’s'), { code: 'MR_DUTY_LOST' });
    const first = scannerOf(store, source, (work) => (dead ? Promise.reject(lost) : store.write(work)));
    first.start();
    await until(async () => dead);
    first.stop();
    source.before = null;
    const second = scannerOf(store, source);
    second.start();
    await until(async () => (await runsOf(store, id)).some((r) => r.state === 'success'));
    assert.equal((await jobsOf(store, id)).size, 1_600);
    await until(async () => (await store.db.selectFrom('builds').select('id').execute()).length >= 1_000);
    await store.write(async (tx, wakes) => {
      await tx.updateTable('builds').set({ state: 'ended', result: 'SUCCESS' }).execute();
      wakes.add('queue');
    });
    await until(async () => (await store.db.selectFrom('builds').select('id').execute()).length === 1_600);
    assert.equal((await store.db.selectFrom('builds').select('item_id').distinct().execute()).length, 1_600);
    assert.deepEqual(
      (await runsOf(store, id)).map((r) => r.state),
      ['lost', 'success'],
    );
    second.stop();
  });

  it('are left as they are where the source breaks off half way', async (t) => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    t.after(() => store.close());
    const source = new DummySource();
    source.names = Array.from({ length: 1_200 }, (_, i) => `b${i}`);
    const id = await makeMultibranch(store, 'app', config());
    const scanner = scannerOf(store, source);
    scanner.start();
    await until(async () => (await runsOf(store, id))[0]?.state === 'success');
    source.before = async (batch) => {
      if (batch === 1) throw Object.assign(new Error('gone'), { code: 'MR_GIT_AWAY' });
    };
    await scanAgain(store, id);
    await until(async () => (await runsOf(store, id))[1]?.state === 'failure');
    const jobs = [...(await jobsOf(store, id)).values()];
    assert.equal(jobs.length, 1_200);
    assert.ok(jobs.every((j) => j.disabled === 0));

    // Force-pushed and deleted, with all told.
    source.before = null;
    source.hash = 'b'.repeat(40);
    source.names = ['b0', 'b1'];
    await scanAgain(store, id);
    await until(async () => (await runsOf(store, id))[2]?.state === 'success');
    const left = await jobsOf(store, id);
    // Those whose builds wait are kept until these are over.
    assert.ok(left.has('b0') && left.has('b1') && left.size <= 2 + 20, String(left.size));
    await until(async () => JSON.parse((await buildsOf(store, left.get('b1')?.id as number)).at(-1)?.origin ?? '{}').revision?.hash === source.hash);
    scanner.stop();
  });
});
