/** An agent in a process of its own, for tests that kill it. Its options come as JSON in the first argument. */
import { runAgent } from '../run-agent.ts';

const options = JSON.parse(process.argv[2] as string) as Parameters<typeof runAgent>[0];
process.title = 'millrace-agent-test';
runAgent({ ...options, log: (message) => process.stderr.write(`${message}\n`) }).ended.then(
  () => process.exit(0),
  (e: unknown) => {
    process.stderr.write(`${(e as Error).message}\n`);
    process.exit(1);
  },
);
