/** Whether a Jenkinsfile compiles, and its Declarative Pipelines are right, without running anything. */
import { compileUnit, Interpreter, parse, standardIndex } from '@millrace/groovy';
import type { ToolDescriptor } from '../declarative/descriptors.ts';
import { defaultDescriptors, prepare, stepDescriptors } from '../declarative/index.ts';
import { jenkinsLibrary, starImports } from '../java/index.ts';
import { STEPS } from '../steps/index.ts';

/** Throws CompilationError with all that is wrong. */
export function checkPipeline(text: string, tools: readonly ToolDescriptor[] = []): void {
  const unit = prepare(parse(text, 'WorkflowScript'), defaultDescriptors(stepDescriptors(STEPS.filter((step) => step.name !== 'script')), tools));
  const world = { now: () => 0, nanoTime: () => 0n, random: () => 0, timeZone: () => 'Etc/UTC', print: () => undefined };
  compileUnit(new Interpreter({ world, index: standardIndex([jenkinsLibrary]), sandbox: true }), unit, { className: 'WorkflowScript', starImports });
}
