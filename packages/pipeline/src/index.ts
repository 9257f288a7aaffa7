/** What the rest of Millrace may use of the pipeline. */
export type * from './host.ts';
export type * from './scm.ts';
export type { BuildFacts, ResultName } from './engine/build.ts';
export { RESULTS, isWorse, worstOf } from './engine/build.ts';
export type { Scope, ScopeChange } from './engine/scope.ts';
export { defineStep } from './steps/step.ts';
export type { AnyStep, Body, StepContext, StepDefinition } from './steps/step.ts';
export { STEPS } from './steps/index.ts';
