/** What a failing assert needs of its source. */
import type { AssertStatement } from '../syntax/ast.ts';

export interface AssertText {
  /** The statement's text, on one line, from `assert` to the condition's end. */
  readonly text: string;
  /** The condition alone, for the form with a message. */
  readonly condition: string;
  readonly line: number;
  readonly column: number;
  /** A statement of several lines is not drawn with values in other lines than the first. */
  readonly lines: number;
}

export function assertText(source: string, s: AssertStatement): AssertText {
  const text = source.slice(s.span.start, s.test.span.end);
  return { text, condition: source.slice(s.test.span.start, s.test.span.end), line: s.span.line, column: s.span.column, lines: text.split('\n').length };
}
