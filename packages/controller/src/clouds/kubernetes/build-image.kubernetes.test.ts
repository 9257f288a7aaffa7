/** `buildImage` in a container of a pod. The tool is played by a program that prints what it was called with: no registry is reached. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ImageBuilder } from '@millrace/pipeline';
import { freePort } from '../../store/testing/databases.ts';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import { testInstallation } from '../../testing/test-installation.ts';
import { imageBuilderTemplate } from './image-builder-template.ts';
import { BUSYBOX, HOST, SKIP, TestCluster } from './testing/cluster.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const TOOL = Buffer.from(`#!/bin/sh
for word; do echo "word $word"; done
echo "config $DOCKER_CONFIG $(cat "$DOCKER_CONFIG/config.json")"
for word; do
  case $before in
    --digest-file) echo ${DIGEST} > "$word" ;;
    --metadata-file) echo '{"containerimage.digest": "${DIGEST}"}' > "$word" ;;
  esac
  before=$word
done
`).toString('base64');
const COMMON = { image: BUSYBOX, shell: 'sh', registries: { 'r.example': 'registry' }, insecureRegistries: [], cacheRepository: null, arguments: [] };
const BUILDERS: readonly ImageBuilder[] = [
  { ...COMMON, kind: 'kaniko', container: 'kaniko', program: '/kaniko/executor' },
  // As another user than the agent, and than the pod's other containers.
  { ...COMMON, kind: 'buildkit', container: 'builder', program: '/tmp/buildctl-daemonless.sh' },
];

for (const builder of BUILDERS)
  describe(`images built by ${builder.kind} in a pod`, { skip: SKIP }, () => {
    let folder: TestFolder;
    let cluster: TestCluster;
    let server: TestServer;
    before(async () => {
      folder = new TestFolder();
      cluster = await TestCluster.open();
      const port = await freePort();
      const clouds = [cluster.cloud({ url: `http://${HOST}:${port}`, templates: [imageBuilderTemplate(builder)] })];
      const credentials = [{ id: 'registry', type: 'usernamePassword', description: null, fields: { username: 'robot', password: 'sesame-street' } }];
      server = await TestServer.start({
        data: folder.path,
        builtIn: null,
        listen: { host: '0.0.0.0', port },
        clouds,
        installation: () => testInstallation({ credentials, imageBuilder: builder }),
      });
    });
    after(async () => {
      await server.stop();
      await cluster.close();
      folder.remove();
    });

    it('in the container of the configuration, from the workspace as that container has it, with its logins', async () => {
      const program = builder.program as string;
      const build = await server.run(
        `
        podTemplate(inheritFrom: 'image-builder', yamlMergeStrategy: merge(), yaml: '''
          spec:
            terminationGracePeriodSeconds: 1
            containers:
            - name: ${builder.container}
              workingDir: /src
        ''') {
          node(POD_LABEL) {
            writeFile file: 'web/Dockerfile', text: 'FROM scratch'
            container('${builder.container}') { sh 'mkdir -p $(dirname ${program}); echo ${TOOL} | base64 -d > ${program}; chmod +x ${program}' }
            echo 'answer ' + buildImage(context: 'web', destination: 'r.example/app:1')
            container('${builder.container}') { sh 'echo "left: $(ls -d /kaniko/millrace.* /tmp/tmp.* 2>/dev/null | wc -l), as $(id -u)"' }
          }
        }`,
        'image',
      );
      assert.equal(build.result, 'SUCCESS', build.log);
      assert.match(build.log, builder.kind === 'kaniko' ? /\nword dir:\/\/\/src\/workspace\/image\/web\n/ : /\nword context=\/src\/workspace\/image\/web\n/);
      assert.match(build.log, new RegExp(`\\n\\$ ${program} `));
      assert.match(build.log, builder.kind === 'kaniko' ? /\nconfig \/kaniko\/millrace\.\w+ / : /\nconfig \/tmp\/tmp\.\w+ /);
      // Its login is there, and is not shown.
      assert.match(build.log, /\{"auths":\{"r\.example":\{"auth":"\*\*\*\*"\}\}\}\n/);
      assert.match(build.log, new RegExp(`\\nanswer ${DIGEST}\\n`));
      assert.match(build.log, new RegExp(`\\nleft: 0, as ${builder.kind === 'kaniko' ? 0 : 1000}\\n`));
    });
  });
