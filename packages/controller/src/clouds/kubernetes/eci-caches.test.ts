/**
 * ImageCache objects: made, made anew and ended. The API server is played, with the resource as Alibaba Cloud documents it; so is
 * the virtual node that makes snapshots of them.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import type { Beside, ImageUse } from '../cloud.ts';
import { CloudError } from '../cloud.ts';
import { KubernetesApi } from './api.ts';
import { ImageCaches, imageCacheSchema } from './image-caches.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const NOW = 20_002 * DAY;
const PATH = '/apis/eci.alibabacloud.com/v1/imagecaches';

const resource = z.strictObject({
  apiVersion: z.literal('eci.alibabacloud.com/v1'),
  kind: z.literal('ImageCache'),
  metadata: z.strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,63}$/),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
  }),
  spec: z.strictObject({
    images: z.array(z.string()).min(1),
    imagePullSecrets: z.array(z.string()).optional(),
    imageCacheSize: z.int().min(20).max(32_768).optional(),
    retentionDays: z.int().min(1).max(65_536).optional(),
  }),
});
type Stored = z.infer<typeof resource> & { metadata: { creationTimestamp: string; uid: string }; status?: object };
type Cache = Beside['imageCaches'][number];

describe('image caches of kind eci', () => {
  const stored = new Map<string, Stored>();
  const asked: string[] = [];
  let isKnown = true;
  let now = NOW;
  let server: Server;
  let api: KubernetesApi;
  before(async () => {
    server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      const name = url.pathname.slice(PATH.length + 1);
      if (request.method !== 'GET') asked.push(`${request.method} ${name}`.trim());
      if (!url.pathname.startsWith(PATH)) answer(200, { items: [] });
      else if (!isKnown) answer(404, { message: 'the server could not find the requested resource' });
      else if (request.method === 'GET') {
        const [label, value] = (url.searchParams.get('labelSelector') ?? '').split('=') as [string, string];
        answer(200, { items: [...stored.values()].filter((c) => c.metadata.labels[label] === value) });
      } else if (request.method === 'DELETE') answer(stored.delete(name) ? 200 : 404, {});
      else {
        const object = resource.parse(JSON.parse(Buffer.concat(pieces).toString()));
        if (stored.has(object.metadata.name)) return answer(409, { reason: 'AlreadyExists' });
        const metadata = { ...object.metadata, creationTimestamp: new Date(now).toISOString(), uid: String(asked.length) };
        stored.set(object.metadata.name, { ...object, metadata });
        answer(201, object);
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    api = new KubernetesApi(async () => {
      const config = new KubeConfig();
      config.loadFromClusterAndUser({ name: 'c', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true }, { name: 'u' });
      return config;
    });
  });
  after(() => {
    api.close();
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    stored.clear();
    asked.length = 0;
    isKnown = true;
    now = NOW;
  });

  const SETTINGS = { kind: 'eci', most: 2, sizeGiB: 40, imagePullSecrets: ['builds:registry'], annotations: { 'k8s.aliyun.com/vswitch-ids': 'vsw-1' } };
  function controller(settings: object | null = SETTINGS, { cloud = 'k', clouds = [cloud] }: { cloud?: string; clouds?: readonly string[] } = {}): ImageCaches {
    const options = { api, cloud, clouds, installation: 'inst', agentImage: 'agent:1' };
    return new ImageCaches({ ...options, settings: settings === null ? [] : [imageCacheSchema.parse(settings)] });
  }
  /** The most used first. */
  async function tend(caches: ImageCaches, ...used: string[]): Promise<Cache | undefined> {
    const uses: ImageUse[] = used.map((image, i) => ({ image, uses: used.length - i, lastUsedAt: NOW }));
    await caches.tend(now, 'builds', { images: async () => uses });
    now += MINUTE;
    return caches.states[0];
  }
  const play = (name: string, phase: string): void => {
    (stored.get(name) as Stored).status = { phase, progress: phase === 'Ready' ? '100%' : '30%', imageCacheId: 'imc-1' };
  };
  const names = (): string[] => [...stored.keys()];

  it('are made of what is used, and told of as far as they are', async () => {
    const caches = controller();
    assert.equal((await tend(caches))?.phase, 'none');
    assert.equal((await tend(caches, 'node:24', 'maven:3', 'go:1', 'rust:1', 'php:8'))?.phase, 'preparing');
    const [cache] = [...stored.values()];
    assert.deepEqual(cache?.spec, { images: ['maven:3', 'node:24'], imagePullSecrets: ['builds:registry'], imageCacheSize: 40, retentionDays: 14 });
    assert.deepEqual(cache?.metadata.annotations, { 'k8s.aliyun.com/imc-enable-reuse': 'true', 'k8s.aliyun.com/vswitch-ids': 'vsw-1' });
    play(names()[0] as string, 'Ready');
    const ready = await tend(caches, 'go:1', 'maven:3', 'node:24');
    assert.deepEqual([ready?.phase, ready?.detail], ['ready', 'Ready 100% imc-1']);
    assert.equal(asked.length, 1, 'images that are used about as often do not take turns');
  });

  it('are the same for two controllers', async () => {
    await Promise.all([tend(controller(), 'a:1', 'b:1'), tend(controller(), 'b:1', 'a:1')]);
    assert.equal(stored.size, 1);
  });

  it('are made anew for another list and after their time, and the one before goes once that is ready', async () => {
    const caches = controller();
    await tend(caches, 'a:1');
    for (const [later, used] of [
      [0, ['b:1', 'c:1', 'd:1', 'e:1', 'a:1']],
      [7 * DAY, ['b:1', 'c:1']],
    ] as const) {
      const [first] = names();
      play(first as string, 'Ready');
      now += later;
      await tend(caches, ...used);
      assert.equal(stored.size, 2);
      const next = names().find((name) => name !== first) as string;
      assert.equal((await tend(caches, ...used))?.phase, 'preparing');
      assert.equal(stored.size, 2, 'nothing goes before the next one is ready');
      play(next, 'Ready');
      await tend(caches, ...used);
      assert.deepEqual(names(), [next]);
    }
  });

  it('that failed are told, keep the one before, and are made anew after a while', async () => {
    const caches = controller();
    const used = ['b:1', 'c:1', 'd:1', 'e:1'];
    await tend(caches, 'a:1');
    const [good] = names();
    play(good as string, 'Ready');
    await tend(caches, ...used);
    const bad = names().find((name) => name !== good) as string;
    play(bad, 'Failed');
    assert.equal((await tend(caches, ...used))?.phase, 'failed');
    assert.equal(stored.size, 2);
    const { uid } = (stored.get(bad) as Stored).metadata;
    now += 60 * MINUTE;
    await tend(caches, ...used);
    assert.deepEqual(names(), [good]);
    await tend(caches, ...used);
    assert.notEqual(stored.get(bad)?.metadata.uid, uid);
  });

  it('are gone without the setting and with their cloud, and those of others stay', async () => {
    const both = ['k', 'l'];
    await tend(controller(SETTINGS, { clouds: both }), 'a:1');
    await tend(controller(SETTINGS, { cloud: 'l', clouds: both }), 'a:1');
    assert.equal(stored.size, 2);
    await tend(controller(null, { clouds: both }));
    assert.equal(stored.size, 1);
    await tend(controller(null, { clouds: ['k'] }));
    assert.equal(stored.size, 0);
  });

  it('are looked at no more than once a minute', async () => {
    const caches = controller();
    await tend(caches, 'a:1');
    now -= 2;
    await tend(caches, 'b:1', 'c:1', 'd:1');
    assert.equal(stored.size, 1);
  });

  it('say so where the cluster does not know them, and are not missed where nobody wants any', async () => {
    isKnown = false;
    await assert.rejects(tend(controller(), 'a:1'), (e) => e instanceof CloudError && /the cluster knows no ImageCache/.test(e.message));
    await tend(controller(null));
  });
});
