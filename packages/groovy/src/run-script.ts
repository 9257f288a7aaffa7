/** Runs a plain Groovy script, as `groovy FILE` would: no pipeline, no sandbox. */

import { JavaArray } from './collections/model.ts';
import { compileUnit } from './compile/unit.ts';
import { invokeMethod, invokeStatic } from './runtime/call.ts';
import type { Hooks, Limits } from './runtime/interpreter.ts';
import { Interpreter } from './runtime/interpreter.ts';
import { standardIndex } from './runtime/library.ts';
import type { LibraryIndex } from './runtime/registry.ts';
import type { World } from './runtime/runtime.ts';
import type { Value } from './runtime/values.ts';
import { JavaThrowable, PENDING } from './runtime/values.ts';
import { CompilationError, parse } from './syntax/index.ts';

export interface RunOptions {
  /** What messages call the file. */
  readonly fileName: string;
  readonly print: (text: string) => void;
  readonly className?: string;
  readonly sandbox?: boolean;
  readonly world?: Partial<World>;
  readonly limits?: Partial<Limits>;
  readonly hooks?: Hooks;
  readonly index?: LibraryIndex;
  readonly args?: readonly string[];
  /** Called when a time slice is over; what it gives back is thrown where the script stands. */
  readonly interrupt?: () => JavaThrowable | null;
}

/** Runs the script to its end and answers what it returns. Throws JavaThrowable, or CompilationError before anything has run. */
export function runScript(source: string, options: RunOptions): Value {
  const vm = makeInterpreter(options);
  const unit = parse(source, options.fileName);
  const className =
    options.className ??
    options.fileName
      .replace(/^.*\//, '')
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9_$]/g, '_');
  const compiled = compileUnit(vm, unit, { className });
  const args = new JavaArray('java.lang.String', [...(options.args ?? [])]);
  return vm.run(() => {
    if (compiled.script !== null) {
      const script = vm.newScript(compiled.script, new Map<string, Value>([['args', args]]));
      // Field initialisers belong to the construction of the script's object.
      return vm.defer(begin(vm, script));
    }
    const main = compiled.classes.find((c) => c.ready().ownStatics.has('main'));
    return main === undefined ? null : invokeStatic(vm, main, 'main', [args]);
  }, options.interrupt);
}

export function* begin(vm: Interpreter, script: Value): Generator<unknown, Value, unknown> {
  vm.initialize(vm.classOf(script));
  yield* vm.initializeScript(script);
  let r = invokeMethod(vm, script, 'run', []);
  if (r === PENDING) r = yield* vm.take();
  return r as Value;
}

/** Plain scripts, called as GroovyShell calls them. */
function textCompiler(): NonNullable<Hooks['compileText']> {
  let count = 0;
  return (vm, text) => {
    const className = `Script${++count}`;
    try {
      return compileUnit(vm, parse(text, `${className}.groovy`), { className, trusted: true }).script;
    } catch (error) {
      if (!(error instanceof CompilationError)) throw error;
      throw new JavaThrowable('org.codehaus.groovy.control.MultipleCompilationErrorsException', error.message);
    }
  };
}

export function makeInterpreter(options: Omit<RunOptions, 'fileName' | 'className' | 'args'>): Interpreter {
  let identity = 0;
  const world: World = {
    now: () => 0,
    nanoTime: () => 0n,
    random: () => (identity = (identity * 16807 + 1) % 2147483647) / 2147483647,
    timeZone: () => 'Etc/UTC',
    print: options.print,
    ...options.world,
  };
  return new Interpreter({
    world,
    index: options.index ?? standardIndex(),
    sandbox: options.sandbox ?? false,
    hooks: { compileText: textCompiler(), ...options.hooks },
    limits: options.limits ?? {},
  });
}
