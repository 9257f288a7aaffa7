import assert from 'node:assert/strict';
import { test } from 'node:test';
import { triggerShapes } from '@millrace/protocol';
import type { GitLabEvent } from './gitlab-payload.ts';
import { readGitLab } from './gitlab-payload.ts';
import type { GitLabSpec } from './gitlab-trigger.ts';
import { builtNames, builtValue, whyNotGitLab } from './gitlab-trigger.ts';
import { FROM, mergeBody, noteBody, pushBody } from './testing/gitlab-bodies.ts';

const spec = (given: object = {}): GitLabSpec => triggerShapes.trigger.parse({ kind: 'gitlab', ...given }) as unknown as GitLabSpec;
const event = (body: unknown): GitLabEvent => readGitLab('x', body) as GitLabEvent;
const after = (body: unknown): Record<string, string> => Object.fromEntries(builtNames(event(body)).map((name) => [name, builtValue(event(body))]));
const starts = (given: object, body: unknown, built = {}): boolean => whyNotGitLab(spec(given), event(body), built) === null;

test('options decide which events start a build, as the plug-in has them', () => {
  const merge = (action: string, state: string, more: object = {}): object => mergeBody({ action, state, ...more });
  const cases: [string, object, object, boolean][] = [
    ['a push', {}, pushBody(), true],
    ['a push, off', { triggerOnPush: false }, pushBody(), false],
    ['a deleted branch', {}, pushBody({ after: '0'.repeat(40) }), false],
    ['a deleted branch, asked for', { triggerToBranchDeleteRequest: true }, pushBody({ after: '0'.repeat(40) }), true],
    ['a tag', {}, pushBody({ object_kind: 'tag_push', ref: 'refs/tags/v1' }), true],
    ['an opened one', {}, merge('open', 'opened'), true],
    ['an opened one, off', { triggerOnMergeRequest: false }, merge('open', 'opened'), false],
    ['a reopened one', {}, merge('reopen', 'opened'), true],
    ['an update', {}, merge('update', 'opened'), true],
    ['an update, never', { triggerOpenMergeRequestOnPush: 'never' }, merge('update', 'opened'), false],
    ['an update, source alone', { triggerOnMergeRequest: false, triggerOpenMergeRequestOnPush: 'source' }, merge('update', 'opened'), true],
    ['an update without commits', { triggerOnlyIfNewCommitsPushed: true }, merge('update', 'opened'), false],
    ['an update with commits', { triggerOnlyIfNewCommitsPushed: true }, merge('update', 'opened', { oldrev: FROM }), true],
    [
      'a draft that is ready',
      { triggerOnlyIfNewCommitsPushed: true },
      mergeBody({ action: 'update' }, { changes: { title: { previous: 'Draft: it', current: 'it' } } }),
      true,
    ],
    ['a merged one', {}, merge('merge', 'merged'), false],
    ['a merged one, asked for', { triggerOnAcceptedMergeRequest: true }, merge('merge', 'merged'), true],
    ['a closed one', {}, merge('close', 'closed'), false],
    ['a closed one, asked for', { triggerOnClosedMergeRequest: true }, merge('close', 'closed'), true],
    ['an approved one', {}, merge('approved', 'opened'), false],
    ['an approved one, asked for', { triggerOnApprovedMergeRequest: true }, merge('approved', 'opened'), true],
    ['a draft', { skipWorkInProgressMergeRequest: true }, merge('open', 'opened', { work_in_progress: true }), false],
    ['[ci-skip]', {}, merge('open', 'opened', { description: 'no [ci-skip]' }), false],
    ['[ci-skip], off', { ciSkip: false }, merge('open', 'opened', { description: 'no [ci-skip]' }), true],
    ['a label', { mergeRequestLabelFilterConfig: { include: 'other, ready', exclude: '' } }, mergeBody(), true],
    ['another label', { mergeRequestLabelFilterConfig: { include: 'other', exclude: '' } }, mergeBody(), false],
    ['a label that is left out', { mergeRequestLabelFilterConfig: { include: '', exclude: 'ready' } }, mergeBody(), false],
    ['a comment', {}, noteBody('again'), false],
    ['a comment that is asked for', { noteRegex: 'again.*' }, noteBody('again, please'), true],
    ['part of a comment', { noteRegex: 'again' }, noteBody('again, please'), false],
    ['a comment of lines', { noteRegex: 'again.*' }, noteBody('again\nplease'), false],
    ['a comment of lines, asked for', { noteRegex: '(?s)again.*' }, noteBody('again\nplease'), true],
    ['comments off', { noteRegex: '.*', triggerOnNoteRequest: false }, noteBody('again'), false],
    ['an included target', { branchFilterType: 'NameBasedFilter', includeBranchesSpec: 'release/*, main' }, mergeBody(), true],
    ['another target', { branchFilterType: 'NameBasedFilter', includeBranchesSpec: 'release/*' }, mergeBody(), false],
    ['an excluded target', { branchFilterType: 'NameBasedFilter', excludeBranchesSpec: 'ma*' }, mergeBody(), false],
    ['a name without a filter', { includeBranchesSpec: 'release/*' }, mergeBody(), true],
    ['branches below', { branchFilterType: 'NameBasedFilter', includeBranchesSpec: 'feature/**' }, pushBody(), true],
    ['a source', { branchFilterType: 'RegexBasedFilter', sourceBranchRegex: 'feature/.*', targetBranchRegex: 'main' }, mergeBody(), true],
    ['part of a source', { branchFilterType: 'RegexBasedFilter', sourceBranchRegex: 'feature' }, mergeBody(), false],
  ];
  for (const [name, given, body, expected] of cases) assert.equal(starts(given, body), expected, name);
});

test('the same commit of a merge request starts nothing twice, but for another target and a label that forces it', () => {
  const update = mergeBody({ action: 'update' });
  const built = after(update);
  assert.equal(starts({}, update, built), false);
  assert.equal(starts({}, mergeBody({ action: 'update', target_branch: 'next' }), built), true);
  assert.equal(starts({}, mergeBody({ action: 'open' }), built), true);
  assert.equal(starts({}, mergeBody({ action: 'open' }), after(mergeBody())), false);
  assert.equal(starts({}, update, after(mergeBody())), false);
  assert.equal(starts({ triggerOnApprovedMergeRequest: true }, mergeBody({ action: 'approved' }), after(mergeBody())), true);
  assert.equal(starts({}, mergeBody({ action: 'reopen' }), built), false);
  const labelled = mergeBody({ action: 'update' }, { changes: { labels: { previous: [{ id: 1, title: 'ready' }], current: [{ id: 2, title: 'go' }] } } });
  assert.equal(starts({}, labelled, built), false);
  assert.equal(starts({ labelsThatForcesBuildIfAdded: 'x, go' }, labelled, built), true);
  const note = noteBody('again');
  assert.equal(starts({ noteRegex: 'again' }, note, after(note)), false);
  assert.equal(starts({}, pushBody(), after(pushBody())), false);
});

test('an expression that does not end or cannot be read is told', () => {
  assert.throws(() => starts({ noteRegex: '(a+)+$' }, noteBody(`${'a'.repeat(40)}!`)), /the expression \(a\+\)\+\$: .*timed out/);
  assert.throws(() => starts({ noteRegex: '(' }, noteBody('x')), /the expression \(/);
  assert.throws(() => starts({ branchFilterType: 'NameBasedFilter', includeBranchesSpec: '*a*b*c*d*e' }, mergeBody()), /more than four wildcards/);
});
