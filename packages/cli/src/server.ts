/** The commands that work on the server's own data: a script of its own in the bundle, so that a server holds nothing of the others. */
import { key } from './commands/key.ts';
import { up } from './commands/up.ts';
import { exitWith } from './exit-with.ts';

export function main([command, ...args]: readonly string[]): Promise<void> {
  return exitWith(command === 'key' ? key(args) : up(args));
}
