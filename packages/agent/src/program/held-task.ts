/** A task that a server wants done: started once, followed to its end, its folder kept until the result is acknowledged. */
import { join } from 'node:path';
import type { TaskRequest, Work, WorkResult } from '@millrace/protocol';
import type { ContainerTasks } from '../containers/container-tasks.ts';
import type { ContainerTaskSpec } from '../containers/task-program.ts';
import { failureOf } from '../operations/operation.ts';
import { leaveOut } from '../tasks/launchers.ts';
import type { LeftOvers } from '../tasks/left-overs.ts';
import type { OutputSource } from '../tasks/output-reader.ts';
import { containerTaskSpec, taskSpec } from '../tasks/task-request.ts';
import type { Task, TaskRunner } from '../tasks/task-runner.ts';
import { runContainerTask } from './held-container-task.ts';
import type { Outbox, Progress } from './outbox.ts';
import { Waker } from './waker.ts';

export interface TaskTools {
  readonly runner: TaskRunner;
  /** null: this machine is no pod. */
  readonly containers: ContainerTasks | null;
  readonly leftOvers: LeftOvers;
  readonly outbox: Outbox;
  /** Aborted when the task is to be left alone. */
  readonly signal: AbortSignal;
}

export async function runTask(work: Work, { runner, containers, leftOvers, outbox, signal }: TaskTools): Promise<'done' | 'gone' | 'stopped'> {
  const request = work.request as TaskRequest;
  const { cookie } = request;
  let task: Task | ContainerTaskSpec;
  try {
    const asked = leaveOut(containers?.own ?? null, { ...request, ...(cookie === undefined ? {} : { cookie: leftOvers.cookie(cookie) }) });
    task = (containers === null ? null : containerTaskSpec(work.id, asked)) ?? runner.start(taskSpec(work.id, asked));
  } catch (e) {
    return outbox.run(outputOf(runner.folder(work.id), request), work.cursor, only({ err: failureOf(e) }));
  }
  if ('container' in task)
    return runContainerTask(task, work.cursor, { containers: containers as ContainerTasks, outbox, output: outputOf(runner.folder(work.id), request), signal });
  const waker = new Waker();
  const unlisten = task.onExit(waker.wake);
  let result: WorkResult | null = null;
  try {
    return await outbox.run(outputOf(task.dir, request), work.cursor, {
      result: () => {
        const state = result === null ? task.state() : null;
        if (state !== null)
          result = {
            exit: state.exit,
            ...(request.returnStdout ? { stdout: task.captured() } : {}),
            ...(state.lost ? { lost: true } : {}),
          };
        return result;
      },
      changed: (ms) => waker.wait(ms),
    });
  } finally {
    unlisten();
  }
}

/** Of work that this machine knows no more: it was done, or its disk was lost. */
export function reportLost(work: Work, folder: string, outbox: Outbox): Promise<'done' | 'gone' | 'stopped'> {
  return outbox.run(outputOf(folder, work.request as TaskRequest), work.cursor, only({ exit: -1, lost: true }));
}

function outputOf(folder: string, request: TaskRequest): OutputSource {
  const { masks, encoding } = request;
  return {
    file: join(folder, 'output'),
    masks: Array.isArray(masks) ? masks.filter((m) => typeof m === 'string') : [],
    encoding: typeof encoding === 'string' ? encoding : null,
  };
}
function only(result: WorkResult): Progress {
  return { result: () => result, changed: () => Promise.resolve() };
}
