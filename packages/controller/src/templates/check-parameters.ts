/**
 * Whether parameters are what a template's schema says (ADR 22). The patterns in a schema are somebody else's: a check that
 * takes too long is ended, as no pattern may hold a controller.
 */
import { createContext, Script } from 'node:vm';
import { Validator } from '@cfworker/json-schema';
import type { ErrorPlace } from '@millrace/protocol';
import type { ObjectSchema, ParameterSchema } from './parameter-schema.ts';
import { eachValue, withDefaults } from './parameter-schema.ts';

const MOST_MS = 500;
export const LARGEST_PARAMETERS = 256 << 10;
const MOST_ERRORS = 50;

export interface CheckedParameters {
  /** With defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Pointers below the parameters: `/replicas`. */
  readonly errors: readonly ErrorPlace[];
  /** Ids of credentials, with where they stand. */
  readonly credentials: readonly { readonly id: string; readonly pointer: string }[];
}

export function parameterChecker(schema: ObjectSchema): (given: Readonly<Record<string, unknown>>) => CheckedParameters {
  // What the form shows is no matter of the check, and a text of two languages is no annotation that it knows.
  const validator = new Validator(strict(schema) as never, '2020-12', false);
  const limited = timeLimit(schema);
  return (given) => {
    const parameters = withDefaults(schema, given) as Record<string, unknown>;
    if (JSON.stringify(given).length > LARGEST_PARAMETERS)
      return { parameters, errors: [{ pointer: '', detail: `they are larger than ${LARGEST_PARAMETERS} characters` }], credentials: [] };
    let result: { readonly errors: readonly Unit[] };
    try {
      result = limited(() => validator.validate(parameters)) as typeof result;
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      return { parameters, errors: [{ pointer: '', detail: 'the patterns of the template take too long for these values' }], credentials: [] };
    }
    const credentials: { id: string; pointer: string }[] = [];
    eachValue(schema, parameters, (node, value, pointer) => {
      if (node.type === 'string' && node.format === 'credentialsId' && typeof value === 'string' && value !== '') credentials.push({ id: value, pointer });
    });
    return { parameters, errors: placesOf(result.errors), credentials };
  };
}

interface Unit {
  readonly keyword: string;
  readonly instanceLocation: string;
  readonly error: string;
}

/** The keywords that only tell that something inside is wrong. */
const AROUND = new Set(['properties', 'items', 'prefixItems', '$ref']);

function placesOf(units: readonly Unit[]): ErrorPlace[] {
  const places: ErrorPlace[] = [];
  for (const { keyword, instanceLocation, error } of units) {
    if (AROUND.has(keyword)) continue;
    let pointer = instanceLocation.replace(/^#/, '');
    const named = keyword === 'required' ? /"([^"]+)"/.exec(error)?.[1] : undefined;
    if (named !== undefined) pointer += `/${named}`;
    // It tells that the schema `false` matches nothing, then again what that was for.
    if (keyword === 'additionalProperties') continue;
    const detail = keyword === 'required' ? 'is needed' : keyword === 'false' ? 'the template has no such parameter' : error;
    if (places.length < MOST_ERRORS && !places.some((p) => p.pointer === pointer && p.detail === detail)) places.push({ pointer, detail });
  }
  return places;
}

function strict(schema: ParameterSchema): Record<string, unknown> {
  const { title: _, description: __, ...rest } = schema;
  if (rest.type !== 'object') {
    // Of the form alone.
    const { format, ...own } = rest as { format?: string };
    return { ...own, ...(format === 'uri' || format === 'email' ? { format } : {}) };
  }
  return {
    ...rest,
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(rest.properties).map(([name, inner]) => [name, strict(inner)])),
  };
}

/** Where nothing in the schema can take long there is no need for a limit, which costs a context of V8. */
function timeLimit(schema: ParameterSchema): (run: () => unknown) => unknown {
  if (!/"(pattern|uniqueItems|format)":/.test(JSON.stringify(schema))) return (run) => run();
  const context = createContext({ run: null });
  const script = new Script('run()');
  return (run) => {
    context['run'] = run;
    return script.runInContext(context, { timeout: MOST_MS });
  };
}
