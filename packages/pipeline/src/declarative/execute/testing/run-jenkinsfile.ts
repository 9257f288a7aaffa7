/** Runs a Declarative Jenkinsfile against a dummy host, for tests. */
import type { Runtime, Value } from '@millrace/groovy';
import { JavaList } from '@millrace/groovy';
import { parse } from '@millrace/groovy/syntax';
import { StepCalls } from '../../../engine/call-step.ts';
import { type RunOptions, startSteps } from '../../../engine/testing/run-steps.ts';
import { Described } from '../../../steps/described.ts';
import { STEPS } from '../../../steps/index.ts';
import { type AnyStep, defineStep } from '../../../steps/step.ts';
import { defaultDescriptors } from '../../default-descriptors.ts';
import { prepare } from '../../index.ts';
import { stepDescriptors } from '../../step-descriptors.ts';
import { MiniGroovy } from './mini-groovy.ts';

/** Steps in the place of the built-in ones: they say what they were given. */
const said = (name: string, block: 'none' | 'required', params: AnyStep['params'], answer: Value = null): AnyStep =>
  defineStep({
    name,
    summary: name,
    block,
    params,
    *run(cx, args, body) {
      const given = Object.entries(args)
        .filter(([, v]) => v !== null)
        .map(
          ([k, v]) => `${k}=${Array.isArray(v) ? v.map((x) => (x instanceof Described ? x.javaString(cx.rt) : cx.rt.str(x as Value))).join(', ') : String(v)}`,
        );
      cx.log(`${name}: ${given.join('; ')}`);
      return body === null ? answer : yield* cx.runBody(body);
    },
  });
const any = (...names: readonly string[]): AnyStep['params'] => names.map((name) => ({ name, type: 'any' as const }));

const EXTRA: readonly AnyStep[] = [
  said('checkout', 'none', any('scm')),
  said('ws', 'required', any('dir')),
  said('tool', 'none', any('name', 'type')),
  said('envVarsForTool', 'none', any('toolId', 'toolVersion'), new JavaList(['PATH+MAVEN=/maven/bin'])),
  said('withCredentials', 'required', [{ name: 'bindings', type: 'list' }]),
  said('library', 'none', any('identifier')),
  said('podTemplate', 'required', any('yaml', 'inheritFrom')),
  said('container', 'required', any('name')),
  said('timestamps', 'required', []),
];

export function runJenkinsfile(source: string, options: RunOptions = {}): ReturnType<typeof startSteps>['outcome'] {
  const known = new Set(options.steps?.map((s) => s.name));
  const own = [...STEPS.filter((s) => !EXTRA.some((e) => e.name === s.name)), ...EXTRA].filter((s) => !known.has(s.name));
  const steps = [...own, ...(options.steps ?? [])];
  const descriptors = defaultDescriptors(stepDescriptors(steps), [{ symbol: 'maven', id: 'hudson.tasks.Maven$MavenInstallation', installations: ['3'] }]);
  const unit = prepare(parse(source, 'WorkflowScript'), descriptors);
  return startSteps(
    function* (_call, _block, execution) {
      const more: Partial<Runtime> = {
        equals: (a, b) => a === b,
        iterate: (v) => (v instanceof JavaList ? v.items : []),
        invokeSync: (text, _name, [pattern]) =>
          new RegExp(`^(?:${String(pattern).replace(/^((?:\(\?[a-z]+\))*)/, '')})$`, /^\(\?\w*i/.test(String(pattern)) ? 'is' : 's').test(String(text)),
      };
      Object.assign(execution.rt, more);
      return yield* new MiniGroovy(unit, execution, new StepCalls(execution, new Map(steps.map((s) => [s.name, s])))).run();
    },
    { ...options, steps },
  ).outcome;
}
