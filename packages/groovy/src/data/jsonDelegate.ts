/**
 * The closures of JsonBuilder: a call `name(…)` inside one becomes a member of the object that the closure describes.
 * The calls are made at once, so a closure given to a builder must not contain steps.
 */
import { JavaMap } from '../collections/map.ts';
import { JavaArray, JavaCollection, JavaList } from '../collections/model.ts';
import { HostObject } from '../runtime/host-object.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';

const DELEGATE_FIRST = 1;
export const isClosure = (rt: Runtime, value: Value): boolean => value !== null && typeof value === 'object' && rt.instanceOf(value, 'groovy.lang.Closure');

/** Calls the closure with a delegate that gathers, and answers the members. */
export function closureContent(rt: Runtime, closure: Value, args: readonly Value[]): JavaMap {
  const delegate = new JsonDelegate();
  callWithDelegate(rt, closure, delegate, args);
  return delegate.content;
}

export function callWithDelegate(rt: Runtime, closure: Value, delegate: Value, args: readonly Value[]): Value {
  const copy = rt.invokeSync(closure, 'clone', []);
  rt.invokeSync(copy, 'setDelegate', [delegate]);
  rt.invokeSync(copy, 'setResolveStrategy', [DELEGATE_FIRST]);
  return rt.callSync(copy, args);
}

/** A list of what the closure makes of each element. */
export function collected(rt: Runtime, items: Iterable<Value>, closure: Value): JavaList {
  return new JavaList([...items].map((item) => closureContent(rt, closure, [item])));
}
export function itemsOf(value: Value | undefined): readonly Value[] | null {
  if (value instanceof JavaCollection) return value.toArray();
  return value instanceof JavaArray ? value.items : null;
}

class JsonDelegate extends HostObject {
  readonly content = new JavaMap();
  get $type(): string {
    return 'groovy.json.JsonDelegate';
  }
  hasMethod(): boolean {
    return true;
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (args.length === 0) return undefined;
    const [first, second] = args;
    let value: Value;
    if (args.length === 1) value = isClosure(rt, first as Value) ? closureContent(rt, first as Value, []) : (first as Value);
    else if (args.length === 2 && isClosure(rt, second as Value)) {
      const items = itemsOf(first);
      value = items === null ? closureContent(rt, second as Value, [first as Value]) : collected(rt, items, second as Value);
    } else value = new JavaList([...args]);
    this.content.put(rt, name, value);
    return value;
  }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    return name === 'content' ? this.content : undefined;
  }
  setProperty(): boolean {
    return false;
  }
}
