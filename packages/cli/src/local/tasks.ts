/** `sh` on a node of this machine, through the agent's task runner. */
import type { TaskFollower } from '@millrace/agent';
import { failureOf, TaskRunner, taskSpec } from '@millrace/agent';
import type { AskSink, CancelReason, TaskRequest } from '@millrace/pipeline';
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
    try {
      this.nodes.lease(request.lease);
      const spec = taskSpec(this.taskId(id), { ...request, cookie: this.cookie(request.lease) });
      this.running.set(
        id,
        this.runner.run(spec, cursor, {
          output: ({ from, text, to }) => {
            sink.output(from, text, to);
          },
          ended: ({ exit, stdout }) => {
            this.running.delete(id);
            sink.answer(stdout === undefined ? { exit } : { exit, stdout });
          },
        }),
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
