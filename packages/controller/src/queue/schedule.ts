/**
 * One pass of the scheduler: which request gets which executor, and why the others wait. A pure function of what the
 * database says; the holder of the duty `scheduler` runs it and writes the grants.
 *
 * - A node made for a request serves it and nobody else. A request without a label fits every normal node, one with a
 *   label every node that matches, exclusive or not.
 * - Who is tried first: `fair-order.ts`. Where: the node made for it, the node that has the job's workspace, else the
 *   least loaded; of a node the lowest free executor.
 * - A folder whose share of a cloud is taken gets no further node of it (folder-shares.ts).
 * - Each request is tried once. That is enough: within a pass executors only become fewer, so what could not be served
 *   cannot be later. Hence no request waits that a free executor fits.
 * - The order of the input's lists plays no part.
 *
 * Cost: about n log n in requests, and nodes once for each distinct label expression (bench/scheduling.ts).
 */
import { blockageOf, blockageOn } from './blockage.ts';
import type { FairRequest, Shares } from './fair-order.ts';
import { inFairOrder } from './fair-order.ts';
import type { FolderShares, TakenShare } from './folder-shares.ts';
import type { NodeState, Pool, SchedulableNode } from './pools.ts';
import { Nodes } from './pools.ts';
import type { Why } from './why.ts';
import { why } from './why.ts';

export interface NodeRequest extends FairRequest {
  readonly buildId: string;
  readonly label: string | null;
  /** The node that had the job's workspace last. */
  readonly lastNode: string | null;
  /** No other node will do, whatever the label says. */
  readonly onlyNode?: string;
  /** Of `throttle([…])` around the `node`. */
  readonly categories?: readonly string[];
}
/** throttle-concurrents' limits: `maximum` 0 is none. */
export interface Category {
  readonly maximum: number;
  readonly running: number;
}
export interface ScheduleInput {
  readonly requests: readonly NodeRequest[];
  readonly nodes: readonly SchedulableNode[];
  readonly shares: Shares;
  readonly categories?: ReadonlyMap<string, Category>;
  /** Folders' shares of clouds, with the nodes that are taken. */
  readonly folders?: FolderShares;
}
export interface Grant {
  readonly request: string;
  readonly node: string;
  readonly executor: number;
}
export interface Schedule {
  readonly grants: readonly Grant[];
  readonly waiting: readonly { readonly request: string; readonly why: Why }[];
}

export function schedule({ requests, nodes, shares, categories, folders }: ScheduleInput): Schedule {
  const all = new Nodes(nodes);
  const open = new OpenNodes(folders?.copy() ?? null);
  const grants: Grant[] = [];
  const left: { readonly request: NodeRequest; readonly why: Why | null }[] = [];
  const throttles = new Map([...(categories ?? [])].map(([name, { maximum, running }]) => [name, { category: name, maximum, running }]));

  inFairOrder(requests, shares, (request) => {
    const limits = request.categories?.flatMap((name) => throttles.get(name) ?? []) ?? [];
    const full = limits.find((c) => c.maximum > 0 && c.running >= c.maximum);
    const state = full === undefined ? placeFor(request, all, open) : null;
    if (state === null) {
      left.push({
        request,
        why:
          full === undefined
            ? open.reason(request, all.pool(request.label))
            : why('category-full', `Already running ${full.running} builds across all nodes`, { ...full }),
      });
      return false;
    }
    open.take(request, state);
    grants.push({ request: request.id, node: state.node.name, executor: state.take() });
    for (const limit of limits) limit.running++;
    return true;
  });

  // One reason for all requests of a pool; told after the pass, when it is known what is free.
  const reasons = new Map<Pool, Why>();
  const reason = (request: NodeRequest): Why => {
    if (request.onlyNode !== undefined) return withoutOnlyNode(request.onlyNode, all);
    const pool = all.pool(request.label),
      own = all.reservedFor(request.id).find((state) => pool.has(state));
    if (own !== undefined) return blockageOn(own, request.label);
    const known = reasons.get(pool) ?? blockageOf(pool, all.byRank);
    reasons.set(pool, known);
    return known;
  };
  return { grants, waiting: left.map(({ request, why }) => ({ request: request.id, why: why ?? reason(request) })) };
}

function placeFor(request: NodeRequest, all: Nodes, open: OpenNodes): NodeState | null {
  if (request.onlyNode !== undefined) {
    const only = all.byName.get(request.onlyNode);
    return only !== undefined && isFreeFor(request, only) && open.has(request, only) ? only : null;
  }
  const pool = all.pool(request.label);
  for (const own of all.reservedFor(request.id)) if (own.isFree && pool.has(own)) return own;
  const last = request.lastNode === null ? undefined : all.byName.get(request.lastNode);
  if (last !== undefined && isFreeFor(request, last) && pool.has(last) && open.has(request, last)) return last;
  const least = pool.leastLoaded();
  return least === null || open.has(request, least) ? least : open.leastLoaded(request, pool);
}

/** Nodes that a request's folders may have, whose share of a cloud may be taken. What is made for a request was counted by then. */
class OpenNodes {
  private readonly folders: FolderShares | null;
  /** By pool and job, where there is none: why. Within a pass there will be none either. */
  private readonly closed = new Map<Pool, Map<string, Why>>();
  constructor(folders: FolderShares | null) {
    this.folders = folders;
  }
  has({ job }: NodeRequest, state: NodeState): boolean {
    return this.shareOf(job, state) === null;
  }
  /** For a request that the least loaded one of all is closed to. */
  leastLoaded(request: NodeRequest, pool: Pool): NodeState | null {
    const { job } = request;
    const closed = this.closed.get(pool) ?? new Map<string, Why>();
    this.closed.set(pool, closed);
    if (closed.has(job)) return null;
    const free = pool.open().filter((state) => state.isFree);
    const [least] = free.filter((state) => this.has(request, state)).sort((a, b) => a.load - b.load || a.rank - b.rank);
    if (least !== undefined) return least;
    for (const state of free.slice(0, 1)) {
      const { folder, most } = this.shareOf(job, state) as TakenShare;
      const { cloud = '' } = state.node;
      const words = `builds of the folder ${folder} have as many nodes of ${cloud} as they may have (caps.folders: ${most})`;
      closed.set(job, why('folder-full', words, { cloud, folder, most }));
    }
    return null;
  }
  /** Null: shares have nothing to do with it. */
  reason({ job }: NodeRequest, pool: Pool): Why | null {
    return this.closed.get(pool)?.get(job) ?? null;
  }
  take({ job }: NodeRequest, { node: { cloud, name } }: NodeState): void {
    if (cloud !== undefined) this.folders?.take(cloud, name, job);
  }
  private shareOf(job: string, { node: { cloud, name } }: NodeState): TakenShare | null {
    return cloud === undefined ? null : (this.folders?.taken(cloud, job, name) ?? null);
  }
}

function isFreeFor(request: NodeRequest, { isFree, node }: NodeState): boolean {
  return isFree && (node.reservedFor === null || node.reservedFor === request.id);
}

function withoutOnlyNode(name: string, all: Nodes): Why {
  const state = all.byName.get(name);
  return state === undefined ? why('node-unknown', `There are no nodes with the label ‘${name}’`, { node: name, label: name }) : blockageOn(state, null);
}
