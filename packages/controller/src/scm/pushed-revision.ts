/**
 * What a webhook has a build made of: where a checkout has that repository it goes before the branch specs, as the git
 * plug-in's RevisionParameterAction does for the gitlab-plugin.
 *
 * It is a branch or a tag, never a commit: a webhook may come from anybody, and forges give commits of forks by their ids, whose
 * Jenkinsfiles nobody trusts. Who may make a branch may have it built.
 */
import type { GitSpec } from '@millrace/pipeline';
import { originOf } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import { repositoryAddress } from './repository-address.ts';

export interface PushedRevision {
  /** Of the repository that was told of, as scm/repository-address.ts has them. */
  readonly addresses: readonly string[];
  /** `refs/heads/feature`; null: it is not there, as a merge request of a fork. */
  readonly ref: string | null;
}

/** Null: nothing was told of that repository. */
export function pushedTo(row: Pick<Row<'builds'>, 'origin'>, urls: readonly string[]): PushedRevision | null {
  const { pushed } = originOf(row);
  return pushed !== undefined && urls.some((url) => pushed.addresses.includes(repositoryAddress(url) ?? '')) ? pushed : null;
}

/** Of a checkout that is bound to no commit. */
export function withPushed(row: Pick<Row<'builds'>, 'origin'>, scm: GitSpec): GitSpec {
  if (scm.revision !== undefined) return scm;
  const urls = scm.remotes.map((r) => r.url);
  const ref = pushedTo(row, urls)?.ref ?? null;
  return ref === null ? scm : { ...scm, branches: [ref] };
}
