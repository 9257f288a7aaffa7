/**
 * In which order requests are tried: the highest priority first; within it the folder that holds the fewest executors for
 * its weight, in that folder the job that does, in that job the oldest. What is granted meanwhile counts at once, so equals
 * take turns. Each request comes once. Which executors there are plays no part here.
 */
import { Heap } from './heap.ts';

export interface FairRequest {
  readonly id: string;
  /** The job's full name. */
  readonly job: string;
  /** The folder's full name; empty at the top. */
  readonly folder: string;
  /** More goes first. */
  readonly priority: number;
  /** Milliseconds since 1970. */
  readonly since: number;
}
/** How many executors are held now, by full name. A job and a folder never have the same name, so one map holds both. */
export interface Shares {
  readonly held: ReadonlyMap<string, number>;
  /** Above 0; 1 where nothing is said. Twice the weight is twice the executors. */
  readonly weights?: ReadonlyMap<string, number>;
}

/** Requests in line, a job's or a folder's, and how far it is from its share. */
class Line {
  readonly name: string;
  private readonly weight: number;
  private held: number;
  /** Kept as fields, for they are compared far more often than changed. */
  share: number;
  since = 0;
  constructor(name: string, { weights }: Shares, held: number) {
    const weight = weights?.get(name) ?? 1;
    this.name = name;
    this.weight = weight > 0 ? weight : 1;
    this.held = held;
    this.share = held / this.weight;
  }
  granted(): number {
    this.held++;
    this.share = this.held / this.weight;
    return this.held;
  }
}
class JobLine<R extends FairRequest> extends Line {
  readonly requests: R[] = [];
  at = 0;
}
class FolderLine<R extends FairRequest> extends Line {
  readonly byName = new Map<string, JobLine<R>>();
  readonly jobs = new Heap<JobLine<R>>(isBefore);
}
function isBefore(a: Line, b: Line): boolean {
  if (a.share !== b.share) return a.share < b.share;
  return a.since !== b.since ? a.since < b.since : a.name < b.name;
}

/** Tries each request once and hears whether it was granted. */
export function inFairOrder<R extends FairRequest>(requests: readonly R[], shares: Shares, tryOne: (request: R) => boolean): void {
  const held = new Map(shares.held);
  const sorted = [...requests].sort((a, b) => b.priority - a.priority || a.since - b.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (let from = 0; from < sorted.length; ) {
    const { priority } = sorted[from] as R;
    let to = from;
    while (to < sorted.length && (sorted[to] as R).priority === priority) to++;
    const folders = linesOf(sorted.slice(from, to), shares, held);
    for (let folder = folders.top(); folder !== undefined; folder = folders.top()) {
      const job = folder.jobs.top() as JobLine<R>;
      if (tryOne(job.requests[job.at++] as R)) {
        held.set(job.name, job.granted());
        held.set(folder.name, folder.granted());
      }
      if (job.at < job.requests.length) {
        job.since = (job.requests[job.at] as R).since;
        folder.jobs.sink();
      } else folder.jobs.pop();
      const first = folder.jobs.top();
      if (first === undefined) folders.pop();
      else {
        folder.since = first.since;
        folders.sink();
      }
    }
    from = to;
  }
}

function linesOf<R extends FairRequest>(requests: readonly R[], shares: Shares, held: ReadonlyMap<string, number>): Heap<FolderLine<R>> {
  const folders = new Map<string, FolderLine<R>>();
  for (const request of requests) {
    let folder = folders.get(request.folder);
    if (folder === undefined) folders.set(request.folder, (folder = new FolderLine<R>(request.folder, shares, held.get(request.folder) ?? 0)));
    let job = folder.byName.get(request.job);
    if (job === undefined) folder.byName.set(request.job, (job = new JobLine<R>(request.job, shares, held.get(request.job) ?? 0)));
    job.requests.push(request);
  }
  const heap = new Heap<FolderLine<R>>(isBefore);
  for (const folder of folders.values()) {
    for (const job of folder.byName.values()) {
      job.since = (job.requests[0] as R).since;
      folder.jobs.push(job);
    }
    folder.since = (folder.jobs.top() as JobLine<R>).since;
    heap.push(folder);
  }
  return heap;
}
