/** Follows JobPropertyStep: the job's properties, among them its parameters, as the host keeps them. */

import type { Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { Json } from '../host.ts';
import type { Described } from './described.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

export const propertiesStep = defineStep({
  name: 'properties',
  summary: 'Set job properties',
  params: [
    {
      name: 'properties',
      type: 'list',
      required: true,
      help: 'parameters([…]), buildDiscarder(logRotator(…)), disableConcurrentBuilds(), pipelineTriggers([…]), …',
    },
  ],
  *run(cx, args) {
    const properties = args.properties.map((value) => propertyOf(cx, value));
    for (const property of properties) if (property.kind === 'parameters' || property.kind === 'ParametersDefinitionProperty') declareParameters(cx, property);
    yield* cx.ask('properties', { properties: properties.map((property) => toJson(cx.rt, property) as Json) });
    return null;
  },
});

function propertyOf(cx: StepContext, value: Value): Described {
  const described = cx.described(value);
  if (described === null)
    throw new JavaThrowable(
      'java.lang.ClassCastException',
      `hudson.model.JobProperty expected, but received ${value === null ? 'null' : cx.rt.classOf(value).name}`,
    );
  return described;
}

/** Defaults of parameters that this build was not started with: `params` shows them from now on. */
function declareParameters(cx: StepContext, property: Described): void {
  const defaults = cx.shared('properties', () => new Map<string, Value>());
  const list = property.args.get('') ?? property.args.get('parameterDefinitions') ?? null;
  for (const value of list === null ? [] : cx.rt.iterate(list)) {
    const definition = cx.described(value);
    if (definition === null) continue;
    const name = definition.args.get('name') ?? definition.args.get('') ?? null;
    if (name !== null) defaults.set(cx.rt.str(name), defaultOf(cx, definition));
  }
}

function defaultOf(cx: StepContext, definition: Described): Value {
  const given = definition.args.get('defaultValue') ?? null;
  if (definition.kind === 'booleanParam' || definition.kind === 'BooleanParameterDefinition') return given === true || given === 'true';
  if (definition.kind === 'choice' || definition.kind === 'ChoiceParameterDefinition') {
    const choices = definition.args.get('choices') ?? null;
    const [first] = choices === null ? [] : typeof choices === 'string' ? choices.split('\n') : cx.rt.iterate(choices);
    return first ?? '';
  }
  return given === null ? '' : cx.rt.str(given);
}
