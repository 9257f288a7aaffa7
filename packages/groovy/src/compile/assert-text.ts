/** What a failing assert needs of its source. */
import type { AssertStatement, Expression } from '../syntax/ast.ts';

export interface AssertText {
  /** The statement's text from `assert` to the condition's end, its lines joined. */
  readonly text: string;
  /** The condition as Groovy's tree writes it, for the form with a message. */
  readonly condition: string;
  /** For each line of the statement: its number, and how far a column of it is moved in the joined text. */
  readonly rows: readonly { readonly line: number; readonly shift: number }[];
}

export function assertText(source: string, s: AssertStatement): AssertText {
  const lines = source.slice(s.span.start, s.test.span.end).split('\n');
  const rows: { line: number; shift: number }[] = [];
  let text = '';
  lines.forEach((full, i) => {
    const line = i === 0 ? full : full.trimStart();
    if (i > 0) text += ' ';
    // Columns count from 1; the first line's from where the statement begins.
    rows.push({ line: s.span.line + i, shift: text.length - (i === 0 ? s.span.column : full.length - line.length + 1) });
    text += line.trimEnd();
  });
  return { text, condition: treeText(source, s.test), rows };
}

/** `Expression.getText()` of Groovy 2.4 for the common kinds; the source for the rest. */
function treeText(source: string, e: Expression): string {
  switch (e.kind) {
    case 'Binary':
      return `(${treeText(source, e.left)} ${e.op} ${treeText(source, e.right)})`;
    case 'Unary':
      return `${e.op}${treeText(source, e.operand)}`;
    case 'Constant':
      return String(e.value);
    case 'List':
      return `[${e.elements.map((x) => treeText(source, x)).join(', ')}]`;
    case 'Property':
      return `${treeText(source, e.object)}${e.safe ? '?' : ''}.${treeText(source, e.name)}`;
    case 'MethodCall': {
      const args = e.args.map((x) => treeText(source, x)).join(', ');
      return `${e.object === null ? 'this' : treeText(source, e.object)}${e.safe ? '?' : ''}.${treeText(source, e.name)}(${args})`;
    }
    default:
      return source.slice(e.span.start, e.span.end);
  }
}

/** The variables whose values a message with `assert x : message` tells (`AssertionWriter.addVariableNames`). */
export function assertVariables(e: Expression): string[] {
  switch (e.kind) {
    case 'Variable':
      return e.name === 'this' || e.name === 'super' ? [] : [e.name];
    case 'Binary':
      return [...assertVariables(e.left), ...assertVariables(e.right)];
    case 'Unary':
      return e.op === '!' ? assertVariables(e.operand) : [];
    default:
      return [];
  }
}
