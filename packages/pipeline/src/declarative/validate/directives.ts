/** Checks of `agent`, `environment`, `tools`, `options`, `triggers`, `parameters`, `input`, `libraries`. */
import { type DeclarativeDescriptors, type Describable, type DescribableKind, soleParameter } from '../descriptors.ts';
import { blockedCalls, validator as say } from '../messages.ts';
import type { Agent, Environment, Input, Libraries, MethodCall, Options, Parameters, Tools, Triggers } from '../model.ts';
import { nearestName } from '../nearest-name.ts';
import { literalText } from './types.ts';
import { repeated, type Validator } from './validator.ts';

const MAX_PRESERVED_BUILDS = 50;

export const isEnvironmentName = (name: string): boolean => /^[a-zA-Z_]+[a-zA-Z0-9_]*$/.test(name);

export function validateEnvironment(v: Validator, environment: Environment): void {
  if (environment.variables.length === 0) v.error(environment.at, say.noEnvironmentVariables());
  for (const { key } of environment.variables) if (!isEnvironmentName(key.name)) v.error(key.at, say.invalidIdentifier(key.name));
}

export function validateAgent(v: Validator, agent: Agent): void {
  const agents = v.descriptors.agents();
  const names = agents.map((a) => a.symbols[0]!);
  const type = agent.type;
  if (type === null) {
    v.error(agent.at, say.noAgentType(names));
    return;
  }
  const descriptor = agents.find((a) => a.symbols.includes(type.name));
  if (descriptor === undefined) {
    v.error(type.at, say.invalidAgentType(type.name, names));
    return;
  }
  if (descriptor.parameters.length === 0) return;
  const required = descriptor.parameters.filter((p) => p.required).map((p) => p.name);
  if (agent.variables?.kind !== 'ClosureMap') {
    if (required.length > 1) v.error(type.at, say.multipleAgentParameters(type.name, required));
    return;
  }
  const { entries } = agent.variables;
  for (const name of required) {
    if (!entries.some((e) => e.key.name === name)) v.error(type.at, say.missingAgentParameter(type.name, name));
  }
  const valid = descriptor.parameters.map((p) => p.name);
  for (const { key } of entries) if (!valid.includes(key.name)) v.error(key.at, say.invalidAgentParameter(key.name, type.name, valid));
}

export function validateTools(v: Validator, tools: Tools): void {
  if (tools.tools.length === 0) v.error(tools.at, say.noTools());
  const known = v.descriptors.tools();
  const names = known.flatMap((t) => (t.symbol === null ? [t.id] : [t.symbol, t.id]));
  for (const { key, value } of tools.tools) {
    const tool = known.find((t) => t.symbol === key.name || t.id === key.name);
    if (tool === undefined) v.error(key.at, say.invalidSectionType('tool', key.name, names));
    else if (value.literal !== null) {
      const version = literalText(value.literal);
      if (!tool.installations.includes(version)) v.error(value.at, say.noToolVersion(key.name, version, nearestName(version, tool.installations)));
    }
  }
}

export function validateLibraries(v: Validator, libraries: Libraries): void {
  if (libraries.libraries.length === 0) v.error(libraries.at, say.emptySection('libraries'));
}

export function validateInput(v: Validator, input: Input): void {
  if (input.message === null) v.error(input.at, say.missingInputMessage());
  for (const p of input.parameters) validateParameter(v, p);
}

/** What `options` may hold: job properties and Declarative options, and steps with a body that need no node. */
export function optionTypes(d: DeclarativeDescriptors, inStage: boolean): string[] {
  const wrappers = d
    .steps()
    .filter((s) => s.takesBody && !s.needsNode && !Object.hasOwn(blockedCalls, s.name))
    .map((s) => s.name);
  const options = d
    .declarativeOptions()
    .filter((o) => !inStage || o.inStage)
    .map((o) => o.symbol);
  return [...new Set([...(inStage ? [] : d.jobProperties()), ...options, ...wrappers])].sort();
}

export function validateOptions(v: Validator, options: Options): void {
  if (options.options.length === 0) v.error(options.at, say.emptySection('options'));
  for (const name of repeated(options.options.map((o) => o.name))) v.error(options.at, say.duplicateOptionName(String(name)));
  const ofStage = optionTypes(v.descriptors, true);
  const ofPipeline = optionTypes(v.descriptors, false);
  for (const o of options.options) {
    if (o.name === null) continue;
    if (options.inStage && !ofStage.includes(o.name)) v.error(o.at, say.invalidSectionType('option', o.name, ofStage));
    else if (!ofPipeline.includes(o.name)) v.error(o.at, say.invalidSectionType('option', o.name, ofPipeline));
  }
  for (const o of options.options) {
    mixed(v, o);
    blocked(v, o);
    preservedStashes(v, o);
    if (o.name === 'parameters') v.error(o.at, say.parametersInOptions());
    if (o.name === 'triggers') v.error(o.at, say.triggersInOptions());
    validateCall(v, o, ['jobProperty', 'declarativeOption']);
  }
}

function preservedStashes(v: Validator, option: MethodCall): void {
  if (option.name !== 'preserveStashes') return;
  for (const arg of option.args) {
    if (arg.kind !== 'NamedValue' || arg.key.name !== 'buildCount' || arg.value?.kind !== 'Value') continue;
    const count = arg.value.literal;
    if (count?.type === 'Integer' && (count.value < 1 || count.value > MAX_PRESERVED_BUILDS)) v.error(option.at, say.preservedBuilds(MAX_PRESERVED_BUILDS));
  }
}

export function validateTriggers(v: Validator, triggers: Triggers): void {
  if (triggers.triggers.length === 0) v.error(triggers.at, say.emptySection('triggers'));
  for (const name of repeated(triggers.triggers.map((t) => t.name))) v.error(triggers.at, say.duplicateTriggerName(String(name)));
  for (const t of triggers.triggers) {
    if (t.name !== null && v.descriptors.describable(t.name, 'trigger') === null)
      v.error(t.at, say.invalidSectionType('trigger', t.name, v.descriptors.triggers()));
    else mixed(v, t);
    blocked(v, t);
    validateCall(v, t, ['trigger']);
  }
}

export function validateParameters(v: Validator, parameters: Parameters): void {
  if (parameters.parameters.length === 0) v.error(parameters.at, say.emptySection('parameters'));
  for (const p of parameters.parameters) validateParameter(v, p);
}

function validateParameter(v: Validator, p: MethodCall): void {
  const valid = v.descriptors.parameters();
  if (p.name !== null && !valid.includes(p.name)) v.error(p.at, say.invalidSectionType('parameter', p.name, valid));
  else mixed(v, p);
  blocked(v, p);
  validateCall(v, p, ['parameter']);
}

function mixed(v: Validator, call: MethodCall): void {
  const named = call.args.filter((a) => a.kind === 'NamedValue').length;
  if (call.name !== null && named > 0 && named < call.args.length) v.error(call.at, say.mixedArguments());
}

function blocked(v: Validator, call: MethodCall): void {
  if (call.name !== null && Object.hasOwn(blockedCalls, call.name)) v.error(call.at, say.blockedStep(call.name, blockedCalls[call.name]!));
}

/** The arguments of a call, then the calls among them; Jenkins reports those of the latter twice. */
function validateCall(v: Validator, call: MethodCall, kinds: readonly DescribableKind[]): void {
  checkArguments(v, call, kinds);
  for (const arg of call.args) {
    if (arg.kind === 'MethodCall') validateNested(v, arg);
    else if (arg.kind === 'NamedValue' && arg.value?.kind === 'MethodCall') validateNested(v, arg.value);
  }
}

function validateNested(v: Validator, call: MethodCall): void {
  checkNested(v, call);
  for (const arg of call.args) {
    if (arg.kind === 'MethodCall') validateNested(v, arg);
    else if (arg.kind === 'NamedValue' && arg.value?.kind === 'MethodCall') validateNested(v, arg.value);
  }
}

function checkNested(v: Validator, call: MethodCall): void {
  checkArguments(v, call, []);
  blocked(v, call);
}

function modelOf(v: Validator, name: string, kinds: readonly DescribableKind[]): Describable | null {
  if (kinds.length === 0) return v.descriptors.describable(name) ?? v.descriptors.step(name);
  // Jenkins asks each kind in turn and falls back to the step of that name within the first.
  return (
    v.descriptors.describable(name, kinds[0]) ??
    v.descriptors.step(name) ??
    kinds
      .slice(1)
      .map((k) => v.descriptors.describable(name, k))
      .find((d) => d !== null) ??
    null
  );
}

function checkArguments(v: Validator, call: MethodCall, kinds: readonly DescribableKind[]): void {
  if (call.name === null) return;
  const model = modelOf(v, call.name, kinds);
  if (model === null) return;
  if (call.args.some((a) => a.kind === 'NamedValue')) {
    for (const arg of call.args) checkNamed(v, call, arg, model);
    return;
  }
  if (call.args.length > 1) {
    v.error(call.at, say.mustBeNamed(call.name));
    return;
  }
  const required = model.parameters.filter((p) => p.required);
  const sole = soleParameter(model);
  const onlyUnnamed = required.length === 0 && sole !== null && call.args.length === 1;
  if (required.length !== call.args.length && !onlyUnnamed) {
    // `skipDefaultCheckout()`: a sole Boolean may be left out.
    const mayBeLeftOut = required.length === 1 && call.args.length === 0 && required[0]!.type === 'java.lang.Boolean';
    if (!mayBeLeftOut) v.error(call.at, say.wrongNumberOfArguments(call.name, required.length, call.args.length));
    return;
  }
  const only = call.args[0];
  if (only?.kind === 'MethodCall') checkNested(v, only);
  else if (only?.kind === 'Value') v.valueType(only, sole, null);
}

function checkNamed(v: Validator, call: MethodCall, arg: MethodCall['args'][number], model: Describable): void {
  if (arg.kind !== 'NamedValue') {
    v.error(call.at, say.mixedArguments());
    return;
  }
  // A password's default is text, for all that its constructor takes a secret.
  if (call.name === 'password' && arg.key.name === 'defaultValue') {
    if (arg.value?.kind === 'Value') v.valueType(arg.value, { name: 'defaultValue', type: 'java.lang.String', required: false }, arg.key);
    return;
  }
  const parameter = v.parameter(model, arg.key);
  if (parameter === null || arg.value === null) return;
  if (arg.value.kind === 'MethodCall') checkNested(v, arg.value);
  else v.valueType(arg.value, parameter, arg.key);
}
