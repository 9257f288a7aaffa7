/** Processes of pods as the node sees them: of a cluster whose node is this machine. */
import { readdirSync, readFileSync } from 'node:fs';

/** The first process of the container that runs the agent of that pod; null: not here, or not any more. */
export function agentContainer(pod: string): number | null {
  return firstProcess(`MILLRACE_AGENT_NAME=${pod}`);
}

/** Of a container with that variable: the process that is number 1 in it. */
export function firstProcess(variable: string): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const ids = /^NSpid:\s+(.*)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]?.split(/\s+/) ?? [];
      if (ids.length < 2 || ids.at(-1) !== '1') continue;
      if (readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(variable)) return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  return null;
}
