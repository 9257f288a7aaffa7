/** Where a command runs: in which container of the pod, and the words before it that take it further, into one of Docker. */
import type { Launcher, TaskRequest } from '@millrace/protocol';

/** The innermost container of the pod; null: the agent's own place. `prefix` is what comes after it. */
export function placeOf(request: Pick<TaskRequest, 'launchers' | 'env' | 'cwd'>): {
  readonly container: Extract<Launcher, { kind: 'container' }> | null;
  readonly prefix: string[];
} {
  const { launchers } = request;
  const at = launchers.findLastIndex((launcher) => launcher.kind === 'container');
  const container = launchers[at];
  return {
    container: container?.kind === 'container' ? container : null,
    prefix: launchers.slice(at + 1).flatMap((launcher) => (launcher.kind === 'docker' ? dockerExec(launcher, request) : [])),
  };
}

/** The same without the container that the agent itself is in. */
export function leaveOut(own: string | null, request: TaskRequest): TaskRequest {
  const { container } = placeOf(request);
  return container === null || container.name !== own ? request : { ...request, launchers: request.launchers.slice(request.launchers.indexOf(container) + 1) };
}

/** The environment goes along by name, so that no value shows. */
function dockerExec({ executable, container }: Extract<Launcher, { kind: 'docker' }>, { env, cwd }: Pick<TaskRequest, 'env' | 'cwd'>): string[] {
  const names = Object.keys(env).filter((name) => !/^(PATH|HOME|SHELL|TMPDIR|USER|LOGNAME)$/.test(name));
  return [executable, 'exec', '-w', cwd, ...names.flatMap((name) => ['--env', name]), container];
}
