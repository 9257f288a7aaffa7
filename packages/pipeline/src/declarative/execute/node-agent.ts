/** Takes a machine and checks the job's source out on it. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaList } from '@millrace/groovy';
import { Described } from '../../steps/described.ts';
import type { Body, Run } from './run.ts';
import { pairs, textOf } from './values.ts';

/** An agent with its settings, and what the options around say about it. */
export interface AgentRequest {
  readonly type: string;
  /** A sole unnamed setting is under the empty name. */
  readonly settings: ReadonlyMap<string, Value>;
  readonly inStage: boolean;
  readonly checkout: boolean;
  readonly subdirectory: string | null;
  /** The root's container agent under `newContainerPerStage`: it only takes the machine. */
  readonly containerPerStageRoot: boolean;
  readonly reuseNode: boolean;
}

/** A machine with the agent's label, with the source checked out. */
export function* onLabel(run: Run, agent: AgentRequest, body: Body): Computation {
  const { rt } = run;
  const label = agent.settings.get('label') ?? (agent.type === 'docker' || agent.type === 'dockerfile' ? null : (agent.settings.get('') ?? null));
  const workspace = textOf(rt, agent.settings.get('customWorkspace'));
  const once = (): Computation => run.cx.step('node', { label }, () => checkOut(run, agent, workspace, body));
  return yield* retrying(run, agent, 'agent', once);
}

export function* retrying(run: Run, agent: AgentRequest, condition: string, once: Body): Computation {
  const retries = Number(textOf(run.rt, agent.settings.get('retries')) ?? '0');
  if (!(retries > 1)) return yield* once();
  const conditions = [condition, 'nonresumable'].map((symbol) => new Described(symbol, null, new Map()));
  return yield* run.cx.step('retry', { count: retries, conditions: new JavaList(conditions) }, once);
}

export function* checkOut(run: Run, agent: AgentRequest, workspace: string | null, body: Body): Computation {
  if (workspace !== null && workspace !== '') return yield* run.cx.step('ws', { dir: workspace }, () => checkOutHere(run, agent, body));
  return yield* checkOutHere(run, agent, body);
}

function* checkOutHere(run: Run, agent: AgentRequest, body: Body): Computation {
  let variables: [string, Value][] = [];
  if (agent.checkout && run.cx.hasScm()) {
    const fetch = function* (): Computation {
      const scm = yield* run.value(run.plan.globals.scm);
      variables = pairs(run.rt, yield* run.cx.step('checkout', { scm }));
      return null;
    };
    const staged = (): Computation => (agent.inStage ? fetch() : run.cx.step('stage', { name: 'Declarative: Checkout SCM' }, fetch));
    if (agent.subdirectory) yield* run.cx.step('dir', { path: agent.subdirectory }, staged);
    else yield* staged();
  }
  if (variables.length === 0) return yield* body();
  return yield* run.cx.step('withEnv', { overrides: new JavaList(variables.map(([k, v]) => `${k}=${run.rt.format(v)}`)) }, body);
}
