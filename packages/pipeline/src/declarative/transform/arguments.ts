/** Calls whose arguments describe something, as expressions that answer data instead of calling. */
import type { ClosureExpression, Expression, MethodCallExpression } from '@millrace/groovy/syntax';
import { type DeclarativeDescriptors, type Describable, soleParameter } from '../descriptors.ts';
import { asCall, matchCall, matchCallName, statementsOf } from '../parse/match.ts';
import { list, map, text } from './syntax.ts';

/** Marks a map that stands for a describable by its symbol. The unnamed argument has the empty name. */
export const SYMBOL = '$symbol';

/** `cron('@daily')` as `['$symbol': 'cron', '': '@daily']`, and so within its arguments where a symbol is known. */
export function describe(d: DeclarativeDescriptors, call: MethodCallExpression, name: string): Expression {
  const entries: [string, Expression][] = [[SYMBOL, text(call.span, name)]];
  for (const arg of call.args) {
    if (arg.kind !== 'Map') entries.push(['', nested(d, arg)]);
    else for (const e of arg.entries) if (e.key?.kind === 'Constant') entries.push([String(e.key.value), nested(d, e.value)]);
  }
  return map(call.span, entries);
}

function nested(d: DeclarativeDescriptors, e: Expression): Expression {
  const call = asCall(e);
  const name = call === null ? null : matchCallName(call);
  if (call !== null && name !== null && d.describable(name) !== null) return describe(d, call, name);
  if (e.kind === 'List')
    return list(
      e.span,
      e.elements.map((x) => nested(d, x)),
    );
  return e;
}

/** The named arguments of a step or condition; an unnamed one goes to the sole required parameter. null: there are none. */
export function namedArguments(args: readonly Expression[], model: Describable | null): Expression | null {
  const only = args[0];
  if (only === undefined) return null;
  if (only.kind === 'Map') return only.named ? { ...only, named: false } : only;
  const sole = model === null ? null : (soleParameter(model) ?? model.parameters[0]);
  return map(only.span, [[sole?.name ?? '', only]]);
}

/** `{ image 'x'; args 'y' }` as a map. */
export function closureMap(closure: ClosureExpression): Expression {
  const entries: [string, Expression][] = [];
  for (const s of statementsOf(closure)) {
    const call = matchCall(s);
    const arg = call?.args[0];
    if (call?.name.kind !== 'Constant' || arg === undefined) continue;
    entries.push([String(call.name.value), arg.kind === 'Closure' ? closureMap(arg) : arg]);
  }
  return map(closure.span, entries);
}
