/**
 * The worker threads of a controller. Builds are spread over a few threads. A program that takes its thread down (memory, an
 * endless native call) takes the other builds' programs along, but not their builds: all of them begin again from their
 * journals, each ALONE in a thread of its own until it has ended, so that the next one to fall is known by name.
 */
import { Worker } from 'node:worker_threads';
import type { Keys } from '../config/keys.ts';
import { threadLimits } from './thread-limits.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './worker/messages.ts';

export interface WorkerPoolOptions {
  readonly size: number;
  /** Of a thread's old generation. */
  readonly memoryMb: number;
  /** Of the sealer, as they are now. */
  readonly keys: () => Keys;
  /** The thread's program: a file, or a URL of one. */
  readonly entry: string | URL;
  readonly received: (message: Exclude<FromWorker, { t: 'pong' | 'checked' }>) => void;
  /** The thread of these builds is gone. `alone`: there was one build in it. */
  readonly crashed: (builds: readonly number[], reason: string, alone: boolean) => void;
}

const PING_MS = 5_000,
  /** Silence after which a thread that has builds counts as hung. */
  HUNG_MS = 60_000;

interface Thread {
  readonly worker: Worker;
  readonly builds: Set<number>;
  readonly alone: boolean;
  batch: ToWorker[];
  heard: number;
  gone: boolean;
}

export class WorkerPool {
  private readonly options: WorkerPoolOptions;
  private readonly threads = new Set<Thread>();
  private readonly threadOf = new Map<number, Thread>();
  private closed = false;
  private readonly timer: NodeJS.Timeout;

  constructor(options: WorkerPoolOptions) {
    this.options = options;
    this.timer = setInterval(() => {
      this.look();
    }, PING_MS);
    this.timer.unref();
  }

  /** Starts a thread ahead of the first build. */
  warm(): void {
    if (this.threads.size === 0 && !this.closed) this.startThread(false);
  }

  begin(message: Extract<ToWorker, { t: 'begin' }>, alone: boolean): void {
    const thread = alone ? this.startThread(true) : this.leastLoaded();
    thread.builds.add(message.build);
    this.threadOf.set(message.build, thread);
    this.post(message.build, message);
  }
  /** Goes with what else this turn of the event loop says to the thread. */
  post(build: number, message: ToWorker): void {
    const thread = this.threadOf.get(build);
    if (thread === undefined || thread.gone) return;
    this.say(thread, message);
  }
  /** The build is no longer there. */
  done(build: number): void {
    const thread = this.threadOf.get(build);
    if (thread === undefined) return;
    this.threadOf.delete(build);
    thread.builds.delete(build);
    if (thread.alone) this.end(thread);
  }
  /** There are other keys. */
  newKeys(): void {
    const { later } = this.options.keys();
    for (const thread of this.threads) this.say(thread, { t: 'keys', later });
  }
  get counts(): { readonly threads: number; readonly builds: number } {
    return { threads: this.threads.size, builds: this.threadOf.size };
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await Promise.all([...this.threads].map((thread) => this.end(thread)));
  }

  private leastLoaded(): Thread {
    const shared = [...this.threads].filter((t) => !t.alone);
    const least = shared.reduce<Thread | null>((best, t) => (best === null || t.builds.size < best.builds.size ? t : best), null);
    if (least === null || (least.builds.size > 0 && shared.length < this.options.size)) return this.startThread(false);
    return least;
  }

  private startThread(alone: boolean): Thread {
    const { entry, keys, memoryMb, received } = this.options;
    const worker = new Worker(entry, {
      workerData: { keys: keys() } satisfies WorkerSetup,
      resourceLimits: threadLimits(memoryMb),
      stdout: false,
    });
    const thread: Thread = { worker, builds: new Set(), alone, batch: [], heard: Date.now(), gone: false };
    this.threads.add(thread);
    worker.on('message', (messages: readonly FromWorker[]) => {
      thread.heard = Date.now();
      for (const message of messages) if (message.t !== 'pong' && message.t !== 'checked') received(message);
    });
    worker.on('error', (error) => {
      this.gone(thread, (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it used up its memory' : String(error.stack ?? error));
    });
    worker.on('exit', (code) => {
      this.gone(thread, `it ended with exit status ${code}`);
    });
    worker.unref();
    return thread;
  }

  private say(thread: Thread, message: ToWorker): void {
    if (thread.batch.push(message) > 1) return;
    setImmediate(() => {
      const messages = thread.batch;
      thread.batch = [];
      if (!thread.gone) thread.worker.postMessage(messages);
    });
  }

  private gone(thread: Thread, reason: string): void {
    if (thread.gone) return;
    thread.gone = true;
    this.threads.delete(thread);
    const builds = [...thread.builds];
    for (const build of builds) this.threadOf.delete(build);
    void thread.worker.terminate();
    if (builds.length > 0 && !this.closed) this.options.crashed(builds, reason, builds.length === 1);
  }

  private async end(thread: Thread): Promise<void> {
    thread.gone = true;
    this.threads.delete(thread);
    await thread.worker.terminate();
  }

  private look(): void {
    for (const thread of this.threads) {
      if (thread.builds.size === 0) {
        thread.heard = Date.now();
        continue;
      }
      if (Date.now() - thread.heard > HUNG_MS) this.gone(thread, `it did not answer for ${HUNG_MS / 1_000} s`);
      else this.say(thread, { t: 'ping' });
    }
  }
}
