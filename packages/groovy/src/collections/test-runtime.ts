/** A runtime for tests of the collections alone: values and their operations, and JavaScript functions as closures. */
import { hash } from '../operations/hash.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { JavaList } from './model.ts';

/** A closure that is a JavaScript function. */
export class TestClosure extends JavaObject {
  readonly run: (...args: Value[]) => Value;
  constructor(run: (...args: Value[]) => Value) {
    super();
    this.run = run;
  }
  get $type(): string {
    return 'groovy.lang.Closure';
  }
}

/** What else is asked of it fails, as a property that is not there. */
export function testRuntime(): Runtime {
  const rt: Partial<Runtime> = {
    call: (c, args) => (c as TestClosure).run(...args),
    callSync: (c, args) => (c as TestClosure).run(...args),
    isCallable: (x) => x instanceof TestClosure,
    arity: (c) => (c as TestClosure).run.length,
    javaEquals: (a, b) => a === b || (a instanceof JavaObject && a.javaEquals(rt as Runtime, b)),
    equals: (a, b) => a === b || (a instanceof JavaObject && a.javaEquals(rt as Runtime, b)),
    hash: (a) => hash(rt as Runtime, a),
    identityHash: () => 1,
    compare: (a, b) => ((a as number) < (b as number) ? -1 : a === b ? 0 : 1),
    truth: (a) => a !== null && a !== false && a !== 0 && a !== '',
    str: (a) => (a instanceof JavaObject ? a.javaString(rt as Runtime) : String(a)),
    format: (a) =>
      a instanceof JavaList ? `[${a.items.map((x) => String(x)).join(', ')}]` : a instanceof JavaObject ? a.javaString(rt as Runtime) : String(a),
    alloc: () => {},
  };
  return rt as Runtime;
}
