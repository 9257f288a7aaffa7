/** A program of plain generators, for tests of the engine without the evaluator. */

import type { Computation, Pending, Runtime, Value } from '@millrace/groovy';
import { JavaThrowable, NativeClosure, PENDING } from '@millrace/groovy';
import { GeneratorThread } from '../generator-thread.ts';
import type { Outcome, Program, ProgramThread } from '../program.ts';

/** Yielded by a test's generator: its time slice is over. */
export const TICK = Symbol('tick');

export class GeneratorProgram implements Program {
  private readonly begin: () => Computation;
  private pending: Computation | null = null;
  /** As much of a runtime as steps use. */
  readonly rt: Runtime;

  constructor(begin: (program: GeneratorProgram) => Computation) {
    this.begin = () => begin(this);
    const text = (v: Value): string => String(v);
    const rt: Partial<Runtime> & { defer(c: Computation): Pending } = {
      defer: (c) => {
        this.pending = c;
        return PENDING;
      },
      take: () => {
        const c = this.pending as Computation;
        this.pending = null;
        return c;
      },
      call: (closure, args) => {
        const r = (closure as NativeClosure).run(args);
        return r !== null && typeof r === 'object' && 'next' in r ? rt.defer(r as Computation) : (r as Value | Pending);
      },
      isCallable: (v) => v instanceof NativeClosure,
      str: (v) => (v instanceof JavaThrowable ? `${v.typeName}${v.detail === null ? '' : `: ${v.detail}`}` : text(v)),
      format: text,
      truth: (v) => v !== null && v !== false && v !== '',
      instanceOf: () => false,
    };
    this.rt = rt as Runtime;
  }
  /** A block of a generator function. */
  block(body: () => Computation): NativeClosure {
    return new NativeClosure(0, body);
  }

  main(): ProgramThread {
    return new TickingThread(this.begin());
  }
  branch(call: () => Value | Pending): ProgramThread {
    const { rt } = this;
    return new TickingThread(
      (function* (): Computation {
        const r = call();
        return r === PENDING ? yield* rt.take() : (r as Value);
      })(),
    );
  }
}

/** A thread that may also say that its time slice is over. */
class TickingThread extends GeneratorThread {
  protected override outcome(request: unknown): Outcome {
    return request === TICK ? { kind: 'tick' } : super.outcome(request);
  }
}
