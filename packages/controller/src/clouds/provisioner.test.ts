/** Builds on machines of a cloud: real agents, a played cloud, and kills between all of the provisioner's steps. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Timeline } from '../queue/timeline.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import type { Offer, ProvisionRequest } from './cloud.ts';
import { CloudError } from './cloud.ts';
import { DummyCloud } from './dummy.ts';
import { agentProcesses } from './testing/agent-processes.ts';

const once: Offer = { template: 'once', labels: ['cloudy'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60 };

describe('the provisioner', () => {
  let folder: TestFolder;
  let server: TestServer;
  let cloud: DummyCloud;
  let machines: (request: ProvisionRequest, ended: (why: string) => void) => () => void;
  beforeEach(() => {
    folder = new TestFolder();
    machines = agentProcesses(folder.path);
  });
  afterEach(async () => {
    await server.stop();
    for (const name of cloud.names) cloud.lose(name);
    folder.remove();
  });
  const start = async (): Promise<void> => {
    server = await TestServer.start({ data: folder.path, builtIn: null, clouds: [cloud] });
  };
  const nodes = (): Promise<{ id: number; name: string; cloud_ref: string | null }[]> =>
    server.store.db.selectFrom('nodes').select(['id', 'name', 'cloud_ref']).execute();
  const isEmpty = async (): Promise<boolean> => (await nodes()).length === 0 && cloud.names.length === 0;
  const provisions = (): string[] => cloud.calls.filter((c) => c.startsWith('provision '));
  const stateOf = async (build: number): Promise<string | undefined> =>
    (await server.store.db.selectFrom('builds').select('state').where('id', '=', build).executeTakeFirst())?.state;
  const timelineOf = async (build: number): Promise<Timeline> => {
    const row = await server.store.db.selectFrom('leases').select('timeline').where('build_id', '=', build).executeTakeFirst();
    return JSON.parse(row?.timeline ?? '[]') as Timeline;
  };

  it('makes a node for a build, and ends it with the build', async () => {
    cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
    await start();
    const build = await server.run(`node('cloudy') { sh 'echo here' }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    await server.until(isEmpty);
    assert.equal(provisions().length, 1);
  });

  it('makes a node for each of two builds', async () => {
    cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
    await start();
    const builds = await Promise.all([server.run(`node('cloudy') { sh 'true' }`), server.run(`node('cloudy') { sh 'true' }`)]);
    for (const build of builds) assert.equal(build.result, 'SUCCESS', build.log);
    await server.until(isEmpty);
    assert.equal(new Set(provisions()).size, 2);
    assert.equal(provisions().length, 2);
  });

  it('ends the machine of a build that is over before anything is written of it, and marks it where its cloud does not answer', async () => {
    const marks: (string | null)[] = [];
    let isAway = true;
    class Slow extends DummyCloud {
      override async terminate(ref: string): Promise<void> {
        const row = await server.store.db.selectFrom('nodes').select('offline').where('cloud_ref', '=', ref).executeTakeFirst();
        marks.push(row?.offline ?? null);
        if (isAway) throw new CloudError('MR_CLOUD_AWAY', 'nobody answers');
        await super.terminate(ref);
      }
    }
    cloud = new Slow({ offers: [once], launch: (...a) => machines(...a) });
    await start();
    const build = await server.run(`node('cloudy') { sh 'true' }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    const offline = async (): Promise<string> => (await server.store.db.selectFrom('nodes').select('offline').executeTakeFirst())?.offline ?? '';
    await server.until(async () => /its build is done with it/.test(await offline()));
    isAway = false;
    await server.until(isEmpty);
    assert.equal(marks[0], null);
    assert.ok(marks.length >= 2);
  });

  it('gives a build a machine that was ready before it came, and makes another one ready', async () => {
    cloud = new DummyCloud({ offers: [once], warm: [{ offer: once, size: 1 }], launch: (...a) => machines(...a) });
    await start();
    const isReady = async (): Promise<boolean> =>
      (await server.store.db.selectFrom('nodes').select('id').where('lease', '=', 'warm').where('session', 'is not', null).execute()).length === 1;
    await server.until(isReady);
    const [ready] = cloud.names;
    const build = await server.run(`node('cloudy') { sh 'echo on $NODE_NAME' }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, new RegExp(`\\non ${ready}\\n`));
    await server.until(async () => !cloud.names.includes(ready as string) && (await isReady()));
    assert.equal(provisions().length, 2);
  });

  it('tells of a node that dies at its start, and replaces it', async () => {
    let first = true;
    cloud = new DummyCloud({
      offers: [once],
      launch: (request, ended) => {
        if (!first) return machines(request, ended);
        first = false;
        setImmediate(() => {
          ended('no such image');
        });
        return () => undefined;
      },
    });
    await start();
    const id = await server.trigger(`node('cloudy') { sh 'true'; input 'go on?' }`);
    await server.until(async () => (await timelineOf(id)).some((t) => t.state === 'granted'));
    const told = await timelineOf(id);
    assert.ok(
      told.some((t) => t.code === 'cloud-failed' && t.message.includes('no such image')),
      JSON.stringify(told),
    );
    assert.ok(told.some((t) => t.state === 'asked for'));
    await server.until(async () => (await server.store.db.selectFrom('inputs').select('ask_id').execute()).length > 0);
    await server.answerInput(id, {});
    assert.equal((await server.ended(id)).result, 'SUCCESS');
    await server.until(isEmpty);
    assert.equal(new Set(provisions()).size, 2);
  });

  it('asks again with the same name where the answer was lost', async () => {
    cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
    cloud.scripts.push({ lost: new CloudError('MR_CLOUD_AWAY', 'the line broke') });
    await start();
    const build = await server.run(`node('cloudy') { sh 'true' }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    await server.until(isEmpty);
    assert.equal(new Set(provisions()).size, 1);
  });

  it('tells that a cloud is away, and asks it at once when it is back', async () => {
    cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
    cloud.away = new CloudError('MR_CLOUD_AWAY', 'nobody answers at https://k.test');
    await start();
    const id = await server.trigger(`node('cloudy') { sh 'true' }`);
    // Until the next time is further off than the next look.
    await server.until(async () => provisions().length > 3);
    const row = await server.store.db.selectFrom('leases').select('why').where('build_id', '=', id).executeTakeFirst();
    assert.match(row?.why ?? '', /dummy \(once\): nobody answers at https:\/\/k\.test/);
    cloud.away = null;
    const build = await server.ended(id);
    assert.equal(build.result, 'SUCCESS', build.log);
    const waits = (await timelineOf(id)).filter((t) => t.code === 'cloud-failed');
    assert.ok(waits.length <= 1, JSON.stringify(waits));
    await server.until(isEmpty);
    assert.equal(new Set(provisions()).size, 1);
  });

  it('tells that a cloud refuses, and keeps no row', async () => {
    cloud = new DummyCloud({ offers: [once] });
    cloud.scripts.push({ error: new CloudError('MR_CLOUD_REFUSED', 'no rights') });
    await start();
    const id = await server.trigger(`node('cloudy') { sh 'true' }`);
    await server.until(async () => (await timelineOf(id)).some((t) => t.code === 'cloud-failed' && t.message.includes('no rights')));
    await server.until(isEmpty);
  });

  for (const hang of ['before', 'after'] as const)
    it(`goes on after a death ${hang} the cloud has made the node`, async () => {
      cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
      cloud.scripts.push({ hang });
      server = await TestServer.start({ data: folder.path, builtIn: null, clouds: [hang === 'before' ? cloud : silent(cloud)] });
      const id = await server.trigger(`node('cloudy') { sh 'true' }`);
      await server.until(async () => provisions().length === 1);
      const [row] = await nodes();
      assert.equal(row?.cloud_ref, null);
      // Agents that were started already know this address.
      const port = Number(new URL(server.controller.url).port);
      await server.stop();
      server = await TestServer.start({ data: folder.path, builtIn: null, clouds: [cloud], listen: { host: '127.0.0.1', port } });
      const build = await server.ended(id);
      assert.equal(build.result, 'SUCCESS', build.log);
      await server.until(isEmpty);
      assert.equal(new Set(provisions()).size, 1);
    });

  it('aborts a build whose machine is gone, as nothing of it has failed', async () => {
    cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
    await start();
    const id = await server.trigger(`node('cloudy') { sh 'touch ${folder.path}/begun; sleep 600' }`);
    await server.until(async () => existsSync(`${folder.path}/begun`));
    cloud.set(cloud.names[0] as string, 'gone', 'evicted');
    const build = await server.ended(id);
    assert.equal(build.result, 'ABORTED', build.log);
    assert.match(build.log, /was lost: evicted\n/);
    await server.until(isEmpty);
  });

  for (const [retries, result] of [
    [3, 'SUCCESS'],
    [2, 'ABORTED'],
  ] as const)
    it(`runs a block anew whose machine is lost, ${retries} times at most where its cloud says so`, async () => {
      const runs = join(folder.path, 'runs');
      writeFileSync(runs, '');
      cloud = new DummyCloud({ offers: [{ ...once, retries }], launch: (...a) => machines(...a) });
      await start();
      const id = await server.trigger(`node('cloudy') { sh 'echo >> ${runs}; [ $(wc -l < ${runs}) = 3 ] || sleep 600' }`);
      for (let lost = 1; lost <= 2; lost++) {
        await server.until(async () => readFileSync(runs, 'utf8').length === lost);
        cloud.set(cloud.names[0] as string, 'gone', `evicted for the ${lost}. time`);
        await server.until(async () => readFileSync(runs, 'utf8').length > lost || (await stateOf(id)) === 'ended');
      }
      const build = await server.ended(id);
      assert.equal(build.result, result, build.log);
      assert.equal(build.log.match(/\nRunning on /g)?.length, retries, build.log);
      assert.match(build.log, /was lost: evicted for the 1\. time\n(.*\n)*Retrying on another machine, .* \(run 2 of \d\)\n/);
      await server.until(isEmpty);
    });

  it('fails what runs on a machine that is gone with MR_NODE_LOST, which retry takes up', async () => {
    cloud = new DummyCloud({ offers: [once], launch: (...a) => machines(...a) });
    await start();
    const id = await server.trigger(
      `retry(count: 2, conditions: [agent()]) { node('cloudy') { sh 'if [ -e ${folder.path}/again ]; then exit 0; fi; touch ${folder.path}/again; sleep 600' } }`,
    );
    await server.until(async () => (await server.store.db.selectFrom('work').select('id').where('kind', '=', 'task').execute()).length > 0);
    await server.until(async () => existsSync(`${folder.path}/again`));
    cloud.set(cloud.names[0] as string, 'gone', 'evicted');
    const build = await server.ended(id);
    assert.equal(build.result, 'SUCCESS', build.log);
    await server.until(isEmpty);
    assert.equal(new Set(provisions()).size, 2);
  });
});

/** The same one, that tells nothing of what it has: what was made is not seen. */
function silent(cloud: DummyCloud): DummyCloud {
  return new Proxy(cloud, {
    get: (target, key) => {
      if (key === 'observe') return async () => [];
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
