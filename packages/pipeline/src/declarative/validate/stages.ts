/** Checks of stages and matrices. */
import { validator as say, parser as sayParser } from '../messages.ts';
import type { Axes, Axis, Exclude, Key, Matrix, MethodCall, ModelValue, NamedValue, Stage, StageParts, Stages } from '../model.ts';
import { isEnvironmentName, validateAgent, validateEnvironment, validateInput, validateOptions, validateTools } from './directives.ts';
import { validateBranch, validatePost, validateWhen } from './steps.ts';
import { literalText } from './types.ts';
import { repeated, type Validator } from './validator.ts';

export function validateStages(v: Validator, stages: Stages, nested: boolean): void {
  const inParallel = nested || stages.kind === 'parallel';
  checkStages(v, stages);
  for (const stage of stages.stages) validateStage(v, stage, inParallel);
  // A `parallel` is checked as itself once more, so Jenkins reports what is wrong with it twice.
  if (stages.kind === 'parallel') checkStages(v, stages);
}

function checkStages(v: Validator, stages: Stages): void {
  if (stages.stages.length === 0) v.error(stages.at, say.noStages());
  for (const name of repeated(stages.stages.map((s) => s.name))) v.error(stages.at, say.duplicateStageName(name));
}

function validateParts(v: Validator, parts: StageParts): void {
  if (parts.agent) validateAgent(v, parts.agent);
  if (parts.when) validateWhen(v, parts.when);
  if (parts.post) validatePost(v, parts.post);
  if (parts.tools) validateTools(v, parts.tools);
  if (parts.environment) validateEnvironment(v, parts.environment);
  if (parts.options) validateOptions(v, parts.options);
  if (parts.input) validateInput(v, parts.input);
}

function validateStage(v: Validator, stage: Stage, inParallel: boolean): void {
  validateParts(v, stage);
  checkContent(v, stage, inParallel);
  for (const branch of stage.branches) validateBranch(v, branch);
  if (stage.parallel) validateStages(v, stage.parallel, true);
  if (stage.matrix) validateMatrix(v, stage.matrix);
  if (stage.stages) validateStages(v, stage.stages, inParallel);
}

function checkContent(v: Validator, stage: Stage, inParallel: boolean): void {
  const contents = [stage.branches.length > 0, stage.parallel !== null, stage.matrix !== null, stage.stages !== null].filter(Boolean).length;
  if (inParallel && (stage.branches.length > 1 || stage.parallel !== null || stage.matrix !== null)) {
    v.error((stage.matrix ?? stage.parallel ?? stage.branches[0]!).at, say.noNestingInParallel());
  } else if (contents > 1) v.error(stage.at, say.onlyOneContent(stage.name));
  else if (contents === 0) v.error(stage.at, say.nothingForStage(stage.name));
  else if (stage.parallel !== null || stage.matrix !== null) {
    if (stage.agent) v.error(stage.agent.at, say.agentInNestedStages(stage.name));
    if (stage.tools) v.error(stage.tools.at, say.toolsInNestedStages(stage.name));
  } else {
    for (const name of repeated(stage.branches.map((b) => b.name))) v.error(stage.at, say.duplicateParallelName(name));
  }
}

function validateMatrix(v: Validator, matrix: Matrix): void {
  validateParts(v, matrix);
  if (matrix.axes === null) v.error(matrix.at, say.requiredSection('axes'));
  if (matrix.stages === null) v.error(matrix.at, say.requiredSection('stages'));
  if (matrix.axes) validateAxes(v, matrix.axes);
  if (matrix.excludes) {
    if (matrix.excludes.excludes.length === 0) v.error(matrix.excludes.at, say.noExcludes());
    for (const exclude of matrix.excludes.excludes) validateAxes(v, exclude);
  }
  if (matrix.stages) validateStages(v, matrix.stages, true);
}

function validateAxes(v: Validator, axes: Axes | Exclude): void {
  if (axes.axes.length === 0) v.error(axes.at, say.noAxes());
  const names = axes.axes.map((a) => a.name).filter((n): n is Key => n !== null && n.name !== '');
  for (const name of repeated(names.map((n) => n.name))) v.error(names.find((n) => n.name === name)!.at, say.duplicateAxisName(name));
  for (const axis of axes.axes) validateAxis(v, axis);
}

function validateAxis(v: Validator, axis: Axis): void {
  if (axis.name === null) v.error(axis.at, say.requiredSection('name'));
  else if (!isEnvironmentName(axis.name.name)) v.error(axis.name.at, say.invalidIdentifier(axis.name.name));
  if (axis.values.length === 0) v.error(axis.at, say.requiredSection('values'));
  const identities = axis.values.map(identity);
  for (const id of repeated(identities)) {
    const value = axis.values[identities.indexOf(id)]!;
    v.error(value.at, say.duplicateAxisValue(text(value)));
  }
  for (const value of axis.values) {
    if (value.kind !== 'Value' || value.literal === null) v.error(value.at, sayParser.expectedStringLiteralButGot(text(value)));
  }
}

type AxisValue = ModelValue | NamedValue | MethodCall;
function text(value: AxisValue): string {
  if (value.kind === 'Value') return value.literal === null ? value.source : literalText(value.literal);
  return value.kind === 'MethodCall' ? `${value.name}(…)` : value.key.name;
}
const identity = (value: AxisValue): string =>
  value.kind === 'Value' ? `${value.literal?.type ?? 'source'} ${text(value)}` : `${value.at?.line}:${value.at?.column}`;
