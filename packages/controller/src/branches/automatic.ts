/** Which heads are built by themselves: the choices of a multibranch job, in place of Jenkins' build strategies. Pure. */
import type { MultibranchConfig } from '@millrace/protocol';
import type { Head, Revision } from './head.ts';
import { revisionText } from './head.ts';
import { matchesWildcard } from './name-filter.ts';

const DAY_MS = 86_400_000;

export interface Candidate {
  readonly head: Pick<Head, 'kind' | 'name' | 'revision'>;
  /** The revision that a build was queued for last; null: none ever was. */
  readonly built: Revision | null;
  /** Of the commit of a tag; null: not known. */
  readonly taggedAt: number | null;
}

/** Null: it is built. Else why not, as the scan log tells it. */
export function whyNotBuilt(
  { build, suppress }: Pick<MultibranchConfig, 'build' | 'suppress'>,
  { head, built, taggedAt }: Candidate,
  now: number,
): string | null {
  if (built !== null && revisionText(built) === revisionText(head.revision))
    return `No changes detected: ${head.name} (still at ${revisionText(head.revision)})`;
  const no = `No automatic build triggered for ${head.name}`;
  if (suppress.some((pattern) => matchesWildcard(pattern, head.name))) return no;
  if (built === null && !build.initial) return no;
  switch (head.kind) {
    case 'branch':
      return build.branches ? null : no;
    case 'change':
      if (built !== null && build.ignoreTargetChanges && built.hash === head.revision.hash) return no;
      return build.changes ? null : no;
    case 'tag':
      return build.tagDays !== null && taggedAt !== null && now - taggedAt <= build.tagDays * DAY_MS ? null : no;
  }
}
