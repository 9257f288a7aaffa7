/** `stages`, `parallel`, `stage`. */
import type { ClosureExpression, MethodCallExpression, Statement } from '@millrace/groovy/syntax';
import { parser as say } from '../messages.ts';
import type { Stage, Stages } from '../model.ts';
import { matchBlock, matchCall, matchCallName, place, statementsOf, stringOf } from './match.ts';
import { parseMatrix } from './matrix.ts';
import type { Reader } from './reader.ts';
import { noParts, parseStagePart } from './stage-parts.ts';
import { parseBranch } from './steps.ts';
import { parseBoolean } from './values.ts';

export function parseStages(r: Reader, statement: Statement, kind: Stages['kind']): Stages {
  const stages: Stages = { kind, at: place(statement), stages: [] };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(stages.at, say.expectedBlockFor(kind));
    return stages;
  }
  for (const s of statementsOf(block.body)) {
    const stage = parseStage(r, s);
    if (stage !== null) stages.stages.push(stage);
  }
  return stages;
}

function parseStage(r: Reader, statement: Statement): Stage | null {
  const at = place(statement);
  const block = matchBlock(statement);
  if (block?.name !== 'stage') {
    r.error(at, say.expectedStage());
    return null;
  }
  const stage: Stage = {
    at,
    name: r.string(block.call.args[0]!),
    branches: [],
    stepsClosure: null,
    stages: null,
    parallel: null,
    matrix: null,
    failFast: null,
    ...noParts(),
  };
  const body = block.call.args[1];
  if (body?.kind !== 'Closure') {
    r.error(at, say.stageWithoutBlock());
    return stage;
  }
  const seen = new Set<string>();
  for (const s of statementsOf(body)) {
    const call = matchCall(s);
    if (call === null) {
      r.error(at, say.invalidStageSection(r.text(s)));
      continue;
    }
    const name = r.callName(call);
    if (seen.has(name)) r.error(at, say.multipleOfSection(name));
    seen.add(name);
    if (!parseStagePart(r, stage, name, s)) parseStageContent(r, stage, name, s, call);
  }
  return stage;
}

function parseStageContent(r: Reader, stage: Stage, name: string, s: Statement, call: MethodCallExpression): void {
  switch (name) {
    case 'steps':
      parseSteps(r, stage, s);
      break;
    case 'parallel':
      stage.parallel = parseStages(r, s, 'parallel');
      break;
    case 'stages':
      stage.stages = parseStages(r, s, 'stages');
      break;
    case 'matrix':
      stage.matrix = parseMatrix(r, s, parseStages);
      break;
    case 'failFast':
      stage.failFast = parseBoolean(r, call);
      break;
    default:
      r.error(stage.at, say.unknownStageSection(name));
  }
}

function parseSteps(r: Reader, stage: Stage, s: Statement): void {
  const block = matchBlock(s);
  if (block === null) {
    r.error(place(s), say.expectedBlockFor('steps'));
    return;
  }
  stage.stepsClosure ??= block.body;
  const statements = statementsOf(block.body);
  const parallel = statements.length === 1 ? matchParallelStep(r, statements[0]!) : null;
  if (parallel !== null) {
    for (const [name, closure] of parallel.branches) stage.branches.push(parseBranch(r, name, closure));
    stage.failFast = parallel.failFast;
  } else if (statements.length !== 1 || stage.branches.length === 0) {
    stage.branches.push(parseBranch(r, 'default', block.body));
  }
}

/** `parallel(a: { … }, b: { … }, failFast: true)` as the only step. */
function matchParallelStep(r: Reader, statement: Statement): { readonly branches: Map<string, ClosureExpression>; readonly failFast: boolean | null } | null {
  const call = matchCall(statement);
  if (call === null || matchCallName(call) !== 'parallel') return null;
  const branches = new Map<string, ClosureExpression>();
  let failFast: boolean | null = null;
  const arg = call.args[0];
  if (call.args.length === 1 && arg?.kind === 'Map' && arg.named) {
    for (const { key, value } of arg.entries) {
      if (key === null) continue;
      if (stringOf(key) === 'failFast') {
        if (value.kind === 'Constant' && value.type === 'Boolean') failFast = value.value;
        else r.error(place(key), say.expectedBoolean('failFast'));
      } else if (value.kind === 'Closure') branches.set(r.string(key), value);
      else r.error(place(key), say.expectedClosureOrFailFast());
    }
  }
  return { branches, failFast };
}
