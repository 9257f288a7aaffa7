/** `sh` on a node of this machine, through the agent's task runner. */

import { mkdirSync } from 'node:fs';
import type { TaskFollower } from '@millrace/agent';
import { TaskRunner } from '@millrace/agent';
import type { AskSink, CancelReason, Launcher, TaskRequest } from '@millrace/pipeline';
import { failureOf } from './handler.ts';
import type { LocalNodes } from './nodes.ts';

export class LocalTasks {
  private readonly runner: TaskRunner;
  private readonly buildId: string;
  private readonly nodes: LocalNodes;
  private readonly running = new Map<string, TaskFollower>();

  constructor(stateDir: string, buildId: string, nodes: LocalNodes) {
    this.runner = new TaskRunner(stateDir);
    this.buildId = buildId;
    this.nodes = nodes;
  }

  run(id: string, request: TaskRequest, cursor: number, sink: AskSink): void {
    // Never from within `start` itself: the engine expects answers later.
    const fail = (error: unknown): void => {
      setImmediate(() => {
        sink.fail(failureOf(error));
      });
    };
    if (request.shell !== 'sh') {
      fail(Object.assign(new Error(`${request.shell} needs a Windows node, and this machine is none`), { type: 'hudson.AbortException' }));
      return;
    }
    try {
      this.nodes.lease(request.lease);
      // Scripts may count on their folder for temporary files.
      const temporary = request.env['WORKSPACE_TMP'];
      if (temporary !== undefined) mkdirSync(temporary, { recursive: true });
      const inherited: Record<string, string> = {};
      for (const [name, value] of Object.entries(process.env)) if (value !== undefined) inherited[name] = value;
      this.running.set(
        id,
        this.runner.run(
          {
            id: this.taskId(id),
            script: request.script,
            cwd: request.cwd,
            returnStdout: request.returnStdout,
            encoding: request.encoding,
            masks: request.masks,
            env: { ...inherited, JENKINS_NODE_COOKIE: this.cookie(request.lease), ...request.env },
            prefix: request.launchers.flatMap((l) => prefixOf(l, request)),
          },
          cursor,
          {
            output: ({ from, text, to }) => {
              sink.output(from, text, to);
            },
            ended: ({ exit, stdout }) => {
              this.running.delete(id);
              sink.answer(stdout === undefined ? { exit } : { exit, stdout });
            },
          },
        ),
      );
    } catch (error) {
      fail(error);
    }
  }

  cancel(id: string, reason: CancelReason): void {
    if (!this.running.has(id)) return;
    if (reason.kind === 'killed') this.runner.kill(this.taskId(id));
    else this.runner.cancel(this.taskId(id));
  }

  cookie(lease: string): string {
    return `${this.buildId}-${lease}`;
  }
  private taskId(id: string): string {
    return `${this.buildId}-${id.replace(/[^\w.-]/g, '_')}`;
  }
}

/** The words before a command that take it into a container. The environment goes along by name, so that no value shows. */
function prefixOf(launcher: Launcher, request: TaskRequest): string[] {
  if (launcher.kind === 'docker') {
    const names = Object.keys(request.env).filter((name) => !/^(PATH|HOME|SHELL|TMPDIR|USER|LOGNAME)$/.test(name));
    return [launcher.executable, 'exec', '-w', request.cwd, ...names.flatMap((name) => ['--env', name]), launcher.container];
  }
  throw Object.assign(new Error(`container('${launcher.name}') needs a pod of Kubernetes, and this machine is none`), { type: 'hudson.AbortException' });
}
