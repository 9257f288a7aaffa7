/** The scripts of `buildImage`, run by a real shell over programs that print what they were called with. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Ask, HostFailure, Json, RequestOf } from '../host.ts';
import type { ImageBuilder } from './image-builders.ts';
import { registryOf, repositoryOf } from './image-builders.ts';
import { DIGEST, imageTool } from './testing/image-tool.ts';
import { runScriptText } from './testing/run-script.ts';

const BASE: ImageBuilder = {
  kind: 'buildah',
  image: null,
  container: 'tool',
  program: null,
  shell: null,
  registries: {},
  insecureRegistries: [],
  cacheRepository: null,
  arguments: [],
};

describe('buildImage', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-image-'));
    mkdirSync(join(folder, 'job'));
    for (const name of ['executor', 'buildctl-daemonless.sh', 'buildah']) writeFileSync(join(folder, name), imageTool(), { mode: 0o755 });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  interface Built {
    readonly console: string;
    readonly result: string;
    readonly task: RequestOf<'task'> | undefined;
    /** The command lines, in the order of their calls: words of one call each. */
    readonly calls: string[][];
    readonly said: string;
  }
  const build = async (args: string, more: Partial<ImageBuilder> = {}): Promise<Built> => {
    const builder = { ...BASE, ...more };
    let task: RequestOf<'task'> | undefined;
    let said = '';
    const run = (request: RequestOf<'task'>): { ok: Json; output: string } => {
      task = request;
      const env = { ...request.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, TMPDIR: folder };
      const { status, stdout, stderr } = spawnSync('/bin/sh', ['-xe', '-c', request.script], { cwd: join(folder, 'job'), env, encoding: 'utf8' });
      said = stderr;
      return { ok: { exit: status ?? -1, stdout }, output: stderr };
    };
    const respond = (ask: Ask): { ok: Json; output?: string } | { err: HostFailure } | undefined => {
      if (ask.kind === 'other' && ask.request.name === 'imageBuilder') return { ok: builder as unknown as Json };
      if (ask.kind === 'task') return run(ask.request);
      if (ask.kind !== 'credentials') return undefined;
      return {
        ok: {
          type: 'Username with password',
          fields: { username: `user of ${ask.request.id}`, password: `pass'$word of ${ask.request.id}` },
          description: null,
        },
      };
    };
    const { console, result } = await runScriptText(`node { echo 'answer ' + buildImage(${args}) }`, {}, respond);
    const calls: string[][] = [];
    for (const line of said.split('\n')) {
      if (line.startsWith('$ ')) calls.push([]);
      if (line.startsWith('word ')) calls.at(-1)?.push(line.slice(5));
    }
    return { console, result, task, calls, said };
  };
  const job = (path = ''): string => join(folder, 'job', path);
  /** Names of the folder that each build makes for itself. */
  const same = (calls: readonly string[][]): string[][] => calls.map((words) => words.map((w) => w.replace(/^.*\/(?:tmp|millrace)\.\w+\//, '<dir>/')));

  const ALL = `context: 'web', dockerfile: 'docker/Dockerfile.prod', destination: ['r.example/app:1', 'r.example/app:latest'], buildArgs: [VERSION: '1 2', "IT'S": '$x'], target: 'prod', cache: true, arguments: ['--label', 'a=b']`;

  it('calls kaniko', async () => {
    const built = await build(ALL, { kind: 'kaniko', program: join(folder, 'executor'), arguments: ['--verbosity=warn'] });
    assert.equal(built.result, 'SUCCESS', built.console);
    assert.deepEqual(same(built.calls), [
      [
        '--context',
        `dir://${job('web')}`,
        '--dockerfile',
        job('docker/Dockerfile.prod'),
        '--destination',
        'r.example/app:1',
        '--destination',
        'r.example/app:latest',
        '--build-arg',
        'VERSION=1 2',
        '--build-arg',
        "IT'S=$x",
        '--target',
        'prod',
        '--cache=true',
        '--digest-file',
        '<dir>/digest',
        '--cleanup',
        '--verbosity=warn',
        '--label',
        'a=b',
      ],
    ]);
    assert.match(built.console, new RegExp(`\\nBuilt r\\.example/app:1, r\\.example/app:latest ${DIGEST}\\n`));
    assert.match(built.console, new RegExp(`\\nanswer ${DIGEST}\\n`));
    assert.deepEqual(built.task?.launchers, [{ kind: 'container', name: 'tool', shell: '/busybox/sh' }]);
  });

  it('calls BuildKit', async () => {
    const built = await build(ALL, { kind: 'buildkit', insecureRegistries: ['r.example'] });
    assert.deepEqual(same(built.calls), [
      [
        'build',
        '--frontend',
        'dockerfile.v0',
        '--local',
        `context=${job('web')}`,
        '--local',
        `dockerfile=${job('docker')}`,
        '--opt',
        'filename=Dockerfile.prod',
        '--opt',
        'target=prod',
        '--opt',
        'build-arg:VERSION=1 2',
        '--opt',
        "build-arg:IT'S=$x",
        '--output',
        'type=image,"name=r.example/app:1,r.example/app:latest",push=true,registry.insecure=true',
        '--export-cache',
        'type=registry,ref=r.example/app:buildcache,mode=max',
        '--import-cache',
        'type=registry,ref=r.example/app:buildcache',
        '--metadata-file',
        '<dir>/metadata.json',
        '--progress',
        'plain',
        '--label',
        'a=b',
      ],
    ]);
    assert.match(built.console, new RegExp(`\\nanswer ${DIGEST}\\n`));
    assert.equal(/\nflags --oci-worker-no-process-sandbox\n/.test(built.said), process.getuid?.() !== 0);
  });

  it('calls Buildah, for the build and for each name', async () => {
    const built = await build(ALL, { insecureRegistries: ['r.example'], cacheRepository: 'cache.example/layers' });
    assert.deepEqual(same(built.calls), [
      [
        '--storage-driver',
        'vfs',
        'build',
        '--isolation',
        'chroot',
        '--file',
        job('docker/Dockerfile.prod'),
        '--tag',
        'r.example/app:1',
        '--tag',
        'r.example/app:latest',
        '--build-arg',
        'VERSION=1 2',
        '--build-arg',
        "IT'S=$x",
        '--target',
        'prod',
        '--layers',
        '--cache-from',
        'cache.example/layers',
        '--cache-to',
        'cache.example/layers',
        '--tls-verify=false',
        '--label',
        'a=b',
        job('web'),
      ],
      ['--storage-driver', 'vfs', 'push', '--tls-verify=false', '--digestfile', '<dir>/digest', 'r.example/app:1', 'docker://r.example/app:1'],
      ['--storage-driver', 'vfs', 'push', '--tls-verify=false', '--digestfile', '<dir>/digest', 'r.example/app:latest', 'docker://r.example/app:latest'],
    ]);
    assert.match(built.console, new RegExp(`\\nanswer ${DIGEST}\\n`));
  });

  it('builds the Dockerfile of the current folder where nothing else is said, and pushes nothing where it must not', async () => {
    const own = job().replace(/\/$/, '');
    assert.deepEqual(same((await build(`push: false`)).calls), [
      ['--storage-driver', 'vfs', 'build', '--isolation', 'chroot', '--file', `${own}/Dockerfile`, own],
    ]);
    const kaniko = await build(`destination: 'app', push: false`, { kind: 'kaniko', program: join(folder, 'executor') });
    assert.deepEqual(same(kaniko.calls), [
      ['--context', `dir://${own}`, '--dockerfile', `${own}/Dockerfile`, '--destination', 'app', '--no-push', '--digest-file', '<dir>/digest', '--cleanup'],
    ]);
    const buildkit = await build(`destination: 'app', push: false`, { kind: 'buildkit' });
    assert.ok(!buildkit.calls.flat().includes('--output'));
    assert.match((await build(`push: false`)).console, /\nanswer null\n/);
  });

  it('gives logins to the tool alone, for as long as it runs, and prints none', async () => {
    const more = { registries: { 'docker.io': 'hub' }, kind: 'buildah' } as const;
    const built = await build(`destination: 'r.example:5000/app:1', credentialsId: 'own'`, more);
    assert.equal(built.result, 'SUCCESS', built.console);
    const [, at = '', text = ''] = /\nconfig (\S+) (.*)\n/.exec(built.said) ?? [];
    const auth = (id: string): { auth: string } => ({ auth: Buffer.from(`user of ${id}:pass'$word of ${id}`).toString('base64') });
    assert.deepEqual(JSON.parse(text), { auths: { 'https://index.docker.io/v1/': auth('hub'), 'r.example:5000': auth('own') } });
    assert.ok(at !== '' && !existsSync(at), at);
    assert.doesNotMatch(built.said, /MILLRACE_REGISTRY/);
    assert.deepEqual(same(built.calls)[0]?.slice(5, 7), ['--authfile', '<dir>/config.json']);
    assert.deepEqual(same(built.calls)[1]?.slice(3, 5), ['--authfile', '<dir>/config.json']);
    for (const secret of [auth('own').auth, auth('hub').auth, `pass'$word of own`]) assert.ok(built.task?.masks.includes(secret), secret);
    assert.ok(!built.task?.script.includes('word of'));
  });

  it('fails where the tool does, and leaves nothing', async () => {
    const built = await build(`destination: 'r.example/app', credentialsId: 'own', arguments: ['fail']`);
    assert.equal(built.result, 'FAILURE');
    assert.match(built.console, /\nERROR: The image was not built: buildah returned exit code 7\n/);
    assert.equal(built.calls.length, 1);
    assert.ok(!existsSync(/\nconfig (\S+) /.exec(built.said)?.[1] ?? folder));
  });

  it('builds on the node where that is wanted', async () => {
    assert.deepEqual((await build(`push: false, container: 'none'`)).task?.launchers, []);
    assert.deepEqual((await build(`push: false`, { container: null })).task?.launchers, []);
    assert.deepEqual((await build(`push: false, container: 'other'`)).task?.launchers, [{ kind: 'container', name: 'other', shell: null }]);
  });

  it('refuses what is no name of an image, and a push to nowhere', async () => {
    for (const args of [`destination: 'a b'`, `destination: 'a,push=false'`, `push: true`, `push: false, cache: true`]) {
      const built = await build(args);
      assert.equal(built.result, 'FAILURE', args);
      assert.equal(built.task, undefined);
    }
  });

  it('knows registries and repositories', () => {
    assert.deepEqual(['app', 'team/app:1', 'localhost/app', 'r.example/a', 'r:5000/a:1'].map(registryOf), [
      'docker.io',
      'docker.io',
      'localhost',
      'r.example',
      'r:5000',
    ]);
    assert.deepEqual(['app', 'team/app:1', 'r:5000/a', 'r:5000/a:1@sha256:0'].map(repositoryOf), ['app', 'team/app', 'r:5000/a', 'r:5000/a']);
  });
});
