import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';

function read(t: TestContext, text: string): Promise<Config> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-config-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'millrace.yaml'), text);
  return readConfig(join(folder, 'millrace.yaml'));
}

test('limits of caches are megabytes and days; what is left out is as usual', async (t) => {
  assert.deepEqual((await read(t, 'server: { caches: { jobMb: 2, unusedDays: 1 } }')).server.caches, { jobBytes: 2 * 2 ** 20, unusedMs: 86_400_000 });
  assert.deepEqual((await read(t, 'server: { name: a }')).server.caches, {});
  await assert.rejects(read(t, 'server: { caches: { jobGb: 1 } }'), /server\.caches\.jobGb is not known here/);
});

test('templates of mails are files beside the configuration', async (t) => {
  const { folder, mailTemplates } = await read(t, 'mailTemplates: [{ name: ours, path: mails/ours.template }]');
  assert.deepEqual(mailTemplates, [{ name: 'ours', path: join(folder, 'mails/ours.template') }]);
  await assert.rejects(read(t, 'mailTemplates: [{ name: x, text: y }]'), /mailTemplates\[0\]\.text is not known here/);
});

test('managed files are files beside the configuration', async (t) => {
  const { folder, configFiles } = await read(
    t,
    'configFiles: [{ id: npmrc, path: files/npmrc }, { id: m, name: s.xml, path: s, servers: [{ id: n, credentialsId: c }] }]',
  );
  assert.deepEqual(configFiles, [
    { id: 'npmrc', name: 'npmrc', path: join(folder, 'files/npmrc'), servers: [] },
    { id: 'm', name: 's.xml', path: join(folder, 's'), servers: [{ id: 'n', credentialsId: 'c' }] },
  ]);
  await assert.rejects(read(t, 'configFiles: [{ id: x }]'), /configFiles\[0\]\.path/);
  await assert.rejects(read(t, 'configFiles: [{ id: x, path: y, servers: [{ id: z }] }]'), /configFiles\[0\]\.servers\[0\]\.credentialsId/);
});

test('SonarQube servers have an address and nothing unknown', async (t) => {
  const { sonarServers } = await read(t, 'sonarServers: [{ name: main, url: "https://sonar.example", additionalAnalysisProperties: { a: 1 } }]');
  assert.deepEqual(sonarServers, [
    {
      name: 'main',
      url: 'https://sonar.example',
      credentialsId: null,
      webhookSecretId: null,
      mojoVersion: null,
      additionalProperties: '',
      additionalAnalysisProperties: { a: '1' },
    },
  ]);
  await assert.rejects(read(t, 'sonarServers: [{ name: main, url: sonar.example }]'), /sonarServers\[0\]\.url must be an address/);
  await assert.rejects(read(t, 'sonarServers: [{ name: main, url: "http://s", token: x }]'), /sonarServers\[0\]\.token is not known here/);
});

test('what images are built with has its kind’s name as container, unless it says another or none', async (t) => {
  assert.equal((await read(t, 'env: {}')).imageBuilder, null);
  const plain = (await read(t, 'imageBuilder: { kind: buildkit, image: "moby/buildkit:rootless", registries: { r.example: login } }')).imageBuilder;
  assert.deepEqual([plain?.kind, plain?.container, plain?.registries], ['buildkit', 'buildkit', { 'r.example': 'login' }]);
  assert.equal((await read(t, 'imageBuilder: { kind: kaniko, container: k }')).imageBuilder?.container, 'k');
  assert.equal((await read(t, 'imageBuilder: { kind: buildah, container: none }')).imageBuilder?.container, null);
  await assert.rejects(read(t, 'imageBuilder: { kind: docker }'), /imageBuilder\.kind must be one of kaniko, buildkit, buildah/);
  await assert.rejects(read(t, 'imageBuilder: { kind: kaniko, images: x }'), /imageBuilder\.images is not known here/);
});
