/**
 * Stages, branches of `parallel` and steps, nested, from the flow nodes. A branch that holds one stage of its own name alone,
 * as Declarative makes them, is shown as that stage.
 */
import type { FlowNode } from '@millrace/pipeline';
import type { buildShapes, Stage } from '@millrace/protocol';
import type { z } from 'zod';

type Step = z.infer<typeof buildShapes.stageStep>;
type Status = Stage['status'];

export interface Stages {
  readonly stages: Stage[];
  /** Outside of all stages. */
  readonly steps: Step[];
}

const BRANCH = 'Branch: ';

/** `printing`: nodes with text in the log. */
export function stagesOf(nodes: readonly FlowNode[], printing: ReadonlySet<string>): Stages {
  const top: Stages = { stages: [], steps: [] };
  const places = new Map<string, Place>();
  for (const node of nodes) {
    const around = node.parent === null ? null : (places.get(node.parent) ?? null);
    const isStage = node.kind === 'body' && node.label !== null && (node.step === 'stage' || node.label.startsWith(BRANCH));
    const place: Place = isStage ? { stage: stageOf(node), marks: [], parent: around } : (around ?? { stage: null, marks: [], parent: null });
    places.set(node.id, place);
    if (isStage) (around?.stage?.stages ?? top.stages).push(place.stage as Stage);
    if (node.mark !== null) for (let at: Place | null = place; at !== null; at = at.parent) at.marks.push(node.mark.result);
    if (printing.has(node.id)) for (let at: Place | null = place; at !== null; at = at.parent) if (at.stage !== null) at.stage.log = true;
    if (node.kind === 'step') (place.stage?.steps ?? top.steps).push(stepOf(node, printing));
  }
  for (const { stage, marks } of new Set(places.values())) if (stage !== null) stage.status = marked(stage.status, marks);
  return { stages: top.stages.map(flat), steps: top.steps };
}

interface Place {
  readonly stage: MutableStage | null;
  readonly marks: string[];
  readonly parent: Place | null;
}
type MutableStage = { -readonly [K in keyof Stage]: Stage[K] };

function stageOf(node: FlowNode): MutableStage {
  const label = node.label as string;
  const isBranch = node.step !== 'stage';
  return {
    node: node.id,
    name: isBranch ? label.slice(BRANCH.length) : label,
    kind: isBranch ? 'parallel' : 'stage',
    status: declared(node) ?? statusOf(node),
    startedAt: node.startedAt,
    durationMs: durationOf(node),
    error: node.error,
    log: false,
    steps: [],
    stages: [],
  };
}

function stepOf(node: FlowNode, printing: ReadonlySet<string>): Step {
  return {
    node: node.id,
    step: node.step,
    label: node.label,
    status: node.mark === null ? statusOf(node) : marked(statusOf(node), [node.mark.result]),
    startedAt: node.startedAt,
    durationMs: durationOf(node),
    error: node.error,
    log: printing.has(node.id),
  };
}

function durationOf(node: FlowNode): number | null {
  return node.endedAt === null ? null : Math.max(0, node.endedAt - node.startedAt);
}

/** What Declarative says of its stages. */
function declared(node: FlowNode): Status | null {
  const mark = String(node.facts?.['status'] ?? '');
  return mark.startsWith('SKIPPED') ? 'skipped' : mark === 'FAILED_AND_CONTINUED' ? 'failed' : null;
}

const STATUS = { running: 'running', waiting: 'waiting', done: 'success', failed: 'failed', interrupted: 'aborted' } as const;
function statusOf(node: FlowNode): Status {
  return STATUS[node.state];
}

/** What steps inside have said of the stage: `unstable`, `catchError`. */
function marked(status: Status, marks: readonly string[]): Status {
  if (status !== 'success') return status;
  if (marks.includes('FAILURE')) return 'failed';
  if (marks.includes('ABORTED')) return 'aborted';
  if (marks.includes('UNSTABLE')) return 'unstable';
  return status;
}

function flat(stage: Stage): Stage {
  const stages = stage.stages.map(flat);
  const [only] = stages;
  if (stage.kind === 'parallel' && stages.length === 1 && only !== undefined && only.kind === 'stage' && only.name === stage.name && stage.steps.length === 0)
    return { ...only, kind: 'parallel', log: only.log || stage.log };
  return { ...stage, stages };
}
