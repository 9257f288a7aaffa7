/** From a parsed file to its Declarative Pipelines, checked. */
import type { CompilationUnit } from '@millrace/groovy/syntax';
import type { DeclarativeDescriptors } from './descriptors.ts';
import { ErrorCollector, TooManyErrors } from './errors.ts';
import type { PipelineModel } from './model.ts';
import { parsePipelines } from './parse/pipeline.ts';
import { Reader } from './parse/reader.ts';
import { validatePipeline } from './validate/pipeline.ts';
import { Validator } from './validate/validator.ts';

/**
 * The Declarative Pipelines of a file, checked: one of a Jenkinsfile, any number of a shared library's `call` method,
 * none of a file that is scripted.
 *
 * Throws `CompilationError` with everything that is wrong (up to ten errors, as Groovy stops there); its message is the
 * `startup failed:` text that Jenkins prints after `org.codehaus.groovy.control.MultipleCompilationErrorsException: `.
 */
export function readPipelines(unit: CompilationUnit, descriptors: DeclarativeDescriptors): PipelineModel[] {
  const errors = new ErrorCollector(unit.source, unit.fileName);
  let models: PipelineModel[] = [];
  try {
    models = parsePipelines(new Reader(unit, errors, descriptors), unit);
    for (const model of models) validatePipeline(new Validator(errors, descriptors), model);
  } catch (e) {
    if (!(e instanceof TooManyErrors)) throw e;
  }
  if (errors.errors.length > 0) throw errors.toError();
  return models;
}
