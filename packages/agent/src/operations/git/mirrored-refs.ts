/** Refs of a workspace's repository that follow those of a mirror. */
import type { Git } from './git-process.ts';
import { mapped, parseRefspec } from './refspecs.ts';

export interface FollowedRefs {
  readonly refspecs: readonly string[];
  readonly tags: boolean;
  /** Refs of the workspace that the repository no longer has go. */
  readonly prune: { readonly branches: boolean; readonly tags: boolean };
}

const ALL_TAGS = '+refs/tags/*:refs/tags/*';

/** The refspecs with that of all tags, where they are wanted. */
export function allRefspecs({ refspecs, tags }: Pick<FollowedRefs, 'refspecs' | 'tags'>): string[] {
  return [...new Set([...refspecs, ...(tags ? [ALL_TAGS] : [])])];
}

/** All at once, as far as git can. Their objects have to be there. */
export async function followRefs(workspace: Git, mirror: Git, followed: FollowedRefs): Promise<void> {
  const { tags, prune } = followed;
  const specs = allRefspecs(followed)
    .map((r) => parseRefspec(r))
    .filter((r) => r !== null);
  const wanted = new Map<string, string>();
  for (const [ref, id] of await refsOf(mirror))
    for (const spec of specs) {
      const name = mapped(spec, ref);
      if (name !== null) wanted.set(name, id);
    }
  const present = await refsOf(workspace);
  const lines: string[] = [];
  for (const [name, id] of wanted) if (present.get(name) !== id) lines.push(`update ${name}\0${id}\0\0`);
  for (const name of present.keys()) {
    if (wanted.has(name)) continue;
    const gone = name.startsWith('refs/tags/')
      ? prune.tags && tags
      : prune.branches && specs.some((s) => mapped({ force: false, from: s.to, to: s.from }, name) !== null);
    if (gone) lines.push(`delete ${name}\0\0`);
  }
  if (lines.length > 0) await workspace.quiet(['update-ref', '--no-deref', '--stdin', '-z'], { input: lines.join('') });
}

export async function refsOf(git: Git): Promise<Map<string, string>> {
  const text = await git.quiet(['for-each-ref', '--format=%(refname) %(objectname)']);
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ') as [string, string]),
  );
}
