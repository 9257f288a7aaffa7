/**
 * `withSonarQubeEnv` and `waitForQualityGate`. Follow SonarBuildWrapper and WaitForQualityGateStep of the sonar plug-in: what a
 * scanner leaves in `report-task.txt` says which analysis is waited for.
 */
import type { Computation } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import { readProperties } from '../formats/properties.ts';
import type { Json } from '../host.ts';
import type { QualityGate, SonarServer } from '../server-model/server-asks.ts';
import type { Bound } from './credential-bindings.ts';
import { credentialOf } from './credential-bindings.ts';
import { Bean } from './results.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { runBound } from './with-credentials.ts';

interface Analysis {
  readonly server: string;
  readonly credentialsId: string | null;
  /** Null: no report was found. */
  readonly task: string | null;
}
const ANALYSES = 'sonar.analyses';
const REPORT = 'report-task.txt';
const WRAPPER = "Please use the 'withSonarQubeEnv' wrapper to run your analysis.";

export const withSonarQubeEnvStep = defineStep({
  name: 'withSonarQubeEnv',
  summary: 'Prepare SonarQube Scanner environment',
  block: 'required',
  needs: ['workspace'],
  params: [
    { name: 'installationName', type: 'string', positional: true, help: 'A name of `sonarServers` in the configuration. Default: the first.' },
    { name: 'credentialsId', type: 'string', help: 'Of a secret text with a token. Default: that of the configuration.' },
    { name: 'envOnly', type: 'boolean', default: false, help: 'Does not look for the analysis that `waitForQualityGate` waits for.' },
  ],
  describe: (args) => args.installationName,
  *run(cx, args, body) {
    const data: Json = { name: args.installationName === '' ? null : args.installationName };
    const server = (yield* cx.ask('other', { name: 'withSonarQubeEnv', data })) as unknown as SonarServer;
    cx.log(`Injecting SonarQube environment variables using the configuration: ${server.name}`);
    const credentialsId = args.credentialsId || server.credentialsId;
    const token = credentialsId === null ? '' : yield* tokenOf(cx, credentialsId);
    const bound: Bound = { secret: token === '' ? {} : { SONAR_AUTH_TOKEN: token }, open: { SONAR_AUTH_TOKEN: token }, contents: [], folders: [] };
    Object.assign(bound.open, variablesOf(cx, server, token));
    try {
      return yield* runBound(cx, body, bound);
    } finally {
      if (!args.envOnly) cx.shared<Analysis[]>(ANALYSES, () => []).push({ server: server.name, credentialsId, task: yield* taskOf(cx) });
    }
  },
});

function* tokenOf(cx: StepContext, id: string): Computation<string> {
  const { fields } = yield* credentialOf(cx, id, [['secret', 'text', 'token']], 'Secret text');
  return fields['secret'] ?? fields['text'] ?? fields['token'] ?? '';
}

function variablesOf(cx: StepContext, server: SonarServer, token: string): Record<string, string> {
  const url = cx.expand(server.url);
  const analysis = Object.entries(server.additionalAnalysisProperties).map(([name, value]) => [name, cx.expand(value)] as const);
  const parameters = [['sonar.host.url', url], ...(token === '' ? [] : [[server.tokenProperty, token]]), ...analysis];
  const { mojoVersion } = server;
  return {
    SONAR_CONFIG_NAME: server.name,
    SONAR_HOST_URL: url,
    SONAR_MAVEN_GOAL: mojoVersion === null ? 'sonar:sonar' : goalOf(mojoVersion),
    SONAR_EXTRA_PROPS: [...analysis.map(([name, value]) => `-D${name}=${value}`), cx.expand(server.additionalProperties)].filter((p) => p !== '').join(' '),
    SONARQUBE_SCANNER_PARAMS: `{ ${parameters.map(([name, value]) => `${JSON.stringify(name)} : ${JSON.stringify(value)}`).join(', ')}}`,
  };
}

function goalOf(version: string): string {
  const group = Number.parseFloat(/\d+\.\d+/.exec(version)?.[0] ?? '3') >= 3 ? 'org.sonarsource.scanner.maven' : 'org.codehaus.mojo';
  return `${group}:sonar-maven-plugin:${version}:sonar`;
}

/** What the scanner has left, also where the body failed after it. */
function* taskOf(cx: StepContext): Computation<string | null> {
  try {
    const { files } = yield* cx.ask('file.find', { ...cx.place(), includes: `**/${REPORT}`, excludes: null, defaultExcludes: true });
    const [first] = files;
    if (first === undefined) {
      cx.log(`WARN: Unable to locate '${REPORT}' in the workspace. Did the SonarScanner succeed?`);
      return null;
    }
    if (files.length > 1) {
      cx.log(`WARN: Found multiple '${REPORT}' in the workspace. Taking the first one.`);
      for (const { path } of files) cx.log(path);
    }
    const { content } = yield* cx.ask('file.read', { ...cx.place(), path: first.path, encoding: 'UTF-8' });
    return new Map(readProperties(content)).get('ceTaskId') ?? null;
  } catch (error) {
    if (!(error instanceof JavaThrowable)) throw error;
    cx.log(`WARN: Unable to read '${REPORT}': ${error.detail ?? error.typeName}`);
    return null;
  }
}

export const waitForQualityGateStep = defineStep({
  name: 'waitForQualityGate',
  summary: 'Wait for SonarQube analysis to be completed and return quality gate status',
  params: [
    { name: 'abortPipeline', type: 'boolean', default: false, positional: true, help: 'Fails where the gate is not OK.' },
    { name: 'credentialsId', type: 'string', help: 'Default: as the analysis was made with.' },
    {
      name: 'webhookSecretId',
      type: 'string',
      help: 'Taken for Jenkinsfiles’ sake: the answer comes from SonarQube itself, and webhooks are signed as the configuration says.',
    },
  ],
  *run(cx, args) {
    const analyses = cx.shared<Analysis[]>(ANALYSES, () => []);
    if (analyses.length === 0) throw illegalState(`No previous SonarQube analysis found on this pipeline execution. ${WRAPPER}`);
    const analysis = analyses.findLast(({ task }) => task !== null);
    if (analysis?.task == null) throw illegalState(`Unable to guess SonarQube task id and/or SQ server details. ${WRAPPER}`);
    const { server, task } = analysis;
    cx.log(`Checking status of SonarQube task '${task}' on server '${server}'`);
    const data = { server, task, credentialsId: args.credentialsId || analysis.credentialsId };
    const { status, gate } = (yield* cx.ask('other', { name: 'waitForQualityGate', data })) as unknown as QualityGate;
    cx.log(`SonarQube task '${task}' status is '${status}'`);
    if (gate === null) throw illegalState(`SonarQube analysis '${task}' failed: ${status}`);
    cx.log(`SonarQube task '${task}' completed. Quality gate is '${gate}'`);
    if (args.abortPipeline && gate !== 'OK') throw abortError(`Pipeline aborted due to quality gate failure: ${gate}`);
    return new Bean('org.sonarsource.scanner.jenkins.pipeline.WaitForQualityGateStep$QGStatus', [['status', gate]]);
  },
});

function illegalState(message: string): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalStateException', message);
}
