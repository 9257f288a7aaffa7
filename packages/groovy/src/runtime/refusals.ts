/** The errors of dispatch, in Groovy's and Jenkins' words. */
import type { Method } from './classes.ts';
import type { Interpreter } from './interpreter.ts';
import type { Value } from './values.ts';
import { JavaThrowable } from './values.ts';

/** `java.lang.String, null` as Groovy lists argument types. */
export function typeList(vm: Interpreter, args: readonly Value[]): string {
  return args.map((a) => (a === null ? 'null' : javaName(vm.classOf(a).name))).join(', ');
}
/** Java's own name of a class: arrays as `[I` and `[Ljava.lang.String;`. */
export function javaName(name: string): string {
  if (!name.endsWith('[]')) return name;
  const inner = name.slice(0, -2);
  const codes: Readonly<Record<string, string>> = { int: 'I', long: 'J', double: 'D', float: 'F', short: 'S', byte: 'B', char: 'C', boolean: 'Z' };
  if (inner.endsWith('[]')) return `[${javaName(inner)}`;
  return `[${codes[inner] ?? `L${inner};`}`;
}

/** Arguments as messages show them: cut at 60 characters, as InvokerHelper.toString(args, 60). */
export function valueList(vm: Interpreter, args: readonly Value[]): string {
  let out = '[';
  let first = true;
  for (const a of args) {
    if (!first) out += ', ';
    first = false;
    if (out.length > 60) return `${out}...]`;
    let text: string;
    try {
      text = vm.format(a);
    } catch (e) {
      if (!(e instanceof JavaThrowable)) throw e;
      text = `<${e.typeName}>`;
    }
    out += text.length > 60 ? `${text.slice(0, 60)}...` : text;
  }
  return `${out}]`;
}

export function missingMethod(vm: Interpreter, className: string, name: string, args: readonly Value[]): JavaThrowable {
  return noSignature('groovy.lang.MissingMethodException', vm, className, name, args, false);
}
export function missingStaticMethod(vm: Interpreter, className: string, name: string, args: readonly Value[]): JavaThrowable {
  return noSignature('groovy.lang.MissingMethodException', vm, className, name, args, true);
}
function noSignature(type: string, vm: Interpreter, className: string, name: string, args: readonly Value[], isStatic: boolean): JavaThrowable {
  const e = new JavaThrowable(
    type,
    `No signature of method: ${isStatic ? 'static ' : ''}${javaName(className)}.${name}() is applicable for argument types: (${typeList(vm, args)}) values: ${valueList(vm, args)}`,
  );
  e.data = { method: name, className, args };
  return e;
}
export function missingConstructor(vm: Interpreter, className: string, args: readonly Value[]): JavaThrowable {
  return new JavaThrowable('groovy.lang.GroovyRuntimeException', `Could not find matching constructor for: ${className}(${typeList(vm, args)})`);
}
export function missingProperty(className: string, name: string): JavaThrowable {
  const e = new JavaThrowable('groovy.lang.MissingPropertyException', `No such property: ${name} for class: ${javaName(className)}`);
  e.data = { property: name, className };
  return e;
}
export function missingStaticProperty(className: string, name: string): JavaThrowable {
  return missingProperty(className, name);
}
export function readOnlyProperty(className: string, name: string): JavaThrowable {
  return new JavaThrowable('groovy.lang.ReadOnlyPropertyException', `Cannot set readonly property: ${name} for class: ${className}`);
}
/** script-security's refusal; `what` is the whitelist's line. */
export function rejected(vm: Interpreter, what: string): JavaThrowable {
  const line = what.trim();
  if (!vm.sandbox) return unavailable(vm, line);
  return new JavaThrowable('org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException', `Scripts not permitted to use ${line}`);
}
/** What the sandbox refuses and code that may have it finds missing; `what` as for `rejected`. */
export function unavailable(vm: Interpreter, what: string): JavaThrowable {
  const line = what.trim();
  return new JavaThrowable('java.lang.UnsupportedOperationException', vm.hooks.unavailable?.(line) ?? `Not available here: ${line}`);
}
export function ambiguousMethod(vm: Interpreter, className: string, name: string, args: readonly Value[], found: readonly Method[]): JavaThrowable {
  const show = (types: readonly string[]): string =>
    `[${types.map((t) => (t === 'null' ? t : `${vm.registry.find(t)?.isInterface ? 'interface' : 'class'} ${javaName(t)}`)).join(', ')}]`;
  const lines = found.map((m) => `\n\t${show(m.params)}`).join('');
  return new JavaThrowable(
    'groovy.lang.GroovyRuntimeException',
    `Ambiguous method overloading for method ${javaName(className)}#${name}.\nCannot resolve which method to invoke for ${show(args.map((a) => (a === null ? 'null' : vm.classOf(a).name)))} due to overlapping prototypes between:${lines}`,
  );
}
