/** What Declarative has to know of the steps, told by their own definitions. */
import type { AnyStep, Param, ParamType } from '../steps/step.ts';
import type { StepDescriptor } from './descriptors.ts';

// Jenkins' own steps count their times in int, however long those may be here.
const JAVA_TYPES: { readonly [T in ParamType]: string } = {
  string: 'java.lang.String',
  boolean: 'boolean',
  int: 'int',
  long: 'int',
  stringList: 'java.util.List',
  list: 'java.util.List',
  map: 'java.util.Map',
  described: 'java.lang.Object',
  closure: 'java.lang.Object',
  any: 'java.lang.Object',
};
/** Jenkins takes a lone text for a list of these. */
const LISTS = new Set<ParamType>(['stringList', 'list']);

/** `script` is Declarative's own and always there. */
export function stepDescriptors(steps: readonly AnyStep[]): StepDescriptor[] {
  const described = steps.map(describeStep);
  return described.some((s) => s.name === 'script') ? described : [...described, { name: 'script', takesBody: true, needsNode: false, parameters: [] }];
}

function describeStep(step: AnyStep): StepDescriptor {
  const params = step.params as readonly Param[];
  const unnamed = params.find((p) => p.positional === true)?.name ?? (params.length === 1 ? params[0]!.name : undefined);
  return {
    name: step.name,
    takesBody: step.block !== undefined && step.block !== 'none',
    needsNode: (step.needs?.length ?? 0) > 0,
    parameters: [...params]
      .sort((a, b) => Number(b.required === true) - Number(a.required === true))
      .map((p) => ({ name: p.name, type: LISTS.has(p.type) ? 'java.lang.Object' : JAVA_TYPES[p.type], required: p.required === true })),
    ...(unnamed === undefined ? {} : { unnamed }),
  };
}
