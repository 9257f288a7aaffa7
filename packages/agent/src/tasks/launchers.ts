/** The words before a command that take it into a container. The environment goes along by name, so that no value shows. */
import type { Launcher, TaskRequest } from '@millrace/protocol';

export function launcherPrefix(request: Pick<TaskRequest, 'launchers' | 'env' | 'cwd'>): string[] {
  return request.launchers.flatMap((launcher) => prefixOf(launcher, request));
}

function prefixOf(launcher: Launcher, request: Pick<TaskRequest, 'env' | 'cwd'>): string[] {
  if (launcher.kind === 'docker') {
    const names = Object.keys(request.env).filter((name) => !/^(PATH|HOME|SHELL|TMPDIR|USER|LOGNAME)$/.test(name));
    return [launcher.executable, 'exec', '-w', request.cwd, ...names.flatMap((name) => ['--env', name]), launcher.container];
  }
  throw Object.assign(new Error(`container('${launcher.name}') needs a pod of Kubernetes, and this machine is none`), { type: 'hudson.AbortException' });
}
