/** `buildImage` with the real Buildah and a real registry, where this machine has them (Debian: buildah, docker-registry). */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../store/testing/databases.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';

const BUSYBOX = '/bin/busybox';
const LOGIN = { username: 'robot', password: "it's $ecret" };
const AUTH = `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')}`;

function missing(): string | false {
  if (process.getuid?.() !== 0) return 'images are built by root here';
  for (const [program, args] of [
    ['buildah', ['--version']],
    ['docker-registry', ['--version']],
    [BUSYBOX, ['true']],
  ] as const)
    if (spawnSync(program, args).status !== 0) return `${program} is missing: apt-get install buildah docker-registry busybox-static`;
  return false;
}

const DOCKERFILE = `FROM scratch AS base
COPY busybox /bin/busybox
FROM base AS prod
ARG VERSION=none
RUN ["/bin/busybox", "sh", "-c", "echo built $VERSION > /version"]
CMD ["/bin/busybox", "cat", "/version"]
FROM base AS unwanted
RUN ["/bin/busybox", "false"]
`;

describe('buildImage with Buildah', { skip: missing() }, () => {
  const folder = new TestFolder();
  const images = mkdtempSync(join(tmpdir(), 'millrace-images-'));
  let registry: ChildProcess;
  let proxy: Server;
  let server: TestServer;
  let host: string;
  /** What came with a login, and without. */
  const asked = { allowed: 0, refused: 0 };
  before(async () => {
    const port = await freePort();
    const config = `version: 0.1\nstorage: { filesystem: { rootdirectory: ${images}/registry } }\nhttp: { addr: '127.0.0.1:${port}' }\nlog: { level: error }\n`;
    writeFileSync(join(images, 'registry.yml'), config);
    registry = spawn('docker-registry', ['serve', join(images, 'registry.yml')], { stdio: 'ignore' });
    proxy = http.createServer((request, response) => {
      if (request.headers.authorization !== AUTH) {
        asked.refused++;
        response.writeHead(401, { 'www-authenticate': 'Basic realm="images"' }).end();
        return;
      }
      asked.allowed++;
      const options = { host: '127.0.0.1', port, method: request.method ?? 'GET', path: request.url ?? '/', headers: request.headers };
      const onward = http.request(options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    // Its images stay in the test's folder.
    const program = join(images, 'buildah');
    writeFileSync(program, `#!/bin/sh\nexec buildah --root ${images}/root --runroot ${images}/run "$@"\n`, { mode: 0o755 });
    const imageBuilder = {
      kind: 'buildah',
      image: null,
      container: null,
      program,
      shell: null,
      registries: {},
      insecureRegistries: [host],
      cacheRepository: null,
      arguments: [],
    } as const;
    server = await TestServer.start({
      data: folder.path,
      installation: () => testInstallation({ credentials: [{ id: 'registry', type: 'usernamePassword', description: null, fields: LOGIN }], imageBuilder }),
    });
  });
  after(async () => {
    await server.stop();
    proxy.close();
    proxy.closeAllConnections();
    registry.kill();
    rmSync(images, { recursive: true, force: true });
    folder.remove();
  });

  it('builds a stage of a Dockerfile, pushes it under all its names, and answers its digest', async () => {
    const build = await server.run(
      `node {
        sh 'mkdir web; cp ${BUSYBOX} web/'
        writeFile file: 'web/Dockerfile', text: '''${DOCKERFILE}'''
        def digest = buildImage(context: 'web', destination: ['${host}/team/app:1', '${host}/team/app:latest'], target: 'prod', buildArgs: [VERSION: 7], credentialsId: 'registry')
        echo "answer \${digest}"
      }`,
      'image',
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    const digest = /\nanswer (sha256:[0-9a-f]{64})\n/.exec(build.log)?.[1];
    for (const tag of ['1', 'latest']) {
      const answer = await fetch(`http://${host}/v2/team/app/manifests/${tag}`, {
        headers: { authorization: AUTH, accept: 'application/vnd.oci.image.manifest.v1+json' },
      });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('docker-content-digest'), digest);
      const { config, layers } = (await answer.json()) as { config: { digest: string }; layers: unknown[] };
      assert.equal(layers.length, 2);
      const image = (await (await fetch(`http://${host}/v2/team/app/blobs/${config.digest}`, { headers: { authorization: AUTH } })).json()) as {
        config: { Cmd: string[] };
        history: { created_by?: string }[];
      };
      assert.deepEqual(image.config.Cmd, ['/bin/busybox', 'cat', '/version']);
      assert.ok(image.history.some(({ created_by = '' }) => created_by.includes('VERSION=7')));
    }
    assert.ok(asked.allowed > 0);
    for (const secret of [LOGIN.password, AUTH.slice('Basic '.length)]) assert.ok(!build.log.includes(secret));
  });

  it('fails where the registry does not know who pushes', async () => {
    const build = await server.run(
      `node { writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /\\n'; buildImage(destination: '${host}/team/app:2') }`,
      'stranger',
    );
    assert.equal(build.result, 'FAILURE', build.log);
    assert.match(build.log, /\nERROR: The image was not built: buildah returned exit code 125\n/);
    assert.ok(asked.refused > 0);
  });

  it('fails where the Dockerfile does, with its words', async () => {
    const build = await server.run(
      `node {
        sh 'cp ${BUSYBOX} .'
        writeFile file: 'Dockerfile', text: '''${DOCKERFILE}'''
        buildImage(push: false, target: 'unwanted')
      }`,
      'broken',
    );
    assert.equal(build.result, 'FAILURE', build.log);
    assert.match(build.log, /STEP 2\/2: RUN \["\/bin\/busybox", "false"\]/);
  });
});

describe('buildImage without a tool', () => {
  it('says what is missing', async () => {
    const folder = new TestFolder();
    const server = await TestServer.start({ data: folder.path });
    try {
      const build = await server.run(`node { buildImage 'app' }`);
      assert.equal(build.result, 'FAILURE');
      assert.match(build.log, /\nERROR: buildImage needs a tool: the configuration has no imageBuilder\n/);
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});
