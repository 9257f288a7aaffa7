import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORGES, gitlabUrls } from './forge-payloads.ts';
import type { GitLabEvent } from './gitlab-payload.ts';
import { readGitLab } from './gitlab-payload.ts';
import { FROM, mergeBody, noteBody, pushBody, TO } from './testing/gitlab-bodies.ts';

const read = (body: unknown): GitLabEvent => readGitLab('x', body) as GitLabEvent;

test('a push has the variables of the plug-in, and those that would be empty are none', () => {
  const { variables, cause, kind, commit, ref } = read(pushBody());
  assert.equal(ref, 'refs/heads/feature/one');
  assert.equal(read(pushBody({ after: '0'.repeat(40) })).ref, null);
  assert.deepEqual([kind, commit, cause], ['push', TO, 'Started by GitLab push by Ada Example']);
  assert.deepEqual(variables, {
    gitlabBranch: 'feature/one',
    gitlabSourceBranch: 'feature/one',
    gitlabActionType: 'PUSH',
    gitlabUserName: 'Ada Example',
    gitlabUserUsername: 'ada',
    gitlabUserEmail: 'ada@example.org',
    gitlabSourceRepoHomepage: 'https://git.example/team/app',
    gitlabSourceRepoName: 'App',
    gitlabSourceNamespace: 'team',
    gitlabSourceRepoURL: 'git@git.example:team/app.git',
    gitlabSourceRepoSshUrl: 'git@git.example:team/app.git',
    gitlabSourceRepoHttpUrl: 'https://git.example/team/app.git',
    gitlabMergeRequestLastCommit: TO,
    gitlabTargetBranch: 'feature/one',
    gitlabBefore: FROM,
    gitlabAfter: TO,
  });
  const tag = read(pushBody({ object_kind: 'tag_push', ref: 'refs/tags/v1' }));
  assert.deepEqual([tag.variables['gitlabActionType'], tag.variables['gitlabBranch']], ['TAG_PUSH', 'refs/tags/v1']);
  assert.equal(read(pushBody({ after: '0'.repeat(40) })).commit, null);
  assert.equal(read(pushBody({ user_name: '', user_username: null })).cause, 'Started by GitLab push by Ada');
  assert.equal(read(pushBody({ commits: [{ message: 'no [ci-skip]' }] })).isSkipped, true);
});

test('a merge request and a comment of one have the variables of the plug-in', () => {
  // Of a fork nothing is in the repository, but for what was merged.
  assert.equal(read(mergeBody()).ref, null);
  assert.equal(read(mergeBody({ source_project_id: 7 })).ref, 'refs/heads/feature/one');
  const { variables, cause, labels, ref } = read(mergeBody({ merge_commit_sha: FROM }));
  assert.equal(ref, 'refs/heads/main');
  assert.equal(cause, 'Triggered by GitLab Merge Request #3: ada/feature/one => main');
  assert.deepEqual(labels, ['ready']);
  const shared = {
    gitlabBranch: 'feature/one',
    gitlabSourceBranch: 'feature/one',
    gitlabUserName: 'Ada',
    gitlabUserEmail: 'ada@example.org',
    gitlabSourceRepoHomepage: 'https://git.example/ada/app',
    gitlabSourceRepoName: 'App',
    gitlabSourceNamespace: 'ada',
    gitlabSourceRepoURL: 'git@git.example:ada/app.git',
    gitlabSourceRepoSshUrl: 'git@git.example:ada/app.git',
    gitlabSourceRepoHttpUrl: 'https://git.example/ada/app.git',
    gitlabMergeRequestTitle: 'Make it better',
    gitlabMergeRequestDescription: 'It was worse.',
    gitlabMergeRequestId: '99',
    gitlabMergeRequestIid: '3',
    gitlabMergeRequestTargetProjectId: '7',
    gitlabMergeRequestLabels: 'ready',
    gitlabMergeRequestLastCommit: TO,
    gitlabTargetBranch: 'main',
    gitlabTargetRepoName: 'App',
    gitlabTargetNamespace: 'team',
    gitlabTargetRepoSshUrl: 'git@git.example:team/app.git',
    gitlabTargetRepoHttpUrl: 'https://git.example/team/app.git',
  };
  assert.deepEqual(variables, {
    ...shared,
    gitlabActionType: 'MERGE',
    gitlabMergeCommitSha: FROM,
    gitlabMergeRequestState: 'opened',
    gitlabMergedByUser: 'bob',
    gitlabMergeRequestAssignee: 'cleo',
  });
  const note = read(noteBody('try again'));
  assert.equal(note.cause, 'Triggered by Ada GitLab Merge Request #3: ada/feature/one => main');
  assert.deepEqual(note.variables, { ...shared, gitlabActionType: 'NOTE', gitlabTriggerPhrase: 'try again', gitlabCommentAuthor: 'bob' });
  assert.equal(read(mergeBody({ description: `${'x'.repeat(5_000)}[ci-skip]` })).isSkipped, true);
  assert.equal(read(mergeBody({ description: 'x'.repeat(5_000) })).variables['gitlabMergeRequestDescription']?.length, 1_000);
  for (const name of ['refs/merge-requests/9/head', TO, '*', ':x', 'a b', '-x', 'a..b', '$x', ''])
    for (const body of [mergeBody({ source_branch: name }), pushBody({ ref: `refs/heads/${name}` })]) assert.equal(readGitLab('x', body), null, name);
  assert.equal(readGitLab('x', pushBody({ ref: 'refs/merge-requests/9/head' })), null);
  // A comment of something else.
  assert.equal(readGitLab('Note Hook', { ...noteBody('x'), merge_request: undefined }), null);
});

test('whatever is in a body, what is read of it is text that a process can be handed', () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const odd = [null, 0, -1, 1.5, true, '', 'a\u0000b', 'x'.repeat(50_000), [], {}, [null], { id: {} }, ['x'], Number.NaN, '\ud800'];
  const broken = (value: unknown): unknown => {
    if (random(12) === 0) return odd[random(odd.length)];
    if (Array.isArray(value)) return value.map(broken);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).flatMap(([k, v]) => (random(25) === 0 ? [] : [[k, broken(v)]])));
  };
  const bodies = [pushBody(), mergeBody({ oldrev: FROM }, { changes: { labels: { previous: [], current: [{ id: 1, title: 'a' }] } } }), noteBody('x')];
  let known = 0;
  for (let i = 0; i < 3_000; i++) {
    const body = broken(bodies[random(3)]);
    FORGES.gitlab('Note Hook', body);
    for (const url of gitlabUrls(body)) assert.ok(url.length <= 2_000);
    const event = readGitLab('Note Hook', body);
    if (event === null) continue;
    known++;
    for (const [name, value] of Object.entries(event.variables)) {
      assert.match(name, /^gitlab\w+$/);
      assert.ok(typeof value === 'string' && value !== '' && value.length <= 30_000 && !value.includes('\0'), name);
    }
    for (const list of [event.labels, event.addedLabels]) for (const label of list) assert.equal(typeof label, 'string');
    assert.equal(typeof event.cause, 'string');
    JSON.parse(JSON.stringify(event));
  }
  assert.ok(known > 100, String(known));
});
