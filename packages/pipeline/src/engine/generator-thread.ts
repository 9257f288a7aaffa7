/** A thread of a program that is written in TypeScript: a generator that yields what the engine serves. */
import type { Computation } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { Outcome, ProgramThread } from './program.ts';

export class GeneratorThread implements ProgramThread {
  private readonly generator: Computation;
  constructor(generator: Computation) {
    this.generator = generator;
  }
  resume(input?: unknown): Outcome {
    return this.step(() => this.generator.next(input));
  }
  throw(error: JavaThrowable): Outcome {
    return this.step(() => this.generator.throw(error));
  }
  protected outcome(request: unknown): Outcome {
    return { kind: 'request', request };
  }
  private step(go: () => ReturnType<Computation['next']>): Outcome {
    try {
      const r = go();
      return r.done === true ? { kind: 'done', value: r.value } : this.outcome(r.value);
    } catch (error) {
      if (!(error instanceof JavaThrowable)) throw error;
      return { kind: 'failed', error };
    }
  }
}
