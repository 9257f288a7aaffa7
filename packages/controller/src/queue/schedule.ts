/**
 * Who gets which executor: a pure function of what waits and what is there. The rules:
 *
 * - A node serves what its labels satisfy, while it is online and accepts; an exclusive node only what names a label. A
 *   cloud's node that was made for one request serves that one alone.
 * - Order: the higher priority; then the folder, and in it the job, that holds the least for its weight (fair shares); then
 *   who waits longest.
 * - A job returns to the node that has its workspace where that has room; else to the least loaded one.
 * - Whoever can be served is served: nobody waits behind one that needs something else.
 *
 * Cost. Requests with the same label expression form a group, and each expression is matched once for each distinct set of
 * labels. Within a group, what is next is found by a heap over its jobs; so a pass costs about (requests + nodes) · log.
 */
import type { LabelExpression } from './label-expression.ts';
import { parseLabelExpression } from './label-expression.ts';
import { RequestQueue } from './request-queue.ts';
import type { Why } from './why.ts';

export interface ScheduleRequest {
  readonly id: string;
  /** Full name; its folder is what stands before the last `/`. */
  readonly job: string;
  readonly label: string | null;
  readonly priority: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The nodes that have a workspace of the job, last used first. */
  readonly lastNodes: readonly number[];
}

export interface ScheduleNode {
  readonly id: number;
  readonly name: string;
  readonly labels: readonly string[];
  readonly executors: number;
  readonly mode: 'normal' | 'exclusive';
  readonly online: boolean;
  /** Not temporarily offline, not to be disconnected. */
  readonly accepting: boolean;
  /** The numbers of its executors that are held. */
  readonly busy: readonly number[];
  /** The one request that it was made for; null: any. */
  readonly reservedFor: string | null;
}

export interface ScheduleInput {
  readonly requests: readonly ScheduleRequest[];
  readonly nodes: readonly ScheduleNode[];
  /** Executors held now, by job. */
  readonly held: ReadonlyMap<string, number>;
  /** Of folders; 1 where there is none. */
  readonly weights: ReadonlyMap<string, number>;
}

export interface Grant {
  readonly request: string;
  readonly nodeId: number;
  readonly executor: number;
}

export interface ScheduleResult {
  readonly grants: readonly Grant[];
  readonly waiting: readonly { readonly request: string; readonly why: Why }[];
}

interface NodeState {
  readonly node: ScheduleNode;
  readonly labels: ReadonlySet<string>;
  readonly free: number[];
}

export function schedule(input: ScheduleInput): ScheduleResult {
  const groups = groupRequests(input);
  const states = input.nodes
    .filter((n) => n.online && n.accepting && n.busy.length < n.executors)
    .map((node): NodeState => ({ node, labels: labelsOf(node), free: freeExecutors(node) }));
  const candidates = new Map<string | null, NodeState[]>();
  for (const [label, group] of groups)
    candidates.set(
      label,
      states.filter((s) => serves(s, label, group.expression)),
    );
  const queue = new RequestQueue(input);
  const grants: Grant[] = [];
  const waiting: ScheduleRequest[] = [];
  const exhausted = new Set<string | null>();
  for (let request = queue.next(); request !== null; request = queue.next()) {
    const { label } = request;
    const chosen = exhausted.has(label) && !hasReserved(states, request) ? null : choose(candidates.get(label) ?? [], request);
    if (chosen === null) {
      // Nobody else with that expression can be served either, but for those with a node of their own.
      exhausted.add(label);
      waiting.push(request);
      queue.waits(request);
      continue;
    }
    grants.push({ request: request.id, nodeId: chosen.node.id, executor: chosen.free.shift() as number });
    queue.served(request);
  }
  const reasons = new Map<string | null, Why>();
  return {
    grants,
    waiting: waiting.map((request) => {
      let why = reasons.get(request.label);
      if (why === undefined) {
        why = reasonFor(request.label, groups.get(request.label)?.expression ?? null, input.nodes);
        reasons.set(request.label, why);
      }
      return { request: request.id, why };
    }),
  };
}

function groupRequests(input: ScheduleInput): Map<string | null, { readonly expression: LabelExpression | null }> {
  const groups = new Map<string | null, { readonly expression: LabelExpression | null }>();
  for (const { label } of input.requests) if (!groups.has(label)) groups.set(label, { expression: label === null ? null : expressionOf(label) });
  return groups;
}

/** What cannot be parsed was refused when it was asked for; a row that holds it all the same matches nothing. */
function expressionOf(label: string): LabelExpression {
  try {
    return parseLabelExpression(label);
  } catch {
    return { text: label, labels: new Set([label]), matches: () => false };
  }
}

function labelsOf(node: ScheduleNode): ReadonlySet<string> {
  return new Set([...node.labels, node.name]);
}

function serves({ node, labels }: NodeState, label: string | null, expression: LabelExpression | null): boolean {
  if (label === null || expression === null) return node.mode === 'normal';
  return expression.matches(labels);
}

function freeExecutors(node: ScheduleNode): number[] {
  const busy = new Set(node.busy);
  return Array.from({ length: node.executors }, (_, i) => i).filter((i) => !busy.has(i));
}

function hasReserved(states: readonly NodeState[], request: ScheduleRequest): boolean {
  return states.some((s) => s.node.reservedFor === request.id && s.free.length > 0);
}

function choose(states: readonly NodeState[], request: ScheduleRequest): NodeState | null {
  let best: NodeState | null = null,
    bestRank = Number.POSITIVE_INFINITY;
  for (const state of states) {
    const { node, free } = state;
    if (free.length === 0 || (node.reservedFor !== null && node.reservedFor !== request.id)) continue;
    if (node.reservedFor === request.id) return state;
    const last = request.lastNodes.indexOf(node.id);
    // Below 0: it has the workspace. Else the part of its executors that is in use.
    const rank = last >= 0 ? last - request.lastNodes.length : (node.executors - free.length) / node.executors;
    if (
      rank < bestRank ||
      (rank === bestRank && best !== null && (node.executors > best.node.executors || (node.executors === best.node.executors && node.name < best.node.name)))
    ) {
      best = state;
      bestRank = rank;
    }
  }
  return best;
}

/** In the words of hudson.model.queue.CauseOfBlockage. */
function reasonFor(label: string | null, expression: LabelExpression | null, nodes: readonly ScheduleNode[]): Why {
  const suiting = nodes.filter((node) => (expression === null ? node.mode === 'normal' : expression.matches(labelsOf(node))));
  const [only] = suiting;
  if (only === undefined) {
    return label === null
      ? waiting('no nodes', 'There are no nodes', {})
      : waiting('label without nodes', `There are no nodes with the label ‘${label}’`, { label });
  }
  const online = suiting.filter((node) => node.online && node.accepting);
  if (online.length === 0) {
    return suiting.length === 1
      ? waiting('node offline', `‘${shown(only)}’ is offline`, { node: only.name })
      : waiting('all nodes offline', label === null ? 'All nodes are offline' : `All nodes of label ‘${label}’ are offline`, label === null ? {} : { label });
  }
  if (online.length === 1)
    return waiting('node busy', `Waiting for next available executor on ‘${shown(online[0] as ScheduleNode)}’`, { node: (online[0] as ScheduleNode).name });
  return waiting(
    'nodes busy',
    label === null ? 'Waiting for next available executor' : `Waiting for next available executor on ‘${label}’`,
    label === null ? {} : { label },
  );
}

function shown(node: ScheduleNode): string {
  return node.name === 'built-in' ? 'Built-In Node' : node.name;
}
function waiting(code: string, message: string, fields: Why['fields']): Why {
  return { state: 'waiting', code, message, fields };
}
