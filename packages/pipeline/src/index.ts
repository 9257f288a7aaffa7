/** What the rest of Millrace may use of the pipeline. */

export { CompilationError } from '@millrace/groovy';
export type { AgentDescriptor, ToolDescriptor } from './declarative/descriptors.ts';
export type { AgentType } from './declarative/execute/agent-type.ts';
export type { DeclarativeContext } from './declarative/execute/context.ts';
export type { BuildFacts, ResultName } from './engine/build.ts';
export { isWorse, RESULTS, worstOf } from './engine/build.ts';
export { checkPipeline } from './engine/check-pipeline.ts';
export type { BuildOutcome } from './engine/execution.ts';
export type { LiveFacts } from './engine/live-facts.ts';
export type { PipelineOptions, PipelineRun } from './engine/run-pipeline.ts';
export { runPipeline } from './engine/run-pipeline.ts';
export type { Scope, ScopeChange } from './engine/scope.ts';
export type { PipelineErrorCode } from './errors.ts';
export { PIPELINE_ERRORS, PipelineError } from './errors.ts';
export type { FreestyleDefinition, FreestyleStep } from './freestyle/definition.ts';
export type * from './host.ts';
export * from './job/index.ts';
export type { DeclaredJob } from './job/read-jenkinsfile.ts';
export { readJenkinsfile } from './job/read-jenkinsfile.ts';
export type { AbortCause, ExternalEvent, JournalStore } from './journal/entries.ts';
export type { LogRecord, LogStore } from './log/log.ts';
export type * from './scm.ts';
export type {
  ArtifactBuild,
  ArtifactSelector,
  BuildArtifacts,
  BuildLog,
  BuildTestCase,
  BuildTestCases,
  BuildTestStatus,
  BuildTests,
  BuildUser,
  ChangeSets,
  EarlierChanges,
  MailTemplateText,
  ManagedFile,
  OtherBuild,
  QualityGate,
  SeenBuild,
  ServerAsks,
  ServerBuild,
  ServerItem,
  ServerNodes,
  SonarServer,
  UpstreamBuilds,
  WhichBuild,
} from './server-model/server-asks.ts';
export type { ImageBuilder, ImageBuilderKind } from './steps/image-builders.ts';

export { STEPS } from './steps/index.ts';
export type { AnyStep, Body, StepContext, StepDefinition } from './steps/step.ts';
export { defineStep } from './steps/step.ts';
export type { FlowNode, Tree, TreeEvent } from './tree/tree.ts';
