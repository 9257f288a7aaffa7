/** Expressions of a Jenkinsfile that are constant, as the JSON that an ask would carry. */
import type { Expression, MethodCallExpression } from '@millrace/groovy/syntax';
import type { Json } from '../host.ts';

/** undefined where the value is known only when the script runs. Calls become describables. */
export function constantJson(e: Expression): Json | undefined {
  switch (e.kind) {
    case 'Constant':
      if (e.type === 'BigDecimal') return Number(e.value);
      return typeof e.value === 'bigint' ? Number(e.value) : e.value;
    case 'List': {
      const items = e.elements.map(constantJson);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'Map': {
      const entries = e.entries.map(({ key, value }) => [key === null ? undefined : constantJson(key), constantJson(value)] as const);
      return entries.every(([key, value]) => typeof key === 'string' && value !== undefined) ? Object.fromEntries(entries as [string, Json][]) : undefined;
    }
    case 'Unary': {
      const value = constantJson(e.operand);
      return e.op === '-' && typeof value === 'number' ? -value : undefined;
    }
    case 'Binary': {
      const left = constantJson(e.left);
      const right = constantJson(e.right);
      if (e.op !== '+' || typeof left !== 'string') return undefined;
      return typeof right === 'string' || typeof right === 'number' ? left + String(right) : undefined;
    }
    // `hudson.model.Result.UNSTABLE`
    case 'Property': {
      const name = e.name.kind === 'Constant' && e.name.type === 'String' ? e.name.value : null;
      return name !== null && /^[A-Z][A-Z_]*$/.test(name) ? name : undefined;
    }
    case 'MethodCall':
      return e.object === null ? describedCall(e) : undefined;
    default:
      return undefined;
  }
}

/** `string(name: 'X', defaultValue: who())`: what is not constant is left out, and told to `dynamic` by its name. */
export function describedCall(call: MethodCallExpression, dynamic?: (argument: string) => void): Json | undefined {
  if (call.name.kind !== 'Constant' || call.name.type !== 'String') return undefined;
  const described: { [name: string]: Json } = { $symbol: call.name.value };
  for (const arg of call.args) {
    const entries =
      arg.kind === 'Map' ? arg.entries.map(({ key, value }) => [key === null ? undefined : constantJson(key), value] as const) : [['', arg] as const];
    for (const [key, expression] of entries) {
      const value = constantJson(expression);
      if (typeof key === 'string' && value !== undefined) described[key] = value;
      else if (dynamic === undefined) return undefined;
      else dynamic(typeof key === 'string' ? key : '');
    }
  }
  return described;
}
