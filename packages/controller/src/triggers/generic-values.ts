/**
 * What a generic trigger takes out of a request, as the generic-webhook-trigger plug-in does: variables by JSONPath (RFC
 * 9535), headers and parts of the address, and a filter over them.
 */
import { runInNewContext } from 'node:vm';
import { JSONPathEnvironment } from 'json-p3';
import type { GenericSpec } from './trigger-specs.ts';

export interface GenericRequest {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** A regular expression may be written so that it does not end: it gets so long. */
const PATTERN_MS = 200,
  LONGEST = 100_000;

const paths = (): JSONPathEnvironment => {
  const environment = new JSONPathEnvironment({ maxRecursionDepth: 200 });
  // Of these a regular expression could not be stopped.
  for (const name of ['match', 'search']) environment.functionRegister.delete(name);
  return environment;
};

/** Throws an Error that says which path or expression is wrong. */
export function genericValues(spec: GenericSpec, request: GenericRequest): Record<string, string> {
  const environment = paths();
  const values: Record<string, string> = {};
  for (const { name, path, default: fallback, remove } of spec.variables) {
    let found: unknown[];
    try {
      found = environment.query(path, request.body as never).values() as unknown[];
    } catch (error) {
      throw new Error(`the path ${path} of ${name}: ${(error as Error).message}`);
    }
    const text = found.length === 0 ? fallback : shown(found.length === 1 ? found[0] : found);
    values[name] = (remove === '' ? text : without(text, remove)).slice(0, LONGEST);
    // Each of several has a variable of its own, as in the plug-in.
    if (found.length > 1)
      found.slice(0, 100).forEach((value, i) => {
        values[`${name}_${i}`] = shown(value).slice(0, LONGEST);
      });
  }
  for (const header of spec.headers) {
    const value = request.headers[header.toLowerCase()];
    if (value !== undefined) values[header.toLowerCase().replaceAll('-', '_')] = value;
  }
  for (const name of spec.query) if (request.query[name] !== undefined) values[name] = request.query[name];
  return values;
}

/** Whether the filter lets it through: its text, with the variables in it, has to match. */
export function isLetThrough({ filterText, filterExpression }: GenericSpec, values: Readonly<Record<string, string>>): boolean {
  if (filterExpression === '') return true;
  const text = filled(filterText, values);
  return pattern<boolean>('new RegExp(pattern).test(text)', filterExpression, text);
}

/** `$NAME` and `${NAME}`. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, bare: string | undefined) => values[braced ?? bare ?? ''] ?? whole);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function without(text: string, expression: string): string {
  return pattern<string>('text.replace(new RegExp(pattern, "g"), "")', expression, text);
}

function pattern<T>(code: string, expression: string, text: string): T {
  try {
    return runInNewContext(code, { pattern: expression, text: text.slice(0, LONGEST) }, { timeout: PATTERN_MS }) as T;
  } catch (error) {
    throw new Error(`the expression ${expression}: ${(error as Error).message}`);
  }
}
