import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverShapes } from '@millrace/protocol';
import { testInstallation } from '../testing/test-installation.ts';
import type { SettingsOf } from './show-settings.ts';
import { showSettings } from './show-settings.ts';

const HIDDEN = 'not to be seen';
const options: SettingsOf['options'] = {
  name: 'c1',
  labels: ['big'],
  version: '1.2.3',
  listen: { host: '0.0.0.0', port: 8080 },
  url: null,
  advertise: 'http://me:not%20to%20be%20seen@10.0.0.7:8080',
  timeZone: 'Asia/Shanghai',
  databaseUrl: 'postgres://millrace:not%20to%20be%20seen@db.example:5432/ci?sslpassword=hidden',
  blobs: 's3://bucket/prefix?endpoint=https://hidden.example',
  builtIn: { executors: 2, labels: [], name: 'built-in', command: [HIDDEN] },
  workers: { entry: HIDDEN, size: 3, memoryMb: 512 },
  parkAfterMs: 30_000,
  installation: () =>
    testInstallation({
      tools: [{ name: 'jdk', type: 'jdk', home: '/opt/jdk', env: { LICENCE: HIDDEN } }],
      credentials: [{ id: 'deploy', type: 'string', description: null, fields: { secret: HIDDEN } }],
      libraries: [
        { name: 'shared', path: null, git: 'https://bot:hidden@git.example/shared.git', version: 'main', implicit: true },
        { name: 'ssh', path: null, git: 'git@git.example:team/shared.git', version: null, implicit: false },
      ],
      env: { API_KEY: HIDDEN },
      quietPeriodSeconds: 5,
    }),
};

test('the settings of a controller are shown without any secret', () => {
  const clouds = [{ name: 'k', kind: 'kubernetes', cap: 7, token: HIDDEN }];
  const shown = showSettings({ options, clouds, rootUrl: 'https://ci.example/', shared: true, tls: true, anonymous: 'viewer' });
  assert.deepEqual(serverShapes.settings.parse(shown), shown);
  assert.doesNotMatch(JSON.stringify(shown), /not to be seen|not%20to|hidden/);
  assert.deepEqual(shown.storage, { database: 'postgres', databaseAt: 'db.example:5432/ci', blobs: 's3', blobsAt: 's3://bucket/prefix' });
  assert.deepEqual(
    shown.libraries.map((l) => l.at),
    ['https://git.example/shared.git', 'git@git.example:team/shared.git'],
  );
  assert.deepEqual([shown.builds.variables, shown.tools[0]?.variables], [['API_KEY'], ['LICENCE']]);
  assert.equal(shown.controller.advertise, 'http://10.0.0.7:8080');
});

test('what is not set is told as what it is then', () => {
  const plain = { ...options, databaseUrl: null, blobs: null, advertise: null, builtIn: null };
  const shown = showSettings({ options: plain, clouds: [], rootUrl: 'http://127.0.0.1:8080/', shared: false, tls: false, anonymous: 'none' });
  assert.deepEqual(shown.storage, { database: 'sqlite', databaseAt: null, blobs: 'folder', blobsAt: null });
  assert.equal(shown.builds.builtInExecutors, 0);
});
