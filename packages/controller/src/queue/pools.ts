/**
 * Which nodes a request may run on, and of these the least loaded. Requests with the same label expression share a pool;
 * an expression is matched once for each distinct set of labels, and again only for the nodes that it names.
 *
 * A pool's nodes lie in a heap by load. Loads only grow within a pass, so an entry whose load is out of date is put right
 * when it comes to the top, and a node without a free executor is dropped there.
 */
import { Heap } from './heap.ts';
import type { LabelExpression } from './label-expression.ts';
import { LabelExpressionError, labelText, parseLabelExpression } from './label-expression.ts';

export interface SchedulableNode {
  readonly name: string;
  /** Its name is one of them without being listed. */
  readonly labels: readonly string[];
  readonly executors: number;
  /** An exclusive one serves only requests with a label expression that matches (Node.canTake). */
  readonly mode: 'normal' | 'exclusive';
  readonly online: boolean;
  /** False: temporarily offline, suspended or draining. */
  readonly accepting: boolean;
  /** Why it is offline or does not accept. */
  readonly offlineReason: string | null;
  /** Numbers of the executors that are held; some may lie beyond `executors` where these have become fewer. */
  readonly busy: readonly number[];
  /** A cloud's node for one build: the request that it was made for. It serves no other. */
  readonly reservedFor: string | null;
}

export class NodeState {
  readonly node: SchedulableNode;
  readonly index: number;
  private readonly hash: number;
  private taken: number;
  private numbers: Set<number> | null = null;
  private next = 0;

  constructor(node: SchedulableNode, index: number) {
    this.node = node;
    this.index = index;
    this.hash = hashOf(node.name);
    this.taken = node.busy.length;
  }
  get load(): number {
    return this.taken / this.node.executors;
  }
  get isFree(): boolean {
    return this.node.online && this.node.accepting && this.taken < this.node.executors;
  }
  /** The lowest free executor. */
  take(): number {
    this.numbers ??= new Set(this.node.busy);
    while (this.numbers.has(this.next)) this.next++;
    this.taken++;
    return this.next++;
  }
  /** Among equally loaded ones by a hash of the name, so that not always the same node comes first. */
  isBefore(other: NodeState, load = this.load, otherLoad = other.load): boolean {
    const first = load - otherLoad || this.hash - other.hash;
    return first !== 0 ? first < 0 : this.node.name < other.node.name;
  }
}

interface Entry {
  readonly state: NodeState;
  load: number;
}

export class Pool {
  /** As Jenkins calls it; null: any node. */
  readonly label: string | null;
  readonly error: LabelExpressionError | null;
  /** 1 for each node that matches, by its index; reserved ones are among them. */
  private readonly members: Uint8Array;
  private readonly nodes: Nodes;
  private heap: Heap<Entry> | null = null;

  constructor(nodes: Nodes, label: string | null, error: LabelExpressionError | null, members: Uint8Array) {
    this.nodes = nodes;
    this.label = label;
    this.error = error;
    this.members = members;
  }
  has(state: NodeState): boolean {
    return this.members[state.index] === 1;
  }
  /** Those that anybody's request may get, in no order that matters. */
  open(): NodeState[] {
    return this.nodes.byLoad.filter((s) => this.has(s) && s.node.reservedFor === null);
  }
  leastLoaded(): NodeState | null {
    this.heap ??= new Heap<Entry>(
      (a, b) => a.state.isBefore(b.state, a.load, b.load),
      this.open()
        .filter((s) => s.isFree)
        .map((state) => ({ state, load: state.load }))
        .sort((a, b) => (a.state.isBefore(b.state, a.load, b.load) ? -1 : 1)),
    );
    for (let top = this.heap.top(); top !== undefined; top = this.heap.top()) {
      if (!top.state.isFree) this.heap.pop();
      else if (top.load !== top.state.load) {
        top.load = top.state.load;
        this.heap.sink();
      } else return top.state;
    }
    return null;
  }
}

export class Nodes {
  readonly byName = new Map<string, NodeState>();
  readonly reservedFor = new Map<string, NodeState>();
  readonly byLoad: readonly NodeState[];
  /** Nodes with the same labels, whatever their names. */
  private readonly groups = new Map<string, { readonly labels: ReadonlySet<string>; readonly states: NodeState[] }>();
  private readonly pools = new Map<string | null, Pool>();

  constructor(nodes: readonly SchedulableNode[]) {
    this.byLoad = nodes.map((node, i) => new NodeState(node, i)).sort((a, b) => (a.isBefore(b) ? -1 : 1));
    for (const state of this.byLoad) {
      const { name, labels, reservedFor } = state.node;
      this.byName.set(name, state);
      if (reservedFor !== null) this.reservedFor.set(reservedFor, state);
      const key = [...labels].sort().join('\n');
      const group = this.groups.get(key);
      if (group === undefined) this.groups.set(key, { labels: new Set(labels), states: [state] });
      else group.states.push(state);
    }
  }

  pool(label: string | null): Pool {
    const known = this.pools.get(label);
    if (known !== undefined) return known;
    const pool = this.poolOf(label);
    this.pools.set(label, pool);
    return pool;
  }

  private poolOf(label: string | null): Pool {
    const members = new Uint8Array(this.byLoad.length);
    if (label === null) {
      for (const s of this.byLoad) if (s.node.mode === 'normal') members[s.index] = 1;
      return new Pool(this, null, null, members);
    }
    let expression: LabelExpression;
    try {
      expression = parseLabelExpression(label);
    } catch (e) {
      if (!(e instanceof LabelExpressionError)) throw e;
      return new Pool(this, label, e, members);
    }
    const normal = this.pools.get(expression.text);
    if (normal !== undefined && normal.error === null) return normal;
    for (const { labels, states } of this.groups.values()) if (expression.matches(labels)) for (const s of states) members[s.index] = 1;
    for (const name of expression.labels) {
      const named = this.byName.get(name);
      if (named !== undefined) members[named.index] = expression.matches(new Set([...named.node.labels, name])) ? 1 : 0;
    }
    const [first] = expression.labels;
    const isOneLabel = expression.labels.size === 1 && expression.text === labelText(first as string);
    const pool = new Pool(this, isOneLabel ? (first as string) : expression.text, null, members);
    this.pools.set(expression.text, pool);
    return pool;
  }
}

/** FNV-1a */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
