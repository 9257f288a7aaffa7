/** `list.withDefault { … }` (groovy.lang.ListWithDefault): grows when asked for a place beyond its end. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { WrappedList } from './lists.ts';
import type { JavaList } from './model.ts';

export class ListWithDefault extends WrappedList {
  private readonly init: Value;
  private readonly lazy: boolean;
  /** `lazy`: the places between stay null until they are asked for. */
  constructor(inner: JavaList, lazy: boolean, init: Value) {
    super(inner, 'groovy.lang.ListWithDefault');
    this.lazy = lazy;
    this.init = init;
  }
  getOrGrow(rt: Runtime, index: number): Value {
    const { inner } = this;
    const size = inner.size;
    // Groovy counts negative places from the end, and fails for those before the start as List.get does.
    const at = index < 0 ? index + size : index;
    if (at >= size) {
      rt.alloc(at - size + 1);
      for (let i = size; i < at; i++) inner.add(rt, this.lazy ? null : rt.callSync(this.init, [i]));
      const value = rt.callSync(this.init, [at]);
      inner.add(rt, value);
      return value;
    }
    const item = inner.get(rt, at);
    if (item !== null || !this.lazy) return item;
    const value = rt.callSync(this.init, [at]);
    inner.set(rt, at, value);
    return value;
  }
  override get(rt: Runtime, index: number): Value {
    return this.getOrGrow(rt, index);
  }
}
