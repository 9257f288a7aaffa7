import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import { SonarClient } from './sonar-client.ts';
import { sonarWebhook } from './sonar-webhook.ts';

const TOKEN = 'sonar-words-of-a-test';

/** A SonarQube server as its web API is told. `answer`: a status, or what is JSON. */
class PlayedSonar {
  readonly asked: { readonly path: string; readonly token: string }[] = [];
  /** By path. */
  answers: Record<string, unknown> = {};
  url = '';
  static async start(t: TestContext): Promise<PlayedSonar> {
    const played = new PlayedSonar();
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      const [, basic = ''] = (request.headers.authorization ?? '').split(' ');
      played.asked.push({ path, token: Buffer.from(basic, 'base64').toString().replace(/:$/, '') });
      const answer = played.answers[path] ?? 404;
      if (typeof answer === 'number') response.writeHead(answer).end('no');
      else response.writeHead(200).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    played.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return played;
  }
  task(status: string, analysisId?: string): void {
    this.answers['/api/ce/task?id=T1'] = { task: { status, analysisId, componentKey: 'app' } };
  }
}

async function world(t: TestContext, servers = 1): Promise<{ readonly sonar: PlayedSonar; readonly server: TestServer }> {
  const sonar = await PlayedSonar.start(t);
  const folder = new TestFolder();
  t.after(() => folder.remove());
  const one = { url: `${sonar.url}/`, credentialsId: 'sonar', webhookSecretId: null, mojoVersion: '3.9.1.2184', additionalProperties: '-X' };
  const sonarServers = ['main', 'other'].slice(0, servers).map((name) => ({ ...one, name, additionalAnalysisProperties: { 'sonar.sources': '$SRC' } }));
  const credentials = [{ id: 'sonar', type: 'string', description: null, fields: { secret: TOKEN } }];
  const server = await TestServer.start({ data: folder.path, installation: () => ({ ...testInstallation({ credentials }), sonarServers }) });
  t.after(() => server.stop());
  return { sonar, server };
}
/** What a scanner leaves. */
const SCAN = `writeFile file: 'target/sonar/report-task.txt', text: 'projectKey=app\\nserverUrl=http://elsewhere\\nceTaskId=T1\\ndashboardUrl=http://elsewhere/dashboard?id=app\\n'`;

describe('SonarQube', () => {
  it('tells scanners where it is, and builds what its gate says once the analysis is over', async (t) => {
    const { sonar, server } = await world(t);
    sonar.answers['/api/server/version'] = '10.4.1.88267';
    sonar.task('PENDING');
    sonar.answers['/api/qualitygates/project_status?analysisId=A1'] = { projectStatus: { status: 'OK' } };
    const id = await server.trigger(`node { withEnv(['SRC=src']) { withSonarQubeEnv('main') {
        echo "$SONAR_CONFIG_NAME $SONAR_HOST_URL $SONAR_MAVEN_GOAL $SONAR_EXTRA_PROPS $SONARQUBE_SCANNER_PARAMS"
        sh 'echo "token: $SONAR_AUTH_TOKEN"'
        ${SCAN}
      } } }
      def gate = waitForQualityGate()
      echo "gate \${gate.status}"`);
    await server.until(async () => sonar.asked.some(({ path }) => path === '/api/ce/task?id=T1'));
    sonar.task('SUCCESS', 'A1');
    await server.store.write(async (_tx, wakes) => wakes.add('sonar T1'));
    const { log, result } = await server.ended(id);
    assert.equal(result, 'SUCCESS', log);
    assert.ok(
      log.includes(
        `main ${sonar.url}/ org.sonarsource.scanner.maven:sonar-maven-plugin:3.9.1.2184:sonar -Dsonar.sources=src -X { "sonar.host.url" : "${sonar.url}/", "sonar.token" : "****", "sonar.sources" : "src"}\n`,
      ),
      log,
    );
    assert.match(log, /Injecting SonarQube environment variables using the configuration: main\n/);
    assert.match(log, /\ntoken: \*\*\*\*\n/);
    assert.match(
      log,
      /Checking status of SonarQube task 'T1' on server 'main'\nSonarQube task 'T1' status is 'SUCCESS'\nSonarQube task 'T1' completed. Quality gate is 'OK'\n[\s\S]*\ngate OK\n/,
    );
    assert.ok(!log.includes(TOKEN));
    // The version alone is asked for without the token, and nothing goes where the workspace's file points.
    assert.deepEqual([...new Set(sonar.asked.filter(({ token }) => token !== TOKEN).map(({ path }) => path))], ['/api/server/version']);
  });
  it('fails a build whose gate is not passed, where that is asked for', async (t) => {
    const { sonar, server } = await world(t, 2);
    sonar.answers['/api/server/version'] = '9.9.3';
    sonar.task('SUCCESS', 'A1');
    sonar.answers['/api/qualitygates/project_status?analysisId=A1'] = { projectStatus: { status: 'ERROR' } };
    const script = (abort: boolean): string =>
      `node { withSonarQubeEnv(installationName: 'other') { ${SCAN}; echo SONARQUBE_SCANNER_PARAMS } }\ntimeout(1) { echo waitForQualityGate(abortPipeline: ${abort}).status }`;
    const passed = await server.run(script(false));
    assert.match(passed.log, /"sonar\.login" : "\*\*\*\*"[\s\S]*\nERROR\n/);
    assert.equal(passed.result, 'SUCCESS');
    const { result, log } = await server.run(script(true));
    assert.equal(result, 'FAILURE');
    assert.match(log, /ERROR: Pipeline aborted due to quality gate failure: ERROR\n/);
  });
  it('says what is missing or wrong', async (t) => {
    const { sonar, server } = await world(t);
    sonar.task('FAILED');
    const { log } = await server.run(`
      def caught = { body -> try { body() } catch (e) { echo "caught \${e.message}" } }
      caught { waitForQualityGate() }
      node {
        caught { withSonarQubeEnv('nope') { } }
        caught { withSonarQubeEnv { error 'scan failed' } }
        caught { waitForQualityGate() }
        withSonarQubeEnv { ${SCAN} }
        caught { waitForQualityGate() }
      }`);
    for (const words of [
      "caught No previous SonarQube analysis found on this pipeline execution. Please use the 'withSonarQubeEnv' wrapper to run your analysis.",
      'caught SonarQube installation defined in this job (nope) does not match any configured installation. Number of installations that can be configured: 1. The configuration file has them under sonarServers.',
      "WARN: Unable to locate 'report-task.txt' in the workspace. Did the SonarScanner succeed?",
      'caught scan failed',
      "caught Unable to guess SonarQube task id and/or SQ server details. Please use the 'withSonarQubeEnv' wrapper to run your analysis.",
      "caught SonarQube analysis 'T1' failed: FAILED",
    ])
      assert.ok(log.includes(`\n${words}\n`), `${words}\n${log}`);
  });
  it('is asked again while it does not answer, and not where the token is refused', async (t) => {
    const { sonar, server } = await world(t);
    sonar.answers['/api/ce/task?id=T1'] = 503;
    sonar.answers['/api/qualitygates/project_status?analysisId=A1'] = { projectStatus: { status: 'OK' } };
    const id = await server.trigger(`node { withSonarQubeEnv { ${SCAN} } }\necho waitForQualityGate().status`);
    await server.until(async () => sonar.asked.some(({ path }) => path === '/api/ce/task?id=T1'));
    sonar.task('SUCCESS', 'A1');
    assert.equal((await server.ended(id)).result, 'SUCCESS');
    sonar.answers['/api/ce/task?id=T1'] = 401;
    const { result, log } = await server.run(`node { withSonarQubeEnv { ${SCAN} } }\nwaitForQualityGate()`);
    assert.equal(result, 'FAILURE');
    assert.match(log, /SonarQube server 'main' answered 401: its credential holds no token that may ask for \/api\/ce\/task/);
    const odd = new SonarClient({ name: 'odd', url: sonar.url, token: null });
    for (const answer of ['<html>', '{}', '[]', '{"task":{"status":5}}', 'null']) {
      sonar.answers['/api/ce/task?id=T1'] = answer;
      await assert.rejects(odd.task('T1'), /SonarQube server 'odd' answered something else than its API/);
    }
  });
  it('ends the wait when the build is aborted', async (t) => {
    const { sonar, server } = await world(t);
    sonar.task('IN_PROGRESS');
    const id = await server.trigger(`node { withSonarQubeEnv { ${SCAN} } }\nwaitForQualityGate()`);
    await server.until(async () => sonar.asked.some(({ path }) => path === '/api/ce/task?id=T1'));
    await server.abort(id);
    assert.equal((await server.ended(id)).result, 'ABORTED');
  });
  it('wakes who waits by its webhook, signed where a secret is set', async (t) => {
    const { server } = await world(t);
    const told: string[] = [];
    const off = server.store.wakes.on('sonar', (topic) => told.push(topic));
    t.after(off);
    let secret: string | null = null;
    const app = Fastify();
    t.after(() => app.close());
    const one = { name: 'main', url: 'http://s', credentialsId: null, mojoVersion: null, additionalProperties: '', additionalAnalysisProperties: {} };
    await sonarWebhook(app, {
      store: server.store,
      credential: async () => ({ id: 'x', type: 'string', description: null, fields: { secret: 'hook words' } }) as never,
      servers: () => [{ ...one, webhookSecretId: secret }],
    });
    const post = async (payload: string, headers: Record<string, string> = {}): Promise<number> =>
      (await app.inject({ method: 'POST', url: '/sonarqube-webhook/', payload, headers: { 'content-type': 'application/json', ...headers } })).statusCode;
    const body = JSON.stringify({ taskId: 'T1', status: 'SUCCESS', qualityGate: { status: 'OK' } });
    assert.equal(await post(body), 200);
    secret = 'hook';
    assert.notEqual(await post(body), 200);
    assert.notEqual(await post(body, { 'x-sonar-webhook-hmac-sha256': 'ab' }), 200);
    assert.equal(await post(body, { 'x-sonar-webhook-hmac-sha256': createHmac('sha256', 'hook words').update(body).digest('hex') }), 200);
    secret = null;
    for (const odd of ['', '{', '[]', 'null', '{"taskId":5}', '{"taskId":"a b"}', `{"taskId":"${'x'.repeat(300)}"}`])
      assert.notEqual(await post(odd), 200, odd);
    assert.deepEqual(told, ['sonar T1', 'sonar T1']);
  });
});
