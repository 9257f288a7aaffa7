/**
 * What is wrong with a source, in the words and the form of Groovy 2.4's `MultipleCompilationErrorsException`.
 * Jenkins prints that text into the build's log, and people search the web for it.
 */

export interface SyntaxMessage {
  /** Without the position: `unexpected token: }`. */
  readonly message: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The line of the source that is meant; null where the source has no such line. */
  readonly sourceLine: string | null;
}

/** Everything that is wrong with one source. `message` is the whole text that Groovy prints. */
export class CompilationError extends Error {
  readonly errors: readonly SyntaxMessage[];
  readonly fileName: string;
  constructor(errors: readonly SyntaxMessage[], fileName: string) {
    super(formatMessages(errors, fileName));
    this.name = 'CompilationError';
    this.errors = errors;
    this.fileName = fileName;
  }
}

/** An error at a place of a source. */
export function syntaxMessage(message: string, line: number, column: number, source: string): SyntaxMessage {
  return { message, line, column, sourceLine: lineOf(source, line) };
}

/**
 * The text of `startup failed:`, ending in `1 error` and a newline.
 * The sample of a line is cut around the column when that is beyond 40, as `SourceUnit.getSample` does.
 */
export function format(
  errors: readonly { readonly message: string; readonly line: number; readonly column: number }[],
  fileName: string,
  source: string,
): string {
  return formatMessages(
    errors.map((e) => syntaxMessage(e.message, e.line, e.column, source)),
    fileName,
  );
}

function formatMessages(errors: readonly SyntaxMessage[], fileName: string): string {
  let text = 'startup failed:\n';
  for (const error of errors) {
    text += `${fileName}: ${error.line}: ${error.message} @ line ${error.line}, column ${error.column}.`;
    if (error.sourceLine !== null) text += `\n${sample(error.sourceLine, error.column)}\n`;
    text += '\n';
  }
  return `${text}${errors.length} error${errors.length > 1 ? 's' : ''}\n`;
}

function sample(line: string, column: number): string {
  if (column <= 0) return line;
  const marker = `${' '.repeat(column - 1)}^`;
  if (column <= 40) return `   ${line}\n   ${marker}`;
  const start = column - 31;
  const end = column + 10 > line.length ? line.length : column + 9;
  return `   ${line.slice(start, end)}\n   ${marker.slice(start)}`;
}

/** A line as Java's `BufferedReader` reads it; null behind the last one (an empty last line counts as none). */
function lineOf(source: string, line: number): string | null {
  let start = 0;
  for (let n = 1; ; n++) {
    if (start >= source.length) return null;
    let end = start;
    while (end < source.length && source.charCodeAt(end) !== 10 && source.charCodeAt(end) !== 13) end++;
    if (n === line) return source.slice(start, end);
    if (end >= source.length) return null;
    start = source.charCodeAt(end) === 13 && source.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
  }
}
