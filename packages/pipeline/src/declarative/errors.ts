/**
 * Collects what is wrong with a Declarative Pipeline, in the order found.
 *
 * Groovy gives up at the tenth error of a source (`CompilerConfiguration.tolerance`), so Jenkins never prints more.
 */
import { CompilationError, type SyntaxMessage, syntaxMessage } from '@millrace/groovy/syntax';
import type { Place } from './model.ts';

const TOLERANCE = 10;

/** Unwinds the parser or validator once the tenth error is there. */
export class TooManyErrors extends Error {}

export class ErrorCollector {
  readonly errors: SyntaxMessage[] = [];
  private readonly source: string;
  private readonly fileName: string;

  constructor(source: string, fileName: string) {
    this.source = source;
    this.fileName = fileName;
  }

  /** Reports `message` about what stands at `at`. */
  error(at: Place | null, message: string): void {
    const { line, column } = at ?? { line: -1, column: -1 };
    this.errors.push(syntaxMessage(message, line, column, this.source));
    if (this.errors.length >= TOLERANCE) throw new TooManyErrors();
  }

  /** The error to throw: its message is Groovy's `startup failed:` text. */
  toError(): CompilationError {
    return new CompilationError(this.errors, this.fileName);
  }
}
