/** From what a server (or `millrace run`) asks for to what a process needs. */
import { mkdirSync } from 'node:fs';
import type { TaskRequest } from '@millrace/protocol';
import type { ContainerTaskSpec } from '../containers/task-program.ts';
import { inheritedEnvironment } from './environment.ts';
import { placeOf } from './launchers.ts';
import type { TaskSpec } from './task-runner.ts';

/** Throws what the step fails with. Makes the folder for temporary files, on which scripts may count. */
export function taskSpec(id: string, request: TaskRequest): TaskSpec {
  refuseWindows(request);
  const { container, prefix } = placeOf(request);
  if (container !== null)
    throw Object.assign(new Error(`container('${container.name}') needs a pod of Kubernetes, and this machine is none`), { type: 'hudson.AbortException' });
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
    prefix,
  };
}

/** The same for one in another container of the pod, whose own variables hold there. */
export function containerTaskSpec(id: string, request: TaskRequest): ContainerTaskSpec | null {
  const { container, prefix } = placeOf(request);
  if (container === null) return null;
  refuseWindows(request);
  return {
    id,
    container: container.name,
    shell: container.shell || null,
    script: request.script,
    cwd: request.cwd,
    returnStdout: request.returnStdout,
    encoding: request.encoding,
    env: { ...(request.cookie === undefined ? {} : { JENKINS_NODE_COOKIE: request.cookie }), ...request.env },
    prefix,
  };
}

function refuseWindows({ shell }: TaskRequest): void {
  if (shell !== 'sh') throw Object.assign(new Error(`${shell} needs a Windows node, and this machine is none`), { type: 'hudson.AbortException' });
}
