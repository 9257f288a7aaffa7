/**
 * `millrace up` with what only the chaos suite may do: the harness speaks to its controller over the process' channel (there is
 * one process alone on SQLite), also to have it killed after so many commits, and by the environment the fence is taken out (MILLRACE_CHAOS=break-fence), or a schema of
 * tomorrow is put in (MILLRACE_CHAOS=next-version). Nothing of this can be reached by the command itself.
 */
import process from 'node:process';
import { main } from '../../packages/cli/src/main.ts';
import { wakeAsk } from '../../packages/controller/src/builds/asks/wake-ask.ts';
import { Controller } from '../../packages/controller/src/controller.ts';
import { GroupWriter } from '../../packages/controller/src/store/group-writer.ts';
import { MIGRATIONS } from '../../packages/controller/src/store/migrations/index.ts';
import type { Migration } from '../../packages/controller/src/store/migrations/migration.ts';
import type { Command } from './door.ts';
import { carryOut } from './door.ts';
import { NEXT_MIGRATION } from './next-version.ts';

const how = process.env['MILLRACE_CHAOS'] ?? '';
let running: Controller | null = null;

const start = Controller.start.bind(Controller);
Controller.start = async (options) => {
  const version = how === 'next-version' ? `${options.version}-next` : options.version;
  // So that records are made while builds run, and are killed as often.
  running = await start({ ...options, version, compactAfterMs: 200 });
  return running;
};
if (how === 'next-version') (MIGRATIONS as Migration[]).push(NEXT_MIGRATION);
if (how === 'break-fence') (GroupWriter.prototype as unknown as { fence: () => Promise<null> }).fence = async () => null;

let commitsLeft = 0;
const writer = GroupWriter.prototype as unknown as { succeed: (...args: unknown[]) => void };
const { succeed } = writer;
writer.succeed = function (...args) {
  if (commitsLeft > 0 && --commitsLeft === 0) process.kill(process.pid, 'SIGKILL');
  succeed.apply(this, args);
};

process.on('message', (message: { readonly n: number; readonly command: Command } | { readonly killAfter: number }) => {
  if ('killAfter' in message) {
    commitsLeft = message.killAfter;
    return;
  }
  answer(message).catch((error: unknown) => {
    process.send?.({ n: message.n, error: String(error) });
  });
});
async function answer({ n, command }: { readonly n: number; readonly command: Command }): Promise<void> {
  if (running === null) throw new Error('not up yet');
  const { store, enqueue, services } = running.parts;
  const value = await carryOut(command, { write: (work) => store.write(work), enqueue, sealer: services.sealer, wakeAsk });
  process.send?.({ n, value });
}

await main(process.argv.slice(2));
