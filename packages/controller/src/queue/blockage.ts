/** Why a request has no executor: Queue.BuildableItem.getCauseOfBlockage, with Jenkins' words. */
import type { NodeState, Pool } from './pools.ts';
import type { Why } from './why.ts';
import { together, why } from './why.ts';

/** Asked for after the pass, when nothing of the pool is free any more. */
export function blockageOf(pool: Pool, all: readonly NodeState[]): Why {
  const { label, error } = pool;
  if (error !== null) return why('label-malformed', error.message, { label: error.expression, column: error.column, reason: error.reason });
  const nodes = pool.open();
  return label === null ? anywhere(nodes, all) : withLabel(label, nodes);
}

function withLabel(label: string, nodes: readonly NodeState[]): Why {
  const [first] = nodes;
  if (first === undefined) return why('label-unknown', `There are no nodes with the label ‘${label}’`, { label });
  if (nodes.length === 1) return blockageOn(first, label);
  const online = nodes.filter((s) => s.node.online);
  if (online.length === 0) return why('label-offline', `All nodes of label ‘${label}’ are offline`, { label, nodes: namesOf(nodes) });
  if (online.every((s) => !s.node.accepting)) return together('label-not-accepting', online.map(notAccepting), { label, nodes: namesOf(online) });
  return why('label-busy', `Waiting for next available executor on ‘${label}’`, { label });
}

/** For a request that this node alone can serve. */
export function blockageOn({ node }: NodeState, label: string | null): Why {
  const fields = { node: node.name, label };
  if (!node.online) return why('node-offline', `‘${node.name}’ is offline`, { ...fields, reason: node.offlineReason });
  if (!node.accepting) return why('node-not-accepting', `‘${node.name}’ is not accepting tasks`, { ...fields, reason: node.offlineReason });
  return why('node-busy', `Waiting for next available executor on ‘${node.name}’`, fields);
}

/** Jenkins has one sentence for nearly all of these; the code tells them apart. */
function anywhere(nodes: readonly NodeState[], all: readonly NodeState[]): Why {
  const waiting = 'Waiting for next available executor';
  const exclusive = all.filter((s) => s.node.mode === 'exclusive' && s.node.reservedFor === null);
  if (nodes.length === 0 && exclusive.length > 0) {
    const reserved = exclusive.map((s) => why('node-exclusive', `‘${s.node.name}’ is reserved for jobs with matching label expression`));
    return together('nodes-exclusive', reserved, { nodes: namesOf(exclusive) });
  }
  if (nodes.length === 0) return why('nodes-unknown', waiting);
  const online = nodes.filter((s) => s.node.online);
  if (online.length === 0) return why('nodes-offline', waiting, { nodes: namesOf(nodes) });
  if (online.every((s) => !s.node.accepting)) return together('nodes-not-accepting', online.map(notAccepting), { nodes: namesOf(online) });
  return why('nodes-busy', waiting);
}

function notAccepting(state: NodeState): Why {
  return why('node-not-accepting', `‘${state.node.name}’ is not accepting tasks`);
}
/** The first ones by name: a field, not a directory. */
function namesOf(states: readonly NodeState[]): string[] {
  return states
    .map((s) => s.node.name)
    .sort()
    .slice(0, 10);
}
