/** The conditions of `when`. Each follows the plug-in's `…ConditionalScript`. */
import type { Computation, Value } from '@millrace/groovy';
import type { ConditionPlan, WhenPlan } from '../plan.ts';
import type { Change } from './context.ts';
import { comparatorNamed, compares } from './patterns.ts';
import type { Run } from './run.ts';
import { textOf } from './values.ts';

/**
 * A stage's `when`, asked at several places: before its options, its input, its agent, and inside. It is evaluated once, at
 * the first place that is due.
 */
export class WhenEvaluator {
  passed: boolean;
  private readonly run: Run;
  private readonly when: WhenPlan | null;

  constructor(run: Run, when: WhenPlan | null) {
    this.run = run;
    this.when = when;
    this.passed = when === null;
  }

  beforeOptions(): Computation<boolean> {
    return this.evaluate(this.when?.beforeOptions === true);
  }
  beforeInput(): Computation<boolean> {
    return this.evaluate(this.when?.beforeInput === true);
  }
  beforeAgent(): Computation<boolean> {
    return this.evaluate(this.when?.beforeAgent === true);
  }
  inside(): Computation<boolean> {
    return this.evaluate(true);
  }

  /** True where it is not due yet, too. */
  private *evaluate(due: boolean): Computation<boolean> {
    if (this.passed || !due) return true;
    for (const c of this.when?.conditions ?? []) if (!(yield* holds(this.run, c))) return false;
    this.passed = true;
    return true;
  }
}

function* holds(run: Run, condition: ConditionPlan): Computation<boolean> {
  const { cx, rt } = run;
  switch (condition.name) {
    case 'allOf':
      for (const c of condition.children) if (!(yield* holds(run, c))) return false;
      return true;
    case 'anyOf':
      for (const c of condition.children) if (yield* holds(run, c)) return true;
      return false;
    case 'not':
      return !(yield* holds(run, condition.children[0]!));
    case 'expression':
      return rt.truth(yield* run.value(condition.test));
  }
  const args = new Map<string, Value>(yield* run.pairs(condition.args));
  const arg = (name: string): string | null => textOf(rt, args.get(name));
  const variable = (name: string): string | null => cx.environment()[name] ?? null;
  switch (condition.name) {
    case 'branch': {
      const branch = variable('BRANCH_NAME') || variable('GIT_LOCAL_BRANCH');
      const pattern = arg('pattern');
      if (!branch || !pattern) return !branch && !pattern;
      return compares(rt, comparatorNamed(arg('comparator'), 'GLOB'), pattern, branch);
    }
    case 'tag':
    case 'buildingTag': {
      const tag = variable('TAG_NAME');
      const pattern = arg('pattern');
      return !!tag && (!pattern || compares(rt, comparatorNamed(arg('comparator'), 'GLOB'), pattern, tag));
    }
    case 'environment': {
      const actual = variable(arg('name') ?? '');
      const value = arg('value');
      if (!actual) return !value;
      return args.get('ignoreCase') === true ? actual.toLowerCase() === value?.toLowerCase() : actual === value;
    }
    case 'equals':
      return rt.equals(args.get('expected') ?? null, args.get('actual') ?? null);
    case 'changeRequest':
      return isChangeRequest(run, arg, variable);
    case 'changeset': {
      const comparator = comparatorNamed(arg('comparator'), 'GLOB');
      const caseSensitive = args.get('caseSensitive') === true;
      return yield* anyChange(run, (c) => c.paths.some((path) => compares(rt, comparator, arg('pattern') ?? '', path, caseSensitive)));
    }
    case 'changelog': {
      const pattern = arg('pattern') ?? '';
      const matches = (text: string, regex: string): boolean => rt.invokeSync(text, 'matches', [regex]) === true;
      return yield* anyChange(run, (c) => matches(c.title, pattern) || matches(c.comment, `(?m)(?s)^[^\\r\\n]*?${pattern}[^\\r\\n]*?$`));
    }
    case 'triggeredBy':
      return isTriggeredBy(run, arg('cause') ?? '', arg('detail'));
    case 'isRestartedRun':
      return cx.causes().some((c) => simpleName(c.type) === RESTART_CAUSE);
    default:
      return false;
  }
}

function isChangeRequest(run: Run, arg: (name: string) => string | null, variable: (name: string) => string | null): boolean {
  if (variable('CHANGE_ID') === null) return false;
  const comparator = comparatorNamed(arg('comparator'), 'EQUALS');
  const fields = {
    id: 'ID',
    target: 'TARGET',
    branch: 'BRANCH',
    fork: 'FORK',
    title: 'TITLE',
    author: 'AUTHOR',
    authorDisplayName: 'AUTHOR_DISPLAY_NAME',
    authorEmail: 'AUTHOR_EMAIL',
  };
  return Object.entries(fields).every(([field, name]) => {
    const pattern = arg(field);
    return !pattern || compares(run.rt, comparator, pattern, variable(`CHANGE_${name}`));
  });
}

function* anyChange(run: Run, test: (change: Change) => boolean): Computation<boolean> {
  const changes = [...run.cx.changes()];
  if (run.cx.environment().CHANGE_ID !== undefined) {
    const earlier = yield* run.cx.earlierChanges();
    if (earlier !== null) {
      yield* run.cx.step('echo', { message: 'Examining changelog from all builds of this change request.' });
      changes.push(...earlier);
    }
  }
  if (changes.length > 0) return changes.some(test);
  const why = run.cx.buildNumber() <= 1 ? 'Probably because this is the first build.' : 'Have you run checkout?';
  yield* run.cx.step('echo', { message: `Warning, empty changelog. ${why}` });
  return false;
}

export const RESTART_CAUSE = 'RestartDeclarativePipelineCause';
export const simpleName = (type: string): string => type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);

function isTriggeredBy(run: Run, cause: string, detail: string | null): boolean {
  return run.cx.causes().some((c) => {
    const name = simpleName(c.type);
    if (name === 'UserIdCause' && cause === name) return detail === null || c.data?.userId === detail;
    return run.rt.invokeSync(name, 'matches', [`(?i)\\.*${cause}.*`]) === true;
  });
}
