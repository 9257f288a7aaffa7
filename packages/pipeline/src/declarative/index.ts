/** Declarative Pipeline: from a parsed file to a script that runs it. */
import type { CompilationUnit } from '@millrace/groovy/syntax';
import type { DeclarativeDescriptors } from './descriptors.ts';
import { readPipelines } from './read-pipelines.ts';
import { transform } from './transform/transform.ts';

/**
 * The file ready to be compiled: its pipelines checked and replaced by calls `pipeline('<plan>', [closures])`, which
 * `runPipeline` serves. A scripted file comes back as it is. Throws `CompilationError` with all that is wrong.
 */
export function prepare(unit: CompilationUnit, descriptors: DeclarativeDescriptors): CompilationUnit {
  const models = readPipelines(unit, descriptors);
  return models.length === 0 ? unit : transform(unit, models, descriptors);
}

export { defaultDescriptors } from './default-descriptors.ts';
export type * from './descriptors.ts';
export type { Change, DeclarativeContext, JobDeclaration, StageMark } from './execute/context.ts';
export { EngineContext, SHARED } from './execute/engine-context.ts';
export { runPipeline } from './execute/pipeline.ts';
export type * from './model.ts';
export { readPipelines } from './read-pipelines.ts';
export { stepDescriptors } from './step-descriptors.ts';
export { PIPELINE, transform } from './transform/transform.ts';
