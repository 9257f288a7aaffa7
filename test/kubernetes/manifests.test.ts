/** What can be seen of deploy/kubernetes and deploy/helm without a cluster. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { CACHE_RIGHTS, RIGHTS } from '../../packages/controller/src/clouds/kubernetes/check-rights.ts';
import { readKubernetesSettings } from '../../packages/controller/src/clouds/kubernetes/settings.ts';
import type { Release } from './helm-template.ts';
import { renderChart, renderNotes } from './helm-template.ts';

const DEPLOY = path.resolve(import.meta.dirname, '../../deploy');
const CHART = path.join(DEPLOY, 'helm/millrace');
const RELEASE: Release = { name: 'ci', namespace: 'tools', apiVersions: ['policy/v1/PodDisruptionBudget'] };

/** Looked into wherever a test wants to. */
type Manifest = any;

function documents(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    assert.deepEqual(document.errors, [], file);
    return document.toJS();
  });
}
const files = globSync('kubernetes/**/*.yaml', { cwd: DEPLOY }).filter((file) => !/(?:kustomization|millrace)\.yaml$/.test(file));
const isCache = (file: string): boolean => file.includes('components/image-cache-');
const kustomize = files.filter((file) => !isCache(file)).flatMap((file) => documents(path.join(DEPLOY, file)));
const everything = { postgres: { enabled: true, storageClass: 'fast' }, ingress: { enabled: true }, networkPolicy: { enabled: true } };
const helm = renderChart(CHART, RELEASE, everything);

describe('manifests of Kubernetes', () => {
  it('are YAML, each named by a kustomization', () => {
    for (const file of globSync('kubernetes/**/kustomization.yaml', { cwd: DEPLOY })) {
      const folder = path.join(DEPLOY, path.dirname(file));
      const [kustomization] = documents(path.join(DEPLOY, file));
      const named = [
        ...(kustomization.resources ?? []),
        ...(kustomization.patches ?? []).map((patch: Manifest) => patch.path),
        ...(kustomization.configMapGenerator ?? []).flatMap((generator: Manifest) => generator.files),
      ].filter((name) => name?.endsWith('.yaml'));
      const there = globSync('*.yaml', { cwd: folder }).filter((name) => name !== 'kustomization.yaml');
      assert.deepEqual(named.sort(), there.sort(), file);
    }
  });

  for (const [name, all] of [
    ['Kustomize', kustomize],
    ['Helm', helm as Manifest[]],
  ] as const) {
    it(`give controllers by ${name} the rights that the cloud's test asks for, and no more`, () => {
      assert.deepEqual(
        all.filter(({ kind }) => /ClusterRole/.test(kind)),
        [],
      );
      const [role, ...others] = all.filter(({ kind }) => kind === 'Role');
      assert.deepEqual(others, []);
      assert.deepEqual(
        role.rules,
        RIGHTS.map(({ resource, subresource, verbs }) => ({
          apiGroups: [''],
          resources: [subresource === undefined ? resource : `${resource}/${subresource}`],
          verbs,
        })),
      );
    });

    it(`keep to the restricted pod security by ${name}`, () => {
      const workloads = all.filter(({ kind, spec }) => (kind === 'Deployment' || kind === 'StatefulSet') && spec.selector !== undefined);
      assert.equal(workloads.length, 2);
      for (const { spec } of workloads) {
        const pod = spec.template.spec;
        assert.equal(pod.securityContext.runAsNonRoot, true);
        assert.equal(pod.securityContext.seccompProfile.type, 'RuntimeDefault');
        for (const { securityContext, resources } of pod.containers) {
          assert.deepEqual(securityContext, { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
          assert.ok(resources.requests.cpu !== undefined && resources.requests.memory !== undefined);
        }
        for (const volume of pod.volumes) assert.ok('emptyDir' in volume || 'configMap' in volume, JSON.stringify(volume));
      }
    });
  }

  it('give the rights for image caches by both that the cloud’s test asks for, where they are wanted', () => {
    const chart = renderChart(CHART, RELEASE, { imageCaches: { daemonset: true, eci: true } }) as Manifest[];
    const roles = (all: Manifest[]): Manifest[] => all.filter(({ kind, metadata }) => /Role$/.test(kind) && metadata.name.endsWith('-images'));
    for (const all of [files.filter(isCache).flatMap((file) => documents(path.join(DEPLOY, file))), chart]) {
      const [ofNamespace, ...others] = roles(all).sort((a, b) => b.kind.localeCompare(a.kind));
      assert.deepEqual(
        [ofNamespace, ...others].map(({ kind, rules }) => [kind, ...rules.map((r: Manifest) => [r.apiGroups, r.resources, r.verbs])]),
        Object.entries({ Role: CACHE_RIGHTS.daemonset, ClusterRole: CACHE_RIGHTS.eci }).map(([kind, { group, resource, verbs }]) => [
          kind,
          [[group], [resource], verbs],
        ]),
      );
      assert.equal(ofNamespace.metadata.namespace, 'millrace-builds');
      for (const { kind, roleRef } of all.filter((m) => /RoleBinding$/.test(m.kind)))
        if (roleRef.name.endsWith('-images')) assert.equal(kind, `${roleRef.kind}Binding`);
    }
  });

  it('of both have the same PriorityClass for placeholders, the one that is taken where none is named', () => {
    const [ours] = kustomize.filter(({ kind }) => kind === 'PriorityClass');
    assert.deepEqual(
      renderChart(CHART, RELEASE, { placeholders: { createPriorityClass: true } }).filter(({ kind }) => kind === 'PriorityClass'),
      [ours],
    );
    const { placeholders } = readKubernetesSettings(
      { kind: 'kubernetes', name: 'k', agentImage: 'i', templates: [{ name: 't' }], placeholders: [{ template: 't' }] },
      '/',
    );
    assert.equal(placeholders[0]?.priorityClass, ours.metadata.name);
    assert.ok(ours.value < 0);
  });

  it('of both have settings of the cloud that it takes', () => {
    const configs = [
      ...globSync('kubernetes/**/millrace.yaml', { cwd: DEPLOY }).map((file) => documents(path.join(DEPLOY, file))[0]),
      ...helm.filter(({ kind }) => kind === 'ConfigMap').map(({ data }) => parseAllDocuments((data as Manifest)['millrace.yaml'])[0]?.toJS()),
    ];
    assert.equal(configs.length, 3);
    for (const { clouds } of configs as Manifest[]) {
      assert.deepEqual(clouds[0].agentImage, { env: 'MILLRACE_AGENT_IMAGE' });
      readKubernetesSettings({ ...clouds[0], agentImage: 'image' }, '/');
    }
  });
});

describe('the chart', () => {
  it('makes what is asked for alone', () => {
    const kinds = (values: Record<string, unknown>): string[] =>
      renderChart(CHART, RELEASE, values)
        .map(({ kind }) => String(kind))
        .sort();
    const least = ['ConfigMap', 'Deployment', 'Namespace', 'NetworkPolicy', 'Role', 'RoleBinding', 'Service', 'ServiceAccount'];
    assert.deepEqual(kinds({ replicas: 1 }), least);
    assert.deepEqual(kinds({}), [...least, 'PodDisruptionBudget'].sort());
    assert.deepEqual(
      kinds({ replicas: 1, builds: { createNamespace: false } }),
      least.filter((kind) => kind !== 'Namespace'),
    );
    assert.deepEqual(kinds({ replicas: 1, postgres: { enabled: true } }), [...least, 'Service', 'StatefulSet'].sort());
    assert.deepEqual(kinds({ replicas: 1, ingress: { enabled: true } }), [...least, 'Ingress'].sort());
    assert.deepEqual(kinds({ replicas: 1, placeholders: { createPriorityClass: true } }), [...least, 'PriorityClass'].sort());
    assert.deepEqual(kinds({ replicas: 1, imageCaches: { daemonset: true } }), [...least, 'Role', 'RoleBinding'].sort());
    assert.deepEqual(kinds({ replicas: 1, imageCaches: { eci: true } }), [...least, 'ClusterRole', 'ClusterRoleBinding'].sort());
    assert.deepEqual(kinds({ replicas: 1, networkPolicy: { enabled: true } }), [...least, 'NetworkPolicy', 'NetworkPolicy'].sort());
  });

  it('names everything after the release, in its namespace and that of builds', () => {
    for (const { kind, metadata } of helm as Manifest[]) {
      if (kind === 'Namespace') continue;
      assert.ok(['tools', 'millrace-builds'].includes(metadata.namespace), kind);
      assert.ok(metadata.namespace === 'millrace-builds' || metadata.name.startsWith('ci'), `${kind} ${metadata.name}`);
    }
    const binding = (helm as Manifest[]).find(({ kind }) => kind === 'RoleBinding');
    assert.deepEqual(binding.subjects, [{ kind: 'ServiceAccount', name: 'ci', namespace: 'tools' }]);
    const config = (helm as Manifest[]).find(({ kind }) => kind === 'ConfigMap').data['millrace.yaml'];
    assert.match(config, /url: http:\/\/ci\.tools\.svc:8080\n/);
    assert.match(config, /url: https:\/\/millrace\.example\n/);
  });

  it('takes further settings into millrace.yaml', () => {
    const values = {
      server: { url: 'https://a.example', parkAfterSeconds: 5 },
      cloud: { cap: 7, templates: [] },
      moreClouds: [{ kind: 'kubernetes', name: 'other', agentImage: 'i' }],
      config: { env: { A: 'b' } },
    };
    const config = renderChart(CHART, RELEASE, values).find(({ kind }) => kind === 'ConfigMap') as Manifest;
    const read = parseAllDocuments(config.data['millrace.yaml'])[0]?.toJS() as Manifest;
    assert.deepEqual(read.server, { url: 'https://a.example', parkAfterSeconds: 5 });
    assert.equal(read.clouds[0].cap, 7);
    assert.deepEqual(read.clouds[1], { kind: 'kubernetes', name: 'other', agentImage: 'i' });
    assert.deepEqual(read.env, { A: 'b' });
  });

  it('asks an older cluster for the API that it has', () => {
    const budget = (apiVersions: readonly string[]): unknown =>
      renderChart(CHART, { ...RELEASE, apiVersions }, {}).find(({ kind }) => kind === 'PodDisruptionBudget')?.['apiVersion'];
    assert.equal(budget([]), 'policy/v1beta1');
    assert.equal(budget(RELEASE.apiVersions), 'policy/v1');
  });

  it('makes new pods where the configuration changes', () => {
    const mark = (values: Record<string, unknown>): unknown =>
      (renderChart(CHART, RELEASE, values) as Manifest[]).find(({ kind }) => kind === 'Deployment').spec.template.metadata.annotations['millrace.io/config'];
    assert.equal(mark({}), mark({}));
    assert.notEqual(mark({}), mark({ cloud: { cap: 3 } }));
  });

  it('says which Secret it needs', () => {
    assert.match(renderNotes(CHART, RELEASE, {}), /-n tools create secret generic millrace .*\n.*key=.*\n *--from-literal=database-url=/);
    assert.match(renderNotes(CHART, RELEASE, everything), /--from-literal=postgres-password=/);
  });
});
