/** What the pipeline and the command may use of the language. */

export { GroovyRange, JavaArray, JavaList, JavaMap, JavaSet, mapOf } from './collections/index.ts';
export type { CompiledUnit, CompileOptions } from './compile/unit.ts';
export { compileUnit, isAboveItself } from './compile/unit.ts';
export * from './numbers/boxes.ts';
export { md5 } from './numbers/md5.ts';
export type { RunOptions } from './run-script.ts';
export { begin as runScriptObject, makeInterpreter, runScript } from './run-script.ts';
export { invokeMethod } from './runtime/call.ts';
export { GroovyClass, Instance } from './runtime/classes.ts';
export { AbstractClosure, Closure, NativeClosure } from './runtime/closure.ts';
export type { Outcome } from './runtime/coroutine.ts';
export { Coroutine, Killed, TICK } from './runtime/coroutine.ts';
export { HostObject } from './runtime/host-object.ts';
export type { Hooks, InterpreterOptions, Limits } from './runtime/interpreter.ts';
export { Interpreter } from './runtime/interpreter.ts';
export { standardIndex } from './runtime/library.ts';
export type { Extension, Library, Native, NativeClass, Signatures } from './runtime/native.ts';
export { LibraryIndex } from './runtime/registry.ts';
export type { Runtime, World } from './runtime/runtime.ts';
export { ScriptObject } from './runtime/script-object.ts';
export type { Computation, Pending, StackElement, Value } from './runtime/values.ts';
export { GString, JavaObject, JavaThrowable, PENDING } from './runtime/values.ts';
export type * from './syntax/ast.ts';
export { CompilationError, format, parse, syntaxMessage } from './syntax/index.ts';
export { JavaDate } from './time/date.ts';
