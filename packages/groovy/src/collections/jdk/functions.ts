/** Calls of java.util.function's interfaces: a closure, a closure coerced to one, or a script's own implementation. */

import type { Runtime } from '../../runtime/runtime.ts';
import type { Pending, Value } from '../../runtime/values.ts';

export function apply(rt: Runtime, f: Value, method: string, args: readonly Value[]): Value | Pending {
  return rt.isCallable(f) ? rt.call(f, args) : rt.invoke(f, method, args);
}
export function applySync(rt: Runtime, f: Value, method: string, args: readonly Value[]): Value {
  return rt.isCallable(f) ? rt.callSync(f, args) : rt.invokeSync(f, method, args);
}
