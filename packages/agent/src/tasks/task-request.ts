/** From what a server (or `millrace run`) asks for to what a process needs. */
import { mkdirSync } from 'node:fs';
import type { TaskRequest } from '@millrace/protocol';
import { inheritedEnvironment } from './environment.ts';
import { launcherPrefix } from './launchers.ts';
import type { TaskSpec } from './task-runner.ts';

/** Throws what the step fails with. Makes the folder for temporary files, on which scripts may count. */
export function taskSpec(id: string, request: TaskRequest): TaskSpec {
  if (request.shell !== 'sh')
    throw Object.assign(new Error(`${request.shell} needs a Windows node, and this machine is none`), { type: 'hudson.AbortException' });
  const temporary = request.env['WORKSPACE_TMP'];
  if (temporary !== undefined) mkdirSync(temporary, { recursive: true });
  return {
    id,
    script: request.script,
    cwd: request.cwd,
    returnStdout: request.returnStdout,
    encoding: request.encoding,
    masks: request.masks,
    env: { ...inheritedEnvironment(), ...(request.cookie === undefined ? {} : { JENKINS_NODE_COOKIE: request.cookie }), ...request.env },
    prefix: launcherPrefix(request),
  };
}
