/** Where stages stand: one after the other from left to right, branches below each other, nested as they are. In cells. */
import type { Stage } from '../../api/shapes.ts';

export interface PlacedStage {
  readonly stage: Stage;
  readonly x: number;
  readonly y: number;
}
/** The name of what holds others: above them. */
export interface PlacedGroup {
  readonly stage: Stage;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}
export interface Graph {
  readonly stages: readonly PlacedStage[];
  readonly groups: readonly PlacedGroup[];
  /** From stage to stage, as indexes into `stages`. */
  readonly edges: readonly (readonly [number, number])[];
  readonly width: number;
  readonly height: number;
}

/** A row for a group's name, as a share of a cell. */
export const HEAD = 0.4;

interface Box {
  readonly width: number;
  readonly height: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

export function layout(stages: readonly Stage[]): Graph {
  const placed: PlacedStage[] = [];
  const groups: PlacedGroup[] = [];
  const edges: (readonly [number, number])[] = [];

  const sequence = (all: readonly Stage[], x: number, y: number): Box => {
    let width = 0,
      height = 0;
    let first: readonly number[] = [],
      last: readonly number[] = [];
    // On one line with the first row of those that hold others.
    const head = Math.max(0, ...all.map(headOf));
    for (const stage of all) {
      const down = head - headOf(stage);
      const box = one(stage, x + width, y + down);
      for (const from of last) for (const to of box.first) edges.push([from, to]);
      if (first.length === 0) first = box.first;
      last = box.last;
      width += box.width;
      height = Math.max(height, box.height + down);
    }
    return { width, height, first, last };
  };
  const one = (stage: Stage, x: number, y: number): Box => {
    if (stage.stages.length === 0) {
      const at = placed.push({ stage, x, y }) - 1;
      return { width: 1, height: 1, first: [at], last: [at] };
    }
    const isParallel = stage.stages.every((s) => s.kind === 'parallel');
    const top = y + HEAD;
    const inner = isParallel ? branches(stage.stages, x, top) : sequence(stage.stages, x, top);
    groups.push({ stage, x, y, width: inner.width });
    return { ...inner, height: inner.height + HEAD };
  };
  const branches = (all: readonly Stage[], x: number, y: number): Box => {
    let width = 0,
      height = 0;
    const first: number[] = [],
      last: number[] = [];
    for (const branch of all) {
      const box = one(branch, x, y + height);
      first.push(...box.first);
      last.push(...box.last);
      width = Math.max(width, box.width);
      height += box.height;
    }
    return { width, height, first, last };
  };

  const { width, height } = sequence(stages, 0, 0);
  return { stages: placed, groups, edges, width, height };
}

/** How far the names of what is around its first row take it down. */
function headOf({ stages }: Stage): number {
  if (stages.length === 0) return 0;
  const isParallel = stages.every((s) => s.kind === 'parallel');
  return HEAD + (isParallel ? headOf(stages[0] as Stage) : Math.max(...stages.map(headOf)));
}

/** The stage of that flow node, however deep. */
export function stageOf(stages: readonly Stage[], node: string | null): Stage | null {
  for (const stage of stages) {
    if (stage.node === node) return stage;
    const inner = stageOf(stage.stages, node);
    if (inner !== null) return inner;
  }
  return null;
}

/** What one wants to see first: what failed, else what runs, else the last. */
export function firstToShow(stages: readonly Stage[]): Stage | null {
  const leaves = stages.flatMap(function leavesOf(stage: Stage): Stage[] {
    return stage.stages.length === 0 ? [stage] : stage.stages.flatMap(leavesOf);
  });
  for (const status of ['failed', 'waiting', 'running', 'unstable', 'aborted'] as const) {
    const found = leaves.find((s) => s.status === status);
    if (found !== undefined) return found;
  }
  return leaves.at(-1) ?? null;
}
