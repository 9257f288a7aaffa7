/** Watches of pods against a played API server: nobody waits for ever where it says nothing, or where the watch is stopped. */
import assert from 'node:assert/strict';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { KubeConfig } from '@kubernetes/client-node';
import { ApiError, KubernetesApi } from './api.ts';
import { PodCache } from './pod-cache.ts';
import { PodWatches } from './pod-watches.ts';

describe('watches of pods', () => {
  let server: Server;
  let api: KubernetesApi;
  let watches: PodWatches;
  /** Lists of pods that were asked for. */
  let lists: ServerResponse[];
  let answers: boolean;
  let asked: () => void;
  beforeEach(async () => {
    lists = [];
    answers = true;
    asked = () => undefined;
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      if (url.searchParams.has('watch')) {
        response.writeHead(200).flushHeaders();
        return;
      }
      if (answers || url.pathname.endsWith('/events')) answer(response);
      else {
        lists.push(response);
        asked();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const config = new KubeConfig();
    config.loadFromOptions({
      clusters: [{ name: 'played', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true }],
      users: [{ name: 'test' }],
      contexts: [{ name: 'played', cluster: 'played', user: 'test' }],
      currentContext: 'played',
    });
    api = new KubernetesApi(async () => config);
  });
  afterEach(() => {
    watches.stop();
    api.close();
    server.close();
    server.closeAllConnections();
  });
  const answer = (response: ServerResponse): void => {
    response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [] }));
  };
  const watch = (readyMs?: number): void => {
    const cache = new PodCache({ cloud: 'kubernetes', now: Date.now, changed: () => undefined, logsOf: async () => '', isEnding: () => false });
    const options = { api, cache, selector: 'a=b', namespaces: async () => ['one'], isWanted: () => true, onError: () => undefined };
    watches = new PodWatches(readyMs === undefined ? options : { ...options, readyMs });
  };
  const isTimeout = (reason: string) => (error: unknown) => error instanceof ApiError && error.status === 0 && error.reason === reason;

  it('are ready once all pods are known', async () => {
    watch();
    await watches.ready();
    assert.equal(watches.isLive, true);
  });

  it('end the wait where they are stopped meanwhile, and begin anew for the next who asks', async () => {
    answers = false;
    watch();
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const ready = watches.ready();
    await isAsked;
    watches.stop();
    await assert.rejects(ready, isTimeout('Stopped'));
    answers = true;
    for (const late of lists) answer(late);
    await watches.ready();
    assert.equal(watches.isLive, true);
  });

  it('give up an API server that does not say which pods there are, and ask it anew', async () => {
    answers = false;
    watch(50);
    await assert.rejects(watches.ready(), isTimeout('Timeout'));
    answers = true;
    await watches.ready();
    assert.equal(watches.isLive, true);
  });
});
