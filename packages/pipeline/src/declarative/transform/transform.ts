/** Puts plan and closures in the place of a pipeline's block, so that the file can be compiled as any script. */

import type { ClosureExpression, CompilationUnit, Expression, MethodCallExpression, Span } from '@millrace/groovy/syntax';
import { parse } from '@millrace/groovy/syntax';
import type { DeclarativeDescriptors } from '../descriptors.ts';
import type { Agent, Environment, Input, MethodCall, Options, PipelineModel, Post, Stage, StageParts, Stages, Tools, When, WhenContent } from '../model.ts';
import type {
  AgentPlan,
  ClosureIndex,
  ConditionPlan,
  EnvironmentPlan,
  GlobalsPlan,
  InputPlan,
  OptionsPlan,
  PipelinePlan,
  PostPlan,
  StagePlan,
  ToolPlan,
  WhenPlan,
} from '../plan.ts';
import { closureMap, describe, namedArguments } from './arguments.ts';
import { environmentClosure } from './environment.ts';
import { type Cell, cellName, matrixCells } from './matrix.ts';
import { lazily, list, map, rewrite, text } from './syntax.ts';

/** The name of the call that runs a plan: `pipeline('<plan as JSON>', [closures])`. */
export const PIPELINE = 'pipeline';

/** The file with each of its (checked) pipelines replaced by the call that runs it. */
export function transform(unit: CompilationUnit, models: readonly PipelineModel[], descriptors: DeclarativeDescriptors): CompilationUnit {
  const calls = new Map<unknown, MethodCallExpression>();
  for (const model of models) {
    const { call } = model;
    const planner = new Planner(descriptors, call.span);
    const plan = planner.pipeline(model);
    calls.set(call, { ...call, command: false, args: [text(call.span, JSON.stringify(plan)), list(call.span, planner.closures)] });
  }
  return rewrite(unit, (node) => calls.get(node));
}

class Planner {
  readonly closures: ClosureExpression[] = [];
  private readonly descriptors: DeclarativeDescriptors;
  private readonly span: Span;
  private readonly agentTypes = new Set<string>();

  constructor(descriptors: DeclarativeDescriptors, span: Span) {
    this.descriptors = descriptors;
    this.span = span;
  }

  pipeline(model: PipelineModel): PipelinePlan {
    const agent = this.agent(model.agent) ?? { type: 'none', settings: null };
    return {
      agent,
      stages: this.stages(model.stages) ?? [],
      post: this.post(model.post),
      environment: this.environment(model.environment),
      tools: this.tools(model.tools),
      options: this.options(model.options),
      triggers: this.describables(model.triggers?.triggers),
      parameters: this.describables(model.parameters?.parameters),
      libraries: this.listOf((model.libraries?.libraries ?? []).flatMap((l) => l.expression ?? [])),
      globals: this.globals(),
    };
  }

  private add(closure: ClosureExpression): ClosureIndex {
    return this.closures.push(closure) - 1;
  }
  private value(e: Expression): ClosureIndex {
    return this.add(lazily(e));
  }
  private listOf(elements: readonly Expression[]): ClosureIndex | null {
    return elements.length === 0 ? null : this.value(list(elements[0]!.span, elements));
  }
  /** Code of our own. */
  private code(source: string): ClosureIndex {
    const statement = parse(`def c = ${source}`, 'Declarative').statements[0];
    const init = statement?.kind === 'VariableDeclaration' ? statement.variables[0]?.init : null;
    if (init?.kind !== 'Closure') throw new Error(`no closure: ${source}`);
    // Its places are in no file: they become the pipeline's.
    return this.add(relocate(init, this.span));
  }

  /** Made last, when all agents are known. */
  private globals(): GlobalsPlan {
    const containers = this.agentTypes.has('docker') || this.agentTypes.has('dockerfile');
    return {
      scm: this.code('{ -> scm }'),
      podLabel: this.agentTypes.has('kubernetes') ? this.code('{ -> POD_LABEL }') : null,
      docker: !containers
        ? null
        : {
            inside: this.code('{ image, args, body -> docker.image(image).inside(args, body) }'),
            pull: this.code('{ image -> docker.image(image).pull() }'),
            withRegistry: this.code('{ url, credentials, body -> docker.withRegistry(url, credentials, body) }'),
          },
    };
  }

  private agent(agent: Agent | null): AgentPlan | null {
    if (agent?.type == null) return null;
    const { variables, type } = agent;
    this.agentTypes.add(type.name);
    if (variables === null || (variables.kind === 'ClosureMap' && variables.entries.length === 0)) return { type: type.name, settings: null };
    const e = variables.kind === 'ClosureMap' ? closureMap(variables.closure) : variables.expression;
    return { type: type.name, settings: e === null ? null : this.value(e) };
  }

  private stages(stages: Stages | null): StagePlan[] | null {
    return stages === null || stages.stages.length === 0 ? null : stages.stages.map((s) => this.stage(s));
  }

  private stage(stage: Stage): StagePlan {
    return {
      name: stage.name,
      steps: this.steps(stage),
      stages: this.stages(stage.stages),
      parallel: stage.parallel === null ? this.cells(stage) : this.stages(stage.parallel),
      failFast: stage.failFast ?? false,
      cell: null,
      ...this.parts(stage),
    };
  }

  private steps(stage: Stage): ClosureIndex | null {
    return stage.stepsClosure === null ? null : this.add(stage.stepsClosure);
  }

  private parts(parts: StageParts): Omit<StagePlan, 'name' | 'steps' | 'stages' | 'parallel' | 'failFast' | 'cell'> {
    return {
      agent: this.agent(parts.agent),
      post: this.post(parts.post),
      when: this.when(parts.when),
      tools: this.tools(parts.tools),
      environment: this.environment(parts.environment),
      options: this.options(parts.options),
      input: this.input(parts.input),
    };
  }

  /** Each cell is a stage around the same stages. */
  private cells(stage: Stage): StagePlan[] | null {
    const { matrix } = stage;
    if (matrix === null) return null;
    const parts = this.parts(matrix);
    const stages = this.stages(matrix.stages);
    return matrixCells(matrix).map((cell: Cell) => ({ name: cellName(cell), steps: null, stages, parallel: null, failFast: false, cell, ...parts }));
  }

  private post(post: Post | null): PostPlan | null {
    if (post === null) return null;
    return Object.fromEntries(post.conditions.map((c) => [c.condition, this.add(c.branch.closure)]));
  }

  private environment(environment: Environment | null): EnvironmentPlan | null {
    if (environment === null || environment.variables.length === 0) return null;
    const names = (kind: string): string[] => environment.variables.filter((v) => v.value.kind === kind).map((v) => v.key.name);
    return { values: this.add(environmentClosure(environment, this.span)), variables: names('Value'), credentials: names('InternalFunctionCall') };
  }

  private tools(tools: Tools | null): ToolPlan[] | null {
    if (tools === null) return null;
    return tools.tools.flatMap(({ key, value }) => {
      const type = this.descriptors.tools().find((t) => t.symbol === key.name || t.id === key.name)?.id ?? key.name;
      return value.expression === null ? [] : [{ key: key.name, type, version: this.value(value.expression) }];
    });
  }

  private describables(calls: readonly MethodCall[] | undefined): ClosureIndex | null {
    return this.listOf((calls ?? []).flatMap((c) => (c.expression === null || c.name === null ? [] : [describe(this.descriptors, c.expression, c.name)])));
  }

  private options(options: Options | null): OptionsPlan | null {
    if (options === null) return null;
    const properties: MethodCall[] = [];
    const own: Record<string, ClosureIndex | null> = {};
    const wrappers: { step: string; args: ClosureIndex | null }[] = [];
    for (const o of options.options) {
      if (o.name === null || o.expression === null) continue;
      if (!options.inStage && this.descriptors.describable(o.name, 'jobProperty') !== null) properties.push(o);
      else if (this.descriptors.describable(o.name, 'declarativeOption') !== null) {
        const args = namedArguments(o.expression.args, this.descriptors.describable(o.name, 'declarativeOption'));
        own[o.name] = args === null ? null : this.value(args);
      } else {
        const args = namedArguments(o.expression.args, this.descriptors.step(o.name));
        wrappers.push({ step: o.name, args: args === null ? null : this.value(args) });
      }
    }
    return { jobProperties: this.describables(properties), options: own, wrappers };
  }

  private input(input: Input | null): InputPlan | null {
    if (input === null) return null;
    const entries: [string, Expression][] = [];
    for (const field of ['message', 'id', 'ok', 'submitter', 'submitterParameter'] as const) {
      const e = input[field]?.expression;
      if (e) entries.push([field, e]);
    }
    const parameters = input.parameters.flatMap((p) => (p.expression === null || p.name === null ? [] : [describe(this.descriptors, p.expression, p.name)]));
    if (parameters.length > 0) entries.push(['parameters', list(parameters[0]!.span, parameters)]);
    return { fields: this.value(map(this.span, entries)) };
  }

  private when(when: When | null): WhenPlan | null {
    if (when === null) return null;
    return {
      conditions: when.conditions.map((c) => this.condition(c)),
      beforeAgent: when.beforeAgent ?? false,
      beforeInput: when.beforeInput ?? false,
      beforeOptions: when.beforeOptions ?? false,
    };
  }

  private condition(content: WhenContent): ConditionPlan {
    if (content.kind === 'CodeBlock') {
      return { name: content.name, args: null, children: [], test: content.closure === null ? null : this.add(content.closure) };
    }
    const model = this.descriptors.whenConditions().find((w) => w.name === content.name) ?? null;
    const args = content.children.length > 0 || content.call === null ? null : namedArguments(content.call.args, model);
    return {
      name: content.name ?? '',
      args: args === null ? null : this.value(args),
      children: content.children.map((c) => this.condition(c)),
      test: null,
    };
  }
}

function relocate<T>(node: T, span: Span): T {
  if (Array.isArray(node)) return node.map((part: unknown) => relocate(part, span)) as T;
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, part]) => [key, /^(span|opSpan|nameSpan)$/.test(key) ? span : relocate(part as unknown, span)]),
  ) as T;
}
