/** Annotations that give a class members: `@ToString`, `@Canonical` and their like. */
import type { GroovyClass } from './classes.ts';
import type { Interpreter } from './interpreter.ts';
import type { ClassSpec } from './script-class.ts';

/** Called once a class has its own members. */
export function transformClass(_vm: Interpreter, _cls: GroovyClass, _spec: ClassSpec): void {
  // Filled table by table: see the transforms beside this file.
}
