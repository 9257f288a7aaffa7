/**
 * The values of a new build: what was given, checked by the job's parameters, and their defaults. Follows
 * ParametersDefinitionProperty and the createValue methods of its kinds, but for this: a name that the job has not
 * declared is an error, where Jenkins drops it in silence.
 */
import type { Json } from '../host.ts';
import type { ParameterDefinition } from './definitions.ts';

export interface ParameterError {
  readonly name: string;
  readonly reason: 'unknown' | 'choice' | 'boolean' | 'text' | 'run' | 'required';
  readonly message: string;
}

export interface ResolvedParameters {
  /** As `BuildFacts.parameters` has them, in the order of the definitions. Passwords are not sealed yet. */
  readonly values: { readonly [name: string]: Json };
  readonly errors: readonly ParameterError[];
}

export function resolveParameters(definitions: readonly ParameterDefinition[], given: { readonly [name: string]: Json }): ResolvedParameters {
  const values: [string, Json][] = [];
  const errors: ParameterError[] = [];
  const known = new Map(definitions.map((definition) => [definition.name, definition]));
  for (const name of Object.keys(given)) if (!known.has(name)) errors.push({ name, reason: 'unknown', message: `The job has no parameter ${name}` });
  for (const definition of known.values()) {
    const { name } = definition;
    const value = Object.hasOwn(given, name) ? (given[name] as Json) : null;
    const checked = value === null ? defaultOf(definition) : check(definition, value);
    if ('error' in checked) errors.push({ name, ...checked.error });
    else values.push([name, checked.value]);
  }
  return { values: Object.fromEntries(values), errors };
}

type Checked = { readonly value: Json } | { readonly error: Omit<ParameterError, 'name'> };

function refuse(reason: ParameterError['reason'], message: string): Checked {
  return { error: { reason, message } };
}

function defaultOf(definition: ParameterDefinition): Checked {
  if (definition.type === 'credentials' && definition.required === true && (definition.default ?? '') === '')
    return refuse('required', `Parameter ${definition.name} needs a credential`);
  return { value: typeof definition.default === 'string' ? trimmed(definition, definition.default) : definition.default };
}

function check(definition: ParameterDefinition, value: Json): Checked {
  const { name, type } = definition;
  if (type === 'other') return { value };
  if (type === 'boolean') {
    const text = String(value).toLowerCase();
    return text === 'true' || text === 'false' ? { value: text === 'true' } : refuse('boolean', `Parameter ${name} is true or false`);
  }
  if (typeof value === 'object') return refuse('text', `Parameter ${name} is a text`);
  const text = String(value);
  switch (type) {
    case 'choice':
      return definition.choices?.includes(text) === true ? { value: text } : refuse('choice', `Illegal choice for parameter ${name}: ${text}`);
    case 'run':
      if (/^\d+$/.test(text)) return { value: `${definition.job}#${text}` };
      return /^[^#]+#\d+$/.test(text) ? { value: text } : refuse('run', `Parameter ${name} is a build: ${definition.job}#NUMBER`);
    case 'credentials':
      return text === '' ? defaultOf(definition) : { value: text };
    default:
      return { value: trimmed(definition, text) };
  }
}

function trimmed(definition: ParameterDefinition, text: string): string {
  return definition.trim === true ? text.trim() : text;
}
