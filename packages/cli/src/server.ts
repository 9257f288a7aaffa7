/** The command where it is `up`: a script of its own in the bundle, so that a server holds nothing of the other commands. */
import { up } from './commands/up.ts';
import { exitWith } from './exit-with.ts';

export function main([, ...args]: readonly string[]): Promise<void> {
  return exitWith(up(args));
}
