/** Checks of steps, `post` and `when`. */
import { blockedSteps, validator as say } from '../messages.ts';
import type { Branch, Post, Step, When, WhenCondition, WhenContent } from '../model.ts';
import { repeated, type Validator } from './validator.ts';

export function validateBranch(v: Validator, branch: Branch): void {
  if (branch.steps.length === 0) v.error(branch.at, say.noSteps());
  for (const step of branch.steps) validateStep(v, step);
}

export function validateStep(v: Validator, step: Step): void {
  if (step.kind === 'CodeBlock') return;
  if (step.name !== null && step.args !== null && step.name !== 'parallel') {
    const descriptor = v.descriptors.step(step.name);
    const model = descriptor ?? v.descriptors.describable(step.name);
    if (model !== null) v.arguments(step, step.name, step.args, model, descriptor?.takesBody === true);
  }
  const why = step.name === null ? undefined : Object.hasOwn(blockedSteps, step.name) ? blockedSteps[step.name] : undefined;
  if (why !== undefined) v.error(step.at, say.blockedStep(step.name!, why));
  if (step.kind === 'TreeStep') for (const child of step.children) validateStep(v, child);
}

export function validatePost(v: Validator, post: Post): void {
  if (post.conditions.length === 0) v.error(post.at, say.emptySection('post'));
  for (const name of repeated(post.conditions.map((c) => c.condition))) v.error(post.at, say.duplicateBuildCondition(name));
  const valid = v.descriptors.postConditions();
  for (const c of post.conditions) {
    if (!valid.includes(c.condition)) v.error(c.at, say.invalidBuildCondition(c.condition, valid));
    validateBranch(v, c.branch);
  }
}

export function validateWhen(v: Validator, when: When): void {
  if (when.conditions.length === 0) v.error(when.at, say.emptyWhen());
  for (const c of when.conditions) validateWhenContent(v, c);
}

function validateWhenContent(v: Validator, content: WhenContent): void {
  if (content.kind === 'CodeBlock') return;
  validateCondition(v, content);
  for (const child of content.children) validateWhenContent(v, child);
}

function validateCondition(v: Validator, condition: WhenCondition): void {
  const { name } = condition;
  if (name === null) return;
  const all = v.descriptors.whenConditions();
  const descriptor = all.find((w) => w.name === name);
  if (descriptor === undefined)
    v.error(
      condition.at,
      say.unknownWhenCondition(
        name,
        all.map((w) => w.name),
      ),
    );
  else if (descriptor.children === 0) {
    if (condition.children.length > 0) v.error(condition.at, say.noNestedWhen(name));
    else if (condition.args !== null) v.arguments(condition, name, condition.args, descriptor, false);
  } else if (condition.args !== null) v.error(condition.at, say.nestedWhenNoArguments(name));
  else if (descriptor.children < 0) {
    if (condition.children.length === 0) v.error(condition.at, say.nestedWhenWithoutChildren(name));
  } else if (condition.children.length !== descriptor.children) v.error(condition.at, say.nestedWhenWrongCount(name, descriptor.children));
  // Jenkins checks these children here and again with all others: its errors come twice.
  else for (const child of condition.children) validateWhenContent(v, child);
  if (name === 'changelog') validateChangelog(v, condition);
}

function validateChangelog(v: Validator, condition: WhenCondition): void {
  const { args } = condition;
  const value =
    args === null
      ? undefined
      : args.kind === 'Single'
        ? args.value
        : args.kind === 'Positional'
          ? args.values[0]
          : args.entries.find((e) => e.key.name === 'pattern')?.value;
  if (value === undefined) v.error(condition.at, say.changelogMissingPattern());
  else {
    const pattern = value.literal === null ? value.source : String(value.literal.value);
    const problem = patternProblem(pattern);
    if (problem !== null) v.error(condition.at, say.changelogBadPattern(pattern, problem));
  }
}

/** What is wrong with a pattern. JavaScript tells whether; the sentence is its own, not Java's. */
function patternProblem(pattern: string): string | null {
  // Constructs that Java has and JavaScript lacks are left to the run.
  const portable = pattern
    .replace(/\(\?[imsux-]+:/g, '(?:')
    .replace(/\(\?[imsux-]+\)/g, '')
    .replace(/\\Q[\s\S]*?(?:\\E|$)/g, '')
    .replace(/([*+?}])\+/g, '$1')
    .replace(/\(\?>/g, '(?:');
  try {
    new RegExp(portable);
    return null;
  } catch (e) {
    return (e as Error).message;
  }
}
