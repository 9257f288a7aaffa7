/**
 * A host whose world is a script of answers, for tests. It keeps every ask, so that tests can say what was asked, and
 * survives the "death" of an execution: `resume` finds what `start` began, as a real host does.
 */
import type { Ask, AskKind, AskSink, CancelReason, Host, HostFailure, Json } from '../../host.ts';

export type Reply =
  | { readonly ok: Json; readonly output?: string }
  | { readonly err: HostFailure; readonly output?: string }
  /** Never answers by itself: the test calls `settle`. */
  | 'wait';
export type Responder = (ask: Ask, host: DummyHost) => Reply | undefined;

interface Work {
  readonly ask: Ask;
  sink: AskSink | null;
  reply: Reply;
  cancelled: CancelReason | null;
}

export class DummyHost implements Host {
  readonly started: Ask[] = [];
  readonly resumed: string[] = [];
  readonly cancelled: { readonly id: string; readonly reason: CancelReason }[] = [];
  clock = 1_700_000_000_000;
  private readonly work = new Map<string, Work>();
  private readonly responder: Responder;
  private queue: (() => void)[] = [];
  private timers: { readonly due: number; readonly work: Work; readonly fire: () => void }[] = [];
  private scheduled = false;
  /** Told when an ask has come that waits for the test. */
  onWaiting: ((ask: Ask) => void) | null = null;

  constructor(responder: Responder = () => undefined) {
    this.responder = responder;
  }

  /** The process that used it has died: nothing is delivered to it any more. */
  detach(): void {
    this.queue = [];
    this.timers = [];
    for (const work of this.work.values()) work.sink = null;
  }
  start(ask: Ask, sink: AskSink): void {
    this.started.push(ask);
    const work: Work = { ask, sink, reply: this.responder(ask, this) ?? defaultReply(ask), cancelled: null };
    this.work.set(ask.id, work);
    this.serve(work, 0);
  }
  resume(ask: Ask, sink: AskSink, cursor: number): void {
    this.resumed.push(ask.id);
    const work = this.work.get(ask.id);
    if (work === undefined) {
      this.start(ask, sink);
      return;
    }
    work.sink = sink;
    this.serve(work, cursor);
  }
  cancel(askId: string, reason: CancelReason): void {
    this.cancelled.push({ id: askId, reason });
    const work = this.work.get(askId);
    if (work === undefined || work.cancelled !== null) return;
    work.cancelled = reason;
    if (work.ask.kind === 'task' && work.reply === 'wait') this.settle(askId, { ok: { exit: 143 } });
  }
  /** Answers an ask that waits. */
  settle(id: string, reply: Exclude<Reply, 'wait'>): void {
    const work = this.work.get(id);
    if (work === undefined) throw new Error(`no ask ${id}`);
    work.reply = reply;
    this.serve(work, 0);
  }
  now(): number {
    return this.clock;
  }
  breathe(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
  seal(text: string): string {
    return `sealed:${[...text].reverse().join('')}`;
  }
  open(sealed: string): string {
    return [...sealed.slice('sealed:'.length)].reverse().join('');
  }

  private serve(work: Work, cursor: number): void {
    const { reply, ask } = work;
    if (reply === 'wait') {
      this.onWaiting?.(ask);
      return;
    }
    const deliver = (): void => {
      const { sink } = work;
      if (sink === null) return;
      const output = reply.output ?? '';
      if (cursor < output.length) sink.output(cursor, output.slice(cursor), output.length);
      if ('ok' in reply) sink.answer(reply.ok);
      else sink.fail(reply.err);
    };
    // Time passes only when nothing else is left to do.
    if (ask.kind === 'timer') this.timers.push({ due: ask.at + ask.request.ms, work, fire: deliver });
    else this.queue.push(deliver);
    this.schedule();
  }
  private schedule(): void {
    if (this.scheduled || (this.queue.length === 0 && this.timers.length === 0)) return;
    this.scheduled = true;
    setTimeout(() => {
      this.scheduled = false;
      const queue = this.queue;
      this.queue = [];
      for (const next of queue) next();
      if (queue.length === 0) this.fireTimers();
      this.schedule();
    }, 0);
  }
  private fireTimers(): void {
    this.timers = this.timers.filter(({ work }) => work.cancelled === null);
    const due = this.timers.reduce((least, timer) => Math.min(least, timer.due), Number.POSITIVE_INFINITY);
    if (this.timers.length === 0) return;
    const now = this.timers.filter((timer) => timer.due === due);
    this.timers = this.timers.filter((timer) => timer.due !== due);
    this.clock = Math.max(this.clock, due);
    for (const timer of now) timer.fire();
  }
}

/** What an obedient world answers. */
function defaultReply(ask: Ask): Reply {
  switch (ask.kind as AskKind) {
    case 'node':
      return {
        ok: {
          lease: ask.id,
          name: 'built-in',
          displayName: 'Jenkins',
          labels: ['built-in'],
          executor: 0,
          workspace: '/w/job',
          temporary: '/w/job@tmp',
          windows: false,
          env: { PATH: '/bin' },
        },
      };
    case 'task': {
      const { script, returnStdout } = (ask as Extract<Ask, { kind: 'task' }>).request;
      const status = /^exit (\d+)$/.exec(script);
      return { ok: { exit: status === null ? 0 : Number(status[1]), ...(returnStdout ? { stdout: `${script}\n` } : {}) }, output: `+ ${script}\n` };
    }
    case 'timer':
    case 'node.release':
    case 'workspace.release':
    case 'lock.release':
    case 'file.write':
    case 'file.delete':
    case 'file.mkdirs':
    case 'properties':
    case 'mail':
      return { ok: null };
    default:
      return { err: { code: 'MR_UNSUPPORTED', message: `this host cannot do ${ask.kind}` } };
  }
}
