/**
 * What a Jenkinsfile says about its job before anything of it has run: parameters, triggers and options of a Declarative
 * Pipeline, as far as they are constants, and the names of its stages. A scripted one says nothing until it runs.
 */
import { parse } from '@millrace/groovy';
import type { AgentDescriptor, ToolDescriptor } from '../declarative/descriptors.ts';
import type { MethodCall } from '../declarative/index.ts';
import { defaultDescriptors, readPipelines, stepDescriptors } from '../declarative/index.ts';
import type { Json } from '../host.ts';
import { STEPS } from '../steps/index.ts';
import { describedCall } from './constant-json.ts';
import type { JobProperties } from './job-properties.ts';
import { readJobProperties } from './job-properties.ts';

export interface DeclaredJob {
  readonly declarative: boolean;
  readonly properties: JobProperties;
  /** The names of the top-level stages, in order. */
  readonly stages: readonly string[];
  /** Whether one of `options`, `triggers`, `parameters` holds something that only a build finds out. */
  readonly complete: boolean;
}

/** Throws CompilationError where the file is no Groovy, or its Declarative Pipeline is not right. */
export function readJenkinsfile(text: string, tools: readonly ToolDescriptor[] = [], agents: readonly AgentDescriptor[] = []): DeclaredJob {
  const descriptors = defaultDescriptors(stepDescriptors(STEPS.filter((step) => step.name !== 'script')), tools, [], agents);
  const [model] = readPipelines(parse(text, 'WorkflowScript'), descriptors);
  if (model === undefined) return { declarative: false, properties: readJobProperties([]), stages: [], complete: true };
  let complete = true;
  const read = (calls: readonly MethodCall[]): readonly Json[] =>
    calls.flatMap(({ expression }) => {
      const json =
        expression === null
          ? undefined
          : describedCall(expression, () => {
              complete = false;
            });
      if (json === undefined) complete = false;
      return json ?? [];
    });
  const ofSteps = new Set(STEPS.map((step) => step.name));
  const options = (model.options?.options ?? []).filter(({ name }) => name !== null && !ofSteps.has(name) && !OF_THE_BUILD.has(name));
  const properties = [
    ...read(options),
    { $symbol: 'pipelineTriggers', triggers: read(model.triggers?.triggers ?? []) },
    { $symbol: 'parameters', parameterDefinitions: read(model.parameters?.parameters ?? []) },
  ];
  return { declarative: true, properties: readJobProperties(properties), stages: (model.stages?.stages ?? []).map((stage) => stage.name), complete };
}

/** Options that concern how a build runs, and not its job. */
const OF_THE_BUILD: ReadonlySet<string> = new Set([
  'checkoutToSubdirectory',
  'newContainerPerStage',
  'parallelsAlwaysFailFast',
  'skipDefaultCheckout',
  'skipStagesAfterUnstable',
]);
