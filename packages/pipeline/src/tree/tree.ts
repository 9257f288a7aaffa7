/**
 * The tree of a build: flow nodes with Jenkins' numbering. Start of the pipeline is 2; a step without a body is one node;
 * a block step is a start, for each run of its body a start and an end, and an end.
 */

import type { ResultName } from '../engine/build.ts';
import type { Json } from '../host.ts';

export type NodeState = 'running' | 'waiting' | 'done' | 'failed' | 'interrupted';

export interface FlowNode {
  readonly id: string;
  readonly kind: 'start' | 'end' | 'step' | 'block' | 'body' | 'body-end' | 'block-end';
  /** The step's name; of bodies their step's. */
  readonly step: string;
  /** `Build` of a stage, `Branch: a`, a script's text. */
  readonly label: string | null;
  /** The block around it; null at the top. */
  readonly parent: string | null;
  /** Of an end: its start. */
  readonly startId: string | null;
  readonly startedAt: number;
  endedAt: number | null;
  state: NodeState;
  /** Of the error that ended it. */
  error: string | null;
  /** A warning that the step set: `unstable`, `catchError`. */
  mark: { result: ResultName; message: string } | null;
  facts: { [name: string]: Json } | null;
}

export type TreeEvent = { readonly type: 'started' | 'changed' | 'ended'; readonly node: FlowNode };

export class Tree {
  readonly nodes: FlowNode[] = [];
  private readonly byId = new Map<string, FlowNode>();
  private count = 1;
  private readonly onEvent: ((event: TreeEvent) => void) | undefined;

  constructor(onEvent?: (event: TreeEvent) => void) {
    this.onEvent = onEvent;
  }

  add(node: Pick<FlowNode, 'kind' | 'step' | 'label' | 'parent'> & { startId?: string | null; at: number }): FlowNode {
    const ended = node.kind === 'body-end' || node.kind === 'block-end' || node.kind === 'end' || node.kind === 'start';
    const added: FlowNode = {
      id: String(++this.count),
      kind: node.kind,
      step: node.step,
      label: node.label,
      parent: node.parent,
      startId: node.startId ?? null,
      startedAt: node.at,
      endedAt: ended ? node.at : null,
      state: ended ? 'done' : 'running',
      error: null,
      mark: null,
      facts: null,
    };
    this.nodes.push(added);
    this.byId.set(added.id, added);
    this.onEvent?.({ type: 'started', node: added });
    return added;
  }
  get(id: string): FlowNode {
    return this.byId.get(id) as FlowNode;
  }
  end(node: FlowNode, at: number, state: 'done' | 'failed' | 'interrupted', error: string | null): void {
    node.endedAt = at;
    node.state = state;
    node.error = error;
    this.onEvent?.({ type: 'ended', node });
  }
  changed(node: FlowNode): void {
    this.onEvent?.({ type: 'changed', node });
  }
  /** Whether `id` is `ancestor` or inside of it. */
  isWithin(id: string | null, ancestor: string): boolean {
    for (let at = id; at !== null; at = this.get(at).parent) if (at === ancestor) return true;
    return false;
  }
}
