/** `validateDeclarativePipeline`: whether a file of the workspace holds a Declarative Pipeline, and a right one. */
import { CompilationError } from '@millrace/groovy';
import type { AnyStep } from './step.ts';
import { defineStep } from './step.ts';

/**
 * The step around a checker, which tells whether a text has a `pipeline` block and throws CompilationError with all that is
 * wrong. The checker is handed in because it knows all steps, and this is one of them.
 */
export function validateDeclarativePipelineStep(check: (text: string) => { readonly declarative: boolean }): AnyStep {
  return defineStep({
    name: 'validateDeclarativePipeline',
    summary: 'Validate a file containing a Declarative Pipeline',
    needs: ['workspace'],
    params: [{ name: 'path', type: 'string', required: true }],
    describe: (args) => args.path,
    *run(cx, args) {
      const path = args.path ?? '';
      const answer = (line: string, valid: boolean): boolean => {
        cx.log(line);
        return valid;
      };
      if (path === '') return answer('No Declarative Pipeline file specified.', false);
      const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path });
      if (facts === null || facts.directory) return answer(`Declarative Pipeline file '${path}' does not exist.`, false);
      const { content } = yield* cx.ask('file.read', { ...cx.place(), path, encoding: null });
      if (content === '') return answer(`Declarative Pipeline file '${path}' is empty.`, false);
      try {
        if (check(content).declarative) return answer(`Declarative Pipeline file '${path}' is valid.`, true);
        return answer(`Declarative Pipeline file '${path}' does not contain the 'pipeline' step.`, false);
      } catch (e) {
        if (!(e instanceof CompilationError)) throw e;
        const error = `org.codehaus.groovy.control.MultipleCompilationErrorsException: ${e.message}`;
        return answer(`Error(s) validating Declarative Pipeline file '${path}' - ${error}`, false);
      }
    },
  });
}
