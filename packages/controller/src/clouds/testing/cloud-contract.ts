/** What every cloud has to do: one suite for all implementations, each over its own real or played other side. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Cloud, Observed, ProvisionRequest } from '../cloud.ts';
import { CloudError } from '../cloud.ts';

export interface CloudUnderTest {
  readonly cloud: Cloud;
  /** Of `cloud`; it makes a node that needs no more than to exist. */
  readonly template: string;
  /** The same cloud as another controller has it: another object over the same other side. */
  readonly again: () => Cloud;
  /** Nothing answers from now on, and it answers again when the answered function is called. */
  readonly cutOff: () => () => void;
  readonly close: () => Promise<void> | void;
}

export function cloudContract(title: string, open: () => Promise<CloudUnderTest> | CloudUnderTest): void {
  describe(`the contract of clouds: ${title}`, () => {
    let under: CloudUnderTest;
    before(async () => {
      under = await open();
    });
    after(() => under.close());
    const request = (): ProvisionRequest => ({
      name: `contract-${randomBytes(4).toString('hex')}`,
      secret: randomBytes(16).toString('hex'),
      url: 'http://127.0.0.1:9',
      template: under.template,
      place: null,
      requestId: null,
      job: null,
      pod: null,
    });
    const seen = async (cloud: Cloud, name: string, wanted: (o: Observed | undefined) => boolean): Promise<Observed | undefined> => {
      for (const end = Date.now() + 30_000; ; ) {
        const found = (await cloud.observe()).find((o) => o.name === name);
        if (wanted(found)) return found;
        if (Date.now() > end) throw new Error(`${name} is ${found?.state ?? 'not there'}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const away = (o: Observed | undefined): boolean => o === undefined || o.state === 'gone';

    it('passes the connection test', () => under.cloud.check());

    it('makes a node that everybody sees with its name and ref, and ends it', async () => {
      const asked = request();
      const { ref } = await under.cloud.provision(asked);
      assert.equal((await seen(under.again(), asked.name, (o) => o !== undefined))?.ref, ref);
      await under.cloud.terminate(ref);
      await seen(under.cloud, asked.name, away);
    });

    it('makes one node for a name, however often and from wherever it is asked', async () => {
      const asked = request();
      const { ref } = await under.cloud.provision(asked);
      for (const cloud of [under.cloud, under.again()]) assert.equal((await cloud.provision(asked)).ref, ref);
      await seen(under.cloud, asked.name, (o) => o !== undefined);
      assert.equal((await under.cloud.observe()).filter((o) => o.name === asked.name).length, 1);
      await under.cloud.terminate(ref);
      await seen(under.cloud, asked.name, away);
    });

    it('makes several at a time', async () => {
      const asked = [request(), request(), request()];
      const refs = await Promise.all(asked.map((r) => under.cloud.provision(r)));
      assert.equal(new Set(refs.map((r) => r.ref)).size, 3);
      await Promise.all(refs.map((r) => under.cloud.terminate(r.ref)));
      for (const { name } of asked) await seen(under.cloud, name, away);
    });

    it('ends what is gone without an error', async () => {
      const { ref } = await under.cloud.provision(request());
      await under.cloud.terminate(ref);
      await under.cloud.terminate(ref);
      await under.again().terminate(ref);
    });

    it('refuses a template that it does not have, and makes nothing', async () => {
      const asked = { ...request(), template: 'no-such-template' };
      await assert.rejects(under.cloud.provision(asked), (e) => e instanceof CloudError && e.code === 'MR_CLOUD_REFUSED' && !e.retryable);
      assert.equal(
        (await under.cloud.observe()).find((o) => o.name === asked.name),
        undefined,
      );
    });

    it('is tended by several at once and again without a node being made or ended', async () => {
      const asked = request();
      const { ref } = await under.cloud.provision(asked);
      const tending = { images: async () => [], show: () => undefined };
      await Promise.all([under.cloud, under.again()].map((cloud) => cloud.tend?.(Date.now(), tending)));
      await under.cloud.tend?.(Date.now(), tending);
      assert.equal((await under.cloud.observe()).filter((o) => o.state !== 'gone').length, 1);
      await under.cloud.terminate(ref);
      await seen(under.cloud, asked.name, away);
    });

    it('tells with MR_CLOUD_AWAY that nothing answers, and goes on afterwards', async () => {
      const isAway = (e: unknown): boolean => e instanceof CloudError && e.code === 'MR_CLOUD_AWAY' && e.retryable;
      const back = under.cutOff();
      await assert.rejects(under.cloud.check(), isAway);
      await assert.rejects(under.cloud.observe(), isAway);
      await assert.rejects(under.cloud.provision(request()), isAway);
      await assert.rejects(under.cloud.terminate('x'), isAway);
      if (under.cloud.tend !== undefined) await assert.rejects(under.cloud.tend(Date.now(), { images: async () => [], show: () => undefined }), isAway);
      back();
      await under.cloud.check();
    });
  });
}
