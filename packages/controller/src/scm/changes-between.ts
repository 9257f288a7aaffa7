/** The changes between two commits of a bare cache that holds histories, for libraries and whoever polls. */
import type { BareCache } from './bare-cache.ts';
import { GitError } from './git.ts';
import type { Resolved } from './repository.ts';

export interface ChangeBetween {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  readonly at: number;
  readonly title: string;
  readonly comment: string;
  readonly paths: readonly string[];
  readonly edits: readonly ('add' | 'edit' | 'delete')[];
}
export interface ChangesBetween {
  readonly changes: readonly ChangeBetween[];
  readonly more: boolean;
}

const MOST = 1_000;
const MOST_PATHS = 200;
const MOST_COMMENT = 4_000;
const ACTIONS: Readonly<Record<string, 'add' | 'delete' | 'edit'>> = { A: 'add', C: 'add', D: 'delete' };

/** Throws MR_GIT_REF where one of them is not there. */
export async function changesBetween(cache: BareCache, from: string, to: Resolved, env: Readonly<Record<string, string>>): Promise<ChangesBetween> {
  const there = async (commit: string): Promise<boolean> =>
    cache.local(['cat-file', '-e', `${commit}^{commit}`]).then(
      () => true,
      () => false,
    );
  if (!(await there(from)) || !(await there(to.commit))) await cache.history(to.ref, env);
  for (const commit of [from, to.commit]) if (!(await there(commit))) throw new GitError('MR_GIT_REF', `there is no commit ${commit}`);
  const format = '--format=%x1e%H%x1f%an%x1f%ae%x1f%at%x1f%B%x1f';
  const args = ['log', '--no-merges', '--no-renames', '--name-status', '-z', `--max-count=${MOST + 1}`, format, `${from}..${to.commit}`, '--'];
  const entries = (await cache.local(args)).toString('utf8').split('\x1e').slice(1);
  return { changes: entries.slice(0, MOST).map(changeOf), more: entries.length > MOST };
}

function changeOf(entry: string): ChangeBetween {
  const [commit = '', author = '', email = '', at = '0', message = '', files = ''] = entry.split('\x1f');
  const comment = `${message.trimEnd().slice(0, MOST_COMMENT)}\n`;
  const parts = files.split(/[\0\n]/).filter((part) => part !== '');
  const paths: string[] = [];
  const edits: ('add' | 'delete' | 'edit')[] = [];
  for (let i = 0; i + 1 < parts.length && paths.length < MOST_PATHS; i += 2) {
    edits.push(ACTIONS[(parts[i] as string).charAt(0)] ?? 'edit');
    paths.push(parts[i + 1] as string);
  }
  return { commit, author, email, at: Number(at) * 1_000, title: comment.slice(0, comment.indexOf('\n')), comment, paths, edits };
}
