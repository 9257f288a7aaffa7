/** Steps of the gitlab-plugin about the merge request that a build was started for. They go on where there is none, as there. */
import { JavaThrowable } from '@millrace/groovy';
import type { AnswerOf } from '../host.ts';
import { maskText } from '../log/mask.ts';
import { isBlank } from './file-or-text.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

const MISSING = {
  'merge request': 'Cannot retrieve the GitLab merge request: the build was not started for one of the repository of its job',
  credentials: 'No GitLab connection configured',
} as const;

/** False: it said why nothing could be done. */
function isThere(cx: StepContext, { missing }: AnswerOf<'merge.request'>): boolean {
  if (missing !== null) cx.log(MISSING[missing]);
  return missing === null;
}

export const addGitLabMRCommentStep = defineStep({
  name: 'addGitLabMRComment',
  summary: 'Add comment on GitLab Merge Request',
  params: [{ name: 'comment', type: 'string', required: true, positional: true, help: 'Markdown. It is sent as soon as GitLab takes it.' }],
  *run(cx, args) {
    isThere(cx, yield* cx.ask('merge.request', { what: 'comment', text: maskText(args.comment, cx.scope.masks) }));
    return null;
  },
});

export const acceptGitLabMRStep = defineStep({
  name: 'acceptGitLabMR',
  summary: 'Accept GitLab Merge Request',
  params: [
    { name: 'mergeCommitMessage', type: 'string', help: 'Default: GitLab’s own.' },
    { name: 'useMRDescription', type: 'boolean', default: false, help: 'The message has the title and the description of the merge request.' },
    { name: 'removeSourceBranch', type: 'boolean', help: 'Default: as the merge request says.' },
  ],
  *run(cx, args) {
    const answer = yield* cx.ask('merge.request', {
      what: 'accept',
      message: isBlank(args.mergeCommitMessage) ? null : maskText(args.mergeCommitMessage ?? '', cx.scope.masks),
      useDescription: args.useMRDescription,
      removeSourceBranch: args.removeSourceBranch ?? null,
    });
    if (isThere(cx, answer) && answer.failure !== null) cx.log(`Failed to accept merge request for project '${answer.project}': ${answer.failure}`);
    return null;
  },
});

/** Its name in Jenkinsfiles begins with a capital; who writes it as other steps are written means the same. */
const labelExists = (name: string) =>
  defineStep({
    name,
    summary: 'Check if a GitLab merge request has a specific label',
    params: [{ name: 'label', type: 'string', required: true, positional: true }],
    *run(cx, args) {
      const answer = yield* cx.ask('merge.request', { what: 'labels' });
      if (!isThere(cx, answer)) return false;
      if (answer.failure !== null) throw new JavaThrowable('hudson.AbortException', `The labels of the merge request: ${answer.failure}`);
      return answer.labels.includes(args.label);
    },
  });
export const LABEL_STEPS = [labelExists('GitLabMergeRequestLabelExists'), labelExists('gitlabMergeRequestLabelExists')];
