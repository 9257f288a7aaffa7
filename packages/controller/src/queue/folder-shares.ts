/**
 * Folders' shares of clouds: how many nodes of a cloud the builds of the jobs below a folder may have at once. Kept to by the
 * provisioner, which makes nodes, and by the scheduler, which grants those that are kept for several builds. A job counts for
 * each of the folders around it.
 */

/** By cloud, then by folder. */
export type FolderCaps = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface TakenShare {
  readonly folder: string;
  readonly most: number;
}

export class FolderShares {
  private readonly caps: FolderCaps;
  /** By cloud, then by folder: names of nodes. */
  private readonly held = new Map<string, Map<string, Set<string>>>();

  constructor(caps: FolderCaps, held: FolderShares['held'] = new Map()) {
    this.caps = caps;
    for (const [cloud, folders] of held) this.held.set(cloud, new Map([...folders].map(([folder, nodes]) => [folder, new Set(nodes)])));
  }
  copy(): FolderShares {
    return new FolderShares(this.caps, this.held);
  }

  /** That job has the node, or a part of it. */
  take(cloud: string, node: string, job: string): void {
    for (const folder of this.capped(cloud, job)) {
      const folders = this.held.get(cloud) ?? new Map<string, Set<string>>();
      this.held.set(cloud, folders);
      folders.set(folder, (folders.get(folder) ?? new Set()).add(node));
    }
  }

  /** The folder that may have no further node of the cloud; null: the job may. `node`: a certain one, which it may have a part of already. */
  taken(cloud: string, job: string, node: string | null = null): TakenShare | null {
    for (const folder of this.capped(cloud, job)) {
      const nodes = this.held.get(cloud)?.get(folder);
      const most = this.caps.get(cloud)?.get(folder) as number;
      if ((nodes?.size ?? 0) >= most && (node === null || nodes?.has(node) !== true)) return { folder, most };
    }
    return null;
  }

  private capped(cloud: string, job: string): string[] {
    const caps = this.caps.get(cloud);
    return caps === undefined ? [] : [...caps.keys()].filter((folder) => job === folder || job.startsWith(`${folder}/`));
  }
}
