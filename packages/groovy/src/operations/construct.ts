/** `new cls(…args)` from within a cast, which can't be suspended: run to its end at once. */
import type { GroovyClass } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Pending, Value } from '../runtime/values.ts';

interface Constructing {
  construct(cls: GroovyClass, args: readonly Value[]): Computation;
  defer(computation: Computation): Pending;
  settle(r: Value | Pending): Value;
}

/**
 * Makes an object with Groovy's choice of the constructor. Throws GroovyRuntimeException `Could not find matching
 * constructor for: …` where there is none; what a constructor itself throws comes through as it is.
 */
export function construct(rt: Runtime, cls: GroovyClass, args: readonly Value[]): Value {
  const vm = rt as unknown as Constructing;
  return vm.settle(vm.defer(vm.construct(cls, args)));
}
