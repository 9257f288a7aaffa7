/**
 * The variables that hold at a place of the program. From the weakest to the strongest, as Jenkins'
 * `EnvironmentExpander.getEffectiveEnvironment`: the node's, the build's with its parameters and `env.X = …`, and then
 * the blocks around from outside to inside.
 */
import type { BuildFacts } from '../engine/build.ts';
import type { Scope } from '../engine/scope.ts';
import { overrideAll } from './env-vars.ts';

export function buildVariables(facts: BuildFacts, set: Readonly<Record<string, string>>, scope: Scope): Record<string, string> {
  const env: Record<string, string> = {};
  const { node } = scope;
  if (node !== null) {
    Object.assign(env, node.env);
    env['NODE_NAME'] = node.name;
    env['NODE_LABELS'] = [...node.labels].sort().join(' ');
    env['EXECUTOR_NUMBER'] = String(node.executor);
  }
  if (scope.workspace !== null) env['WORKSPACE'] = scope.workspace;
  if (scope.temporary !== null) env['WORKSPACE_TMP'] = scope.temporary;
  Object.assign(env, facts.env);
  for (const [name, value] of Object.entries(facts.parameters)) {
    if (value !== null && typeof value !== 'object') env[name] = String(value);
  }
  const separator = node?.windows === true ? ';' : ':';
  // `putAll`: an empty value stays one.
  Object.assign(env, set);
  for (const layer of scope.env) overrideAll(env, layer, separator);
  return env;
}
