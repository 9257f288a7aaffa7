/** Machines for the dummy cloud that are processes of the real agent, each with a root of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ProvisionRequest } from '../cloud.ts';

const AGENT = new URL('../../../../agent/src/program/entry.ts', import.meta.url).pathname;

/** Below `folder`, with these variables beside this process' own. Answers what DummyCloud's `launch` wants. */
export function agentProcesses(
  folder: string,
  env: { readonly [name: string]: string } = {},
): (request: ProvisionRequest, ended: (why: string) => void) => () => void {
  return ({ name, secret, url }, ended) => {
    const child = spawn(process.execPath, [AGENT, '--url', url, '--name', name, '--root', join(folder, name)], {
      stdio: 'ignore',
      env: { ...process.env, ...env, MILLRACE_AGENT_SECRET: secret },
    });
    let wanted = true;
    child.on('exit', (status, signal) => {
      if (wanted) ended(`the agent ended with ${signal ?? status ?? '?'}`);
    });
    return () => {
      wanted = false;
      child.kill('SIGKILL');
    };
  };
}
