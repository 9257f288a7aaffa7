/**
 * An operation that a server wants done. It lives in `<state>/operations/<id>/`: `output` (what it printed), `result`
 * (moved into place when it has ended; kept until it is acknowledged), `scratch/`. Where there is no result, the process that
 * made the operation has died, and it is made again.
 */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Work, WorkResult } from '@millrace/protocol';
import type { FormerGits } from '../operations/git/former-gits.ts';
import type { Mirrors } from '../operations/git/mirrors.ts';
import type { OperationContext } from '../operations/operation.ts';
import { failureOf } from '../operations/operation.ts';
import { isOperation, OPERATIONS } from '../operations/registry.ts';
import type { LeftOvers } from '../tasks/left-overs.ts';
import { fieldsOf } from './answers.ts';
import type { HttpTransfers } from './http-transfers.ts';
import type { Outbox } from './outbox.ts';
import { Waker } from './waker.ts';

/** Made again they do no harm, print nothing, and nobody waits for what they answer: nothing of them is kept on the disk. */
const REPEATABLE: ReadonlySet<string> = new Set(['lease.end']);

export interface OperationTools {
  readonly outbox: Outbox;
  readonly leftOvers: LeftOvers;
  readonly formerGits: FormerGits;
  readonly mirrors: Mirrors;
  /** Aborted by a cancel, or when the agent ends. */
  readonly signal: AbortSignal;
  /** Aborted when the agent ends alone: the operation is then made again by the next one. */
  readonly stopping: AbortSignal;
  transfers(scratch: () => string): HttpTransfers;
}

export async function runOperation(work: Work, folder: string, tools: OperationTools): Promise<'done' | 'gone' | 'stopped'> {
  const kept = !REPEATABLE.has(work.kind);
  if (kept) mkdirSync(folder, { recursive: true, mode: 0o700 });
  let result = kept ? readResult(folder) : null;
  const waker = new Waker();
  const doing =
    result === null
      ? perform(work, folder, tools).then((r) => {
          result = r;
          waker.wake();
        })
      : Promise.resolve();
  const { masks } = fieldsOf(work.request);
  const source = { file: join(folder, 'output'), masks: Array.isArray(masks) ? masks.filter((m) => typeof m === 'string') : [], encoding: null };
  const outcome = await tools.outbox.run(source, work.cursor, { result: () => result, changed: (ms) => waker.wait(ms) });
  // Its folder must not go while it still works there.
  if (outcome !== 'stopped') await doing;
  return outcome;
}

async function perform(work: Work, folder: string, tools: OperationTools): Promise<WorkResult> {
  let result: WorkResult;
  const output = new RepeatedOutput(join(folder, 'output'));
  try {
    result = { ok: await operate(work, folder, output, tools) };
  } catch (e) {
    result = { err: tools.signal.aborted ? { code: 'MR_CANCELLED', message: 'the operation was cancelled' } : failureOf(e) };
  } finally {
    output.close();
  }
  if (tools.stopping.aborted || REPEATABLE.has(work.kind)) return result;
  try {
    writeFileSync(join(folder, 'result.new'), JSON.stringify(result), { mode: 0o600 });
    renameSync(join(folder, 'result.new'), join(folder, 'result'));
  } catch (e) {
    // An answer that could be lost must not be given: made again, it might be another one.
    return 'ok' in result ? { err: failureOf(e) } : result;
  }
  return result;
}

async function operate(work: Work, folder: string, output: RepeatedOutput, tools: OperationTools): Promise<Extract<WorkResult, { ok: unknown }>['ok']> {
  if (!isOperation(work.kind)) throw Object.assign(new Error(`this agent does not know ${work.kind}; a newer one may`), { type: 'hudson.AbortException' });
  const scratch = (): string => {
    mkdirSync(join(folder, 'scratch'), { recursive: true, mode: 0o700 });
    return join(folder, 'scratch');
  };
  const context: OperationContext = {
    transfers: tools.transfers(scratch),
    leftOvers: tools.leftOvers,
    formerGits: tools.formerGits,
    mirrors: tools.mirrors,
    scratch,
    print: (text) => {
      output.print(text);
    },
    signal: tools.signal,
  };
  return (OPERATIONS[work.kind] as (request: unknown, cx: OperationContext) => Promise<Extract<WorkResult, { ok: unknown }>['ok']>)(work.request, context);
}

function readResult(folder: string): WorkResult | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'result'), 'utf8')) as WorkResult;
  } catch {
    return null;
  }
}

/**
 * What an operation prints. Made again after a crash it prints the same, which is there already; where it prints something
 * else (a clone is there now), that goes on a line of its own.
 */
class RepeatedOutput {
  private readonly file: string;
  private former: Buffer;
  private fd: number | null = null;
  constructor(file: string) {
    this.file = file;
    try {
      this.former = readFileSync(file);
    } catch {
      this.former = Buffer.alloc(0);
    }
  }
  print(text: string): void {
    let bytes = Buffer.from(text);
    if (this.former.length > 0) {
      const same = Math.min(bytes.length, this.former.length);
      if (bytes.subarray(0, same).equals(this.former.subarray(0, same))) {
        this.former = this.former.subarray(same);
        bytes = bytes.subarray(same);
      } else {
        if (this.former.at(-1) !== 0x0a) bytes = Buffer.concat([Buffer.from('\n'), bytes]);
        this.former = Buffer.alloc(0);
      }
    }
    if (bytes.length === 0) return;
    this.fd ??= openSync(this.file, 'a', 0o600);
    writeSync(this.fd, bytes);
  }
  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }
}
