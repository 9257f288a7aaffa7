/**
 * Requests in the order in which they are looked at: by priority; then by fair shares of folders and, within a folder, of
 * jobs; then by age. A share is what is held, with what this pass has granted, for each unit of weight. Only the heads of
 * jobs compete, in a heap by (priority, folder's share, job's share, age), so that a pass over n requests costs n · log.
 */
import type { ScheduleInput, ScheduleRequest } from './schedule.ts';

interface JobLine {
  readonly job: string;
  readonly folder: string;
  readonly requests: ScheduleRequest[];
  at: number;
  /** Of its place in the heap: what it was put there with. */
  key: readonly [number, number, number, number];
}

export class RequestQueue {
  private readonly heldByJob: Map<string, number>;
  private readonly heldByFolder = new Map<string, number>();
  private readonly weights: ReadonlyMap<string, number>;
  private readonly heap: JobLine[] = [];
  private readonly lineOf = new Map<string, JobLine>();

  constructor({ requests, held, weights }: ScheduleInput) {
    this.weights = weights;
    this.heldByJob = new Map(held);
    for (const [job, n] of held) this.heldByFolder.set(folderOf(job), (this.heldByFolder.get(folderOf(job)) ?? 0) + n);
    for (const request of requests) {
      // A job's requests of other priorities are a line of their own.
      const name = `${request.priority} ${request.job}`;
      const line = this.lineOf.get(name) ?? { job: request.job, folder: folderOf(request.job), requests: [], at: 0, key: [0, 0, 0, 0] };
      if (!this.lineOf.has(name)) this.lineOf.set(name, line);
      line.requests.push(request);
    }
    for (const line of this.lineOf.values()) {
      line.requests.sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
      line.key = this.keyOf(line);
      this.push(line);
    }
  }

  next(): ScheduleRequest | null {
    for (let line = this.heap[0]; line !== undefined; line = this.heap[0]) {
      // Its share has grown since it was put here: to its new place.
      const now = this.keyOf(line);
      if (compare(now, line.key) !== 0) {
        line.key = now;
        this.down(0);
        continue;
      }
      return line.requests[line.at] as ScheduleRequest;
    }
    return null;
  }
  /** What `next` gave got an executor. */
  served(request: ScheduleRequest): void {
    this.heldByJob.set(request.job, (this.heldByJob.get(request.job) ?? 0) + 1);
    const folder = folderOf(request.job);
    this.heldByFolder.set(folder, (this.heldByFolder.get(folder) ?? 0) + 1);
    this.advance();
  }
  /** It goes on waiting: those behind it are looked at. */
  waits(_request: ScheduleRequest): void {
    this.advance();
  }

  private advance(): void {
    const line = this.heap[0] as JobLine;
    line.at++;
    if (line.at >= line.requests.length) {
      const last = this.heap.pop() as JobLine;
      if (this.heap.length === 0) return;
      if (last !== line) this.heap[0] = last;
    } else line.key = this.keyOf(line);
    this.down(0);
  }

  private keyOf(line: JobLine): readonly [number, number, number, number] {
    const head = line.requests[line.at] as ScheduleRequest;
    const folder = (this.heldByFolder.get(line.folder) ?? 0) / (this.weights.get(line.folder) ?? 1);
    return [-head.priority, folder, this.heldByJob.get(line.job) ?? 0, head.since];
  }
  private push(line: JobLine): void {
    this.heap.push(line);
    for (let i = this.heap.length - 1; i > 0; ) {
      const above = (i - 1) >> 1;
      if (this.before(above, i)) return;
      this.swap(above, i);
      i = above;
    }
  }
  private down(from: number): void {
    for (let i = from; ; ) {
      const left = 2 * i + 1,
        right = left + 1;
      let first = i;
      if (left < this.heap.length && this.before(left, first)) first = left;
      if (right < this.heap.length && this.before(right, first)) first = right;
      if (first === i) return;
      this.swap(first, i);
      i = first;
    }
  }
  private before(i: number, j: number): boolean {
    const a = this.heap[i] as JobLine,
      b = this.heap[j] as JobLine;
    return (compare(a.key, b.key) || (a.job < b.job ? -1 : 1)) < 0;
  }
  private swap(i: number, j: number): void {
    const a = this.heap[i] as JobLine;
    this.heap[i] = this.heap[j] as JobLine;
    this.heap[j] = a;
  }
}

export function folderOf(job: string): string {
  const at = job.lastIndexOf('/');
  return at < 0 ? '' : job.slice(0, at);
}
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
}
