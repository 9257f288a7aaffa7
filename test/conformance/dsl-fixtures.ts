/** Steps and describables of workflow-cps' own tests (DSLTest and testMetaStep), as those tests define them. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { AnyStep, StepContext } from '@millrace/pipeline';
import { defineStep } from '@millrace/pipeline';

/** A state greets; `moderate` is the meta-step's own parameter, and introduces it. */
function state(name: string, params: readonly string[], greeting: (text: (param: string) => string) => string): AnyStep {
  return defineStep({
    name,
    summary: 'Greeting from a state',
    hidden: true,
    params: [...params.map((p) => ({ name: p, type: 'string' as const })), { name: 'moderate', type: 'boolean' as const }],
    *run(cx, args): Computation {
      const given = args as { readonly [name: string]: string | boolean | null };
      if (given['moderate'] === true) cx.log(`Introducing ${name}`);
      cx.log(greeting((param) => String(given[param])));
      return null;
    },
  });
}

const STATES: readonly AnyStep[] = [
  state('california', ['ocean', 'mountain'], (text) => `California from ${text('ocean')} to ${text('mountain')}`),
  state('nevada', [], () => 'All For Our Country'),
  state('newYork', ['motto'], (text) => `The ${text('motto')} State`),
];

/** `wrapInCurve` around what a curve says of itself. */
const circle = defineStep({
  name: 'circle',
  summary: 'Test step',
  params: [],
  block: 'required',
  *run(cx, _args, body): Computation {
    cx.log('wrapping in a circle');
    return yield* cx.runBody(body);
  },
});
const polygon = defineStep({
  name: 'polygon',
  summary: 'Test step',
  params: [{ name: 'n', type: 'int', required: true }],
  block: 'required',
  *run(cx, args, body): Computation {
    cx.log(`wrapping in a ${args.n}-gon`);
    return yield* cx.runBody(body);
  },
});
const multiShape = defineStep({
  name: 'multiShape',
  summary: 'Test step',
  params: [
    { name: 'name', type: 'string', required: true },
    { name: 'count', type: 'int' },
  ],
  block: 'required',
  *run(cx, args, body): Computation {
    cx.log(`wrapping in a group of ${args.count ?? 0} instances of ${args.name}`);
    return yield* cx.runBody(body);
  },
});

const pops = defineStep({
  name: 'pops',
  summary: 'Test step',
  params: [{ name: 'pojo', type: 'described', required: true }],
  *run(cx, args): Computation {
    return cx.rt.str([...args.pojo.args.values()][0] ?? null);
  },
});

/** The step takes its arguments' text from a map, or from a call of `monomorphSymbol`. */
function argsOf(cx: StepContext, value: Value): string {
  const args = cx.described(value)?.args ?? new Map(pairsOf(cx, value));
  return `First arg: ${cx.rt.str(args.get('firstArg') ?? null)}, second arg: ${cx.rt.str(args.get('secondArg') ?? null)}`;
}
function pairsOf(cx: StepContext, value: Value): [string, Value][] {
  return [...cx.rt.iterate(value)].map((entry) => [cx.rt.str(cx.rt.getProperty(entry, 'key') as Value), cx.rt.getProperty(entry, 'value') as Value]);
}
const one = (name: string): AnyStep =>
  defineStep({
    name,
    summary: 'Testing monomorphic single parameter.',
    params: [{ name: 'data', type: 'any', required: true }],
    *run(cx, args): Computation {
      cx.log(argsOf(cx, args.data));
      return null;
    },
  });
const several = (name: string): AnyStep =>
  defineStep({
    name,
    summary: 'Testing monomorphic list single parameter.',
    params: [{ name: 'data', type: 'list', required: true }],
    *run(cx, args): Computation {
      for (const value of args.data) cx.log(argsOf(cx, value));
      return null;
    },
  });

/** Loads a class by the loader of the plug-ins, which knows no script's. */
const classLoad = defineStep({
  name: 'classLoad',
  summary: 'Test step',
  params: [{ name: 'name', type: 'string', required: true }],
  *run(_cx, args): Computation<never> {
    throw new JavaThrowable('java.lang.ClassNotFoundException', args.name);
  },
});

export const dslSteps: readonly AnyStep[] = [
  ...STATES,
  circle,
  polygon,
  multiShape,
  pops,
  classLoad,
  one('monomorphStep'),
  one('monomorphWithSymbolStep'),
  several('monomorphListStep'),
  several('monomorphListSymbolStep'),
];
export const dslSymbols: readonly string[] = ['pojo', 'monomorphSymbol'];
