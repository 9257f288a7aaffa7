/** When clouds are tended: at once, when something changes, again after a failure with growing waits, and never twice at a time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CloudState } from './beside.ts';
import { NOTHING } from './beside.ts';
import type { Cloud, CloudTending } from './cloud.ts';
import { CloudError } from './cloud.ts';
import { DummyCloud } from './dummy.ts';
import { Tending } from './tending.ts';

/** Resolves when it is tended, and ends that when it is told to. */
class Tended extends DummyCloud {
  times = 0;
  most = 0;
  private at = 0;
  private waiters: (() => void)[] = [];
  answer: () => Promise<void> = async () => undefined;
  placeholders = { wanted: 1, running: 0, pending: 1 };

  constructor() {
    super({ offers: [] });
  }
  async tend(_at: number, { show }: CloudTending): Promise<void> {
    this.times++;
    this.at++;
    this.most = Math.max(this.most, this.at);
    for (const waiter of this.waiters.splice(0)) waiter();
    try {
      await this.answer();
      show({ placeholders: this.placeholders, imageCaches: [] });
    } finally {
      this.at--;
    }
  }
  until(times: number): Promise<void> {
    return this.times >= times ? Promise.resolve() : new Promise<void>((resolve) => this.waiters.push(resolve)).then(() => this.until(times));
  }
}
function tending(cloud: Cloud, test: { after: (end: () => void) => void }): { readonly errors: unknown[]; readonly kept: CloudState[] } {
  const errors: unknown[] = [],
    kept: CloudState[] = [];
  const one = new Tending({
    clouds: [cloud],
    now: Date.now,
    images: async () => [],
    keep: async (_name, state) => {
      kept.push(state);
    },
    onError: (error) => errors.push(error),
  });
  test.after(() => one.stop());
  return { errors, kept };
}

describe('a cloud', () => {
  it('is tended at once, and again when something changes', async (test) => {
    const cloud = new Tended();
    tending(cloud, test);
    await cloud.until(1);
    cloud.set('x', 'running');
    await cloud.until(2);
  });
  it('is told of where there is something new', async (test) => {
    const cloud = new Tended();
    const { kept } = tending(cloud, test);
    for (const running of [0, 0, 1]) {
      cloud.placeholders = { wanted: 1, running, pending: 1 - running };
      cloud.set('x', 'running');
      await cloud.until(cloud.times + 1);
    }
    await cloud.until(cloud.times + 1);
    assert.deepEqual(
      kept.map((k) => k.placeholders?.running),
      [0, 1],
    );
  });
  it('is tended once more for what changes meanwhile, and never twice at a time', async (test) => {
    const cloud = new Tended();
    let end: () => void = () => undefined;
    cloud.answer = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    tending(cloud, test);
    await cloud.until(1);
    for (let i = 0; i < 5; i++) cloud.set('x', 'running');
    end();
    await cloud.until(2);
    assert.equal(cloud.most, 1);
    end();
  });
  it('is left alone for a while after a failure, which is told', async (test) => {
    const cloud = new Tended();
    cloud.answer = () => Promise.reject(new CloudError('MR_CLOUD_REFUSED', 'no PriorityClass'));
    const { errors, kept } = tending(cloud, test);
    await cloud.until(1);
    cloud.answer = async () => undefined;
    const later = new Tended();
    cloud.set('x', 'running');
    // One that is asked for after it is tended before it would be.
    tending(later, test);
    await later.until(1);
    later.set('x', 'running');
    await later.until(2);
    assert.equal(cloud.times, 1);
    assert.deepEqual(errors.map(String), ['CloudError: no PriorityClass']);
    assert.deepEqual(kept, [{ ...NOTHING, problem: 'no PriorityClass' }]);
  });
});
