/**
 * One build in a worker thread: the engine on one side, the controller on the other. The engine's host here only passes on;
 * what the asks mean is the controller's.
 */
import { getHeapStatistics } from 'node:v8';
import type { Ask, AskSink, Host, PipelineRun } from '@millrace/pipeline';
import { CompilationError, runPipeline } from '@millrace/pipeline';
import { ChunkStore } from './chunk-store.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export interface HostedBuildOptions {
  readonly begin: Extract<ToWorker, { t: 'begin' }>;
  readonly send: (message: FromWorker) => void;
  readonly seal: (text: string) => string;
  readonly open: (sealed: string) => string;
}

export class HostedBuild {
  private readonly id: number;
  private readonly send: (message: FromWorker) => void;
  private readonly store: ChunkStore;
  private readonly sinks = new Map<string, AskSink>();
  private run: PipelineRun | null = null;
  /** Answers and events. */
  private taken = 0;

  constructor(options: HostedBuildOptions) {
    const { begin, send } = options;
    this.id = begin.build;
    this.send = send;
    this.store = new ChunkStore((flush) => {
      send({ t: 'flush', build: this.id, ...flush });
    });
    // A replay makes the tree's old events again; they are stored already. What it ends with is told whole.
    let replaying = 'lines' in begin.begin;
    const live = (): void => {
      if (!replaying) return;
      replaying = false;
      for (const node of this.run?.tree.nodes ?? []) this.store.node(node);
    };
    const host: Host = {
      start: (ask, sink) => {
        this.ask(ask, sink, 0, false);
      },
      resume: (ask, sink, cursor) => {
        this.ask(ask, sink, cursor, true);
      },
      cancel: (ask, reason) => {
        send({ t: 'cancel', build: this.id, ask, reason });
      },
      now: () => Date.now(),
      breathe: () =>
        new Promise((resolve) => {
          setImmediate(resolve);
        }),
      seal: options.seal,
      open: options.open,
    };
    const { heap_size_limit: limit } = getHeapStatistics();
    const run = runPipeline({
      host,
      journal: {
        append: (line) => {
          live();
          this.store.journal.append(line);
        },
        flush: () => {
          live();
          return this.store.journal.flush();
        },
      },
      log: this.store.log,
      begin: begin.begin,
      tools: begin.tools,
      limits: { heap: 0.5 * limit, heapUsed: () => getHeapStatistics().used_heap_size },
      onTree: ({ node }) => {
        if (!replaying) this.store.node(node);
      },
      onFacts: (facts) => {
        send({ t: 'facts', build: this.id, facts });
      },
      onIdle: (open) => {
        send({ t: 'idle', build: this.id, open, taken: this.taken });
      },
    });
    this.run = run;
    run.outcome.then(
      ({ result, endedAt, variables }) => {
        send({ t: 'ended', build: this.id, result, endedAt, variables });
      },
      (error: unknown) => {
        this.failed(error);
      },
    );
  }

  take(message: Exclude<ToWorker, { t: 'begin' | 'ping' }>): void {
    switch (message.t) {
      case 'answer': {
        this.taken++;
        const sink = this.sinks.get(message.ask);
        this.sinks.delete(message.ask);
        if (message.err !== undefined) sink?.fail(message.err);
        else sink?.answer(message.ok ?? null);
        return;
      }
      case 'output':
        this.sinks.get(message.ask)?.output(message.from, message.text, message.to);
        return;
      case 'external':
        this.taken++;
        // Its failure is the run's own, which is told.
        this.run?.external(message.event).catch(() => undefined);
        return;
      case 'flushed':
        this.store.done(message.seq);
        return;
      case 'detach':
        void this.run?.detach();
    }
  }

  private ask(ask: Ask, sink: AskSink, cursor: number, resumed: boolean): void {
    this.sinks.set(ask.id, sink);
    this.send({ t: 'ask', build: this.id, ask, cursor, resumed });
  }
  private failed(error: unknown): void {
    const { code } = error as { code?: string };
    if (code === 'MR_BUILD_DETACHED') this.send({ t: 'detached', build: this.id });
    else this.send(failure(this.id, error));
  }
}

/** A build that can't begin, or go on. */
export function failure(build: number, error: unknown): FromWorker {
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string };
  if (error instanceof CompilationError) return { t: 'failed', build, code: 'MR_COMPILATION', message: error.message };
  if (code !== undefined && /^MR_/.test(code)) return { t: 'failed', build, code, message: message ?? code };
  return { t: 'failed', build, code: 'MR_INTERNAL', message: stack ?? String(error) };
}
