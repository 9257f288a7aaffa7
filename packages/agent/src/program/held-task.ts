/** A task that a server wants done: started once, followed to its end, its folder kept until the result is acknowledged. */
import { join } from 'node:path';
import type { TaskRequest, Work, WorkResult } from '@millrace/protocol';
import { failureOf } from '../operations/operation.ts';
import type { LeftOvers } from '../tasks/left-overs.ts';
import { taskSpec } from '../tasks/task-request.ts';
import type { Task, TaskRunner } from '../tasks/task-runner.ts';
import type { Outbox, Progress } from './outbox.ts';
import { Waker } from './waker.ts';

export async function runTask(work: Work, runner: TaskRunner, leftOvers: LeftOvers, outbox: Outbox): Promise<'done' | 'gone' | 'stopped'> {
  const request = work.request as TaskRequest;
  const { cookie } = request;
  let task: Task;
  try {
    task = runner.start(taskSpec(work.id, { ...request, ...(cookie === undefined ? {} : { cookie: leftOvers.cookie(cookie) }) }));
  } catch (e) {
    return outbox.run(outputOf(runner.folder(work.id), request), work.cursor, only({ err: failureOf(e) }));
  }
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
  return outbox.run({ file: join(folder, 'output'), masks: [], encoding: null }, work.cursor, only({ exit: -1, lost: true }));
}

function outputOf(folder: string, request: TaskRequest): { file: string; masks: readonly string[]; encoding: string | null } {
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
