/**
 * Which functions get a plain form beside the suspending one: those that end soon (no loops, no calls of script code)
 * and call nothing that can suspend. The plain form is what makes `list.collect { it * 2 }` quick; since it cannot be
 * interrupted, whatever could run long stays out.
 *
 * The decision rests on names: a script that defines a method `plus` may make `a + b` suspend. So the names relied on
 * are given back, and the form is dropped when somebody defines one of them.
 */

import type { BlockStatement, Expression, Statement } from '../syntax/ast.ts';
import { ARITHMETIC } from './arithmetic.ts';

export interface PlainRules {
  readonly plainNames: Pick<ReadonlySet<string>, 'has'>;
  readonly suspendingNames: Pick<ReadonlySet<string>, 'has'>;
  /** Whether a name is a parameter or local variable of the function itself or around it. */
  isLocal(name: string): boolean;
}

const OPERATOR_METHODS: Readonly<Record<string, string>> = { ...ARITHMETIC, in: 'isCase' };

/** The names that a plain form relies on, or null where there can be none. */
export function plainDeps(body: BlockStatement, rules: PlainRules): readonly string[] | null {
  const deps = new Set<string>();
  const locals = new Set<string>();
  let size = 0;
  const isLocal = (name: string): boolean => locals.has(name) || rules.isLocal(name);

  const all = (list: readonly Expression[]): boolean => list.every(expression);
  function expression(e: Expression): boolean {
    if (++size > 60) return false;
    switch (e.kind) {
      case 'Constant':
        return true;
      case 'GString':
        return all(e.values);
      case 'Variable':
        return isLocal(e.name);
      case 'Property': {
        if (e.spread || e.attribute || e.name.kind !== 'Constant' || e.name.type !== 'String') return false;
        const cap = e.name.value.charAt(0).toUpperCase() + e.name.value.slice(1);
        for (const n of [`get${cap}`, `is${cap}`, 'getProperty', 'propertyMissing', 'get']) deps.add(n);
        return expression(e.object);
      }
      case 'MethodCall': {
        if (e.object === null || e.spread || e.name.kind !== 'Constant' || e.name.type !== 'String') return false;
        const name = e.name.value;
        if (!rules.plainNames.has(name) || rules.suspendingNames.has(name) || name === 'call' || name === 'invokeMethod') return false;
        for (const n of [name, 'invokeMethod', 'methodMissing', 'getProperty', 'propertyMissing']) deps.add(n);
        return expression(e.object) && all(e.args);
      }
      case 'List':
        return all(e.elements);
      case 'Map':
        return e.entries.every((x) => x.key !== null && expression(x.key) && expression(x.value));
      case 'Range':
        deps.add('next');
        return expression(e.from) && expression(e.to);
      case 'Binary': {
        const name = OPERATOR_METHODS[e.op];
        if (name !== undefined) deps.add(name);
        return expression(e.left) && expression(e.right);
      }
      case 'Assignment': {
        const name = OPERATOR_METHODS[e.op.slice(0, -1)];
        if (name !== undefined) deps.add(name);
        return e.target.kind === 'Variable' && isLocal(e.target.name) && expression(e.value);
      }
      case 'Unary':
        deps.add(e.op === '-' ? 'negative' : e.op === '+' ? 'positive' : 'bitwiseNegate');
        return expression(e.operand);
      case 'Prefix':
      case 'Postfix':
        deps.add('next');
        deps.add('previous');
        return e.operand.kind === 'Variable' && isLocal(e.operand.name);
      case 'Ternary':
        return expression(e.test) && expression(e.then) && expression(e.otherwise);
      case 'Elvis':
        return expression(e.value) && expression(e.otherwise);
      case 'Cast':
        return expression(e.operand);
      case 'InstanceOf':
        return expression(e.operand);
      case 'Index':
        deps.add('getAt');
        deps.add('get');
        return expression(e.object) && all(e.args);
      default:
        return false;
    }
  }
  function statement(s: Statement): boolean {
    switch (s.kind) {
      case 'Block':
        return s.statements.every(statement);
      case 'ExpressionStatement':
        return expression(s.expression);
      case 'VariableDeclaration': {
        if (s.isTuple) return false;
        for (const v of s.variables) {
          if (v.init !== null && !expression(v.init)) return false;
          locals.add(v.name);
        }
        return true;
      }
      case 'If':
        return expression(s.test) && statement(s.then) && (s.otherwise === null || statement(s.otherwise));
      case 'Return':
        return s.value === null || expression(s.value);
      case 'Empty':
        return true;
      default:
        return false;
    }
  }
  return statement(body) ? [...deps] : null;
}
