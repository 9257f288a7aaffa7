/** What a failing assert needs of its source. */
import type { AssertStatement, Expression } from '../syntax/ast.ts';

export interface AssertText {
  /** The statement's text, from `assert` to the condition's end. */
  readonly text: string;
  /** The condition as Groovy's tree writes it, for the form with a message. */
  readonly condition: string;
  readonly line: number;
  readonly column: number;
  /** A statement of several lines is shown without its values. */
  readonly lines: number;
}

export function assertText(source: string, s: AssertStatement): AssertText {
  const text = source.slice(s.span.start, s.test.span.end);
  return { text, condition: treeText(source, s.test), line: s.span.line, column: s.span.column, lines: text.split('\n').length };
}

/** `Expression.getText()` of Groovy 2.4 for the common kinds; the source for the rest. */
function treeText(source: string, e: Expression): string {
  switch (e.kind) {
    case 'Binary': return `(${treeText(source, e.left)} ${e.op} ${treeText(source, e.right)})`;
    case 'Unary': return `${e.op}${treeText(source, e.operand)}`;
    case 'Constant': return String(e.value);
    case 'List': return `[${e.elements.map((x) => treeText(source, x)).join(', ')}]`;
    case 'Property': return `${treeText(source, e.object)}${e.safe ? '?' : ''}.${treeText(source, e.name)}`;
    case 'MethodCall': {
      const args = e.args.map((x) => treeText(source, x)).join(', ');
      return `${e.object === null ? 'this' : treeText(source, e.object)}${e.safe ? '?' : ''}.${treeText(source, e.name)}(${args})`;
    }
    default: return source.slice(e.span.start, e.span.end);
  }
}

/** The variables whose values a message with `assert x : message` tells (`AssertionWriter.addVariableNames`). */
export function assertVariables(e: Expression): string[] {
  switch (e.kind) {
    case 'Variable': return e.name === 'this' || e.name === 'super' ? [] : [e.name];
    case 'Binary': return [...assertVariables(e.left), ...assertVariables(e.right)];
    case 'Unary': return e.op === '!' ? assertVariables(e.operand) : [];
    default: return [];
  }
}
