/**
 * Which queued builds start now: a pure function. In order of age within a job and between jobs; who waits holds nobody of
 * another job up. Reasons in Jenkins' words.
 */
import type { Why } from './why.ts';

export interface QueuedBuild {
  readonly id: number;
  readonly itemId: number;
  readonly queuedAt: number;
  readonly quietUntil: number;
  /** As text: `limitOneJobWithMatchingParams` and merging compare it. */
  readonly priority: number;
}

export interface AdmissionJob {
  readonly name: string;
  readonly disabled: boolean;
  readonly concurrent: 'allow' | 'wait' | 'abortPrevious';
  readonly maxPerJob: number | null;
  readonly categories: readonly string[];
  readonly controllerLabel: string | null;
  readonly rateLimit: { readonly count: number; readonly perMs: number; readonly lastStarts: readonly number[] } | null;
  /** Numbers and ids of its builds that run. */
  readonly running: readonly { readonly id: number; readonly number: number; readonly aborting: boolean }[];
  /** How long its builds take, in milliseconds. */
  readonly estimate: number | null;
}

export interface AdmissionInput {
  readonly now: number;
  readonly queued: readonly QueuedBuild[];
  readonly jobs: ReadonlyMap<number, AdmissionJob>;
  /** Running builds and the limit, by category. */
  readonly categories: ReadonlyMap<string, { readonly running: number; readonly maxTotal: number }>;
  /** Labels of the controllers that take builds. */
  readonly controllerLabels: ReadonlySet<string>;
  readonly quietingDown: boolean;
}

export interface Admission {
  readonly start: readonly { readonly id: number; readonly controllerLabel: string | null }[];
  readonly wait: readonly { readonly id: number; readonly why: Why }[];
  /** Queued builds that will never start. */
  readonly cancel: readonly { readonly id: number; readonly because: string }[];
  /** Running builds that give way. */
  readonly abort: readonly { readonly id: number; readonly because: string }[];
}

export function admit(input: AdmissionInput): Admission {
  const start: { id: number; controllerLabel: string | null }[] = [],
    wait: { id: number; why: Why }[] = [],
    cancel: { id: number; because: string }[] = [],
    abort: { id: number; because: string }[] = [];
  const startedOf = new Map<number, number>();
  const startedIn = new Map<string, number>();
  const newestOf = new Map<number, number>();
  for (const build of input.queued) if (build.quietUntil <= input.now) newestOf.set(build.itemId, Math.max(build.id, newestOf.get(build.itemId) ?? 0));
  const aborted = new Set<number>();
  const ordered = [...input.queued].sort((a, b) => b.priority - a.priority || a.id - b.id);
  for (const build of ordered) {
    const job = input.jobs.get(build.itemId);
    if (job === undefined) {
      cancel.push({ id: build.id, because: 'The job was deleted' });
      continue;
    }
    const started = startedOf.get(build.itemId) ?? 0;
    if (job.concurrent === 'abortPrevious' && build.quietUntil <= input.now) {
      const newest = newestOf.get(build.itemId) as number;
      if (newest !== build.id) {
        cancel.push({ id: build.id, because: 'Superseded by a newer build in the queue' });
        continue;
      }
      for (const running of job.running)
        if (!running.aborting && !aborted.has(running.id)) {
          aborted.add(running.id);
          abort.push({ id: running.id, because: 'Superseded by a newer build' });
        }
    }
    const why = reasonToWait(input, build, job, started, startedIn);
    if (why !== null) {
      wait.push({ id: build.id, why });
      continue;
    }
    start.push({ id: build.id, controllerLabel: job.controllerLabel });
    startedOf.set(build.itemId, started + 1);
    for (const category of job.categories) startedIn.set(category, (startedIn.get(category) ?? 0) + 1);
  }
  return { start, wait, cancel, abort };
}

function reasonToWait(input: AdmissionInput, build: QueuedBuild, job: AdmissionJob, started: number, startedIn: ReadonlyMap<string, number>): Why | null {
  const { now } = input;
  if (build.quietUntil > now)
    // Told once: seconds that count down would be a new reason in every pass.
    return {
      state: 'quiet',
      code: 'quiet period',
      message: `In the quiet period. Expires ${new Date(build.quietUntil).toISOString()}`,
      fields: { until: build.quietUntil },
    };
  if (input.quietingDown) return blocked('quieting down', 'Millrace is about to shut down', {});
  if (job.disabled) return blocked('disabled', `${job.name} is disabled`, {});
  if (job.controllerLabel !== null && !input.controllerLabels.has(job.controllerLabel))
    return blocked('no controller', `There is no controller with the label ‘${job.controllerLabel}’`, { label: job.controllerLabel });
  const running = job.running.length + started;
  const [first] = job.running;
  if (job.concurrent !== 'allow' && running > 0)
    return first === undefined
      ? blocked('concurrent', `A build of ${job.name} is about to start`, {})
      : blocked('concurrent', `Build #${first.number} is already in progress${job.estimate === null ? '' : ` (ETA: ${duration(job.estimate)})`}`, {
          build: first.number,
        });
  if (job.maxPerJob !== null && running >= job.maxPerJob)
    return blocked('throttled job', `Already running ${running} builds across all nodes`, { running, limit: job.maxPerJob });
  for (const name of job.categories) {
    const category = input.categories.get(name);
    if (category === undefined || category.maxTotal <= 0) continue;
    const total = category.running + (startedIn.get(name) ?? 0);
    if (total >= category.maxTotal)
      return blocked('throttled category', `Already running ${total} builds of the category ‘${name}’`, {
        category: name,
        running: total,
        limit: category.maxTotal,
      });
  }
  const { rateLimit } = job;
  if (rateLimit !== null) {
    const recent = rateLimit.lastStarts.filter((at) => at > now - rateLimit.perMs);
    if (recent.length + started >= rateLimit.count) {
      const until = (recent[0] ?? now) + rateLimit.perMs;
      return blocked('rate limit', `Throttled until ${new Date(until).toISOString()}`, { until });
    }
  }
  return null;
}

function blocked(code: string, message: string, fields: Why['fields']): Why {
  return { state: 'blocked', code, message, fields };
}

/** As Jenkins writes a time span. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} sec`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} sec` : `${Math.floor(minutes / 60)} hr ${minutes % 60} min`;
}
