/** `env`: the variables that hold where it is asked, and a place for the build's own. Follows EnvActionImpl. */

import type { Pending, Runtime, Value } from '@millrace/groovy';
import { HostObject, mapOf } from '@millrace/groovy';
import type { Execution } from '../engine/execution.ts';
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
    if (name === 'environment') return mapOf({ ...this.execution.facts.env, ...this.execution.variables });
    const all = this.all();
    return Object.hasOwn(all, name) ? (all[name] as string) : null;
  }
  setProperty(rt: Runtime, name: string, value: Value): boolean {
    if (value === null) delete this.execution.variables[name];
    else this.execution.variables[name] = rt.str(value);
    return true;
  }
  hasMethod(name: string): boolean {
    return ['getProperty', 'setProperty', 'getEnvironment', 'getAt', 'putAt'].includes(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    switch (name) {
      case 'getEnvironment':
        return mapOf(this.all());
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

export const envGlobal: GlobalVariable = { name: 'env', summary: 'Environment variables', make: (execution) => new Env(execution) };
