import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../engine/testing/dummy-host.ts';
import type { Ask, TaskRequest } from '../host.ts';
import { words } from './docker-client.ts';
import { runScriptText } from './testing/run-script.ts';

const CONTAINER = 'c0ffee'.repeat(10);

/** A docker that has the images of `there`. */
async function run(text: string, there: readonly string[] = []): Promise<{ console: string; result: string; tasks: TaskRequest[] }> {
  const tasks: TaskRequest[] = [];
  const respond = (ask: Ask): Reply | undefined => {
    if (ask.kind === 'credentials') return { ok: { type: 'Username with password', fields: { username: 'bob', password: 'very-secret' }, description: null } };
    if (ask.kind !== 'task') return undefined;
    const { script, env } = ask.request;
    tasks.push(ask.request);
    const answer = (exit: number, stdout = ''): Reply => ({ ok: { exit, stdout } });
    if (script.includes('docker -v')) return answer(0, 'Docker version 27.1.1, build x\nuser 1000:1000\n');
    if (script.startsWith('docker inspect')) return answer(there.includes(env[script.includes('JD_TO_RUN') ? 'JD_TO_RUN' : 'JD_ID'] ?? '') ? 0 : 1);
    if (script.includes('docker run')) return answer(0, `${CONTAINER}\n`);
    if (script.includes('docker top')) return answer(0, 'PID COMMAND\n12 cat\n');
    if (script.startsWith('docker port')) return answer(0, '0.0.0.0:32768\n');
    return undefined;
  };
  const { console, result } = await runScriptText(text, {}, respond);
  return { console, result, tasks };
}

test('inside pulls an image that is not there and runs its body’s commands in a container', async () => {
  const { console, result, tasks } = await run(`node { docker.image('maven:3').inside('-v /a:/b') { sh 'mvn -v'; echo 'in' } }`);
  assert.equal(result, 'SUCCESS', console);
  const order = [
    '[Pipeline] isUnix\n',
    '[Pipeline] withEnv\n',
    '[Pipeline] sh\n',
    'docker pull "$JD_TO_PULL"\n',
    '[Pipeline] withDockerContainer\n',
    'Jenkins does not seem to be running inside a container\n',
    `$ docker run -t -d -u 1000:1000 -v /a:/b -w /w/job -v /w/job:/w/job:rw,z -v /w/job@tmp:/w/job@tmp:rw,z -e ********`,
    ' maven:3 cat\n',
    `$ docker top ${CONTAINER} -eo pid,comm\n`,
    '+ mvn -v\n',
    `$ docker stop --time=1 ${CONTAINER}\n`,
    `$ docker rm -f --volumes ${CONTAINER}\n`,
    '[Pipeline] // withDockerContainer\n',
  ];
  let at = 0;
  for (const part of order) {
    const found = console.indexOf(part, at);
    assert.ok(found >= 0, `${part} in\n${console}`);
    at = found;
  }
  assert.deepEqual(tasks.find((t) => t.script === 'mvn -v')?.launchers, [{ kind: 'docker', container: CONTAINER, executable: 'docker', toolName: null }]);
  assert.deepEqual(tasks.at(-1)?.launchers, []);
});

test('an image that is there is not pulled', async () => {
  const { console, tasks } = await run(`node { docker.image('maven:3').inside { sh 'true' } }`, ['maven:3']);
  assert.ok(!tasks.some((t) => t.script.includes('docker pull')), console);
});

test('build, tag and push name images with the registry', async () => {
  const { console, result, tasks } = await run(`node {
    docker.withRegistry('https://registry.example.org:5000/v2/', 'creds') {
      def image = docker.build("acme/app:\${env.BUILD_NUMBER}", '--pull .')
      image.push()
      image.push('latest')
      echo image.id + ' ' + image.imageName()
    }
  }`);
  assert.equal(result, 'SUCCESS', console);
  assert.match(console, /\$ docker login -u bob -p \*{8} https:\/\/registry\.example\.org:5000\/v2\/\n/);
  assert.match(console, /acme\/app:1 registry\.example\.org:5000\/acme\/app:1\n/);
  assert.ok(!console.includes('very-secret'));
  const build = tasks.find((t) => t.script.startsWith('docker build'));
  assert.equal(build?.script, 'docker build -t "$JD_IMAGE" --pull .');
  assert.equal(build?.env['JD_IMAGE'], 'acme/app:1');
  assert.match(build?.env['DOCKER_CONFIG'] ?? '', /^\/w\/job@tmp\/secretFiles\//);
  assert.deepEqual(
    tasks.filter((t) => t.script.startsWith('docker push')).map((t) => t.env['JD_TAGGED_IMAGE_NAME']),
    ['registry.example.org:5000/acme/app:1', 'registry.example.org:5000/acme/app:latest'],
  );
});

test('withRun stops its container, whatever its body does', async () => {
  const { console, result, tasks } = await run(
    `node { try { docker.image('mysql').withRun('-e A=b', '--x') { c -> echo "\${c.id} on \${c.port(3306)}"; error 'no' } } catch (e) { echo "caught \${e.message}" } }`,
  );
  assert.equal(result, 'SUCCESS', console);
  assert.ok(console.includes(`${CONTAINER} on 0.0.0.0:32768\n`));
  assert.match(console, /caught no\n/);
  assert.equal(tasks[0]?.script, 'docker run -d -e A=b mysql --x');
  assert.equal(tasks.at(-1)?.script, 'docker stop "$JD_ID" && docker rm -f --volumes "$JD_ID"');
});

test('outside of a node docker takes one', async () => {
  const { console } = await run(`docker.image('a/b').pull()`);
  assert.match(console, /\[Pipeline\] node\n/);
});

test('Declarative’s docker agent', async () => {
  const { console, result, tasks } = await run(
    `pipeline { agent { docker { image 'node:20'; args '-p 1:2' } }\n stages { stage('x') { steps { sh 'npm t' } } } }`,
  );
  assert.equal(result, 'SUCCESS', console);
  assert.equal(tasks.find((t) => t.script === 'npm t')?.launchers.length, 1);
});

test('arguments are split as a shell would', () => {
  assert.deepEqual(words(`-v "/a b:/c" --x='y z' \\"q\\" '' `), ['-v', '/a b:/c', '--x=y z', '"q"', '']);
});
