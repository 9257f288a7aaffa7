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

interface JobLine<R> {
  readonly name: string;
  readonly weight: number;
  held: number;
  readonly requests: R[];
  at: number;
}
interface FolderLine<R> {
  readonly name: string;
  readonly weight: number;
  held: number;
  readonly jobs: Heap<JobLine<R>>;
}

/** Tries each request once and hears whether it was granted. */
export function inFairOrder<R extends FairRequest>(requests: readonly R[], shares: Shares, tryOne: (request: R) => boolean): void {
  const held = new Map(shares.held);
  const sorted = [...requests].sort((a, b) => b.priority - a.priority || a.since - b.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (let from = 0; from < sorted.length; ) {
    const { priority } = sorted[from] as R;
    let to = from;
    while (to < sorted.length && (sorted[to] as R).priority === priority) to++;
    const folders = linesOf(sorted.slice(from, to), held, shares.weights);
    for (let folder = folders.top(); folder !== undefined; folder = folders.top()) {
      const job = folder.jobs.top() as JobLine<R>;
      if (tryOne(job.requests[job.at++] as R)) {
        held.set(job.name, ++job.held);
        held.set(folder.name, ++folder.held);
      }
      if (job.at < job.requests.length) folder.jobs.sink();
      else folder.jobs.pop();
      if (folder.jobs.size > 0) folders.sink();
      else folders.pop();
    }
    from = to;
  }
}

function linesOf<R extends FairRequest>(requests: readonly R[], held: ReadonlyMap<string, number>, weights: Shares['weights']): Heap<FolderLine<R>> {
  const folders = new Map<string, Map<string, JobLine<R>>>();
  const line = (name: string): { name: string; weight: number; held: number } => {
    const weight = weights?.get(name) ?? 1;
    return { name, weight: weight > 0 ? weight : 1, held: held.get(name) ?? 0 };
  };
  for (const request of requests) {
    const jobs = folders.get(request.folder) ?? new Map<string, JobLine<R>>();
    if (jobs.size === 0) folders.set(request.folder, jobs);
    const job = jobs.get(request.job);
    if (job === undefined) jobs.set(request.job, { ...line(request.job), requests: [request], at: 0 });
    else job.requests.push(request);
  }
  const heap = new Heap<FolderLine<R>>((a, b) => {
    const first = a.held / a.weight - b.held / b.weight || sinceOf(a.jobs.top()) - sinceOf(b.jobs.top());
    return first !== 0 ? first < 0 : a.name < b.name;
  });
  for (const [name, jobs] of folders) {
    const lines = new Heap<JobLine<R>>((a, b) => {
      const first = a.held / a.weight - b.held / b.weight || sinceOf(a) - sinceOf(b);
      return first !== 0 ? first < 0 : a.name < b.name;
    });
    for (const job of jobs.values()) lines.push(job);
    heap.push({ ...line(name), jobs: lines });
  }
  return heap;
}

function sinceOf(job: JobLine<FairRequest> | undefined): number {
  return job?.requests[job.at]?.since ?? 0;
}
