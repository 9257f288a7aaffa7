/** `rawBuild.causes`: why a build runs, as hudson.model.Cause and its classes. */
import type { Interpreter, Value } from '@millrace/groovy';
import { GroovyClass } from '@millrace/groovy';
import type { BuildFacts } from '../engine/build.ts';
import { fromJson } from '../steps/values.ts';
import type { ModelObject } from './model-object.ts';
import type { Server } from './server-asks.ts';

const CAUSE = 'hudson.model.Cause';

export function causesOf(vm: Interpreter, server: Server): ModelObject[] {
  const facts: BuildFacts = server.execution.facts;
  return facts.causes.map(({ type, text, data = {} }) => {
    // Those of plug-ins that no table has.
    if (vm.registry.find(type) === null) vm.registry.defineNative({ name: type, superclass: CAUSE });
    const own = Object.entries(data).map(([name, value]) => [`get${name.charAt(0).toUpperCase()}${name.slice(1)}`, (): Value => fromJson(value)]);
    return server.object(type, `${type}: ${text}`, {
      getShortDescription: () => text,
      ...(Object.fromEntries(own) as Record<string, () => Value>),
    });
  });
}

/** `getCause(Cause.UserIdCause)`: the first of that class or one below it; null: none. */
export function causeOf(vm: Interpreter, causes: readonly ModelObject[], type: Value): Value {
  if (!(type instanceof GroovyClass)) return null;
  return causes.find((cause) => vm.classOf(cause).isSubclassOf(type)) ?? null;
}
