/**
 * What GitLab sends, as the gitlab-plugin looks at it for a job of its own: what its trigger decides by, and the variables that a
 * build gets. Follows CauseData and the retrieveCauseData of its handlers; a variable that would be empty is none there. Bodies
 * come from anybody.
 */
import { at, commit, list, text } from './payload-parts.ts';

export interface GitLabEvent {
  readonly kind: 'push' | 'tag_push' | 'merge_request' | 'note';
  readonly sourceBranch: string;
  readonly targetBranch: string;
  /** The last one; null: the branch is gone. */
  readonly commit: string | null;
  /** What checkouts of the repository are made of; null: it is not there, or not any more. */
  readonly ref: string | null;
  /** Somebody wrote `[ci-skip]`. */
  readonly isSkipped: boolean;
  /** Of a merge request: `open`, `update`, `approved`, `merge`, `close`, `reopen`; null: not told. */
  readonly action: string | null;
  readonly state: string | null;
  readonly isDraft: boolean;
  /** An update by a push. */
  readonly hasNewCommits: boolean;
  /** An update that made a draft ready. */
  readonly becameReady: boolean;
  readonly labels: readonly string[];
  readonly addedLabels: readonly string[];
  /** Of a comment. */
  readonly note: { readonly id: string; readonly text: string } | null;
  /** Why a build was started, in the words of the plug-in. */
  readonly cause: string;
  readonly variables: { readonly [name: string]: string };
}

const HEADS = /^refs\/heads\//,
  ZEROS = /^0+$/,
  SKIP = '[ci-skip]',
  MOST_DESCRIPTION = 1_000,
  /** What a variable of a process may be long. */
  MOST_TEXT = 30_000;

/** Null: it is nothing that the plug-in starts builds for, or lacks what builds need. */
export function readGitLab(name: string, body: unknown): GitLabEvent | null {
  switch (text(body, 'object_kind') ?? text(body, 'event_name') ?? name) {
    case 'push':
      return pushed('push', body);
    case 'tag_push':
      return pushed('tag_push', body);
    case 'merge_request':
      return mergeRequest(body);
    case 'note':
      return noted(body);
    default:
      return null;
  }
}

const NOTHING = {
  action: null,
  state: null,
  isDraft: false,
  hasNewCommits: false,
  becameReady: false,
  labels: [],
  addedLabels: [],
  note: null,
} as const;

function pushed(kind: 'push' | 'tag_push', body: unknown): GitLabEvent | null {
  const ref = text(body, 'ref');
  const after = text(body, 'after');
  if (ref === null || after === null || !/^refs\/(heads|tags)\//.test(ref) || !isBranchName(ref.replace(/^refs\/\w+\//, ''))) return null;
  const branch = ref.replace(HEADS, '');
  const commits = list(body, 'commits');
  const ssh = text(body, 'repository', 'git_ssh_url') ?? text(body, 'project', 'git_ssh_url');
  const by = text(body, 'user_name') ?? text(body, 'user_username') ?? text(commits.at(-1), 'author', 'name');
  return {
    ...NOTHING,
    kind,
    sourceBranch: branch,
    targetBranch: branch,
    commit: ZEROS.test(after) ? null : after,
    ref: ZEROS.test(after) ? null : ref,
    isSkipped: whole(commits.at(-1), 'message').includes(SKIP),
    cause: by === null ? 'Started by GitLab push' : `Started by GitLab push by ${by}`,
    variables: given({
      gitlabBranch: branch,
      gitlabSourceBranch: branch,
      gitlabActionType: kind === 'push' ? 'PUSH' : 'TAG_PUSH',
      gitlabUserName: text(body, 'user_name'),
      gitlabUserUsername: text(body, 'user_username'),
      gitlabUserEmail: text(body, 'user_email'),
      gitlabSourceRepoHomepage: text(body, 'repository', 'homepage'),
      gitlabSourceRepoName: text(body, 'repository', 'name'),
      gitlabSourceNamespace: text(body, 'project', 'namespace'),
      gitlabSourceRepoURL: text(body, 'repository', 'url') ?? ssh,
      gitlabSourceRepoSshUrl: ssh,
      gitlabSourceRepoHttpUrl: text(body, 'repository', 'git_http_url') ?? text(body, 'project', 'git_http_url'),
      gitlabMergeRequestLastCommit: after,
      gitlabTargetBranch: branch,
      gitlabBefore: text(body, 'before'),
      gitlabAfter: after,
    }),
  };
}

function mergeRequest(body: unknown): GitLabEvent | null {
  const request = at(body, 'object_attributes');
  const facts = factsOf(request, list(body, 'labels'));
  if (facts === null) return null;
  const state = text(request, 'state');
  const merged = commit(request, 'merge_commit_sha');
  const change = (field: string): readonly unknown[] => list(body, 'changes', 'labels', field);
  const before = new Set(change('previous').map((label) => idOf(at(label, 'id'))));
  return {
    ...NOTHING,
    ...facts.event,
    kind: 'merge_request',
    // What was merged is in the target.
    ref: merged === null ? facts.event.ref : `refs/heads/${facts.event.targetBranch}`,
    isSkipped: facts.event.isSkipped || whole(request, 'last_commit', 'message').includes(SKIP),
    action: text(request, 'action'),
    state,
    isDraft: at(request, 'work_in_progress') === true,
    hasNewCommits: text(request, 'oldrev') !== null,
    becameReady: isReadyNow(whole(body, 'changes', 'title', 'previous'), whole(body, 'changes', 'title', 'current')),
    addedLabels: change('current').flatMap((label) => (before.has(idOf(at(label, 'id'))) ? [] : (text(label, 'title') ?? []))),
    cause: `Triggered by GitLab Merge Request #${facts.iid}: ${facts.branches}`,
    variables: given({
      ...facts.variables,
      gitlabActionType: 'MERGE',
      gitlabMergeCommitSha: text(request, 'merge_commit_sha'),
      gitlabMergeRequestState: state,
      gitlabMergedByUser: text(body, 'user', 'username'),
      gitlabMergeRequestAssignee: text(body, 'assignee', 'username'),
    }),
  };
}

function noted(body: unknown): GitLabEvent | null {
  const request = at(body, 'merge_request');
  const facts = factsOf(request, list(request, 'labels'));
  const id = idOf(at(body, 'object_attributes', 'id'));
  if (facts === null || id === null) return null;
  const note = whole(body, 'object_attributes', 'note');
  return {
    ...NOTHING,
    ...facts.event,
    kind: 'note',
    note: { id, text: note },
    cause: `Triggered by ${facts.author} GitLab Merge Request #${facts.iid}: ${facts.branches}`,
    variables: given({
      ...facts.variables,
      gitlabActionType: 'NOTE',
      gitlabTriggerPhrase: note,
      gitlabCommentAuthor: text(body, 'user', 'username'),
    }),
  };
}

/** Of a merge request, as both kinds of events tell it. */
function factsOf(request: unknown, labelled: readonly unknown[]) {
  const [sourceBranch, targetBranch, last] = [text(request, 'source_branch'), text(request, 'target_branch'), commit(request, 'last_commit', 'id')];
  const iid = idOf(at(request, 'iid'));
  if (sourceBranch === null || targetBranch === null || last === null || iid === null || !isBranchName(sourceBranch) || !isBranchName(targetBranch))
    return null;
  const author = text(request, 'last_commit', 'author', 'name') ?? '';
  const namespace = text(request, 'source', 'namespace') ?? '';
  const http = text(request, 'source', 'http_url') ?? text(request, 'source', 'git_http_url');
  const ssh = text(request, 'source', 'ssh_url') ?? text(request, 'source', 'git_ssh_url');
  const labels = labelled.flatMap((label) => text(label, 'title') ?? []);
  const description = whole(request, 'description');
  return {
    iid,
    author,
    // The plug-in compares the namespace with the branch.
    branches: `${namespace === targetBranch ? '' : `${namespace}/`}${sourceBranch} => ${targetBranch}`,
    event: {
      sourceBranch,
      targetBranch,
      commit: last,
      // Of a fork it is in another repository.
      ref: at(request, 'source_project_id') === at(request, 'target_project_id') ? `refs/heads/${sourceBranch}` : null,
      labels,
      isSkipped: description.includes(SKIP),
    },
    variables: {
      gitlabBranch: sourceBranch,
      gitlabSourceBranch: sourceBranch,
      gitlabUserName: author,
      gitlabUserEmail: text(request, 'last_commit', 'author', 'email'),
      gitlabSourceRepoHomepage: text(request, 'source', 'homepage') ?? http?.replace(/\.git$/, '') ?? null,
      gitlabSourceRepoName: text(request, 'source', 'name'),
      gitlabSourceNamespace: namespace,
      gitlabSourceRepoURL: text(request, 'source', 'url') ?? http ?? ssh,
      gitlabSourceRepoSshUrl: ssh,
      gitlabSourceRepoHttpUrl: http,
      gitlabMergeRequestTitle: text(request, 'title'),
      gitlabMergeRequestDescription: description.slice(0, MOST_DESCRIPTION),
      gitlabMergeRequestId: idOf(at(request, 'id')),
      gitlabMergeRequestIid: iid,
      gitlabMergeRequestTargetProjectId: idOf(at(request, 'target_project_id')),
      gitlabMergeRequestLabels: labels.join(','),
      gitlabMergeRequestLastCommit: last,
      gitlabTargetBranch: targetBranch,
      gitlabTargetRepoName: text(request, 'target', 'name'),
      gitlabTargetNamespace: text(request, 'target', 'namespace'),
      gitlabTargetRepoSshUrl: text(request, 'target', 'ssh_url') ?? text(request, 'target', 'git_ssh_url'),
      gitlabTargetRepoHttpUrl: text(request, 'target', 'http_url') ?? text(request, 'target', 'git_http_url'),
    },
  };
}

function given(variables: { readonly [name: string]: string | null }): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => {
      // A process cannot be handed it.
      const clean = (value ?? '').replaceAll('\0', '').slice(0, MOST_TEXT);
      return clean === '' ? [] : [[name, clean]];
    }),
  );
}

function isReadyNow(previous: string, current: string): boolean {
  const isDraft = (title: string): boolean => /^\s*(?:Draft:|\[Draft\]|\(Draft\))/.test(title);
  return (isDraft(previous) && !isDraft(current)) || (previous.includes('WIP') && !current.includes('WIP'));
}

/** It becomes part of branch specs and refspecs: no other ref, commit or pattern may be meant by it. */
function isBranchName(name: string): boolean {
  return !/^$|^(refs\/|[-/])|^[0-9a-f]{40,64}$|[\s\p{Cc}~^:?*[\\$]|\.\.|@\{|\/$/u.test(name);
}

function idOf(value: unknown): string | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : null;
}

/** However long it is. */
function whole(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}
