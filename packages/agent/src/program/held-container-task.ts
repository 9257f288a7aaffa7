/** A task in another container of the pod: the same as in held-task.ts, but its container may keep it from beginning, or end under it. */
import type { WorkResult } from '@millrace/protocol';
import type { ContainerTasks } from '../containers/container-tasks.ts';
import type { ContainerTaskSpec } from '../containers/task-program.ts';
import { failureOf } from '../operations/operation.ts';
import type { OutputSource } from '../tasks/output-reader.ts';
import type { Outbox } from './outbox.ts';
import { Waker } from './waker.ts';

/** Nothing of the step has failed. */
const INTERRUPTED = 'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException';

export interface ContainerTaskTools {
  readonly containers: ContainerTasks;
  readonly outbox: Outbox;
  readonly output: OutputSource;
  /** Aborted when the task is to be left alone. */
  readonly signal: AbortSignal;
}

export async function runContainerTask(spec: ContainerTaskSpec, cursor: number, tools: ContainerTaskTools): Promise<'done' | 'gone' | 'stopped'> {
  const { containers, outbox, output, signal } = tools;
  const waker = new Waker();
  let result: WorkResult | null = null,
    unlisten = (): void => undefined;
  const ended = async (): Promise<WorkResult> => {
    const task = await containers.start(spec, signal);
    await new Promise<void>((over) => {
      unlisten = task.onExit(over);
    });
    const { exit, lost } = task.state() ?? { exit: -1, lost: true };
    const why = lost ? await containers.whyLost(spec, signal) : null;
    if (why !== null) return { err: { code: 'MR_CONTAINER_LOST', message: `the step was lost: ${why}`, type: INTERRUPTED } };
    return { exit, ...(spec.returnStdout ? { stdout: task.captured() } : {}), ...(lost ? { lost } : {}) };
  };
  ended()
    .catch((e: unknown): WorkResult => ({ err: failureOf(e) }))
    .then((made) => {
      result = made;
      waker.wake();
    });
  try {
    return await outbox.run(output, cursor, { result: () => result, changed: (ms) => waker.wait(ms) });
  } finally {
    unlisten();
  }
}
