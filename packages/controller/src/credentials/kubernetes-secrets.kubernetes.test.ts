import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { KUBECONFIG, SKIP, TestCluster } from '../clouds/kubernetes/testing/cluster.ts';
import { openProviders } from './registry.ts';

describe('credentials in secrets of a cluster', { skip: SKIP }, () => {
  let cluster: TestCluster;
  before(async () => {
    cluster = await TestCluster.open();
  });
  after(() => cluster.close());
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it('are those that carry the label of Jenkins’ provider, as they are now', async () => {
    const put = (name: string, type: string | null, data: object) =>
      cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/secrets`, {
        method: 'POST',
        body: {
          metadata: {
            name,
            labels: type === null ? {} : { 'jenkins.io/credentials-type': type },
            annotations: { 'jenkins.io/credentials-description': `the ${name}` },
          },
          data,
        },
      });
    await put('login', 'usernamePassword', { username: base64('robot'), password: base64('hidden') });
    await put('key-file', 'secretFile', { filename: base64('a.bin'), data: Buffer.from([0, 255, 1]).toString('base64') });
    await put('other', null, { text: base64('no') });
    await put('odd', 'somethingElse', { text: base64('no') });
    const [provider] = await openProviders([{ kind: 'kubernetes', name: 'secrets', kubeconfig: KUBECONFIG, namespace: cluster.namespace, cacheSeconds: 0 }], {
      folder: '/',
      now: Date.now,
    });
    assert.deepEqual(await provider?.find('login'), {
      id: 'login',
      type: 'usernamePassword',
      description: 'the login',
      fields: { username: 'robot', password: 'hidden' },
    });
    assert.deepEqual((await provider?.find('key-file'))?.fields, { fileName: 'a.bin', contentBase64: 'AP8B' });
    assert.deepEqual(
      (await provider?.list())?.map((c) => [c.id, c.shown]),
      [
        ['key-file', { fileName: 'a.bin' }],
        ['login', { username: 'robot' }],
      ],
    );
    await put('later', 'secretText', { text: base64('shh') });
    assert.equal((await provider?.find('later'))?.fields['secret'], 'shh');
    assert.equal(await provider?.find('other'), null);
    provider?.close?.();
  });
});
