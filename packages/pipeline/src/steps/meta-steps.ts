/**
 * `step([$class: 'X', …])` and `wrap([$class: 'X', …]) { }`: Jenkins' general forms for what plug-ins offer to freestyle
 * jobs. They name no trace of their own in the console: the step they stand for does.
 */

import type { Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { buildUserVariables } from './build-user.ts';
import type { Described } from './described.ts';
import { defineStep } from './step.ts';

/** Class names less their packages → the step. */
const BUILD_STEPS: Readonly<Record<string, string>> = {
  ArtifactArchiver: 'archiveArtifacts',
  JUnitResultArchiver: 'junit',
  WsCleanup: 'cleanWs',
  Fingerprinter: 'fingerprint',
  Mailer: 'mailer',
  HtmlPublisher: 'publishHTML',
  ExtendedEmailPublisher: 'emailext',
  HttpRequest: 'httpRequest',
  GitHubCommitStatusSetter: 'gitHubCommitStatusSetter',
  CopyArtifact: 'copyArtifacts',
  StashNotifier: 'notifyBitbucket',
};
const WRAPPERS: Readonly<Record<string, string>> = {
  TimestamperBuildWrapper: 'timestamps',
  AnsiColorBuildWrapper: 'ansiColor',
  ConfigFileBuildWrapper: 'configFileProvider',
  MaskPasswordsBuildWrapper: 'maskPasswords',
  SecretBuildWrapper: 'withCredentials',
  SSHAgentBuildWrapper: 'sshagent',
  SonarBuildWrapper: 'withSonarQubeEnv',
  NodeJSBuildWrapper: 'nodejs',
};

function target(delegate: Described, classes: Readonly<Record<string, string>>, kind: string): string {
  const name = delegate.symbol ?? (Object.hasOwn(classes, delegate.kind) ? classes[delegate.kind] : undefined);
  if (name === undefined || (delegate.symbol !== null && !Object.values(classes).includes(delegate.symbol))) {
    throw new JavaThrowable('java.lang.UnsupportedOperationException', `no known implementation of ${kind} is named ${delegate.className ?? delegate.symbol}`);
  }
  return name;
}

export const stepStep = defineStep({
  name: 'step',
  summary: 'General Build Step',
  hidden: true,
  params: [{ name: 'delegate', type: 'described', required: true, help: 'A map with `$class`, or a call of a symbol.' }],
  *run(cx, args) {
    const { delegate } = args;
    const name = target(delegate, BUILD_STEPS, 'interface jenkins.tasks.SimpleBuildStep');
    const given: Record<string, Value> = Object.fromEntries(delegate.args);
    if (delegate.kind === 'HtmlPublisher' && given['reportTargets'] !== undefined) {
      for (const one of cx.rt.iterate(given['reportTargets'])) yield* cx.call(name, { target: one });
      return null;
    }
    return yield* cx.call(name, given);
  },
});

export const wrapStep = defineStep({
  name: 'wrap',
  summary: 'General Build Wrapper',
  hidden: true,
  block: 'required',
  params: [{ name: 'delegate', type: 'described', required: true, help: 'A map with `$class`.' }],
  *run(cx, args, body) {
    const { delegate } = args;
    if (delegate.kind === 'BuildUser') return yield* cx.runBody(body, { env: yield* buildUserVariables(cx) });
    const name = target(delegate, WRAPPERS, 'class jenkins.tasks.SimpleBuildWrapper');
    return yield* cx.call(name, Object.fromEntries(delegate.args), body);
  },
});
