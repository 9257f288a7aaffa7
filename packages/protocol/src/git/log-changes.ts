/**
 * Changes as `git log` tells them: what it is asked for, and what it answers as data. For machines that check out and for
 * controllers that look into repositories.
 */

/** So many are listed; that there are more is told. */
export const MOST_CHANGES = 1_000;
const MOST_PATHS = 200;
const MOST_COMMENT = 4_000;

export interface LoggedChange {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly title: string;
  readonly comment: string;
  readonly paths: readonly string[];
  /** Of each path. */
  readonly edits: readonly ('add' | 'edit' | 'delete')[];
}
export interface LoggedChanges {
  /** Newest first. */
  readonly changes: readonly LoggedChange[];
  readonly more: boolean;
}

/** The arguments of git for a range of commits, without merges. `who`: whose name and time a change carries. */
export function logArguments(range: readonly string[], who: 'author' | 'committer'): string[] {
  const w = who.charAt(0);
  const format = `--format=%x1e%H%x1f%${w}n%x1f%${w}e%x1f%${w}t%x1f%B%x1f`;
  return ['log', '--no-merges', '--no-renames', '--name-status', '-z', `--max-count=${MOST_CHANGES + 1}`, format, ...range, '--'];
}

export function readLog(output: string): LoggedChanges {
  const entries = output.split('\x1e').slice(1);
  return { changes: entries.slice(0, MOST_CHANGES).map(changeOf), more: entries.length > MOST_CHANGES };
}

const ACTIONS: Readonly<Record<string, 'add' | 'delete' | 'edit'>> = { A: 'add', C: 'add', D: 'delete' };

function changeOf(entry: string): LoggedChange {
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
