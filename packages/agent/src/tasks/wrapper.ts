/** The shell program around a task. Follows what Jenkins' durable-task plug-in does for `sh`. */
import { join } from 'node:path';
import type { TaskSpec } from './task-runner.ts';

/** A word for a shell. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export function wrapperFor(dir: string, spec: TaskSpec): string {
  const file = (name: string): string => quote(join(dir, name));
  const command = [...(spec.prefix ?? []), ...interpreter(spec.script), join(dir, 'script')].map(quote).join(' ');
  const streams = spec.returnStdout ? `>${file('stdout')} 2>>${file('output')}` : `>>${file('output')} 2>&1`;
  return [
    // Only one may create the file: the task runs once. (A message of the loser goes nowhere.)
    'set -C',
    `echo $$ 2>/dev/null >${file('pid')} || exit 0`,
    'set +C',
    `exec 2>>${file('output')}`,
    // A handler, not "ignore": children get the default back. So the wrapper lives to tell how the task ended.
    'trap : TERM INT HUP',
    `${command} ${streams} </dev/null`,
    // Whole when it ends with its line's end: one write.
    `echo $? >${file('result')}`,
    '',
  ].join('\n');
}

/** The script's own first line, or `sh -xe`. */
export function interpreter(script: string, shell = 'sh'): string[] {
  const first = /^#!([^\n]*)/.exec(script)?.[1]?.trim();
  return first === undefined || first === '' ? [shell, '-xe'] : first.split(/\s+/);
}
