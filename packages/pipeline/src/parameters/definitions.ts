/**
 * The parameters of a job, of all of Jenkins' kinds, as plain data: what `parameters([…])` and `parameters { … }` declare,
 * and what a job's configuration says in the plain form `{ type, name, … }`, which is this type itself.
 */
import type { Json } from '../host.ts';
import type { DescribedJson } from '../job/described-json.ts';
import { argument, booleanOf, describedJson, isObject, listOf, textOf } from '../job/described-json.ts';

export type ParameterType = 'string' | 'text' | 'boolean' | 'choice' | 'password' | 'file' | 'run' | 'credentials' | 'other';

export interface ParameterDefinition {
  readonly type: ParameterType;
  readonly name: string;
  readonly description: string | null;
  /** null where there is none: of files and runs always. Of a password it is a secret. */
  readonly default: string | boolean | null;
  /** Of `choice`. */
  readonly choices?: readonly string[];
  /** Of `string` and `text`: white space around a value is taken off. */
  readonly trim?: boolean;
  /** Of `run`: the job whose builds can be chosen, and which: ALL, COMPLETED, SUCCESSFUL, STABLE. */
  readonly job?: string;
  readonly filter?: string;
  /** Of `credentials`: the Java class of what may be chosen, and whether something must be. */
  readonly credentialType?: string | null;
  readonly required?: boolean;
  /** Of `other`: a plug-in's kind, as it was declared. */
  readonly declared?: Json;
}

const TYPES: { readonly [kind: string]: ParameterType } = {
  string: 'string',
  stringParam: 'string',
  StringParameterDefinition: 'string',
  text: 'text',
  TextParameterDefinition: 'text',
  boolean: 'boolean',
  booleanParam: 'boolean',
  BooleanParameterDefinition: 'boolean',
  choice: 'choice',
  choiceParam: 'choice',
  ChoiceParameterDefinition: 'choice',
  password: 'password',
  nonStoredPassword: 'password',
  PasswordParameterDefinition: 'password',
  file: 'file',
  FileParameterDefinition: 'file',
  run: 'run',
  RunParameterDefinition: 'run',
  credentials: 'credentials',
  CredentialsParameterDefinition: 'credentials',
};

/** From a describable's JSON or the plain form; null where it is neither, or has no name. */
export function readParameter(json: Json): ParameterDefinition | null {
  if (isObject(json) && json['type'] === 'other' && isObject(json['declared'])) return readParameter(json['declared']);
  const described = describedJson(json) ?? plain(json);
  if (described === null) return null;
  const name = textOf(argument(described, 'name'))?.trim() ?? '';
  if (name === '') return null;
  const type = (Object.hasOwn(TYPES, described.kind) ? TYPES[described.kind] : undefined) ?? 'other';
  const { description, ...more } = described.args;
  const common = { type, name, description: textOf(description ?? null) };
  const given = valueOf(more, 'defaultValue', 'default', 'defaultValueAsSecret');
  switch (type) {
    case 'string':
    case 'text':
      return { ...common, default: textOf(given) ?? '', trim: booleanOf(valueOf(more, 'trim')) };
    case 'boolean':
      return { ...common, default: booleanOf(given) };
    case 'password':
      return { ...common, default: textOf(given) ?? '' };
    case 'choice': {
      const choices = choicesOf(valueOf(more, 'choices'));
      const chosen = textOf(given);
      return { ...common, choices, default: chosen !== null && choices.includes(chosen) ? chosen : (choices[0] ?? null) };
    }
    case 'file':
      return { ...common, default: null };
    case 'run':
      return { ...common, default: null, job: textOf(valueOf(more, 'projectName', 'job')) ?? '', filter: textOf(valueOf(more, 'filter')) ?? 'ALL' };
    case 'credentials':
      return { ...common, default: textOf(given), credentialType: textOf(valueOf(more, 'credentialType')), required: booleanOf(valueOf(more, 'required')) };
    case 'other':
      return { ...common, default: typeof given === 'boolean' ? given : textOf(given), declared: json };
  }
}

/** What can be read of them; the rest is left out. */
export function readParameters(list: Json): readonly ParameterDefinition[] {
  return listOf(list).flatMap((json) => readParameter(json) ?? []);
}

function plain(json: Json): DescribedJson | null {
  if (!isObject(json) || typeof json['type'] !== 'string') return null;
  const { type, ...args } = json;
  return { kind: type as string, args };
}

function valueOf(args: { readonly [name: string]: Json }, ...names: readonly string[]): Json {
  for (const name of names) if (Object.hasOwn(args, name)) return args[name] as Json;
  return null;
}

function choicesOf(json: Json): readonly string[] {
  if (typeof json === 'string') return json.split(/\r?\n/);
  return listOf(json).flatMap((choice) => textOf(choice) ?? []);
}
