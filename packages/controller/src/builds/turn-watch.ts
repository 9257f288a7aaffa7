/**
 * Watches the turns of one build that was adopted from a dead owner (suspicion.ts): what makes its program evaluate reaches it
 * once its row tells so.
 */
import type { Suspicion } from './suspicion.ts';
import { ALONE, completed, entering } from './suspicion.ts';
import type { ToWorker } from './worker/messages.ts';

/** How long a build without suspicion is watched, and how long a suspect turn keeps the others waiting. */
const WATCH_MS = 30_000,
  TURN_MS = 10_000;

export interface TurnWatchOptions {
  readonly suspicion: Suspicion;
  /** Of this controller. */
  readonly baton: Baton;
  /** Null: it is watched no more. Rejects where the build is not ours. */
  readonly save: (suspicion: Suspicion | null) => Promise<void>;
  readonly post: (message: ToWorker) => void;
  readonly onLost: (error: unknown) => void;
}

export class TurnWatch {
  private readonly options: TurnWatchOptions;
  private readonly until = Date.now() + WATCH_MS;
  private suspicion: Suspicion;
  private over = false;
  private closed = false;
  private giveBack: (() => void) | null = null;
  /** What is to happen, one after the other. */
  private last: Promise<void> = Promise.resolve();
  private pending = 0;
  /** How many answers and events the program was given, and which of them each of the turn was. */
  private given = 0;
  private readonly numbers = new Map<string, number>([['begin', 0]]);

  constructor(options: TurnWatchOptions) {
    this.options = options;
    this.suspicion = options.suspicion;
  }

  /** Resolves when the program may begin. */
  begin(): Promise<void> {
    return this.enter('begin');
  }

  post(message: ToWorker): void {
    const { post, onLost } = this.options;
    const delivered = message.t === 'answer' ? message.ask : message.t === 'external' ? 'external' : null;
    if (delivered === null) {
      post(message);
      return;
    }
    if (this.over && this.pending === 0) {
      this.given++;
      post(message);
      return;
    }
    this.next(async () => {
      if (!this.over) await this.enter(delivered);
      if (this.closed) return;
      this.numbers.set(delivered, ++this.given);
      post(message);
    }).catch(onLost);
  }

  /** The program has evaluated so many of what it was given, and waits; more may be on its way to it. */
  idle(taken: number): void {
    if (this.over) return;
    this.next(async () => {
      const done = (this.suspicion.turn ?? []).filter((one) => (this.numbers.get(one) ?? Number.POSITIVE_INFINITY) <= taken);
      if (this.closed || done.length === 0) return;
      for (const one of done) this.numbers.delete(one);
      this.suspicion = completed(this.suspicion, done);
      const waits = this.suspicion.turn === null;
      this.over = waits && this.suspicion.falls === 0 && Date.now() > this.until;
      await this.options.save(this.over ? null : this.suspicion);
      if (waits) this.leave();
    }).catch(this.options.onLost);
  }

  /** The build is not here any more. */
  close(): void {
    this.closed = true;
    this.leave();
  }

  private next(work: () => Promise<void>): Promise<void> {
    this.pending++;
    this.last = this.last.then(work).finally(() => {
      this.pending--;
    });
    return this.last;
  }

  private async enter(delivered: string): Promise<void> {
    if (this.suspicion.falls >= ALONE && this.giveBack === null) this.giveBack = await this.options.baton.take(TURN_MS);
    const next = entering(this.suspicion, delivered);
    if (this.closed || next === this.suspicion) {
      if (this.closed) this.leave();
      return;
    }
    this.suspicion = next;
    await this.options.save(next);
  }
  private leave(): void {
    this.giveBack?.();
    this.giveBack = null;
  }
}

/** One at a time has it. */
export class Baton {
  private last: Promise<void> = Promise.resolve();

  /** Answers how to give it back; after so many milliseconds the next gets it anyway. */
  async take(ms: number): Promise<() => void> {
    const before = this.last;
    let giveBack = (): void => undefined;
    const back = new Promise<void>((resolve) => {
      giveBack = resolve;
    });
    this.last = before.then(() => back);
    await before;
    const timer = setTimeout(giveBack, ms);
    return () => {
      clearTimeout(timer);
      giveBack();
    };
  }
}
