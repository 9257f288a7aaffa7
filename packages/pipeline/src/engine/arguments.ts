/**
 * From a call's arguments to a step's: DSL.parseArgs of workflow-cps, and the conversions of DescribableModel.
 */

import type { Runtime, Value } from '@millrace/groovy';
import { GString, JavaArray, JavaList, JavaMap, JavaThrowable } from '@millrace/groovy';
import { Described } from '../steps/described.ts';
import type { AnyStep, Body, Param } from '../steps/step.ts';
import { mapEntries } from '../steps/values.ts';

export interface BoundCall {
  readonly args: { readonly [name: string]: unknown };
  readonly body: Body | null;
  /** Texts that the script put together with `${…}`: looked through for secrets. */
  readonly interpolated: readonly string[];
}

function illegal(message: string): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalArgumentException', message);
}

/** The param that an unnamed argument is for. */
export function soleParam(step: AnyStep): Param | null {
  const params = step.params as readonly Param[];
  const chosen = params.find((p) => p.positional === true);
  if (chosen !== undefined) return chosen;
  const required = params.filter((p) => p.required === true);
  return required.length === 1 ? (required[0] as Param) : params.length === 1 ? (params[0] as Param) : null;
}

export function bindCall(rt: Runtime, step: AnyStep, given: readonly Value[]): BoundCall {
  const rest = [...given];
  let body: Body | null = null;
  const last = rest.at(-1);
  const block = step.block ?? 'none';
  if (block !== 'none' && last !== undefined && rt.isCallable(last)) {
    body = { call: (args) => rt.call(last, args) };
    rest.pop();
  }
  const named = new Map<string, Value>();
  const only = rest[0];
  const sole = soleParam(step);
  const entries = rest.length === 1 ? mapEntries(rt, only as Value) : null;
  if (rest.length === 0) {
    // Nothing but, perhaps, a body.
  } else if (entries !== null && !entries.some(([key]) => key === '$class') && step.rawMap === undefined && !takesMapItself(step, sole, entries)) {
    for (const [key, value] of entries) named.set(key, value);
  } else if (rest.length === 1 && step.rawMap !== undefined) {
    named.set(step.rawMap, only as Value);
  } else if (rest.length === 1 && sole !== null) {
    named.set(sole.name, only as Value);
  } else {
    throw illegal(`Expected named arguments but got ${rest.length === 1 ? rt.format(only as Value) : `[${rest.map((v) => rt.format(v)).join(', ')}]`}`);
  }
  if (body === null && block === 'required') throw new JavaThrowable('java.lang.IllegalStateException', `${step.name} step must be called with a body`);
  return bindNamed(rt, step, named, body);
}

/** A step with one parameter alone that takes a map: the map is its value unless it names the parameter. */
function takesMapItself(step: AnyStep, sole: Param | null, entries: readonly (readonly [string, Value])[]): boolean {
  return sole !== null && step.params.length === 1 && sole.required === true && !(entries.length === 1 && (entries[0] as [string, Value])[0] === sole.name);
}

export function bindNamed(rt: Runtime, step: AnyStep, named: ReadonlyMap<string, Value>, body: Body | null): BoundCall {
  const args: { [name: string]: unknown } = {};
  const interpolated: string[] = [];
  const params = step.params as readonly Param[];
  const unknown = [...named.keys()].filter((name) => !params.some((p) => p.name === name));
  if (unknown.length > 0)
    throw illegal(`Unknown parameter(s) found for step ${step.name}: ${unknown.join(', ')}. It has: ${params.map((p) => p.name).join(', ')}`);
  for (const param of params) {
    const value = flatten(rt, named.get(param.name) ?? null, interpolated);
    if (value === null) {
      if (param.required === true && param.type !== 'any') {
        if (param.type === 'string' && named.has(param.name)) {
          args[param.name] = null;
          continue;
        }
        throw illegal(`Missing required parameter: "${param.name}" of step ${step.name}`);
      }
      args[param.name] = param.default ?? null;
      continue;
    }
    args[param.name] = convert(rt, step, param, value);
  }
  return { args, body, interpolated };
}

/** GStrings as text, in lists and maps too; describables stay. */
function flatten(rt: Runtime, value: Value, interpolated: string[]): Value {
  if (value instanceof GString) {
    const text = rt.str(value);
    interpolated.push(text);
    return text;
  }
  if (value instanceof JavaList && value.items.some(needsFlattening)) return new JavaList(value.items.map((item) => flatten(rt, item, interpolated)));
  if (value instanceof JavaMap && value.entries().some((e) => needsFlattening(e.key) || needsFlattening(e.value))) {
    const copy = new JavaMap();
    for (const e of value.entries()) copy.put(rt, flatten(rt, e.key, interpolated), flatten(rt, e.value, interpolated));
    return copy;
  }
  return value;
}
function needsFlattening(value: Value): boolean {
  return value instanceof GString || value instanceof JavaList || value instanceof JavaMap;
}

function convert(rt: Runtime, step: AnyStep, param: Param, value: Value): unknown {
  switch (param.type) {
    case 'string': {
      if (typeof value === 'object' && (value instanceof JavaList || mapEntries(rt, value) !== null || rt.isCallable(value)))
        throw wrongType(rt, param, value, 'class java.lang.String');
      const text = rt.str(value);
      if (param.values !== undefined && !param.values.includes(text))
        throw illegal(`${param.name} of step ${step.name} must be one of ${param.values.join(', ')}, not ${text}`);
      return text;
    }
    case 'boolean': {
      if (typeof value === 'boolean') return value;
      if (typeof value === 'string') return value.toLowerCase() === 'true';
      throw wrongType(rt, param, value, 'boolean');
    }
    case 'int':
    case 'long': {
      const n = Number(typeof value === 'string' ? value.trim() : rt.str(value));
      if (!Number.isFinite(n) || (typeof value === 'string' && !/^[+-]?\d+$/.test(value.trim()))) throw wrongType(rt, param, value, param.type);
      return Math.trunc(n);
    }
    case 'stringList':
      return (elements(value) ?? [value]).map((v) => rt.str(v));
    case 'list':
      return elements(value) ?? [...listLike(rt, value)];
    case 'map': {
      const entries = mapEntries(rt, value);
      if (entries === null) throw wrongType(rt, param, value, 'interface java.util.Map');
      return new Map(entries);
    }
    case 'described': {
      const described = value instanceof Described ? value : describedFrom(rt, value);
      if (described === null) throw wrongType(rt, param, value, 'interface hudson.model.Describable');
      return described;
    }
    case 'closure':
    case 'any':
      return value;
  }
}

function elements(value: Value): readonly Value[] | null {
  return value instanceof JavaList || value instanceof JavaArray ? value.items : null;
}
function listLike(rt: Runtime, value: Value): Iterable<Value> {
  return value !== null && typeof value === 'object' && rt.instanceOf(value, 'java.util.Collection') ? rt.iterate(value) : [value];
}

/** A map with `$class`. */
export function describedFrom(rt: Runtime, value: Value): Described | null {
  const entries = mapEntries(rt, value);
  const name = entries?.find(([key]) => key === '$class');
  if (entries == null || name === undefined) return null;
  return new Described(null, rt.str(name[1]), new Map(entries.filter(([key]) => key !== '$class')));
}

function wrongType(rt: Runtime, param: Param, value: Value, expected: string): JavaThrowable {
  const type = value === null ? 'null' : rt.classOf(value).name;
  return new JavaThrowable('java.lang.ClassCastException', `${param.name} expects ${expected} but received class ${type}`);
}
