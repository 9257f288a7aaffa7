/**
 * What has happened in a repository, whoever told it: a webhook of any forge, or a poll. Jobs, multibranch jobs and
 * organization folders look at it and decide what starts. Idempotent: an event that comes again starts nothing new where
 * its commit was built.
 */

export interface ScmEvent {
  readonly kind: 'push' | 'pull-request' | 'repository';
  /** Who told it; `git`: a plain notice (`notifyCommit`), which names no branch. */
  readonly provider: 'github' | 'gitlab' | 'gitea' | 'gogs' | 'bitbucket' | 'git';
  /** Addresses of the repository, as users may have written them: HTTPS, SSH, with and without `.git`. Compared by `sameRepository`. */
  readonly urls: readonly string[];
  /** `owner/name` at the forge; null: not told. */
  readonly fullName: string | null;
  /** Of a push: refs that changed; none: any may have. `after` null: it was deleted. */
  readonly refs: readonly { readonly ref: string; readonly before: string | null; readonly after: string | null }[];
  /** Of a pull (merge) request. */
  readonly change: { readonly number: number; readonly action: 'opened' | 'updated' | 'closed'; readonly head: string | null } | null;
  /** Who did it, as the forge names them; null: not told. */
  readonly sender: string | null;
}
