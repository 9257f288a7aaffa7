/** Expressions as Groovy's `getText()` writes them in messages: with the parentheses and blanks that it puts in. */
import type { Expression } from './ast.ts';

/** What it has no form for is told as it stands in the source. */
export function groovyText(e: Expression, source: string): string {
  switch (e.kind) {
    case 'Variable':
      return e.name;
    case 'Constant':
      return e.type === 'String' ? e.value : String(e.value);
    case 'Binary':
      return `(${groovyText(e.left, source)} ${e.op} ${groovyText(e.right, source)})`;
    case 'Assignment':
      return `(${groovyText(e.target, source)} ${e.op} ${groovyText(e.value, source)})`;
    case 'Index':
      return `${groovyText(e.object, source)}[${list(e.args, source)}]`;
    case 'InstanceOf':
      return `(${groovyText(e.operand, source)} instanceof ${e.type.name})`;
    case 'Property': {
      const dot = e.spread ? '*.' : e.safe ? '?.' : '.';
      return `${groovyText(e.object, source)}${dot}${groovyText(e.name, source)}`;
    }
    case 'MethodCall': {
      const dot = e.spread ? '*.' : e.safe ? '?.' : '.';
      return `${e.object === null ? 'this' : groovyText(e.object, source)}${dot}${groovyText(e.name, source)}(${list(e.args, source)})`;
    }
    case 'Call':
      return `${groovyText(e.callee, source)}.call(${list(e.args, source)})`;
    case 'List':
      return `[${list(e.elements, source)}]`;
    case 'Map':
      return e.entries.length === 0
        ? '[:]'
        : `[${e.entries.map((n) => `${n.key === null ? '*' : groovyText(n.key, source)}:${groovyText(n.value, source)}`).join(', ')}]`;
    case 'Closure':
      return '{ -> ... }';
    default:
      return source.slice(e.span.start, e.span.end);
  }
}

function list(expressions: readonly Expression[], source: string): string {
  return expressions.map((e) => groovyText(e, source)).join(', ');
}
