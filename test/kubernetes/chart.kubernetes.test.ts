/** The two ways of deploying make the same: what `kubectl kustomize` prints is what the chart renders. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { renderChart } from './helm-template.ts';
import { kubectl } from './installation.ts';

const DEPLOY = path.resolve(import.meta.dirname, '../../deploy');
const SKIP = process.env['KUBECONFIG'] === undefined ? 'KUBECONFIG names no cluster' : false;

/** Looked into wherever a test wants to. */
type Manifest = any;

describe('Kustomize and Helm', { skip: SKIP }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-chart-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, place, values] of [
    ['for a trial', 'overlays/trial', { replicas: 1, postgres: { enabled: true } }],
    ['for production', 'overlays/production', { replicas: 2, ingress: { enabled: true }, networkPolicy: { enabled: true } }],
    ['with all', null, { postgres: { enabled: true, storageClass: 'standard' }, ingress: { enabled: true }, networkPolicy: { enabled: true } }],
  ] as const)
    it(`make the same ${name}`, async () => {
      const overlay = place === null ? withAll(folder) : path.join(DEPLOY, 'kubernetes', place);
      const kustomize = parseAllDocuments(await kubectl(['kustomize', overlay])).map((document) => document.toJS() as Manifest);
      const release = { name: 'millrace', namespace: 'millrace', apiVersions: ['policy/v1/PodDisruptionBudget'] };
      const helm = renderChart(path.join(DEPLOY, 'helm/millrace'), release, values);
      // Helm makes the release's namespace, or not, by an option of its own.
      assert.deepEqual(comparable(helm), comparable(kustomize.filter(({ kind, metadata }) => kind !== 'Namespace' || metadata.name !== 'millrace')));
    });
});

function withAll(folder: string): string {
  const at = (part: string): string => path.relative(folder, path.join(DEPLOY, 'kubernetes', part));
  const components = ['several', 'postgres', 'storage-class', 'ingress', 'network-policy'].map((name) => at(`components/${name}`));
  const images = [{ name: 'millrace', newTag: '0.1.0' }];
  const patch = stringify([{ op: 'replace', path: '/spec/template/spec/containers/0/env/3/value', value: 'millrace:0.1.0' }]);
  const patches = [{ target: { kind: 'Deployment', name: 'millrace' }, patch }];
  const configMapGenerator = [{ name: 'millrace-config', namespace: 'millrace', behavior: 'replace', files: ['millrace.yaml'] }];
  copyFileSync(path.join(DEPLOY, 'kubernetes/overlays/production/millrace.yaml'), path.join(folder, 'millrace.yaml'));
  writeFileSync(path.join(folder, 'kustomization.yaml'), stringify({ resources: [at('base'), at('builds')], components, images, patches, configMapGenerator }));
  return folder;
}

/** Without what is each tool's own: labels of the configuration's object, its name and its mark. Environment as a set. */
function comparable(all: readonly Manifest[]): Record<string, Manifest> {
  const named = all.map((object: Manifest) => {
    const copy = JSON.parse(JSON.stringify(object).replace(/millrace-config-[a-z0-9]{10}/g, 'millrace-config')) as Manifest;
    if (copy.kind === 'ConfigMap') {
      delete copy.metadata.labels;
      copy.data['millrace.yaml'] = parse(copy.data['millrace.yaml']);
    }
    if (copy.kind === 'Deployment') {
      delete copy.spec.template.metadata.annotations;
      const [controller] = copy.spec.template.spec.containers;
      controller.env.sort((a: Manifest, b: Manifest) => a.name.localeCompare(b.name));
    }
    return [`${copy.kind} ${copy.metadata.namespace ?? ''}/${copy.metadata.name}`, copy] as const;
  });
  return Object.fromEntries(named.sort(([a], [b]) => a.localeCompare(b)));
}
