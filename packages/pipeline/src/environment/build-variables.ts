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
  Object.assign(env, addresses(facts), facts.env);
  for (const [name, value] of Object.entries(facts.parameters)) {
    // Jenkins keeps what the job has not declared out of the environment (SECURITY-170).
    if (facts.declared !== undefined && !facts.declared.includes(name)) continue;
    if (value !== null && typeof value !== 'object') env[name] = String(value);
  }
  const separator = node?.windows === true ? ';' : ':';
  // `putAll`: an empty value stays one.
  Object.assign(env, set);
  for (const layer of scope.env) overrideAll(env, layer, separator);
  return env;
}

/** The variables that tell where the server shows the build; none where there is no server. */
function addresses(facts: BuildFacts): Record<string, string> {
  const { rootUrl } = facts;
  if (rootUrl === null) return {};
  const job = `${rootUrl}job/${facts.job.split('/').map(encodeURIComponent).join('/job/')}/`;
  const run = `${job}${facts.number}/`;
  const display = `${run}display/redirect`;
  return {
    JENKINS_URL: rootUrl,
    HUDSON_URL: rootUrl,
    JOB_URL: job,
    BUILD_URL: run,
    JOB_DISPLAY_URL: `${job}display/redirect`,
    RUN_DISPLAY_URL: display,
    RUN_ARTIFACTS_DISPLAY_URL: `${display}?page=artifacts`,
    RUN_CHANGES_DISPLAY_URL: `${display}?page=changes`,
    RUN_TESTS_DISPLAY_URL: `${display}?page=tests`,
  };
}
