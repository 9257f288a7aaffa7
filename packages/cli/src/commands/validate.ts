/** `millrace validate`: checks Jenkinsfiles without running them. */
import { readFileSync } from 'node:fs';
import { CompilationError } from '@millrace/groovy';
import { checkPipeline } from '@millrace/pipeline';
import { CommandError } from '../errors.ts';

const HELP = `Usage: millrace validate FILE…

Checks Jenkinsfiles: their Groovy, and what Declarative Pipelines hold. Prints all errors.
Exit status: 0 all are right, 65 one is not, 64 wrong usage.
`;

export function validate(args: readonly string[]): number {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  if (args.length === 0) throw new CommandError('MR_USAGE', 'millrace validate takes files');
  const option = args.find((a) => a.startsWith('-'));
  if (option !== undefined) throw new CommandError('MR_USAGE', `there is no option ${option}`);
  let wrong = 0;
  for (const file of args) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      throw new CommandError('MR_USAGE', `${file} cannot be read`);
    }
    try {
      checkPipeline(text);
      process.stdout.write(`${file}: right\n`);
    } catch (e) {
      if (!(e instanceof CompilationError)) throw e;
      wrong++;
      process.stdout.write(`${file}: wrong\n${e.message}\n`);
    }
  }
  return wrong === 0 ? 0 : 65;
}
