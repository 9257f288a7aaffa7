/**
 * Which nodes a request may run on, and of these the least loaded. Requests with the same label expression share a pool;
 * an expression is matched once for each distinct set of labels, and again only for the nodes that it names.
 */
import type { LabelExpression } from './label-expression.ts';
import { LabelExpressionError, labelText, parseLabelExpression } from './label-expression.ts';
import { LoadHeap } from './load-heap.ts';

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
  /** The cloud that it is of; left out: none. */
  readonly cloud?: string;
}

export class NodeState {
  readonly node: SchedulableNode;
  /** Among equally loaded nodes the lower one is taken: an order by a hash of the name, so that it is not always the same machine. */
  readonly rank: number;
  /** Held executors for each that it has. Fields, not methods: they are compared far more often than changed. */
  load: number;
  readonly loadAtFirst: number;
  isFree: boolean;
  private taken: number;
  private numbers: Set<number> | null = null;
  private next = 0;

  constructor(node: SchedulableNode, rank: number) {
    this.node = node;
    this.rank = rank;
    this.taken = node.busy.length;
    this.load = this.taken / node.executors;
    this.loadAtFirst = this.load;
    this.isFree = node.online && node.accepting && this.taken < node.executors;
  }
  /** The lowest free executor. */
  take(): number {
    this.numbers ??= new Set(this.node.busy);
    while (this.numbers.has(this.next)) this.next++;
    this.taken++;
    this.load = this.taken / this.node.executors;
    this.isFree = this.taken < this.node.executors;
    return this.next++;
  }
}

export class Pool {
  /** As Jenkins calls it; null: any node. */
  readonly label: string | null;
  readonly error: LabelExpressionError | null;
  /** 1 for each node that matches, by its rank; reserved ones are among them. */
  private readonly members: Uint8Array;
  private readonly nodes: Nodes;
  private heap: LoadHeap | null = null;

  constructor(nodes: Nodes, label: string | null, error: LabelExpressionError | null, members: Uint8Array) {
    this.nodes = nodes;
    this.label = label;
    this.error = error;
    this.members = members;
  }
  has(state: NodeState): boolean {
    return this.members[state.rank] === 1;
  }
  /** Those that anybody's request may get. */
  open(): NodeState[] {
    return this.nodes.byRank.filter((s) => this.has(s) && s.node.reservedFor === null);
  }
  /** A free one. */
  leastLoaded(): NodeState | null {
    this.heap ??= new LoadHeap(
      this.nodes.byRank,
      this.nodes.freeByLoad.filter((rank) => this.members[rank] === 1),
    );
    return this.heap.top();
  }
}

export class Nodes {
  readonly byName = new Map<string, NodeState>();
  private readonly reserved = new Map<string, NodeState[]>();
  readonly byRank: readonly NodeState[];
  /** Ranks of those that anybody may get and that were free when the pass began, the least loaded first. */
  readonly freeByLoad: readonly number[];
  /** Nodes with the same labels, whatever their names. */
  private readonly groups = new Map<string, { readonly labels: ReadonlySet<string>; readonly states: NodeState[] }>();
  private readonly pools = new Map<string | null, Pool>();

  constructor(nodes: readonly SchedulableNode[]) {
    const hashed = nodes.map((node) => ({ node, hash: hashOf(node.name) }));
    hashed.sort((a, b) => a.hash - b.hash || (a.node.name < b.node.name ? -1 : 1));
    this.byRank = hashed.map(({ node }, rank) => new NodeState(node, rank));
    this.freeByLoad = this.byRank
      .filter((s) => s.isFree && s.node.reservedFor === null)
      .sort((a, b) => a.load - b.load || a.rank - b.rank)
      .map((s) => s.rank);
    // Who gave nodes the same list need not have it compared each time.
    const keys = new Map<readonly string[], string>();
    for (const state of this.byRank) {
      const { name, labels, reservedFor } = state.node;
      this.byName.set(name, state);
      if (reservedFor !== null) this.reserved.set(reservedFor, [...this.reservedFor(reservedFor), state]);
      const key = keys.get(labels) ?? [...labels].sort().join('\n');
      keys.set(labels, key);
      const group = this.groups.get(key);
      if (group === undefined) this.groups.set(key, { labels: new Set(labels), states: [state] });
      else group.states.push(state);
    }
  }

  /** Those that were made for a request. */
  reservedFor(request: string): readonly NodeState[] {
    return this.reserved.get(request) ?? NONE;
  }
  pool(label: string | null): Pool {
    const known = this.pools.get(label);
    if (known !== undefined) return known;
    const pool = this.poolOf(label);
    this.pools.set(label, pool);
    return pool;
  }

  private poolOf(label: string | null): Pool {
    const members = new Uint8Array(this.byRank.length);
    if (label === null) {
      for (const s of this.byRank) if (s.node.mode === 'normal') members[s.rank] = 1;
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
    for (const { labels, states } of this.groups.values()) {
      if (expression.matches(labels)) for (const s of states) members[s.rank] = 1;
    }
    for (const name of expression.labels) {
      const named = this.byName.get(name);
      if (named !== undefined) members[named.rank] = expression.matches(new Set([...named.node.labels, name])) ? 1 : 0;
    }
    const [first] = expression.labels;
    const isOneLabel = expression.labels.size === 1 && expression.text === labelText(first as string);
    const pool = new Pool(this, isOneLabel ? (first as string) : expression.text, null, members);
    this.pools.set(expression.text, pool);
    return pool;
  }
}

const NONE: readonly NodeState[] = [];

/** FNV-1a */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
