/**
 * What a task in a container is told over its FIFO: shell text for the runner, which ends in `run`. It holds the variables, and so
 * secrets. The volume may lie elsewhere in that container: paths below the agent's root begin with the runner's there.
 */
import { join } from 'node:path';
import { namesToShow } from '../tasks/environment.ts';
import { interpreter, quote } from '../tasks/wrapper.ts';

export interface ContainerTaskSpec {
  /** A file name. */
  readonly id: string;
  readonly container: string;
  /** Runs a script that names no interpreter itself; null: the container's `sh`. */
  readonly shell: string | null;
  readonly script: string;
  readonly cwd: string;
  /** Beside the container's own. */
  readonly env: { readonly [name: string]: string };
  readonly returnStdout: boolean;
  /** A label of the Encoding standard; null: UTF-8. */
  readonly encoding: string | null;
  /** Put before the interpreter's words: `docker exec …`. */
  readonly prefix: readonly string[];
}

/** What a shell can have as a variable, less what would change the shell itself. */
const NAME = /^(?!(?:IFS|OPTIND|LINENO|RANDOM|PPID|millrace_.*)$)[A-Za-z_][A-Za-z0-9_]*$/;
/** They tell about a machine, and are a container's own, as are those that the agent's container was given; a step brings them along only where it has changed them. */
const OF_THE_MACHINE = /^(PATH|HOME|SHELL|TMPDIR|USER|LOGNAME|LANG|LC_.*|TZ|JAVA_HOME|DOCKER_HOST)$/;

/** `dir`: of the task, below `root`. `own`: the variables of the agent's machine. */
export function taskProgram(spec: ContainerTaskSpec, dir: string, root: string, own: { readonly [name: string]: string | undefined }): string {
  const word = (text: string): string => (text === root || text.startsWith(`${root}/`) ? `"$millrace_root"${quote(text.slice(root.length))}` : quote(text));
  const shown = namesToShow(own);
  const lines = Object.entries(spec.env).flatMap(([name, value]) => {
    if (!NAME.test(name) || (value === own[name] && (OF_THE_MACHINE.test(name) || shown.has(name)))) return [];
    const before = name === 'PATH' && own[name] !== undefined && value.endsWith(`:${own[name]}`) ? value.slice(0, -own[name].length) : null;
    return [before === null ? `export ${name}=${word(value)}` : `export PATH=${quote(before)}"$PATH"`];
  });
  lines.push(`at ${word(spec.cwd)}`);
  if (spec.returnStdout) lines.push('millrace_stdout=1');
  const words = [...spec.prefix, ...interpreter(spec.script, spec.shell ?? 'sh'), join(dir, 'script')];
  lines.push(`run ${words.map(word).join(' ')}`, '');
  return lines.join('\n');
}
