/**
 * The values of an `environment` block. They may name each other, in any order, and variables of the build; a name that
 * nothing knows is a parameter's, or null. It follows `translateEnvironmentValue` of the plug-in's RuntimeASTTransformer:
 * a variable's value is a closure that calls those of the others.
 */
import type { ClosureExpression, Expression, Span, Statement } from '@millrace/groovy/syntax';
import type { Environment } from '../model.ts';
import { block, call, closure, lazily, map, returns, rewrite, text, variable } from './syntax.ts';

/** The map of the closures, as the values' code sees it. */
const VALUES = '$environment';
/** Names that a script always knows, and roots of class names. */
const KNOWN = new Set([
  'this',
  'super',
  'env',
  'params',
  'currentBuild',
  'scm',
  'docker',
  'java',
  'javax',
  'groovy',
  'org',
  'com',
  'net',
  'io',
  'hudson',
  'jenkins',
]);

export const credentialsKey = (name: string): string => `credentials:${name}`;

/** A closure that answers a map of closures by variable. */
export function environmentClosure(environment: Environment, span: Span): ClosureExpression {
  const keys = new Set(environment.variables.filter((v) => v.value.kind === 'Value').map((v) => v.key.name));
  const statements: Statement[] = [
    {
      kind: 'VariableDeclaration',
      span,
      modifiers: ['def'],
      annotations: [],
      tupleInit: null,
      isTuple: false,
      variables: [{ name: VALUES, span, type: null, init: map(span, []) }],
    },
  ];
  for (const { key, value, expression } of environment.variables) {
    const isCredentials = value.kind === 'InternalFunctionCall';
    const source = isCredentials ? (value.args[0]?.expression ?? expression) : expression;
    statements.push({
      kind: 'ExpressionStatement',
      span: source.span,
      expression: {
        kind: 'Assignment',
        span: source.span,
        op: '=',
        opSpan: source.span,
        target: entry(source.span, isCredentials ? credentialsKey(key.name) : key.name),
        value: lazily(translate(source, key.name, keys)),
      },
    });
  }
  statements.push(returns(variable(span, VALUES)));
  return closure(span, statements);
}

const entry = (span: Span, name: string): Expression => ({ kind: 'Index', span, object: variable(span, VALUES), args: [text(span, name)] });

function translate(value: Expression, target: string, keys: ReadonlySet<string>): Expression {
  const other = (span: Span, name: string): Expression => call(span, entry(span, name), 'call', []);
  const change = (node: { readonly kind: string }): unknown => {
    const e = node as Expression;
    if (e.kind === 'Variable') {
      if (keys.has(e.name) && e.name !== target) return other(e.span, e.name);
      return KNOWN.has(e.name) ? e : lookUp(e.span, e.name);
    }
    if (e.kind === 'Property' && e.object.kind === 'Variable' && e.object.name === 'env' && e.name.kind === 'Constant' && keys.has(String(e.name.value))) {
      const name = String(e.name.value);
      return name === target ? lookUp(e.span, name) : other(e.span, name);
    }
    if (e.kind === 'Assignment') return { ...e, value: rewrite(e.value, change) };
    return e.kind === 'Prefix' || e.kind === 'Postfix' ? e : undefined;
  };
  return rewrite(value, change);
}

/** `{ -> try { return NAME } catch (MissingPropertyException e) { return params?.NAME } }.call()` */
function lookUp(span: Span, name: string): Expression {
  const parameter: Expression = {
    kind: 'Property',
    span,
    object: variable(span, 'params'),
    name: text(span, name),
    safe: true,
    spread: false,
    attribute: false,
  };
  const attempt: Statement = {
    kind: 'Try',
    span,
    body: block(span, [returns(variable(span, name))]),
    finallyBody: null,
    catches: [
      {
        span,
        name: '$missing',
        types: [{ kind: 'TypeRef', span, name: 'groovy.lang.MissingPropertyException', generics: [], dims: 0 }],
        body: block(span, [returns(parameter)]),
      },
    ],
  };
  return call(span, closure(span, [attempt]), 'call', []);
}
