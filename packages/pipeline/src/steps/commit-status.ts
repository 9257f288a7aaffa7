/** Steps that tell a forge the state of a commit: of the plug-ins pipeline-githubnotify-step, gitlab-plugin and github. */
import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { ResultName } from '../engine/build.ts';
import { isWorse } from '../engine/build.ts';
import { interruptionOf } from '../engine/throwables.ts';
import type { AnswerOf, CommitStatusRequest, Json } from '../host.ts';
import { maskText } from '../log/mask.ts';
import { resultNamed } from './catch-error.ts';
import { illegalArgument, isBlank } from './file-or-text.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

type State = CommitStatusRequest['state'];

const GITHUB_STATES: { readonly [name: string]: State } = { PENDING: 'pending', SUCCESS: 'success', ERROR: 'error', FAILURE: 'failure' };
/** As the plug-in words what cannot be told. */
const CANNOT_INFER = {
  repository: 'Unable to infer git data, please specify repo, credentialsId, account and sha values',
  commit: 'Could not infer exact commit to use, please specify one',
  credentials: 'Can not infer exact credentialsId to use, please specify one',
} as const;

const orNull = (text: string | null): string | null => (isBlank(text) ? null : text);

export const githubNotifyStep = defineStep({
  name: 'githubNotify',
  summary: 'Notifies GitHub of the status of a Pull Request',
  params: [
    { name: 'status', type: 'string', required: true, values: Object.keys(GITHUB_STATES) },
    { name: 'description', type: 'string', default: '' },
    { name: 'context', type: 'string', default: 'jenkins/githubnotify' },
    { name: 'account', type: 'string', help: 'The owner. Default: that of the repository that the build is made of, as the rest.' },
    { name: 'repo', type: 'string' },
    { name: 'sha', type: 'string' },
    { name: 'credentialsId', type: 'string' },
    { name: 'gitApiUrl', type: 'string', help: 'Of GitHub Enterprise Server.' },
    { name: 'targetUrl', type: 'string', help: 'Default: the page of the build.' },
  ],
  describe: (args) => args.context,
  *run(cx, args) {
    const named = !isBlank(args.account) || !isBlank(args.repo);
    const { missing } = yield* cx.ask('commit.status', {
      forge: 'github',
      apiUrl: orNull(args.gitApiUrl),
      repository: named ? `${args.account ?? ''}/${args.repo ?? ''}` : null,
      commit: orNull(args.sha),
      credentialsId: orNull(args.credentialsId),
      context: args.context,
      state: GITHUB_STATES[args.status] as State,
      description: maskText(args.description, cx.scope.masks),
      url: orNull(args.targetUrl),
    });
    if (missing !== null) throw illegalArgument(CANNOT_INFER[missing]);
    return null;
  },
});

const GITLAB_STATES: { readonly [name: string]: State } = {
  pending: 'pending',
  running: 'running',
  canceled: 'aborted',
  success: 'success',
  failed: 'failure',
  skipped: 'skipped',
};
/** Builds that `gitlabBuilds` has announced and nobody has begun: a set for the whole build, as its PendingBuildsAction. */
const pending = (cx: StepContext): Set<string> => cx.shared('gitlabBuilds', () => new Set<string>());

interface GitlabBuild {
  readonly projectId: string | null;
  readonly revisionHash: string | null;
  readonly name: string | null;
}

function* tellGitlab(cx: StepContext, name: string, state: string, builds: readonly GitlabBuild[] = []): Computation<void> {
  const all = builds.length === 0 ? [{ projectId: null, revisionHash: null, name: null }] : builds;
  for (const build of all) {
    const { missing } = yield* cx.ask('commit.status', {
      forge: 'gitlab',
      apiUrl: null,
      repository: build.projectId,
      commit: build.revisionHash,
      credentialsId: null,
      context: build.name ?? name,
      state: GITLAB_STATES[state] as State,
      description: state,
      url: null,
    });
    if (missing !== null)
      cx.log(missing === 'commit' ? 'Failed to update GitLab commit status: Last build has no associated commit' : 'No GitLab connection configured');
  }
}

/** `[[projectId: 'team/app', revisionHash: '…', name: '…']]` */
function gitlabBuilds(cx: StepContext, values: readonly Value[] | null): GitlabBuild[] {
  return (values ?? []).map((value) => {
    const json = toJson(cx.rt, value);
    if (json === null || typeof json !== 'object' || Array.isArray(json)) throw illegalArgument('An element of builds has to be a map');
    const text = (name: string): string | null => {
      const found = (json as { [name: string]: Json })[name];
      return found == null || found === '' ? null : String(found);
    };
    return { projectId: text('projectId'), revisionHash: text('revisionHash'), name: text('name') };
  });
}

export const updateGitlabCommitStatusStep = defineStep({
  name: 'updateGitlabCommitStatus',
  summary: 'Update the commit status in GitLab',
  params: [
    { name: 'name', type: 'string', default: 'jenkins' },
    { name: 'state', type: 'string', required: true, values: Object.keys(GITLAB_STATES) },
    { name: 'builds', type: 'list', help: '`[projectId: …, revisionHash: …]`. Default: what the build is made of.' },
  ],
  describe: (args) => args.name,
  *run(cx, args) {
    const name = isBlank(args.name) ? 'jenkins' : args.name;
    yield* tellGitlab(cx, name, args.state, gitlabBuilds(cx, args.builds));
    pending(cx).delete(name);
    return null;
  },
});

export const gitlabCommitStatusStep = defineStep({
  name: 'gitlabCommitStatus',
  summary: 'Update the commit status in GitLab depending on the build status',
  block: 'required',
  params: [
    { name: 'name', type: 'string', default: 'jenkins', positional: true },
    { name: 'builds', type: 'list', help: '`[projectId: …, revisionHash: …]`. Default: what the build is made of.' },
  ],
  describe: (args) => args.name,
  *run(cx, args, body) {
    const name = isBlank(args.name) ? 'jenkins' : args.name;
    const builds = gitlabBuilds(cx, args.builds);
    yield* tellGitlab(cx, name, 'running', builds);
    pending(cx).delete(name);
    let value: Value;
    try {
      value = yield* cx.runBody(body);
    } catch (error) {
      if (error instanceof JavaThrowable) yield* tellGitlab(cx, name, interruptionOf(error)?.actual === true ? 'canceled' : 'failed', builds);
      throw error;
    }
    yield* tellGitlab(cx, name, 'success', builds);
    return value;
  },
});

export const gitlabBuildsStep = defineStep({
  name: 'gitlabBuilds',
  summary: 'Notify gitlab about pending builds',
  block: 'required',
  params: [{ name: 'builds', type: 'stringList', required: true, help: 'Names, of which `gitlabCommitStatus` and `updateGitlabCommitStatus` tell more.' }],
  *run(cx, args, body) {
    const [only] = args.builds;
    const names = args.builds.length === 1 && only !== undefined ? only.split(',') : args.builds;
    const mine = names.map((name) => name.trim()).filter((name) => name !== '');
    for (const name of mine) yield* tellGitlab(cx, name, 'pending');
    for (const name of mine) pending(cx).add(name);
    let value: Value;
    try {
      value = yield* cx.runBody(body);
    } catch (error) {
      if (error instanceof JavaThrowable)
        for (const name of [...pending(cx)]) yield* tellGitlab(cx, name, interruptionOf(error) === null ? 'failed' : 'canceled');
      throw error;
    }
    if (pending(cx).size > 0) cx.log('There are still pending GitLab builds. Please check your configuration');
    return value;
  },
});

/** `step([$class: 'GitHubCommitStatusSetter', …])`; its sources are maps with `$class` too. */
export const gitHubCommitStatusSetterStep = defineStep({
  name: 'gitHubCommitStatusSetter',
  summary: 'Set GitHub commit status (universal)',
  params: [
    { name: 'reposSource', type: 'any', help: 'AnyDefinedRepositorySource, ManuallyEnteredRepositorySource (`url`).' },
    { name: 'commitShaSource', type: 'any', help: 'BuildDataRevisionShaSource, ManuallyEnteredShaSource (`sha`).' },
    { name: 'contextSource', type: 'any', help: 'DefaultCommitContextSource, ManuallyEnteredCommitContextSource (`context`).' },
    {
      name: 'statusResultSource',
      type: 'any',
      help: 'DefaultStatusResultSource, ConditionalStatusResultSource (`results`: AnyBuildResult, BetterThanOrEqualBuildResult with `state` and `message`).',
    },
    { name: 'statusBackrefSource', type: 'any', help: 'BuildRefBackrefSource, ManuallyEnteredBackrefSource (`backref`).' },
    { name: 'errorHandlers', type: 'list', help: 'ShallowAnyErrorHandler, ChangingBuildStatusErrorHandler (`result`).' },
  ],
  *run(cx, args) {
    const text = (value: Value, field: string): string | null => {
      const found = sourceOf(cx, value)[field];
      return found == null || found === '' ? null : cx.expand(String(found));
    };
    const url = text(args.reposSource, 'url');
    const { state, message } = resultOf(cx, args.statusResultSource);
    const context = text(args.contextSource, 'context') ?? cx.build.job;
    let answer: AnswerOf<'commit.status'>;
    try {
      answer = yield* cx.ask('commit.status', {
        forge: 'github',
        apiUrl: null,
        repository: url === null ? null : repositoryOf(url),
        commit: text(args.commitShaSource, 'sha'),
        credentialsId: null,
        context,
        state: GITHUB_STATES[state] as State,
        description: maskText(message, cx.scope.masks),
        url: text(args.statusBackrefSource, 'backref'),
      });
      if (answer.missing !== null) throw illegalArgument(CANNOT_INFER[answer.missing]);
    } catch (error) {
      if (!(error instanceof JavaThrowable) || !handled(cx, args.errorHandlers ?? [], error)) throw error;
      return null;
    }
    cx.log(
      `[Set GitHub commit status (universal)] ${state} on repos [${answer.repository}] (sha:${(answer.commit ?? '').slice(0, 7)}) with context:${context}`,
    );
    return null;
  },
});

function sourceOf(cx: StepContext, value: Value): { readonly [name: string]: Json } {
  const json = toJson(cx.rt, value);
  return json === null || typeof json !== 'object' || Array.isArray(json) ? {} : (json as { readonly [name: string]: Json });
}

/** `https://github.com/acme/app`, `git@github.com:acme/app.git` → `acme/app` */
function repositoryOf(url: string): string {
  const found = /([^/:]+)\/([^/]+?)(?:\.git)?\/?$/.exec(url);
  if (found === null) throw illegalArgument(`${url} is no address of a repository`);
  return `${found[1]}/${found[2]}`;
}

/** The first condition that holds. */
function resultOf(cx: StepContext, value: Value): { readonly state: string; readonly message: string } {
  const result: ResultName = cx.result() ?? 'SUCCESS';
  const source = sourceOf(cx, value);
  const number = `#${cx.build.number}`;
  const conditions = source['results'];
  if (!Array.isArray(conditions))
    return result === 'SUCCESS'
      ? { state: 'SUCCESS', message: `Build ${number} succeeded` }
      : result === 'UNSTABLE'
        ? { state: 'FAILURE', message: `Build ${number} found unstable` }
        : { state: 'ERROR', message: `Build ${number} failed` };
  for (const one of conditions as readonly { readonly [name: string]: Json }[]) {
    const isConditional = /(^|\.)BetterThanOrEqualBuildResult$/.test(String(one['$class'] ?? ''));
    if (isConditional && isWorse(result, resultNamed(String(one['result'] ?? ''), 'result'))) continue;
    const state = String(one['state'] ?? '');
    return { state: Object.hasOwn(GITHUB_STATES, state) ? state : 'ERROR', message: cx.expand(String(one['message'] ?? '')) };
  }
  return { state: 'PENDING', message: "Can't define which status to set" };
}

/** False: none of them takes it. */
function handled(cx: StepContext, handlers: readonly Value[], error: JavaThrowable): boolean {
  for (const handler of handlers) {
    const { $class: name = '', result = null } = sourceOf(cx, handler);
    const kind = String(name).slice(String(name).lastIndexOf('.') + 1);
    if (kind === 'ShallowAnyErrorHandler') {
      cx.log(`ERROR: [GitHub Commit Status Setter] Failed to update commit state on GitHub. Ignoring exception [${error.detail}]`);
      return true;
    }
    if (kind === 'ChangingBuildStatusErrorHandler') {
      const worse = resultNamed(String(result ?? 'FAILURE'), 'result');
      cx.log(`ERROR: [GitHub Commit Status Setter] - ${error.detail}, setting build result to ${worse}`);
      cx.setResult(worse);
      return true;
    }
  }
  return false;
}
