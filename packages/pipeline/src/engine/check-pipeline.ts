/** Whether a Jenkinsfile compiles, and its Declarative Pipelines are right, without running anything. */
import type { NativeClass } from '@millrace/groovy';
import { compileUnit, Interpreter, parse, standardIndex } from '@millrace/groovy';
import type { AgentDescriptor, ToolDescriptor } from '../declarative/descriptors.ts';
import { defaultDescriptors, prepare, stepDescriptors } from '../declarative/index.ts';
import { jenkinsLibrary, starImports } from '../java/index.ts';
import { serverClass } from '../java/server-classes.ts';
import { annotatedLibraries } from '../library/request.ts';
import { STEPS } from '../steps/index.ts';

/**
 * Throws CompilationError with all that is wrong. No library is loaded: where `@Library` names one, a class that is imported
 * is taken to be its. Tells whether the file holds a Declarative Pipeline.
 */
export function checkPipeline(text: string, tools: readonly ToolDescriptor[] = [], agents: readonly AgentDescriptor[] = []): { readonly declarative: boolean } {
  const parsed = parse(text, 'WorkflowScript');
  const unit = prepare(parsed, defaultDescriptors(stepDescriptors(STEPS.filter((step) => step.name !== 'script')), tools, [], agents));
  const world = { now: () => 0, nanoTime: () => 0n, random: () => 0, timeZone: () => 'Etc/UTC', print: () => undefined };
  const withLibraries = annotatedLibraries(unit).length > 0;
  const hooks = { absentClass: (name: string): NativeClass | null => serverClass(name) ?? (withLibraries ? { name } : null) };
  compileUnit(new Interpreter({ world, index: standardIndex([jenkinsLibrary]), sandbox: true, hooks }), unit, { className: 'WorkflowScript', starImports });
  return { declarative: unit !== parsed };
}
