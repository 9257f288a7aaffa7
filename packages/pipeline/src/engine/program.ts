/**
 * A build's program as the engine sees it: threads that run until they wait. The evaluator's coroutines have this shape;
 * tests make threads of plain generators (`testing/generator-program.ts`).
 */
import type { JavaThrowable, Pending, Value } from '@millrace/groovy';

export type Outcome =
  /** What a native generator yielded: one of `requests.ts`. The thread goes on with `resume(answer)` or `throw(error)`. */
  | { readonly kind: 'request'; readonly request: unknown }
  /** Its time slice is over; `resume()` goes on. */
  | { readonly kind: 'tick' }
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: JavaThrowable };

export interface ProgramThread {
  resume(input?: unknown): Outcome;
  throw(error: JavaThrowable): Outcome;
}

export interface Program {
  /** A freestyle job's: no `[Pipeline]` lines, and it tells of its interruption itself. */
  readonly freestyle?: boolean;
  /** The main thread, not yet started. */
  main(): ProgramThread;
  /** A thread that makes this call; not yet started. For parallel branches. */
  branch(call: () => Value | Pending): ProgramThread;
}
