/**
 * Whether an event of GitLab starts a build of a job with the trigger `gitlab`. Follows the handlers of the gitlab-plugin; which commits it
 * has built is what this trigger has started (`built`), not what any build has checked out.
 */
import { runInNewContext } from 'node:vm';
import type { JobTrigger } from '@millrace/protocol';
import { wildcards } from '../scm/branch-spec.ts';
import { GitError } from '../scm/git.ts';
import type { GitLabEvent } from './gitlab-payload.ts';

export type GitLabSpec = Omit<Extract<JobTrigger, { kind: 'gitlab' }>, 'kind' | 'token'>;

/** What has started builds of a trigger, by commit; of a comment, by its number. */
export type BuiltByGitLab = { readonly [commit: string]: string };

/** Null: it starts one. Throws an Error that says which expression is wrong. */
export function whyNotGitLab(spec: GitLabSpec, event: GitLabEvent, built: BuiltByGitLab): string | null {
  const why = whyNotKind(spec, event, built);
  if (why !== null) return why;
  if (spec.ciSkip && event.isSkipped) return '[ci-skip]';
  return isBranchAllowed(spec, event) ? null : `${event.sourceBranch} => ${event.targetBranch} is left out by the branch filter`;
}

/** What stands for the event in `built`. */
export function builtName({ kind, note, commit, action, sourceBranch }: GitLabEvent): string {
  switch (kind) {
    case 'note':
      return `note ${note?.id}`;
    case 'merge_request':
      return isAskedAnyway(action) ? `${action} ${commit}` : `${commit}`;
    case 'push':
    case 'tag_push':
      return `push ${sourceBranch}`;
  }
}
/** The commit of a merge request that was opened is built, whatever comes after that. */
export function builtNames(event: GitLabEvent): readonly string[] {
  return event.kind === 'merge_request' ? [...new Set([builtName(event), `${event.commit}`])] : [builtName(event)];
}
export function builtValue({ kind, state, targetBranch, commit }: GitLabEvent): string {
  return kind === 'merge_request' ? `${state} ${targetBranch}` : `${commit}`;
}

/** These start a build of a commit that another event has started one for: each its own. */
function isAskedAnyway(action: string | null): boolean {
  return action === 'open' || action === 'approved' || action === 'merge';
}

function whyNotKind(spec: GitLabSpec, event: GitLabEvent, built: BuiltByGitLab): string | null {
  switch (event.kind) {
    case 'push':
    case 'tag_push':
      if (!spec.triggerOnPush) return 'triggerOnPush is off';
      if (event.commit === null) return spec.triggerToBranchDeleteRequest ? null : 'The branch was deleted';
      return built[builtName(event)] === event.commit ? `${event.commit} was started already` : null;
    case 'merge_request':
      return whyNotMergeRequest(spec, event, built);
    case 'note':
      if (!spec.triggerOnNoteRequest) return 'triggerOnNoteRequest is off';
      if (spec.noteRegex === '' || !isWhole(spec.noteRegex, event.note?.text ?? '')) return `‘${spec.noteRegex}’ does not match the comment`;
      return built[builtName(event)] === undefined ? null : 'The comment has started a build already';
  }
}

/** Labels and new commits are asked about after the options, as there. */
function whyNotMergeRequest(spec: GitLabSpec, event: GitLabEvent, built: BuiltByGitLab): string | null {
  const { action, state } = event;
  if (!isChosen(spec, state, action)) return `The trigger does not take ‘${action}’ of a merge request that is ${state}`;
  if (spec.skipWorkInProgressMergeRequest && event.isDraft) return 'The merge request is a draft';
  const forces = listed(spec.labelsThatForcesBuildIfAdded);
  if (!event.addedLabels.some((label) => forces.includes(label))) {
    if (built[builtName(event)] === builtValue(event)) return `${event.commit} was started already`;
    if (spec.triggerOnlyIfNewCommitsPushed && action === 'update' && !event.hasNewCommits && !event.becameReady) return 'No new commits were pushed';
  }
  const { include, exclude } = spec.mergeRequestLabelFilterConfig;
  const [included, excluded] = [listed(include), listed(exclude)];
  if (event.labels.some((label) => excluded.includes(label)) || (included.length > 0 && !event.labels.some((label) => included.includes(label))))
    return 'Its labels are left out';
  return null;
}

/** MergeRequestHookTriggerHandlerFactory's chain: what is not told is taken for what a rule asks about. */
function isChosen(spec: GitLabSpec, state: string | null, action: string | null): boolean {
  const isState = (...states: string[]): boolean => state === null || states.includes(state);
  const isAction = (wanted: string): boolean => action === null || action === wanted;
  const open = spec.triggerOpenMergeRequestOnPush;
  if (open === 'never' && isState('opened', 'updated') && isAction('update')) return false;
  if (!spec.triggerOnApprovedMergeRequest && isAction('approved')) return false;
  return (
    (open !== 'never' && isState('updated') && isAction('update')) ||
    (open !== 'never' && open !== null && isState('opened') && isAction('update')) ||
    (spec.triggerOnApprovedMergeRequest && isAction('approved')) ||
    (spec.triggerOnMergeRequest && isState('opened', 'reopened')) ||
    (spec.triggerOnAcceptedMergeRequest && isAction('merge')) ||
    (spec.triggerOnClosedMergeRequest && (isAction('close') || isState('closed')))
  );
}

function isBranchAllowed(spec: GitLabSpec, { sourceBranch, targetBranch }: GitLabEvent): boolean {
  switch (spec.branchFilterType) {
    case 'All':
      return true;
    case 'NameBasedFilter': {
      const [included, excluded] = [listed(spec.includeBranchesSpec), listed(spec.excludeBranchesSpec)];
      if (excluded.some((pattern) => isNamed(pattern, targetBranch))) return false;
      return included.length === 0 || included.some((pattern) => isNamed(pattern, targetBranch));
    }
    case 'RegexBasedFilter':
      return (
        (spec.sourceBranchRegex === '' || isWhole(spec.sourceBranchRegex, sourceBranch)) &&
        (spec.targetBranchRegex === '' || targetBranch === '' || isWhole(spec.targetBranchRegex, targetBranch))
      );
  }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => part.trim());
}

/** As AntPathMatcher: a folder's double star stands for nothing, too. */
function isNamed(pattern: string, branch: string): boolean {
  try {
    const forms = [pattern, pattern.replace(/^\*\*\//, ''), pattern.replace(/\/\*\*$/, '')];
    return forms.some((form) => wildcards(form).test(branch));
  } catch (error) {
    if (error instanceof GitError) throw new Error(error.message);
    throw error;
  }
}

/** Java's Pattern.matches. One may be written so that it does not end: it gets so long. */
const PATTERN_MS = 200,
  LONGEST = 100_000;

function isWhole(expression: string, text: string): boolean {
  const given = /^\(\?([ims]+)\)/.exec(expression);
  const source = `^(?:${expression.slice(given?.[0].length ?? 0)})$`;
  try {
    return runInNewContext(
      'new RegExp(source, flags).test(text)',
      { source, flags: [...new Set(given?.[1] ?? '')].join(''), text: text.slice(0, LONGEST) },
      { timeout: PATTERN_MS },
    ) as boolean;
  } catch (error) {
    throw new Error(`the expression ${expression}: ${(error as Error).message}`);
  }
}
