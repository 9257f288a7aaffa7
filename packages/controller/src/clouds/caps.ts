/**
 * The caps of clouds, templates, namespaces and folders. They are counted from what exists: nodes that have a row, ending or
 * not, and what a cloud shows beside, such as a machine that takes its time to go. Nothing else is remembered, so nothing leaks,
 * and all controllers count the same. Pure.
 *
 * A folder's cap is of one cloud, as the others are: machines of one cloud cost and mean other things than those of the next,
 * and a chain of clouds goes on where the share of the first is taken.
 */
import type { FolderCaps } from '../queue/folder-shares.ts';
import { FolderShares } from '../queue/folder-shares.ts';
import type { Why } from '../queue/why.ts';
import { why } from '../queue/why.ts';
import type { Cloud, Counted, Offer } from './cloud.ts';
import type { CloudNode, CloudView } from './provision.ts';

/** One that has been reached. */
export interface FullCap {
  readonly of: 'cloud' | 'template' | 'namespace' | 'folder';
  /** Of the template, namespace or folder. */
  readonly name: string;
  readonly most: number;
}

export function folderCapsOf(clouds: readonly Pick<Cloud, 'name' | 'caps'>[]): FolderCaps {
  return new Map(clouds.flatMap(({ name, caps }) => (caps === undefined || caps.folders.size === 0 ? [] : [[name, caps.folders] as const])));
}

export class CapCounts {
  private readonly counts: Map<string, number>;
  private readonly shares: FolderShares;
  private made = 0;

  private constructor(counts: ReadonlyMap<string, number>, shares: FolderShares) {
    this.counts = new Map(counts);
    this.shares = shares;
  }

  static of(clouds: readonly CloudView[], nodes: readonly CloudNode[]): CapCounts {
    const all = new CapCounts(new Map(), new FolderShares(folderCapsOf(clouds)));
    for (const { cloud, name, template, namespace, jobs } of nodes) all.count(cloud, name, { template, namespace, isOwn: true }, jobs);
    const known = new Set(nodes.map((n) => keyOf(n.cloud, 'node', n.name)));
    for (const { name: cloud, observed } of clouds)
      for (const { name, state, counted = state === 'gone' ? null : UNMARKED } of observed?.list ?? []) {
        if (counted === null || known.has(keyOf(cloud, 'node', name))) continue;
        all.count(cloud, name, counted, counted.job === null ? [] : [counted.job]);
      }
    return all;
  }
  /** To see what would be, without its being so. */
  copy(): CapCounts {
    return new CapCounts(this.counts, this.shares.copy());
  }

  /** One of them is to be made, or given to that job. */
  more(cloud: string, { template, namespace }: Offer, job: string | null): void {
    this.count(cloud, `to be made ${this.made++}`, { template, namespace: namespace ?? null, isOwn: true }, job === null ? [] : [job]);
  }
  give(cloud: string, node: string, job: string): void {
    this.shares.take(cloud, node, job);
  }

  /** The first of the caps that leaves no room for one more; null: there is room. `job` null: it is for nobody's request. */
  full(cloud: CloudView, offer: Offer, job: string | null): FullCap | null {
    return this.room(cloud, offer) ?? (job === null ? null : this.folder(cloud.name, job));
  }
  /** Without folders: what a machine of any job's has to do with. */
  room({ name: cloud, cap, caps }: CloudView, { template, cap: most, namespace }: Offer): FullCap | null {
    if (cap !== null && this.of(cloud) >= cap) return { of: 'cloud', name: cloud, most: cap };
    if (most !== null && this.of(keyOf(cloud, 'template', template)) >= most) return { of: 'template', name: template, most };
    const share = namespace === undefined ? undefined : caps?.namespaces.get(namespace);
    if (namespace !== undefined && share !== undefined && this.of(keyOf(cloud, 'namespace', namespace)) >= share)
      return { of: 'namespace', name: namespace, most: share };
    return null;
  }
  /** `node`: one that is there, and of which the folder may have a part already. */
  folder(cloud: string, job: string, node: string | null = null): FullCap | null {
    const taken = this.shares.taken(cloud, job, node);
    return taken === null ? null : { of: 'folder', name: taken.folder, most: taken.most };
  }

  private count(cloud: string, node: string, { template, namespace, isOwn }: Omit<Counted, 'job'>, jobs: readonly string[]): void {
    if (namespace !== null) this.add(keyOf(cloud, 'namespace', namespace));
    if (!isOwn) return;
    this.add(cloud);
    if (template !== null) this.add(keyOf(cloud, 'template', template));
    for (const job of jobs) this.shares.take(cloud, node, job);
  }
  private add(key: string): void {
    this.counts.set(key, this.of(key) + 1);
  }
  private of(key: string): number {
    return this.counts.get(key) ?? 0;
  }
}

/** Whether a node less would leave room under that cap of its cloud; a folder has no part of those that are asked about. */
export function isWithin({ template, namespace }: CloudNode, { of, name }: FullCap): boolean {
  return of === 'cloud' || (of === 'template' && template === name) || (of === 'namespace' && namespace === name);
}

const UNMARKED: Counted = { isOwn: true, template: null, namespace: null, job: null };

function keyOf(cloud: string, what: 'node' | 'template' | 'namespace', name: string): string {
  return `${cloud}\n${what}\n${name}`;
}

/** Names the cap, and the setting that it comes from. */
export function whyFull(cloud: string, { of, name, most }: FullCap, fields: Why['fields']): Why {
  const words = {
    cloud: `${cloud} has as many nodes as it may have (cap: ${most})`,
    template: `${cloud} has as many nodes of the template ${name} as it may have (instanceCap: ${most})`,
    namespace: `${cloud} has as many nodes in the namespace ${name} as it may have (caps.namespaces: ${most})`,
    folder: `builds of the folder ${name} have as many nodes of ${cloud} as they may have (caps.folders: ${most})`,
  };
  return why('cloud-full', words[of], { ...fields, cap: of, ...(of === 'cloud' ? {} : { [of]: name }), most });
}
