/** Values, arguments and calls, wherever they stand in a Declarative Pipeline. */
import type { ClosureExpression, Expression, MethodCallExpression } from '@millrace/groovy/syntax';
import { parser as say } from '../messages.ts';
import type { ArgumentList, ClosureMap, InternalFunctionCall, Literal, MethodCall, ModelValue, Place } from '../model.ts';
import { asCall, constantOf, matchCall, matchCallName, place, statementsOf } from './match.ts';
import type { Reader } from './reader.ts';

const MAX_LONG = 9223372036854775807n;

export function parseArgument(r: Reader, e: Expression): ModelValue {
  const constant = constantOf(e);
  if (constant !== null) return literalValue(e, toLiteral(r, e, constant));
  if (e.kind === 'GString' || e.kind === 'Map') return sourceValue(e, r.text(e));
  if (e.kind === 'Variable' && r.bareAgents.has(e.name)) return literalValue(e, { type: 'String', value: e.name });
  const source = textOf(r, e);
  if (source.startsWith('${')) r.error(place(e), say.bareDollarCurly(source));
  return sourceValue(e, `\${${source}}`);
}

/** Binary expressions are put together of their parts, so that `1 + 2` reads `1+2`. */
function textOf(r: Reader, e: Expression): string {
  return e.kind === 'Binary' ? textOf(r, e.left) + e.op + textOf(r, e.right) : r.text(e);
}

function toLiteral(r: Reader, e: Expression, c: Extract<Expression, { kind: 'Constant' }>): Literal {
  if (c.type === 'BigDecimal') return { type: 'Double', value: Number(c.value) };
  if (c.type === 'BigInteger') {
    if (c.value <= MAX_LONG && c.value >= -MAX_LONG - 1n) return { type: 'Long', value: c.value };
    r.error(place(e), say.bigInteger());
    return { type: 'Integer', value: -1 };
  }
  return { type: c.type, value: c.value } as Literal;
}

export const literalValue = (e: Expression, literal: Literal): ModelValue => ({ kind: 'Value', at: place(e), literal, source: '', expression: e });

const sourceValue = (e: Expression, source: string): ModelValue => ({ kind: 'Value', at: place(e), literal: null, source, expression: e });

/** The arguments of a step or condition. */
export function parseArgumentList(r: Reader, args: readonly Expression[]): ArgumentList {
  if (args.length === 0) return { kind: 'Named', entries: [] };
  if (args.length > 1) return { kind: 'Positional', values: args.map((a) => parseArgument(r, a)) };
  const only = args[0]!;
  // `[$class: 'Foo', …]` is one argument, for all that it looks like named ones.
  if (only.kind === 'Map' && !only.entries.some((e) => e.key !== null && r.key(e.key).name === '$class')) {
    return {
      kind: 'Named',
      entries: only.entries.filter((e) => e.key !== null).map((e) => ({ key: r.key(e.key!), value: parseArgument(r, e.value) })),
    };
  }
  return { kind: 'Single', value: parseArgument(r, only) };
}

/** An option, a trigger, a parameter, and calls among their arguments. */
export function parseMethodCall(r: Reader, call: MethodCallExpression): MethodCall {
  const result: MethodCall = { kind: 'MethodCall', at: place(call), name: r.callName(call), args: [], expression: call };
  for (const arg of call.args) {
    if (arg.kind === 'Map') {
      for (const entry of arg.entries) {
        if (entry.key === null) continue;
        const key = r.key(entry.key);
        const nested = asCall(entry.value);
        const at = placeOfColon(r, entry.key);
        if (entry.value.kind === 'Closure') r.error(at, say.closureAsArgument());
        result.args.push({
          kind: 'NamedValue',
          at,
          key,
          value: entry.value.kind === 'Closure' ? null : nested !== null ? parseMethodCall(r, nested) : parseArgument(r, entry.value),
        });
      }
      continue;
    }
    const nested = asCall(arg);
    if (arg.kind === 'Closure') r.error(place(call), say.closureAsArgument());
    else result.args.push(nested !== null ? parseMethodCall(r, nested) : parseArgument(r, arg));
  }
  return result;
}

/** A map's entry stands at its colon. */
function placeOfColon(r: Reader, key: Expression): Place {
  const { end, lastLine, lastColumn } = key.span;
  const space = /^[ \t]*/.exec(r.source.slice(end, end + 200))![0].length;
  return { line: lastLine, column: lastColumn + space };
}

/** A call as a value of `environment`: `credentials` is known, any other stays Groovy. */
export function parseFunctionCall(r: Reader, call: MethodCallExpression): ModelValue | InternalFunctionCall {
  const name = matchCallName(call);
  if (name !== 'credentials') return parseArgument(r, call);
  const args: ModelValue[] = [];
  for (const arg of call.args) {
    if (constantOf(arg) === null && arg.kind !== 'GString') r.error(place(call), say.invalidFunctionArgument());
    else args.push(parseArgument(r, arg));
  }
  return { kind: 'InternalFunctionCall', at: place(call), name, args, expression: call };
}

/** `{ image 'x'; args 'y' }` */
export function parseClosureMap(r: Reader, closure: ClosureExpression): ClosureMap {
  const entries = new Map<string, ClosureMap['entries'][number]>();
  for (const statement of statementsOf(closure)) {
    const call = matchCall(statement);
    if (call === null) {
      r.error(place(closure), say.expectedMapMethod());
      continue;
    }
    const key = r.key(call.name);
    const arg = call.args[0];
    if (arg === undefined) r.error(key.at, say.noArgumentForMapKey(key.name));
    else if (call.args.length > 1) r.error(key.at, say.tooManyArgumentsForMapKey(key.name));
    else {
      const value = arg.kind === 'Closure' ? parseClosureMap(r, arg) : parseArgument(r, arg);
      entries.set(key.name, { key: entries.get(key.name)?.key ?? key, value });
    }
  }
  return { kind: 'ClosureMap', at: place(closure), entries: [...entries.values()], closure };
}

/** `failFast true`, `beforeAgent false`; null where it is no boolean, which is reported. */
export function parseBoolean(r: Reader, call: MethodCallExpression): boolean | null {
  const name = r.callName(call);
  const arg = call.args[0];
  if (arg?.kind === 'Constant' && arg.type === 'Boolean') return arg.value;
  r.error(place(call.name), say.expectedBoolean(name));
  return null;
}
