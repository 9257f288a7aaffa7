/**
 * Restart of a Declarative Pipeline from one of its top-level stages. Follows RestartDeclarativePipelineAction of
 * pipeline-model-definition: the new build runs the old one's Jenkinsfile with its parameters, and its stages before that
 * one are skipped (`Stage "X" skipped due to this build restarting at stage "Y"`). Where the job has `preserveStashes`, the
 * server gives the new build the old one's stashes before it begins.
 */
import type { BuildFacts } from '../engine/build.ts';
import type { FlowNode } from '../tree/tree.ts';
import type { DeclaredJob } from './read-jenkinsfile.ts';

export interface FinishedBuild {
  /** `job #5`: in messages. */
  readonly name: string;
  readonly declared: Pick<DeclaredJob, 'declarative' | 'stages' | 'properties'>;
  readonly nodes: readonly Pick<FlowNode, 'kind' | 'step' | 'label' | 'facts'>[];
}

/**
 * The stages that the build may be restarted from, in their order; none where it is no Declarative Pipeline or says
 * `disableRestartFromStage()`. As in Jenkins, those that it skipped for a failure or an unstable result are not among
 * them, those that a `when` skipped are.
 */
export function restartableStages({ declared, nodes }: Omit<FinishedBuild, 'name'>): readonly string[] {
  if (!declared.declarative || declared.properties.disableRestartFromStage) return [];
  const skipped = new Set<string | null>();
  for (const { kind, step, label, facts } of nodes) {
    const status = facts?.['status'];
    if (kind === 'body' && step === 'stage' && (status === 'SKIPPED_FOR_FAILURE' || status === 'SKIPPED_FOR_UNSTABLE')) skipped.add(label);
  }
  return declared.stages.filter((stage) => !skipped.has(stage));
}

/** Jenkins' words about why the build cannot be restarted at that stage; null where it can. */
export function restartRefusal(build: FinishedBuild, stage: string | null): string | null {
  if (stage === null || stage === '') return 'Stage name cannot be null or an empty string.';
  if (!build.declared.declarative) return `${build.name} was not a Declarative Pipeline, and cannot be restarted.`;
  if (!restartableStages(build).includes(stage)) return `Stage ${stage} is not present in the top-level stages for ${build.name}, so cannot be restarted.`;
  return null;
}

export const RESTART_CAUSE_TYPE = 'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause';

/**
 * The facts of the new build. `original`: as the old journal's header has them, with its secrets sealed. `next`: what is the
 * new build's own; its causes (who restarted it) come before that of the restart.
 */
export function restartedFacts(
  original: BuildFacts,
  stage: string,
  next: Pick<BuildFacts, 'number' | 'startedAt' | 'causes' | 'env' | 'previous'> & Partial<BuildFacts>,
): BuildFacts {
  const restart = {
    text: `Restarted from build #${original.number}, stage ${stage}`,
    type: RESTART_CAUSE_TYPE,
    data: { originRunNumber: original.number, originStage: stage },
  };
  return { ...original, ...next, stashes: next.stashes ?? [], causes: [...next.causes, restart] };
}
