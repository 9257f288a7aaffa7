/** Makes and changes syntax trees. */
import type { BlockStatement, ClosureExpression, Expression, MapExpression, MethodCallExpression, Span, Statement } from '@millrace/groovy/syntax';

export const text = (span: Span, value: string): Expression => ({ kind: 'Constant', span, type: 'String', value, quote: "'" });
export const nothing = (span: Span): Expression => ({ kind: 'Constant', span, type: 'null', value: null });
export const variable = (span: Span, name: string): Expression => ({ kind: 'Variable', span, name });
export const list = (span: Span, elements: readonly Expression[]): Expression => ({ kind: 'List', span, elements });
export const map = (span: Span, entries: readonly (readonly [string, Expression])[]): MapExpression => ({
  kind: 'Map',
  span,
  named: false,
  entries: entries.map(([key, value]) => ({ span: value.span, key: text(value.span, key), value })),
});
export const call = (span: Span, object: Expression | null, name: string, args: readonly Expression[]): MethodCallExpression => ({
  kind: 'MethodCall',
  span,
  object,
  name: text(span, name),
  args,
  safe: false,
  spread: false,
  command: false,
});
export const returns = (value: Expression): Statement => ({ kind: 'Return', span: value.span, value });
export const block = (span: Span, statements: readonly Statement[]): BlockStatement => ({ kind: 'Block', span, statements });

/** `{ -> statements }`, or with parameters. */
export function closure(span: Span, statements: readonly Statement[], parameters: readonly string[] = []): ClosureExpression {
  return {
    kind: 'Closure',
    span,
    body: block(span, statements),
    parameters: parameters.map((name) => ({ kind: 'Parameter', span, name, type: null, defaultValue: null, varargs: false, annotations: [], modifiers: [] })),
  };
}

/** `{ -> value }` */
export const lazily = (value: Expression): ClosureExpression => closure(value.span, [returns(value)]);

/**
 * A tree with every node that `change` answers for replaced; where it answers undefined, its parts are looked at.
 * Parts that stay the same are shared with the old tree.
 */
export function rewrite<T>(node: T, change: (node: { readonly kind: string }) => unknown): T {
  if (Array.isArray(node)) {
    let changed = false;
    const parts = (node as readonly unknown[]).map((part) => {
      const now = rewrite(part, change);
      if (now !== part) changed = true;
      return now;
    });
    return changed ? (parts as T) : node;
  }
  if (node === null || typeof node !== 'object') return node;
  if ('kind' in node) {
    const replaced = change(node as { readonly kind: string });
    if (replaced !== undefined) return replaced as T;
  }
  let copy: Record<string, unknown> | null = null;
  for (const [key, part] of Object.entries(node)) {
    if (key === 'span' || part === null || typeof part !== 'object') continue;
    const now = rewrite(part as unknown, change);
    if (now !== part) {
      copy ??= { ...(node as Record<string, unknown>) };
      copy[key] = now;
    }
  }
  return copy === null ? node : (copy as T);
}
