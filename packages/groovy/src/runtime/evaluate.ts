/**
 * Text that is compiled while the program runs: `evaluate`, `Eval` and `GroovyShell`, for trusted code alone. The text is data
 * of the program, so a replay compiles the same. It runs with the rights of the code that gave it. Follows GroovyShell and
 * Eval of Groovy 2.4.
 */

import { BindingObject, bindingOf } from './binding-object.ts';
import { TICK } from './coroutine.ts';
import type { Interpreter } from './interpreter.ts';
import type { NativeClass, Signatures } from './native.ts';
import type { Runtime } from './runtime.ts';
import type { ScriptObject } from './script-object.ts';
import type { Computation, Value } from './values.ts';
import { JavaObject, JavaThrowable, PENDING } from './values.ts';

/** What compiled code takes for each character of its text, about: a text that is too large is refused as memory that is not there. */
const BYTES_A_CHARACTER = 100;

/** The text as a script with these variables, not run yet. Null: it holds classes alone. */
export function* parseScript(rt: Runtime, text: string | null, binding: Map<string, Value>): Computation<ScriptObject | null> {
  const vm = rt as Interpreter;
  if (text === null) throw new JavaThrowable('java.lang.NullPointerException', null);
  if (vm.hooks.compileText === undefined) throw new JavaThrowable('java.lang.UnsupportedOperationException', 'Not available here: evaluate');
  vm.alloc(text.length * BYTES_A_CHARACTER);
  const cls = vm.hooks.compileText(vm, text);
  // A loop of these is as long as its texts: each ends its slice.
  yield TICK;
  vm.nextSlice();
  if (cls === null) return null;
  const script = vm.newScript(cls, binding);
  vm.initialize(cls);
  yield* vm.initializeScript(script);
  return script;
}

export function* evaluate(rt: Runtime, text: string | null, binding: Map<string, Value>): Computation {
  const script = yield* parseScript(rt, text, binding);
  if (script === null) return null;
  const r = rt.invoke(script, 'run', []);
  return r === PENDING ? yield* rt.take() : (r as Value);
}

/** `new GroovyShell()` */
class Shell extends JavaObject {
  readonly binding: Map<string, Value>;
  constructor(binding: Map<string, Value>) {
    super();
    this.binding = binding;
  }
  get $type(): string {
    return 'groovy.lang.GroovyShell';
  }
}

function variables(held: Value): Map<string, Value> {
  return held instanceof Shell ? held.binding : bindingOf(held).held;
}

const shellMethods: Signatures = {
  *'evaluate(java.lang.String)'(rt, self: Value, text: string) {
    return yield* evaluate(rt, text, variables(self));
  },
  *'parse(java.lang.String)'(rt, self: Value, text: string) {
    return yield* parseScript(rt, text, variables(self));
  },
  'getVariable(java.lang.String)': (_rt, self: Value, name: string) => variables(self).get(name) ?? null,
  'setVariable(java.lang.String, java.lang.Object)': (_rt, self: Value, name: string, value: Value) => {
    variables(self).set(name, value);
    return null;
  },
  'getContext()': (_rt, self: Value) => new BindingObject(variables(self)),
};

const shellTable: NativeClass = {
  name: 'groovy.lang.GroovyShell',
  restricted: [
    'new',
    'new groovy.lang.Binding',
    'new java.lang.ClassLoader',
    'new java.lang.ClassLoader groovy.lang.Binding',
    ...lines('method', shellMethods),
  ],
  trusted: {
    constructors: {
      '()': () => new Shell(new Map()),
      '(groovy.lang.Binding)': (_rt, _self, binding: Value) => new Shell(variables(binding)),
    },
    methods: shellMethods,
  },
};

const evalStatics: Signatures = {
  *'me(java.lang.String)'(rt, _self, text: string) {
    return yield* evaluate(rt, text, new Map());
  },
  *'me(java.lang.String, java.lang.Object, java.lang.String)'(rt, _self, name: string, value: Value, text: string) {
    return yield* evaluate(rt, text, new Map([[name, value]]));
  },
  *'x(java.lang.Object, java.lang.String)'(rt, _self, x: Value, text: string) {
    return yield* evaluate(rt, text, new Map(Object.entries({ x })));
  },
  *'xy(java.lang.Object, java.lang.Object, java.lang.String)'(rt, _self, x: Value, y: Value, text: string) {
    return yield* evaluate(rt, text, new Map(Object.entries({ x, y })));
  },
  *'xyz(java.lang.Object, java.lang.Object, java.lang.Object, java.lang.String)'(rt, _self, x: Value, y: Value, z: Value, text: string) {
    return yield* evaluate(rt, text, new Map(Object.entries({ x, y, z })));
  },
};

/** The whitelist's lines of a table: `method evaluate java.lang.String`. */
function lines(kind: 'method' | 'staticMethod', table: Signatures): string[] {
  return Object.keys(table).map((signature) => {
    const open = signature.indexOf('(');
    const params = signature.slice(open + 1, -1);
    return `${kind} ${signature.slice(0, open)}${params === '' ? '' : ` ${params.split(', ').join(' ')}`}`;
  });
}

export const evaluatingTables: readonly NativeClass[] = [
  shellTable,
  { name: 'groovy.util.Eval', restricted: lines('staticMethod', evalStatics), trusted: { statics: evalStatics } },
];
