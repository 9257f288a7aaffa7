/** `millrace agent`: the agent program, the same that packages/agent/dist/agent.cjs is. */
import { agentMain } from '@millrace/agent';

export async function agent(args: readonly string[]): Promise<number> {
  const { default: own } = await import('../../package.json', { with: { type: 'json' } });
  const status = await agentMain(args, own.version);
  // Requests and timers of an agent that has ended must not hold the process.
  process.exit(status);
}
