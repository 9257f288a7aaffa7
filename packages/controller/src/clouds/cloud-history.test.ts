import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testApi } from '../http/testing/api.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import type { Offer } from './cloud.ts';
import { CloudError } from './cloud.ts';
import { CloudSampler, cloudEvents, cloudHistory, forgetHistory, noteEvent, noteRefusal } from './cloud-history.ts';
import { DummyCloud } from './dummy.ts';
import { agentProcesses } from './testing/agent-processes.ts';

const once: Offer = { template: 'once', labels: ['cloudy'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60 };
const MINUTE = 60_000;

eachEngine('the history of clouds', (databases) => {
  it('keeps the most of each minute, tells it by steps, and forgets what is older than a week', async () => {
    const cloud = new DummyCloud({ offers: [once], launch: () => () => undefined });
    const api = await testApi(databases, { clouds: [cloud] });
    const { store, clock } = api;
    const write = store.write.bind(store) as never;
    clock.at = Math.floor(clock.at / MINUTE) * MINUTE;
    const sampler = new CloudSampler({ clouds: [cloud], write, now: () => clock.at });
    const nodes = (n: number) => Array.from({ length: n }, () => ({ cloud: cloud.name, online: true, ending: null })) as never;
    const asked = (n: number) => ({ timeline: Array.from({ length: n }, () => ({ why: { fields: { cloud: cloud.name } } })) }) as never;
    await sampler.seen(nodes(1), asked(5));
    clock.at += 20_000;
    await sampler.seen(nodes(4), asked(2));
    clock.at += MINUTE;
    // Another controller that had the duty in that minute too has seen less.
    const other = new CloudSampler({ clouds: [cloud], write, now: () => clock.at - MINUTE });
    await sampler.seen(nodes(0), asked(0));
    await other.seen(nodes(2), asked(1));
    const history = async (hours: number) => (await api.call('viewer', 'GET', `clouds/${cloud.name}/history?hours=${hours}`)).body;
    const { stepMinutes, samples } = await history(1);
    assert.equal(stepMinutes, 1);
    assert.deepEqual(
      samples.map((s: any) => [s.asked, s.nodes, s.online]),
      [[5, 4, 4]],
    );
    assert.equal((await history(168)).stepMinutes, 56);
    assert.equal((await api.call('viewer', 'GET', 'clouds/none/history')).body.code, 'MR_CLOUD_UNKNOWN');
    assert.equal((await api.call('nobody', 'GET', `clouds/${cloud.name}/history`)).status, 403);
    await store.write((tx) => forgetHistory(tx, clock.at + 8 * 86_400_000));
    assert.deepEqual((await cloudHistory(store, [cloud], cloud.name, 168, clock.at)).samples, []);
    await api.close();
  });

  it('keeps so many events and no more, and tells once what is refused again and again', async () => {
    const cloud = new DummyCloud({ offers: [once], launch: () => () => undefined });
    const api = await testApi(databases, { clouds: [cloud] });
    const { store, clock } = api;
    const refused = { cloud: cloud.name, kind: 'refused', node: null, job: 'secret', message: 'MR_CLOUD_REFUSED: no' } as const;
    await store.write(async (tx) => {
      for (let i = 0; i < 3; i++) await noteRefusal(tx, clock.at + i, refused);
      await noteEvent(tx, clock.at, { ...refused, kind: 'made', node: 'n1', message: 'x'.repeat(5_000) });
      await noteRefusal(tx, clock.at, refused);
    });
    const events = (await api.call('viewer', 'GET', `clouds/${cloud.name}/events?limit=2`)).body;
    assert.deepEqual(
      events.entries.map((e: any) => [e.kind, e.node, e.message.length]),
      [
        ['refused', null, refused.message.length],
        ['made', 'n1', 1_000],
      ],
    );
    const rest = (await api.call('viewer', 'GET', `clouds/${cloud.name}/events?limit=2&cursor=${events.next}`)).body;
    assert.deepEqual([rest.entries.length, rest.next], [1, null]);
    await store.write(async (tx) => {
      for (let i = 0; i < 2_010; i++) await noteEvent(tx, clock.at, { ...refused, message: String(i) });
    });
    clock.at = Math.floor(clock.at / (10 * MINUTE)) * 10 * MINUTE;
    await new CloudSampler({ clouds: [cloud], write: store.write.bind(store) as never, now: () => clock.at }).seen([], { timeline: [] });
    const kept = await store.db.selectFrom('cloud_events').select('message').orderBy('id').execute();
    assert.deepEqual([kept.length, kept[0]?.message], [2_000, '10']);
    await api.close();
  });
});

describe('a cloud’s events', () => {
  it('are written with what happens, once, also where the controller dies in between', async () => {
    const folder = new TestFolder();
    const machines = agentProcesses(folder.path);
    const cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
    cloud.scripts.push({ error: new CloudError('MR_CLOUD_CAPACITY', 'the quota is used up') });
    const begin = () => TestServer.start({ data: folder.path, builtIn: null, clouds: [cloud] });
    let server = await begin();
    const id = await server.trigger(`node('cloudy') { sh 'true'; input 'go on?' }`, 'job');
    const waits = async (): Promise<boolean> => (await server.store.db.selectFrom('inputs').select('ask_id').execute()).length > 0;
    await server.until(waits);
    await server.stop({ endAgent: false });
    server = await begin();
    await server.answerInput(id, {});
    assert.equal((await server.ended(id)).result, 'SUCCESS');
    await server.until(async () => (await server.store.db.selectFrom('nodes').select('id').execute()).length === 0);
    const events = (await cloudEvents(server.store, [cloud], cloud.name, null, 50)).reverse();
    assert.deepEqual(
      events.map((e) => e.kind),
      ['refused', 'made', 'ended'],
      JSON.stringify(events),
    );
    assert.equal(events[0]?.message, 'MR_CLOUD_CAPACITY: the quota is used up');
    assert.equal(events.at(-1)?.node, events.find((e) => e.kind === 'made')?.node);
    assert.equal(events.find((e) => e.kind === 'made')?.job, 'job');
    const { samples } = await cloudHistory(server.store, [cloud], cloud.name, 1, Date.now());
    assert.ok(samples.length >= 1);
    await server.stop();
    for (const name of cloud.names) cloud.lose(name);
    folder.remove();
  });
});
