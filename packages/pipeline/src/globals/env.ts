/** `env`: the variables that hold where it is asked, and a place for the build's own. Follows EnvActionImpl. */

import type { Pending, Runtime, Value } from '@millrace/groovy';
import { HostObject, mapOf } from '@millrace/groovy';
import type { Execution } from '../engine/execution.ts';
import { EMPTY_SCOPE } from '../engine/scope.ts';
import { buildVariables } from '../environment/build-variables.ts';
import type { GlobalVariable } from './global.ts';

class Env extends HostObject {
  private readonly execution: Execution;
  constructor(execution: Execution) {
    super();
    this.execution = execution;
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.workflow.cps.EnvActionImpl';
  }

  private all(): Record<string, string> {
    return buildVariables(this.execution.facts, this.execution.variables, this.execution.thread.scope);
  }
  getProperty(_rt: Runtime, name: string): Value {
    const all = this.all();
    return Object.hasOwn(all, name) ? (all[name] as string) : null;
  }
  setProperty(rt: Runtime, name: string, value: Value): boolean {
    // `String.valueOf`: null becomes the text.
    this.execution.variables[name] = rt.str(value);
    return true;
  }
  hasMethod(name: string): boolean {
    return ['getProperty', 'setProperty', 'getEnvironment', 'getOverriddenEnvironment', 'getAt', 'putAt'].includes(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    switch (name) {
      case 'getEnvironment':
        return mapOf(inOrder(buildVariables(this.execution.facts, this.execution.variables, EMPTY_SCOPE)));
      case 'getOverriddenEnvironment':
        return mapOf(inOrder(this.execution.variables));
      case 'getProperty':
      case 'getAt':
        return this.getProperty(rt, rt.str(args[0] ?? null));
      case 'setProperty':
      case 'putAt':
        this.setProperty(rt, rt.str(args[0] ?? null), args[1] ?? null);
        return null;
      default:
        return undefined;
    }
  }
}

/** EnvVars is a TreeMap that does not tell upper case from lower. */
export function inOrder(variables: Readonly<Record<string, string>>): [string, string][] {
  const key = (name: string): string => name.toUpperCase();
  return Object.entries(variables).sort(([a], [b]) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

export const envGlobal: GlobalVariable = { name: 'env', summary: 'Environment variables', make: (execution) => new Env(execution) };
