/** `agent`: takes a machine, checks the job's source out on it, and enters the container that the agent asks for. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaList } from '@millrace/groovy';
import { Described } from '../../steps/described.ts';
import type { AgentPlan, OptionsPlan, StagePlan } from '../plan.ts';
import { inContainerImage } from './docker-agent.ts';
import { type AgentRequest, checkOut, onLabel, retrying } from './node-agent.ts';
import type { Body, Run } from './run.ts';
import { pairs, textOf } from './values.ts';

/** Runs a body where an agent says. A stage without an agent stays where it is; `stage` null: the pipeline itself. */
export function* inAgent(run: Run, stage: StagePlan | null, body: Body): Computation {
  const root = run.plan.agent;
  const perStage = run.hasOption('newContainerPerStage');
  const agent = stage === null ? root : (stage.agent ?? (perStage && isContainer(root) ? root : null));
  if (agent === null || agent.type === 'none') return yield* body();
  const request = yield* requestOf(run, agent, stage);
  return yield* runInAgent(run, request, body);
}

const isContainer = (agent: AgentPlan): boolean => agent.type === 'docker' || agent.type === 'dockerfile';

function* requestOf(run: Run, agent: AgentPlan, stage: StagePlan | null): Computation<AgentRequest> {
  const value = yield* run.value(agent.settings);
  const settings = new Map<string, Value>(pairs(run.rt, value));
  if (settings.size === 0 && value !== null) settings.set('', value);
  const inner = stage?.options ?? null;
  const skip = yield* optionValue(run, inner, 'skipDefaultCheckout');
  const subdirectory = yield* optionValue(run, inner, 'checkoutToSubdirectory');
  const perStage = run.hasOption('newContainerPerStage');
  return {
    type: agent.type,
    settings,
    inStage: stage !== null,
    checkout: skip === undefined || skip === false,
    subdirectory: subdirectory === undefined ? null : textOf(run.rt, subdirectory),
    containerPerStageRoot: settings.get('containerPerStageRoot') === true || (perStage && stage === null),
    reuseNode: settings.get('reuseNode') === true || (perStage && stage !== null && stage.agent === null),
  };
}

/** The sole argument of an option, of the stage or else of the pipeline; undefined where neither has it. */
function* optionValue(run: Run, inner: OptionsPlan | null, symbol: string): Computation<Value | undefined> {
  for (const options of [inner, run.plan.options]) {
    if (options === null || !Object.hasOwn(options.options, symbol)) continue;
    const args = yield* run.pairs(options.options[symbol] ?? null);
    return args[0]?.[1] ?? null;
  }
  return undefined;
}

function* runInAgent(run: Run, agent: AgentRequest, body: Body): Computation {
  switch (agent.type) {
    case 'any':
      return yield* run.cx.step('node', {}, () => checkOut(run, agent, null, body));
    case 'label':
    case 'node':
      return yield* onLabel(run, agent, body);
    case 'docker':
    case 'dockerfile':
      return yield* inContainerImage(run, agent, body);
    case 'kubernetes':
      return yield* inPod(run, agent, body);
    default: {
      const added = run.agents.find((type) => type.descriptor.symbols.includes(agent.type));
      if (added === undefined) return yield* run.cx.step('error', { message: 'Unrecognized agent type' });
      return yield* added.run(run.cx, agent.settings, (type, settings) => runInAgent(run, { ...agent, type, settings }, body));
    }
  }
}

/** A pod of its own. Follows KubernetesDeclarativeAgentScript of the kubernetes plug-in. */
function* inPod(run: Run, agent: AgentRequest, body: Body): Computation {
  const { cx, rt } = run;
  const settings = new Map(agent.settings);
  const text = (name: string): string | null => textOf(rt, settings.get(name));
  const yamlFile = text('yamlFile');
  if (yamlFile !== null && cx.hasScm()) settings.set('yaml', yield* cx.step('readTrusted', { path: yamlFile }));
  // Declarative does not inherit from a pod template around unless it says so.
  if (text('inheritFrom') === null) settings.set('inheritFrom', '');
  if (text('label')) yield* cx.step('echo', { message: "[WARNING] label option is deprecated. To use a static pod template, use the 'inheritFrom' option." });
  const template = settings.get('containerTemplate') ?? null;
  if (template !== null) yield* cx.step('echo', { message: '[WARNING] containerTemplate option is deprecated, use yaml syntax to define containers.' });
  const described = new Described('containerTemplate', null, new Map(pairs(rt, template)));
  const containers = settings.get('containerTemplates') ?? (template === null ? null : new JavaList([described]));
  const args: Record<string, Value> = {};
  for (const [name, value] of settings) if (!NOT_OF_THE_POD.has(name) && value !== null) args[name] = value;
  if (containers !== null) args.containers = containers;
  const container = template === null ? (text('defaultContainer') ?? 'jnlp') : (textOf(rt, new Map(pairs(rt, template)).get('name')) ?? 'jnlp');
  const inside: Body = () => (container === 'jnlp' ? body() : cx.step('container', { name: container }, body));
  const once = function* (): Computation {
    const label = text('label') ?? (run.plan.globals.podLabel === null ? null : yield* run.value(run.plan.globals.podLabel));
    return yield* cx.step('node', { label }, () => checkOut(run, agent, text('customWorkspace'), inside));
  };
  return yield* cx.step('podTemplate', args, () => retrying(run, agent, 'kubernetesAgent', once));
}

/** Settings of the agent that the pod template does not have. */
const NOT_OF_THE_POD = new Set(['', 'customWorkspace', 'defaultContainer', 'retries', 'yamlFile', 'containerTemplate', 'containerTemplates', 'schedulerName']);
