/** Steps that tell Bitbucket how a build goes: of the plug-ins bitbucket-build-status-notifier (Cloud) and stashNotifier (Data Center). */
import type { Computation } from '@millrace/groovy';
import type { CommitStatusRequest } from '../host.ts';
import { maskText } from '../log/mask.ts';
import { illegalArgument, isBlank } from './file-or-text.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

type State = CommitStatusRequest['state'];

const CLOUD_STATES: { readonly [name: string]: State } = { INPROGRESS: 'running', SUCCESSFUL: 'success', FAILED: 'failure', STOPPED: 'aborted' };

const orNull = (text: string | null): string | null => (isBlank(text) ? null : text);

export const bitbucketStatusNotifyStep = defineStep({
  name: 'bitbucketStatusNotify',
  summary: 'Notify a build status to BitBucket.',
  params: [
    { name: 'buildState', type: 'string', required: true, values: Object.keys(CLOUD_STATES) },
    { name: 'buildKey', type: 'string', help: 'A status takes the place of the one with its key. Default: of the job and the number of the build.' },
    { name: 'buildName', type: 'string', help: 'Default: the job and the number of the build.' },
    { name: 'buildDescription', type: 'string', default: '' },
    { name: 'repoSlug', type: 'string', help: 'Of the same workspace. Default: the repository that the build is made of, as the rest.' },
    { name: 'commitId', type: 'string' },
    { name: 'credentialsId', type: 'string' },
  ],
  describe: (args) => args.buildState,
  *run(cx, args) {
    const number = `${cx.build.job} #${cx.build.number}`;
    const { missing, commit } = yield* cx.ask('commit.status', {
      forge: 'bitbucket',
      apiUrl: null,
      repository: isBlank(args.repoSlug) ? null : `/${args.repoSlug}`,
      commit: orNull(args.commitId),
      credentialsId: orNull(args.credentialsId),
      context: orNull(args.buildKey) ?? number,
      name: orNull(args.buildName) ?? number,
      state: CLOUD_STATES[args.buildState] as State,
      description: maskText(args.buildDescription, cx.scope.masks),
      url: null,
    });
    if (missing === 'credentials') throw illegalArgument('Credentials could not be found!');
    if (missing !== null) throw illegalArgument(`The build is made of no ${missing} of Bitbucket Cloud that is known: name repoSlug and commitId`);
    cx.log(`Sending build status ${args.buildState} for commit ${commit} to BitBucket`);
    return null;
  },
});

const SERVER_STATES: { readonly [name: string]: State } = { INPROGRESS: 'running', SUCCESSFUL: 'success', FAILED: 'failure' };

/** What the build is now, as the plug-in tells it; null: nothing is told. */
function stateOfBuild(cx: StepContext, args: { readonly disableInprogressNotification: boolean; readonly considerUnstableAsSuccess: boolean }): string | null {
  const result = cx.result();
  switch (result) {
    case null:
      return args.disableInprogressNotification ? null : 'INPROGRESS';
    case 'SUCCESS':
      return 'SUCCESSFUL';
    case 'UNSTABLE':
      if (!args.considerUnstableAsSuccess) return 'FAILED';
      cx.log('UNSTABLE reported to Bitbucket as SUCCESSFUL');
      return 'SUCCESSFUL';
    case 'NOT_BUILT':
      cx.log('NOT BUILT');
      return null;
    default:
      return 'FAILED';
  }
}

const stashParams = [
  { name: 'buildStatus', type: 'string', help: '`INPROGRESS`, `SUCCESSFUL`, `FAILED`. Default, and of any other: what the build is now.' },
  { name: 'buildName', type: 'string', help: 'Default: the job and the number of the build.' },
  { name: 'buildUrl', type: 'string', help: 'Default: the page of the build.' },
  { name: 'commitSha1', type: 'string', help: 'Default: what the build is made of.' },
  { name: 'credentialsId', type: 'string' },
  { name: 'stashServerBaseUrl', type: 'string', help: "Of the server. Default: that of the build's source, or of the job's `commitStatus`." },
  { name: 'projectKey', type: 'string', help: 'The key of the status. Default: the job’s full name, with `buildName` where it is given.' },
  { name: 'includeBuildNumberInKey', type: 'boolean', default: false },
  { name: 'prependParentProjectKey', type: 'boolean', default: false, help: 'The folder’s name before `projectKey`.' },
  { name: 'disableInprogressNotification', type: 'boolean', default: false },
  { name: 'considerUnstableAsSuccess', type: 'boolean', default: false },
  { name: 'ignoreUnverifiedSSLPeer', type: 'boolean', default: false, help: 'Is read past: certificates are always verified.' },
] as const;

interface StashArgs {
  readonly buildStatus: string | null;
  readonly buildName: string | null;
  readonly buildUrl: string | null;
  readonly commitSha1: string | null;
  readonly credentialsId: string | null;
  readonly stashServerBaseUrl: string | null;
  readonly projectKey: string | null;
  readonly includeBuildNumberInKey: boolean;
  readonly prependParentProjectKey: boolean;
  readonly disableInprogressNotification: boolean;
  readonly considerUnstableAsSuccess: boolean;
}

function* notifyStash(cx: StepContext, args: StashArgs): Computation<void> {
  const { job, number } = cx.build;
  const told = args.buildStatus !== null && Object.hasOwn(SERVER_STATES, args.buildStatus) ? args.buildStatus : stateOfBuild(cx, args);
  if (told === null) return;
  const usual = [job, ...(args.includeBuildNumberInKey ? [number] : []), ...(isBlank(args.buildName) ? [] : [args.buildName])].join('-');
  const key = isBlank(args.projectKey) ? usual : `${args.prependParentProjectKey ? `${job.split('/').slice(0, -1).join('/')}-` : ''}${args.projectKey}`;
  const { missing, commit } = yield* cx.ask('commit.status', {
    forge: 'bitbucketServer',
    apiUrl: orNull(args.stashServerBaseUrl),
    repository: null,
    commit: orNull(args.commitSha1),
    credentialsId: orNull(args.credentialsId),
    context: key,
    name: maskText(orNull(args.buildName) ?? `${job} #${number}`, cx.scope.masks),
    state: SERVER_STATES[told] as State,
    description: told === 'INPROGRESS' ? 'building on Millrace' : 'built by Millrace',
    url: orNull(args.buildUrl),
  });
  // It fails no build.
  if (missing === null) cx.log(`Notifying Bitbucket for commit with id ${commit}`);
  else cx.log(missing === 'commit' ? 'found no commit info' : `Failed to notify Bitbucket: no ${missing} of Bitbucket Data Center to be told`);
}

export const notifyBitbucketStep = defineStep({
  name: 'notifyBitbucket',
  summary: 'Notify Bitbucket Instance',
  params: stashParams,
  *run(cx, args) {
    yield* notifyStash(cx, args);
    return null;
  },
});

export const notifyStashStep = defineStep({
  name: 'notifyStash',
  summary: 'Notify Bitbucket Instance',
  params: stashParams,
  *run(cx, args) {
    yield* notifyStash(cx, args);
    return null;
  },
});
