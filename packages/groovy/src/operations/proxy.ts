/**
 * A closure or a map of closures that stands for an interface: `{ … } as Runnable`, `[compare: { a, b -> … }] as
 * Comparator`. A closure answers every method of the interface, a map those that it has an entry for.
 */
import { GroovyClass } from '../runtime/classes.ts';
import { AbstractClosure } from '../runtime/closure.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Pending, Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { mapGet } from './shapes.ts';

export class ProxyObject extends JavaObject {
  declare $class: GroovyClass;
  /** An AbstractClosure or a map. */
  readonly target: JavaObject;
  constructor(target: JavaObject, implemented: GroovyClass, object: GroovyClass | null) {
    super();
    this.target = target;
    const cls = new GroovyClass('com.sun.proxy.$Proxy', 'class');
    cls.superclass = object;
    cls.interfaces = [implemented];
    this.$class = cls;
  }
  get $type(): string {
    return this.$class.name;
  }
  override javaString(rt: Runtime): string {
    return rt.str(this.target);
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.target);
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return other instanceof ProxyObject && rt.javaEquals(this.target, other.target);
  }
}

/** Calls a method of the interface. Java throws UnsupportedOperationException for what a map has no entry for. */
export function invokeProxy(rt: Runtime, proxy: ProxyObject, name: string, args: readonly Value[]): Value | Pending {
  const { target } = proxy;
  if (target instanceof AbstractClosure) return rt.call(target, args);
  const entry = mapGet(rt, target, name);
  if (entry === undefined || entry === null) throw new JavaThrowable('java.lang.UnsupportedOperationException');
  return rt.call(entry, args);
}

/** Makes a proxy of one interface; the class must be an interface. */
export function makeProxy(rt: Runtime, target: JavaObject, implemented: GroovyClass): ProxyObject {
  return new ProxyObject(target, implemented, rt.findClass('java.lang.Object'));
}

/** The closure or map behind a proxy; null for everything else. */
export function proxied(v: Value): JavaObject | null {
  return v instanceof ProxyObject ? v.target : null;
}
