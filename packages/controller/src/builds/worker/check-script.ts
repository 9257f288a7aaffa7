/** Checks a Jenkinsfile in a worker thread, with the same code as the command `millrace validate`. */
import type { ToolDescriptor } from '@millrace/pipeline';
import { CompilationError, checkPipeline } from '@millrace/pipeline';
import type { ScriptFindings } from './messages.ts';

/** Nobody reads more of them; one brace can make thousands. */
const MOST_ERRORS = 100;

export function checkScript(text: string, tools: readonly ToolDescriptor[]): ScriptFindings {
  try {
    return { declarative: checkPipeline(text, tools).declarative, errors: [], total: 0 };
  } catch (error) {
    if (error instanceof CompilationError)
      return {
        declarative: null,
        errors: error.errors.slice(0, MOST_ERRORS).map(({ line, column, message }) => ({ line: Math.max(1, line), column: Math.max(1, column), message })),
        total: error.errors.length,
      };
    // Deeper than the thread's stack: a build of it would end the same way.
    if (error instanceof RangeError) return { declarative: null, errors: [{ line: 1, column: 1, message: 'It is nested too deeply.' }], total: 1 };
    throw error;
  }
}
