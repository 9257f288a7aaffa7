/** What has come since the build before this one. Follows GitSCM.computeChangeLog and GitChangeSet of the git plug-in. */
import type { ScmChange } from '@millrace/protocol';
import type { Extensions } from './extensions.ts';
import type { Git, GitCall } from './git-process.ts';

/** So many are listed; that there are more is told. */
export const MOST_CHANGES = 1_000;
const MOST_PATHS = 200;
const MOST_COMMENT = 4_000;

export interface ChangesRequest {
  readonly commit: string;
  /** What was built before of this branch; null: nothing. */
  readonly previous: string | null;
  readonly extensions: Extensions;
  /** What the network needs. */
  readonly fetch: { readonly url: string; readonly call: GitCall };
}

export interface Changes {
  readonly changes: readonly ScmChange[];
  readonly more: boolean;
}

const NONE: Changes = { changes: [], more: false };

export async function changesOf(git: Git, { commit, previous, extensions, fetch }: ChangesRequest): Promise<Changes> {
  const target = extensions.find('ChangelogToBranch')?.inner('options');
  const toBranch = target === undefined ? '' : `refs/remotes/${target.text('compareRemote') || 'origin'}/${target.text('compareTarget') || 'master'}`;
  const from = toBranch !== '' ? toBranch : previous;
  if (from === null) {
    if (extensions.find('FirstBuildChangelog')?.flag('makeChangelog') === true) return listed(git, [commit], extensions);
    git.print('First time build. Skipping changelog.');
    return NONE;
  }
  if (from === commit) return NONE;
  const known = await git.tried(['cat-file', '-e', `${from}^{commit}`]);
  if (known === null) {
    // A shallow clone, or a branch that was rewritten.
    await git.tried(['fetch', '--quiet', '--no-tags', '--depth=1', '--', fetch.url, from], fetch.call);
    if ((await git.tried(['cat-file', '-e', `${from}^{commit}`])) === null) {
      git.print(`The commit ${from} of the build before is not in the repository any more: there is no list of changes.`);
      return NONE;
    }
  }
  return listed(git, [`${from}..${commit}`], extensions);
}

const ACTIONS: Readonly<Record<string, 'add' | 'delete' | 'edit'>> = { A: 'add', C: 'add', D: 'delete' };

async function listed(git: Git, range: readonly string[], extensions: Extensions): Promise<Changes> {
  const who = extensions.has('AuthorInChangelog') ? 'a' : 'c';
  const format = `--format=%x1e%H%x1f%${who}n%x1f%${who}e%x1f%${who}t%x1f%B%x1f`;
  const log = await git.tried(['log', '--no-merges', '--no-renames', '--name-status', '-z', `--max-count=${MOST_CHANGES + 1}`, format, ...range, '--']);
  const entries = (log ?? '').split('\x1e').slice(1);
  return { changes: entries.slice(0, MOST_CHANGES).map(change), more: entries.length > MOST_CHANGES };
}

function change(entry: string): ScmChange {
  const [commit = '', author = '', email = '', at = '0', message = '', files = ''] = entry.split('\x1f');
  const comment = `${message.trimEnd().slice(0, MOST_COMMENT)}\n`;
  const parts = files.split(/[\0\n]/).filter((part) => part !== '');
  const paths: string[] = [];
  const edits: ('add' | 'delete' | 'edit')[] = [];
  for (let i = 0; i + 1 < parts.length && paths.length < MOST_PATHS; i += 2) {
    edits.push(ACTIONS[(parts[i] as string).charAt(0)] ?? 'edit');
    paths.push(parts[i + 1] as string);
  }
  return { title: comment.slice(0, comment.indexOf('\n')), comment, paths, edits, commit, author, email, at: Number(at) * 1_000 };
}
