import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ImageBuilder } from '@millrace/pipeline';
import type { CloudError } from '../cloud.ts';
import { imageBuilderTemplate } from './image-builder-template.ts';
import { kubernetes } from './index.ts';

const builder: ImageBuilder = {
  kind: 'kaniko',
  image: 'example/kaniko:debug',
  container: 'kaniko',
  program: null,
  shell: null,
  registries: {},
  insecureRegistries: [],
  cacheRepository: null,
  arguments: [],
};
const settings = { kind: 'kubernetes', name: 'k', agentImage: 'agent:1', server: 'https://127.0.0.1:9', token: 'x' };
const context = { installation: 'i', folder: '/', onError: () => undefined };
const pod = (template: string) => ({
  key: '1.0',
  label: 'l',
  cloud: null,
  data: { inheritFrom: template, yaml: 'spec: {containers: [{name: kaniko, workingDir: /src}]}' },
  build: { url: 'http://x/1/', path: '1/' },
});

describe('the template of pods that build images', () => {
  it('is there where the configuration names an image', () => {
    kubernetes(settings, { ...context, imageBuilder: builder }).checkPod?.(pod('image-builder'));
    for (const imageBuilder of [null, { ...builder, image: null }, { ...builder, container: null }])
      assert.throws(
        () => kubernetes(settings, { ...context, imageBuilder }).checkPod?.(pod('image-builder')),
        (e) => /the container ‘kaniko’ has no image/.test((e as CloudError).message),
      );
  });

  it('has what rootless BuildKit needs of a pod', () => {
    const spec = JSON.stringify(imageBuilderTemplate({ ...builder, kind: 'buildkit', container: 'b' }));
    assert.match(spec, /"seccompProfile":\{"type":"Unconfined"\}/);
    assert.match(spec, /"container\.apparmor\.security\.beta\.kubernetes\.io\/b","value":"unconfined"/);
    assert.match(spec, /"runAsUser":"1000"/);
  });

  it('is the administrator’s own where there is one', () => {
    const own = { ...settings, templates: [{ name: 'image-builder', label: 'own' }] };
    const [offer] = kubernetes(own, { ...context, imageBuilder: builder }).plan({ label: 'own', job: 'j', pod: null });
    assert.equal(offer?.template, 'image-builder');
  });
});
