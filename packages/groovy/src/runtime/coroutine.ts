/**
 * A thread of a program: runs until it asks its driver for something, its time slice is over, or it ends.
 * The driver decides when it goes on; nothing here waits.
 */
import type { Interpreter } from './interpreter.ts';
import type { Computation, JavaThrowable, Value } from './values.ts';

/** Yielded when a time slice is used up. */
export const TICK: unique symbol = Symbol('tick');

export type Outcome =
  | { readonly kind: 'request'; readonly request: unknown }
  | { readonly kind: 'tick' }
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: JavaThrowable };

/** Ends a program at once: no catch or finally of the script sees it. */
export class Killed extends Error {}

const TICKED: Outcome = Object.freeze({ kind: 'tick' });

export class Coroutine {
  private readonly vm: Interpreter;
  private readonly computation: Computation;
  private depth = 0;
  private categories: Interpreter['categories'] = null;
  /** For the driver's own use: dynamic context that branches inherit. */
  context: unknown = null;
  finished = false;

  constructor(vm: Interpreter, computation: Computation) {
    this.vm = vm;
    this.computation = computation;
  }

  resume(input?: unknown): Outcome {
    return this.step(() => {
      // Where nothing but a time slice was over, the program can be told that its memory is full.
      this.vm.fullAtTick = this.ticked && this.vm.heapFull() !== null;
      return this.computation.next(input);
    });
  }
  private ticked = false;
  /** Goes on by throwing at the point where it stands. */
  throw(error: JavaThrowable): Outcome {
    return this.step(() => this.computation.throw(error));
  }

  private step(go: () => IteratorResult<unknown, Value>): Outcome {
    const { vm } = this;
    const outer = vm.enter(this, this.depth, this.categories);
    try {
      const r = go();
      this.ticked = r.done !== true && r.value === TICK;
      if (r.done === true) {
        this.finished = true;
        return { kind: 'done', value: r.value };
      }
      return this.ticked ? TICKED : { kind: 'request', request: r.value };
    } catch (e) {
      this.finished = true;
      return { kind: 'failed', error: vm.asThrowable(e) };
    } finally {
      this.depth = vm.depth;
      this.categories = vm.categories;
      vm.leave(outer);
    }
  }
}
