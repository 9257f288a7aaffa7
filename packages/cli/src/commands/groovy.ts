/** `millrace groovy FILE`: runs a plain script, as `groovy FILE` would. */
import { readFileSync } from 'node:fs';
import { CompilationError, JavaThrowable, runScript } from '@millrace/groovy';
import { CommandError } from '../errors.ts';
import { timeZone } from '../local/time-zone.ts';

const HELP = `Usage: millrace groovy FILE [ARGUMENT…]

Runs a Groovy script. It has no steps and no way to files, processes or the network.
Exit status: 0, 1 where it fails, 64 wrong usage, 65 where it does not compile.
`;

export function groovy(args: readonly string[]): number {
  const [file, ...rest] = args;
  if (file === '--help' || file === '-h') {
    process.stdout.write(HELP);
    return 0;
  }
  if (file === undefined || file.startsWith('-')) throw new CommandError('MR_USAGE', 'millrace groovy takes a file');
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    throw new CommandError('MR_USAGE', `${file} cannot be read`);
  }
  try {
    runScript(source, {
      fileName: file,
      print: (text) => {
        process.stdout.write(text);
      },
      args: rest,
      world: {
        now: () => Date.now(),
        nanoTime: () => process.hrtime.bigint(),
        random: () => Math.random(),
        timeZone: () => timeZone(),
      },
    });
    return 0;
  } catch (e) {
    if (e instanceof CompilationError) {
      process.stderr.write(`org.codehaus.groovy.control.MultipleCompilationErrorsException: ${e.message}\n`);
      return 65;
    }
    if (e instanceof JavaThrowable) {
      process.stderr.write(`Caught: ${e.typeName}${e.detail === null ? '' : `: ${e.detail}`}\n`);
      return 1;
    }
    throw e;
  }
}
