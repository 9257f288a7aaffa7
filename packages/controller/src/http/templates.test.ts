import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { tempFolder } from '@millrace/protocol/git/testing';
import { eachEngine } from '../store/testing/databases.ts';
import { testApi } from './testing/api.ts';

const YAML = 'title: {en: One, zh-CN: 一}\nentry: one\nparameters: {type: object, required: [who], properties: {who: {type: string}}}\n';

function library(folder: string, name: string, templates: Record<string, string>): { name: string; path: string; git: null; version: null; implicit: false } {
  const path = join(folder, name);
  mkdirSync(join(path, 'vars'), { recursive: true });
  writeFileSync(join(path, 'vars/one.groovy'), 'def call(Map p) {}');
  for (const [template, text] of Object.entries(templates)) {
    mkdirSync(join(path, 'templates', template), { recursive: true });
    writeFileSync(join(path, 'templates', template, 'template.yaml'), text);
  }
  return { name, path, git: null, version: null, implicit: false };
}

eachEngine('templates', (databases) => {
  it('are listed by library, one that is away or wrong beside the others, and shown', async (t) => {
    const folder = await tempFolder(t);
    const away = { name: 'away', path: null, git: join(folder, 'nothing'), version: 'main', implicit: false };
    const api = await testApi(databases, { libraries: [library(folder, 'lib', { good: YAML, bad: 'title: x' }), away] });
    const { status, body } = await api.call('viewer', 'GET', 'templates');
    assert.equal(status, 200);
    const [first, second, third] = body.libraries;
    assert.deepEqual([first.library, first.error.code, first.templates], ['away', 'MR_LIBRARY_AWAY', []]);
    assert.deepEqual(
      second.templates.map((one: { name: string; error: { code: string } | null }) => [one.name, one.error?.code]),
      [
        ['bad', 'MR_TEMPLATE_INVALID'],
        ['good', undefined],
      ],
    );
    assert.deepEqual(
      third.templates.map((one: { name: string }) => [third.library, third.version, one.name]),
      ['image-deploy', 'jvm-service', 'node-service'].map((name) => ['millrace', '0.0.0-test', name]),
    );
    const shown = await api.call('viewer', 'GET', 'templates/lib/good');
    assert.deepEqual([shown.status, shown.body.entry, shown.body.schema.required, shown.body.jobs], [200, 'one', ['who'], 0]);
    assert.equal((await api.call('viewer', 'GET', 'templates/lib/no')).body.code, 'MR_TEMPLATE_UNKNOWN');
    assert.equal((await api.call('viewer', 'GET', 'templates/lib/bad')).body.code, 'MR_TEMPLATE_INVALID');
    assert.equal((await api.call('viewer', 'GET', 'templates/no/bad')).body.code, 'MR_LIBRARY_UNKNOWN');
    assert.equal((await api.call('viewer', 'GET', 'templates/away/x')).body.code, 'MR_LIBRARY_AWAY');
    await api.close();
  });

  it('give their jobs places of what is wrong, and many jobs are made, changed and left alone by one request', async (t) => {
    const folder = await tempFolder(t);
    const api = await testApi(databases, { libraries: [library(folder, 'lib', { good: YAML })] });
    const job = (name: string, parameters: object, more: object = {}) => ({
      kind: 'pipeline',
      folder: 'team',
      name,
      config: { definition: { kind: 'template', library: 'lib', template: 'good', parameters }, ...more },
    });
    const team = { kind: 'folder', folder: null, name: 'team' };
    const wrong = await api.call('dev', 'POST', 'items', { ...job('a', { who: 3 }), folder: null });
    assert.deepEqual([wrong.status, wrong.body.code, wrong.body.errors[0].pointer], [400, 'MR_REQUEST', '#/definition/parameters/who']);
    const plain = {
      kind: 'pipeline',
      folder: 'team',
      name: 'plain',
      config: { definition: { kind: 'inline', script: 'echo 1' }, parameters: [{ type: 'password', name: 'p', default: 'word' }] },
    };
    const apply = async (who: 'dev' | 'viewer', items: unknown[], more: object = {}) => {
      const { status, body } = await api.call(who, 'POST', 'apply', { items, ...more });
      return [status, body.items?.map((i: { outcome: string; code: string | null }) => i.code ?? i.outcome)];
    };
    const all = [team, job('a', { who: 'x' }), job('b', {}), plain];
    assert.deepEqual(await apply('dev', all, { dryRun: true }), [200, ['created', 'created', 'MR_REQUEST', 'created']]);
    assert.deepEqual(await apply('viewer', all), [200, all.map(() => 'MR_FORBIDDEN')]);
    assert.deepEqual(await apply('dev', all), [200, ['created', 'created', 'MR_REQUEST', 'created']]);
    assert.deepEqual(await apply('dev', [team, job('a', { who: 'y' }), { ...plain, kind: 'freestyle', config: { steps: [] } }, plain]), [
      200,
      ['unchanged', 'changed', 'MR_JOB_KIND', 'unchanged'],
    ]);
    const jobs = await api.call('viewer', 'GET', 'templates/lib/good/jobs?limit=1');
    assert.deepEqual([jobs.body.entries[0].path, jobs.body.next], ['team/a', null]);
    // What a move or a copy makes of it is found as well.
    await api.call('dev', 'POST', 'items/team%2Fa/copy', { folder: null, name: 'copy' });
    assert.deepEqual(
      (await api.call('viewer', 'GET', 'templates/lib/good/jobs')).body.entries.map((e: { path: string }) => e.path),
      ['copy', 'team/a'],
    );
    assert.deepEqual((await api.call('nobody', 'GET', 'templates/lib/good/jobs')).body.entries, []);
    const moved = await api.call('viewer', 'POST', 'templates/lib/good/move', { version: null, jobs: ['team/a', 'team/none'] });
    assert.deepEqual(
      moved.body.jobs.map((j: { outcome: string }) => j.outcome),
      ['same', 'refused'],
    );
    assert.equal((await api.call('dev', 'POST', 'templates/lib/good/try', { version: 'v1' })).body.code, 'MR_LIBRARY_VERSION');
    await api.close();
  });
});
