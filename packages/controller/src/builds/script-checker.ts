/**
 * Checks scripts that are being written, in a worker thread of its own: builds' threads never see them, and one that loops,
 * or eats its memory, takes nothing along but this thread. The thread is started by the first script and ended when none has
 * come for a while. Scripts are checked one after the other, in the order in which they came.
 */
import { Worker } from 'node:worker_threads';
import type { ToolDescriptor } from '@millrace/pipeline';
import { ApiError } from '@millrace/protocol';
import { threadLimits } from './thread-limits.ts';
import type { FromWorker, ScriptFindings, ToWorker, WorkerSetup } from './worker/messages.ts';

export interface ScriptCheckerOptions {
  /** The thread's program, that of builds. */
  readonly entry: string | URL;
  /** Of its old generation. */
  readonly memoryMb: number;
  /** Of one script; the thread's start is not counted. */
  readonly limitMs?: number;
  /** How long the thread stays without a script. */
  readonly idleMs?: number;
}

const LIMIT_MS = 5_000,
  IDLE_MS = 120_000,
  /** How many wait at most. */
  MOST = 32;

/** It opens and seals nothing: what the installation seals with is not given to it. */
const NO_KEYS = { first: new Uint8Array(32), later: [] };

interface Wanted {
  readonly script: string;
  readonly tools: readonly ToolDescriptor[];
  readonly resolve: (findings: ScriptFindings) => void;
  readonly reject: (error: unknown) => void;
}

export class ScriptChecker {
  private readonly options: ScriptCheckerOptions;
  private readonly waiting: Wanted[] = [];
  private worker: Worker | null = null;
  private current: Wanted | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(options: ScriptCheckerOptions) {
    this.options = options;
  }

  /** Throws MR_SCRIPT_CHECK_TIME, MR_SCRIPT_CHECKS_BUSY. `gone`: nobody waits for it any more; where it has not begun it never does. */
  check(script: string, tools: readonly ToolDescriptor[], gone: AbortSignal): Promise<ScriptFindings> {
    if (this.closed) return Promise.reject(new ApiError('MR_DRAINING'));
    if (this.waiting.length >= MOST) return Promise.reject(new ApiError('MR_SCRIPT_CHECKS_BUSY'));
    return new Promise((resolve, reject) => {
      const wanted: Wanted = { script, tools, resolve, reject };
      this.waiting.push(wanted);
      gone.addEventListener('abort', () => {
        const at = this.waiting.indexOf(wanted);
        if (at < 0) return;
        this.waiting.splice(at, 1);
        reject(new ApiError('MR_SCRIPT_CHECKS_BUSY', 'Nobody waited for it any more.'));
      });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of [...this.waiting.splice(0), ...(this.current === null ? [] : [this.current])]) reject(new ApiError('MR_DRAINING'));
    this.current = null;
    await this.end();
  }

  private next(): void {
    if (this.current !== null || this.closed) return;
    const wanted = this.waiting.shift();
    this.clock(null);
    if (wanted === undefined) {
      if (this.worker !== null) this.clock(() => void this.end(), this.options.idleMs ?? IDLE_MS);
      return;
    }
    this.current = wanted;
    if (this.worker === null) {
      const started = this.start();
      // It answers when it has read its program.
      this.say(started, { t: 'ping' });
    } else this.begin(this.worker);
  }

  private begin(worker: Worker): void {
    if (this.current === null) return;
    const { script, tools } = this.current;
    this.clock(() => void this.fail(worker), this.options.limitMs ?? LIMIT_MS);
    this.say(worker, { t: 'check', script, tools });
  }

  private start(): Worker {
    const { entry, memoryMb } = this.options;
    const worker = new Worker(entry, {
      workerData: { keys: NO_KEYS } satisfies WorkerSetup,
      resourceLimits: threadLimits(memoryMb),
      stdout: false,
    });
    this.worker = worker;
    worker.on('message', (messages: readonly FromWorker[]) => {
      for (const message of messages)
        if (message.t === 'pong') this.begin(worker);
        else if (message.t === 'checked' && worker === this.worker) {
          this.current?.resolve(message.findings);
          this.current = null;
          this.next();
        }
    });
    worker.on('error', () => void this.fail(worker));
    worker.on('exit', () => void this.fail(worker));
    worker.unref();
    return worker;
  }

  private say(worker: Worker, message: ToWorker): void {
    worker.postMessage([message]);
  }

  /** The thread is of no use any more, and what it was about has no answer. */
  private async fail(worker: Worker): Promise<void> {
    if (worker !== this.worker) return;
    const { current } = this;
    this.current = null;
    await this.end();
    current?.reject(new ApiError('MR_SCRIPT_CHECK_TIME'));
    this.next();
  }

  private async end(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    this.clock(null);
    await worker?.terminate();
  }

  private clock(then: (() => void) | null, ms = 0): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = then === null ? null : setTimeout(then, ms);
    this.timer?.unref();
  }
}
