/** Where the bundle begins (packages/agent/dist/agent.cjs). */
import own from '../../package.json' with { type: 'json' };
import { agentMain } from './main.ts';

void agentMain(process.argv.slice(2), own.version).then((status) => {
  process.exit(status);
});
