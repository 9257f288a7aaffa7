/** What can be built in a repository: a branch, a tag, or a pull request (GitLab: merge request). */

export interface Head {
  readonly kind: 'branch' | 'tag' | 'change';
  /** BRANCH_NAME: `feature/x`, `v1`, `PR-3`, `PR-3-merge`. */
  readonly name: string;
  /** Where it is in the repository: `refs/heads/feature/x`, `refs/pull/3/head`. */
  readonly ref: string;
  readonly revision: Revision;
  readonly primary: boolean;
  readonly change: Change | null;
}

/** The commits that a build is made of. With `base` it is both merged: `hash` into `base`. */
export interface Revision {
  readonly hash: string;
  readonly base: { readonly name: string; readonly hash: string } | null;
  /** The commit whose Jenkinsfile is run, where it is not `hash`: that of the target of an untrusted pull request. */
  readonly script?: string;
}

export interface Change {
  /** CHANGE_ID */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly author: string;
  readonly authorDisplayName: string | null;
  readonly authorEmail: string | null;
  /** The branch that it is to go into. */
  readonly target: string;
  /** Its own branch's name. */
  readonly branch: string;
  /** `owner`, or `owner/repository` where the fork has another name; null: it is a branch of the repository itself. */
  readonly fork: string | null;
  /**
   * The repository, `owner/name`, that `branch` is fetched from, at a forge that keeps no ref for pull requests (Bitbucket Cloud).
   * Not there: the repository itself has it, as `ref`.
   */
  readonly fetchedFrom?: string;
  /** False: the Jenkinsfile of the target is run, as with Jenkins' ForkPullRequestDiscoveryTrait. */
  readonly trusted: boolean;
}

/** Where forges keep a pull request of that number. A forge that has no such ref names its heads so too. */
export function refsOfChange(number: number): string[] {
  return [`refs/pull/${number}/head`, `refs/merge-requests/${number}/head`, `refs/pull-requests/${number}/from`];
}

/** Of one revision, for comparisons. */
export function revisionText({ hash, base }: Revision): string {
  return base === null ? hash : `${hash}+${base.hash}`;
}

/** As the scan log and the console tell it. */
export function shownRevision({ hash, base }: Revision): string {
  return base === null ? hash : `${hash}+${base.hash} (${base.name})`;
}
