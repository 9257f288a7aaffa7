/** The shapes of the syntax tree that Declarative is made of. They follow Jenkins' `ASTParserUtils`. */
import type { CallExpression, ClosureExpression, Expression, MethodCallExpression, Span, Statement } from '@millrace/groovy/syntax';
import type { Place } from '../model.ts';

/** `name(args) { … }` */
export interface BlockMatch {
  readonly call: MethodCallExpression;
  readonly name: string;
  readonly body: ClosureExpression;
}

/** Where Groovy says that a node stands: binary expressions at their operator. */
export function place(node: { readonly span: Span; readonly kind?: string; readonly opSpan?: Span }): Place {
  const span = node.kind === 'Binary' ? (node.opSpan ?? node.span) : node.span;
  return { line: span.line, column: span.column };
}

/** A statement that is a call. `f()(x)` counts: for Groovy it is a call of `call`. */
export function matchCall(statement: Statement): MethodCallExpression | null {
  return statement.kind === 'ExpressionStatement' ? asCall(statement.expression) : null;
}

export function asCall(expression: Expression): MethodCallExpression | null {
  if (expression.kind === 'MethodCall') return expression;
  if (expression.kind === 'Call') return callOfCall(expression);
  return null;
}

function callOfCall(call: CallExpression): MethodCallExpression {
  return {
    kind: 'MethodCall',
    span: call.span,
    object: call.callee,
    name: { kind: 'Constant', span: call.span, type: 'String', value: 'call', quote: '' },
    args: call.args,
    safe: false,
    spread: false,
    command: false,
  };
}

/** The name of a call without a receiver (or on `this`); null for others and for computed names. */
export function matchCallName(call: MethodCallExpression): string | null {
  if (call.object !== null && !(call.object.kind === 'Variable' && call.object.name === 'this')) return null;
  return call.name.kind === 'Constant' && call.name.type === 'String' ? call.name.value : null;
}

/** A statement that is a call with a closure as its last argument. */
export function matchBlock(statement: Statement): BlockMatch | null {
  const call = matchCall(statement);
  if (call === null) return null;
  const name = matchCallName(call);
  const last = call.args.at(-1);
  return name !== null && last?.kind === 'Closure' ? { call, name, body: last } : null;
}

/** The statements of a closure. */
export const statementsOf = (closure: ClosureExpression): readonly Statement[] => closure.body.statements;

/** Where Groovy says that a closure's code stands: at its first statement, or at the closure where it has none. */
export function placeOfCode(closure: ClosureExpression): Place {
  const first = closure.body.statements[0];
  return place(first ?? closure);
}

/** The constant of a literal, signs included: Groovy's parser folds `-1`. */
export function constantOf(e: Expression): Extract<Expression, { kind: 'Constant' }> | null {
  if (e.kind === 'Constant') return e;
  if (e.kind !== 'Unary' || e.op !== '-' || e.operand.kind !== 'Constant') return null;
  const c = e.operand;
  switch (c.type) {
    case 'Integer':
    case 'Double':
    case 'Float':
      return { ...c, value: -c.value, span: e.span };
    case 'Long':
    case 'BigInteger':
      return { ...c, value: -c.value, span: e.span };
    case 'BigDecimal':
      return { ...c, value: `-${c.value}`, span: e.span };
    default:
      return null;
  }
}

/** A string literal or a bare name. */
export function stringOf(e: Expression): string | null {
  if (e.kind === 'Constant') return e.type === 'String' ? e.value : null;
  return e.kind === 'Variable' ? e.name : null;
}

/** What `a = b` and `def a = b` have in common; Groovy knows both as binary expressions. */
export function matchAssignment(
  statement: Statement,
): { readonly target: Expression | null; readonly value: Expression | null; readonly plain: boolean; readonly span: Span } | null {
  if (statement.kind === 'ExpressionStatement' && statement.expression.kind === 'Assignment') {
    const { target, value, op, span } = statement.expression;
    return { target, value, plain: op === '=', span };
  }
  if (statement.kind === 'VariableDeclaration' && !statement.isTuple && statement.variables.length === 1) {
    const variable = statement.variables[0]!;
    return { target: { kind: 'Variable', span: variable.span, name: variable.name }, value: variable.init, plain: true, span: statement.span };
  }
  return null;
}
