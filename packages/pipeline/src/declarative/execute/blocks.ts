/** What stands around stages: variables, credentials, tools, steps of `options`, input. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaList, JavaThrowable } from '@millrace/groovy';
import { Described } from '../../steps/described.ts';
import type { AgentPlan, EnvironmentPlan, InputPlan, OptionsPlan, StagePlan, ToolPlan } from '../plan.ts';
import { credentialsKey } from '../transform/environment.ts';
import { type Body, hasNode, type Run, scriptError } from './run.ts';
import { describedValue, pairs, textOf } from './values.ts';

/** The credentials and then the variables of an `environment` block, around a body. */
export function* inEnvironment(run: Run, environment: EnvironmentPlan | null, body: Body): Computation {
  if (environment === null) return yield* body();
  const closures = new Map(yield* run.pairs(environment.values));
  return yield* inCredentials(run, environment, closures, function* () {
    if (environment.variables.length === 0) return yield* body();
    const overrides: string[] = [];
    for (const name of environment.variables) overrides.push(`${name}=${yield* variableText(run, name, closures.get(name) ?? null)}`);
    return yield* run.cx.step('withEnv', { overrides: new JavaList(overrides) }, body);
  });
}

function* variableText(run: Run, name: string, closure: Value): Computation<string> {
  try {
    return run.rt.format(yield* run.cx.call(closure));
  } catch (e) {
    const error = scriptError(e);
    if (error.typeName !== 'java.lang.NullPointerException') throw error;
    throw new JavaThrowable('java.lang.IllegalArgumentException', `One or more variables have some issues with their values: ${name}`);
  }
}

function* inCredentials(run: Run, environment: EnvironmentPlan, closures: ReadonlyMap<string, Value>, body: Body): Computation {
  const bindings: Value[] = [];
  for (const name of environment.credentials) {
    const id = run.rt.str(yield* run.cx.call(closures.get(credentialsKey(name)) ?? null));
    bindings.push(...bindingsOf(name, id, yield* run.cx.credentialFields(id)));
  }
  if (bindings.length === 0) return yield* body();
  return yield* run.cx.step('withCredentials', { bindings: new JavaList(bindings) }, body);
}

/** How a credential of some kind becomes variables: NAME, NAME_USR, NAME_PSW. */
function bindingsOf(name: string, id: string, fields: readonly string[]): Described[] {
  const bind = (symbol: string, args: Record<string, string>): Described =>
    new Described(symbol, null, new Map(Object.entries({ ...args, credentialsId: id })));
  if (fields.includes('privateKey')) {
    return [bind('sshUserPrivateKey', { keyFileVariable: name, usernameVariable: `${name}_USR`, passphraseVariable: `${name}_PSW` })];
  }
  if (fields.includes('username')) {
    return [bind('usernameColonPassword', { variable: name }), bind('usernamePassword', { usernameVariable: `${name}_USR`, passwordVariable: `${name}_PSW` })];
  }
  return [bind(fields.includes('file') || fields.includes('content') ? 'file' : 'string', { variable: name })];
}

/** The variables of a matrix' cell. */
export function* inCell(run: Run, cell: StagePlan['cell'], body: Body): Computation {
  if (cell === null) return yield* body();
  return yield* run.cx.step('withEnv', { overrides: new JavaList(cell.map(([name, value]) => `${name}=${value}`)) }, body);
}

/** Installs tools, in a stage of its own where there is none around, and puts them into the environment. */
export function* withTools(run: Run, tools: readonly ToolPlan[] | null, outer: readonly ToolPlan[] | null, agent: AgentPlan, body: Body): Computation {
  // Own ones replace those of the same kind around.
  const merged = new Map<string, ToolPlan>();
  for (const tool of [...(outer ?? []), ...(tools ?? [])]) merged.set(tool.key, tool);
  if (merged.size === 0 || !hasNode(agent)) return yield* body();
  const env: Value[] = [];
  const install = function* (): Computation {
    for (const tool of merged.values()) {
      const version = yield* run.value(tool.version);
      yield* run.cx.step('tool', { name: version, type: tool.type });
      const variables = yield* run.cx.step('envVarsForTool', { toolId: tool.type, toolVersion: version });
      for (const pair of run.rt.iterate(variables)) env.push(pair);
    }
    return null;
  };
  if (run.cx.inStage()) yield* install();
  else yield* run.cx.step('stage', { name: 'Declarative: Tool Install' }, install);
  return yield* run.cx.step('withEnv', { overrides: new JavaList(env) }, body);
}

/** The steps of an `options` block, the first outermost. */
export function* inWrappers(run: Run, options: OptionsPlan | null, body: Body): Computation {
  const wrappers = options?.wrappers ?? [];
  const next = function* (i: number): Computation {
    const wrapper = wrappers[i];
    if (wrapper === undefined) return yield* body();
    const args = Object.fromEntries(yield* run.pairs(wrapper.args));
    return yield* run.cx.step(wrapper.step, args, () => next(i + 1));
  };
  return yield* next(0);
}

/** Waits for somebody's answer; what was answered becomes variables of the body. */
export function* withInput(run: Run, input: InputPlan | null, body: Body): Computation {
  if (input === null) return yield* body();
  const { rt } = run;
  const args: Record<string, Value> = {};
  for (const [name, value] of yield* run.pairs(input.fields)) args[name] = describedValue(rt, value);
  const answer = yield* run.cx.step('input', args);
  const parameters = args.parameters instanceof JavaList ? args.parameters.items : [];
  const submitter = textOf(rt, args.submitterParameter);
  if (parameters.length === 0 && submitter === null) return yield* body();
  const only = parameters.length === 1 ? parameters[0] : null;
  const several = pairs(rt, answer);
  const env =
    several.length > 0
      ? several.map(([k, v]) => `${k}=${rt.format(v)}`)
      : submitter !== null
        ? [`${submitter}=${rt.format(answer)}`]
        : only instanceof Described
          ? [`${textOf(rt, only.args.get('name'))}=${rt.format(answer)}`]
          : [];
  return yield* run.cx.step('withEnv', { overrides: new JavaList(env) }, body);
}
