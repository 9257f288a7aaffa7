/**
 * The collections' own shapes, by which native code of all folders makes and reads them.
 * Behaviour (the java.util methods, Groovy's additions) is in the tables beside this file.
 */
import { JavaObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';

/** Any java.util.List over a JavaScript array: ArrayList, LinkedList, Arrays$ArrayList, unmodifiable ones. */
export class JavaList extends JavaObject {
  items: Value[];
  constructor(items: Value[] = []) { super(); this.items = items; }
  get $type(): string { return 'java.util.ArrayList'; }
}

/** A Java array; `component` is the element type's full Java name: `int`, `java.lang.String`, `int[]`. */
export class JavaArray extends JavaObject {
  readonly component: string;
  readonly items: Value[];
  constructor(component: string, items: Value[]) { super(); this.component = component; this.items = items; }
  get $type(): string { return `${this.component}[]`; }
}
