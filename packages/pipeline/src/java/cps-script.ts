/** The base of pipeline scripts. Follows CpsScript of workflow-cps: what a script prints by itself is the step `echo`. */
import type { AbstractClosure, Computation, Interpreter, NativeClass, Value } from '@millrace/groovy';
import { JavaArray, PENDING, ScriptObject } from '@millrace/groovy';

export const CPS_SCRIPT = 'org.jenkinsci.plugins.workflow.cps.CpsScript';

/** The step (or a library's variable of that name), whatever method `echo` the script itself has. */
function* echo(vm: Interpreter, script: Value, text: string): Computation {
  const r = vm.hooks.methodMissing?.(vm, script as ScriptObject, 'echo', [text]) ?? null;
  return r === PENDING ? yield* vm.take() : (r as Value);
}
function* printf(vm: Interpreter, script: Value, format: string, values: readonly Value[]): Computation {
  return yield* echo(
    vm,
    script,
    vm.str(vm.invokeSync(vm.registry.get('java.lang.String'), 'format', [format, new JavaArray('java.lang.Object', [...values])])),
  );
}

export const cpsScriptClass: NativeClass = {
  name: CPS_SCRIPT,
  kind: 'abstract',
  superclass: 'groovy.lang.Script',
  constructors: { '()': (rt) => new ScriptObject((rt as Interpreter).registry.get('groovy.lang.Script'), new Map()) },
  methods: {
    *'println()'(rt, self: Value) {
      return yield* echo(rt as Interpreter, self, '');
    },
    // `String.valueOf`: maps as Java writes them.
    *'println(java.lang.Object)'(rt, self: Value, value: Value) {
      return yield* echo(rt as Interpreter, self, rt.str(value));
    },
    *'print(java.lang.Object)'(rt, self: Value, value: Value) {
      return yield* echo(rt as Interpreter, self, rt.str(value));
    },
    *'printf(java.lang.String, java.lang.Object)'(rt, self: Value, format: string, value: Value) {
      return yield* printf(rt as Interpreter, self, format, value instanceof JavaArray ? value.items : [value]);
    },
    *'printf(java.lang.String, java.lang.Object[])'(rt, self: Value, format: string, values: JavaArray) {
      return yield* printf(rt as Interpreter, self, format, values.items);
    },
  },
};

function* byOwner(vm: Interpreter, closure: AbstractClosure, name: string, args: readonly Value[]): Computation {
  const r = vm.invoke(closure.owner, name, args);
  return r === PENDING ? yield* vm.take() : (r as Value);
}

/** Closures print as the script around them does: CpsClosure2. */
export const cpsClosureClass: NativeClass = {
  name: 'groovy.lang.Closure',
  methods: {
    *'println()'(rt, self: AbstractClosure) {
      return yield* byOwner(rt as Interpreter, self, 'println', []);
    },
    *'println(java.lang.Object)'(rt, self: AbstractClosure, value: Value) {
      return yield* byOwner(rt as Interpreter, self, 'println', [value]);
    },
    *'print(java.lang.Object)'(rt, self: AbstractClosure, value: Value) {
      return yield* byOwner(rt as Interpreter, self, 'print', [value]);
    },
    *'printf(java.lang.String, java.lang.Object)'(rt, self: AbstractClosure, format: string, value: Value) {
      return yield* byOwner(rt as Interpreter, self, 'printf', [format, value]);
    },
  },
};
