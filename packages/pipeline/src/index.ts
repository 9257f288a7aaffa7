/** What the rest of Millrace may use of the pipeline. */
export type * from './host.ts';
export type * from './scm.ts';
export type { BuildFacts, ResultName } from './engine/build.ts';
export { RESULTS, isWorse, worstOf } from './engine/build.ts';
export type { Scope, ScopeChange } from './engine/scope.ts';
export { defineStep } from './steps/step.ts';
export type { AnyStep, Body, StepContext, StepDefinition } from './steps/step.ts';
export { STEPS } from './steps/index.ts';
export { runPipeline } from './engine/run-pipeline.ts';
export type { PipelineOptions, PipelineRun } from './engine/run-pipeline.ts';
export type { BuildOutcome } from './engine/execution.ts';
export type { ExternalEvent, JournalStore } from './journal/entries.ts';
export type { LogRecord, LogStore } from './log/log.ts';
export type { FlowNode, Tree, TreeEvent } from './tree/tree.ts';
export { PipelineError, PIPELINE_ERRORS } from './errors.ts';
export type { PipelineErrorCode } from './errors.ts';
export { checkPipeline } from './engine/check-pipeline.ts';
export type { ToolDescriptor } from './declarative/descriptors.ts';
