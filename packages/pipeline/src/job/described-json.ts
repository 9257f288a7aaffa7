/** A describable as asks carry it: `{ $symbol: 'string', name: 'X' }`, `{ $class: 'hudson.model.StringParameterDefinition', … }`. */
import type { Json } from '../host.ts';

export interface DescribedJson {
  /** Symbol, or class name less its package. */
  readonly kind: string;
  readonly args: { readonly [name: string]: Json };
}

export function isObject(json: Json | undefined): json is { readonly [name: string]: Json } {
  return json !== null && typeof json === 'object' && !Array.isArray(json);
}

/** null where it is none. */
export function describedJson(json: Json | undefined): DescribedJson | null {
  if (!isObject(json)) return null;
  const { $symbol, $class, ...args } = json;
  if (typeof $symbol === 'string') return { kind: $symbol, args };
  if (typeof $class === 'string') return { kind: $class.slice($class.lastIndexOf('.') + 1), args };
  return null;
}

/** An argument by its name, or the lone unnamed one. */
export function argument({ args }: DescribedJson, ...names: readonly string[]): Json {
  for (const name of names) {
    const given = Object.hasOwn(args, name) ? args[name] : undefined;
    if (given !== undefined) return given;
  }
  return (Object.hasOwn(args, '') ? args[''] : undefined) ?? null;
}

export function textOf(json: Json): string | null {
  return json === null || typeof json === 'object' ? null : String(json);
}
export function booleanOf(json: Json): boolean {
  return json === true || (typeof json === 'string' && json.toLowerCase() === 'true');
}
/** A whole number, also where it was written as text; null where it is none. */
export function wholeOf(json: Json): number | null {
  if (typeof json === 'number') return Number.isInteger(json) ? json : null;
  return typeof json === 'string' && /^\s*-?\d{1,15}\s*$/.test(json) ? Number(json) : null;
}
export function listOf(json: Json): readonly Json[] {
  if (Array.isArray(json)) return json as readonly Json[];
  return json === null ? [] : [json];
}
