/**
 * Which queued builds may start, which wait and why, and which are ended for another's sake. Pure; the caller writes what
 * it says. Jenkins' words: Queue, BlockedBecauseOfBuildInProgress, ThrottleQueueTaskDispatcher, RateLimitBranchProperty.
 *
 * Builds are taken in the order of their triggers, a job's therefore in the order of their numbers. Two may overtake
 * within their job: one whose quiet period is over (each has its own, as in Jenkins), and a user's build that a rate limit
 * with `userBoost` lets pass.
 *
 * With abortPrevious the newest build of the job starts at once, beside the one that is being aborted (as
 * WorkflowJob.isConcurrentBuild says); the running builds that its start ends do not count against its limits. Older
 * queued ones are superseded then, and not before, so that nothing is lost where the newest cannot start.
 */
import { timeSpan } from '@millrace/pipeline/job';
import type { LabelExpression } from './label-expression.ts';
import { LabelExpressionError, parseLabelExpression } from './label-expression.ts';
import type { RateLimit } from './rate-limit.ts';
import { rateLimited } from './rate-limit.ts';
import type { Why } from './why.ts';
import { why } from './why.ts';

export interface QueuedBuild {
  readonly id: string;
  /** The job's full name. */
  readonly job: string;
  readonly number: number;
  readonly since: number;
  /** When its quiet period ends. */
  readonly quietUntil: number;
  /** A user asked for it. */
  readonly byUser: boolean;
}
export interface RunningBuild {
  readonly id: string;
  readonly job: string;
  readonly number: number;
  readonly startedAt: number;
  /** Somebody has asked it to end. */
  readonly aborting: boolean;
}
export interface JobRules {
  readonly name: string;
  readonly state: 'enabled' | 'disabled' | 'moving' | 'deleted';
  /** disableConcurrentBuilds: `one`; with abortPrevious: `abort previous`. */
  readonly concurrency: 'any' | 'one' | 'abort previous';
  /** 0: any number. */
  readonly maximum: number;
  readonly categories: readonly string[];
  readonly rateLimit: RateLimit | null;
  /** When its last build started. */
  readonly lastStart: number | null;
  readonly estimatedMs: number | null;
  /** Labels that the controller must have which runs it. */
  readonly controllerLabel: string | null;
}
export interface AdmissionInput {
  readonly now: number;
  readonly queued: readonly QueuedBuild[];
  readonly running: readonly RunningBuild[];
  /** A job that is not here was deleted. */
  readonly jobs: ReadonlyMap<string, JobRules>;
  /** Maximum by name; 0: any number. A name that is not here limits nothing. */
  readonly categories: ReadonlyMap<string, number>;
  readonly shuttingDown: boolean;
  /** Running builds of the whole server; 0: any number. */
  readonly maximum: number;
  /** Those that live and take builds. */
  readonly controllers: readonly { readonly name: string; readonly labels: readonly string[] }[];
}
export interface Admission {
  readonly start: readonly string[];
  readonly wait: readonly { readonly id: string; readonly why: Why }[];
  /** Queued builds that end without having begun, and running ones that are to be aborted. */
  readonly cancel: readonly { readonly id: string; readonly was: 'queued' | 'running'; readonly because: Why }[];
}

interface JobState {
  running: RunningBuild[];
  lastStart: number | null;
}

export function admit(input: AdmissionInput): Admission {
  const { now, jobs } = input;
  const start: string[] = [],
    wait: { id: string; why: Why }[] = [],
    cancel: { id: string; was: 'queued' | 'running'; because: Why }[] = [];
  const counts = new Counts(input);

  const decide = (build: QueuedBuild, job: JobRules): boolean => {
    const blocked = blockedBy(build, job, input, counts);
    if (blocked !== null) {
      wait.push({ id: build.id, why: blocked });
      return false;
    }
    start.push(build.id);
    const ended = counts.started(build, job, now);
    for (const old of [...ended].sort((a, b) => a.number - b.number))
      if (!old.aborting) cancel.push({ id: old.id, was: 'running', because: superseded(build) });
    return true;
  };

  const newestFirst = new Map<string, QueuedBuild[]>();
  for (const build of inOrder(input.queued)) {
    const job = jobs.get(build.job);
    if (job === undefined || job.state === 'deleted')
      cancel.push({ id: build.id, was: 'queued', because: why('job-deleted', 'The job was deleted', { job: build.job }) });
    else if (job.state === 'disabled') cancel.push({ id: build.id, was: 'queued', because: why('job-disabled', 'Build disabled', { job: build.job }) });
    else if (build.quietUntil > now) wait.push({ id: build.id, why: quiet(build.quietUntil, now) });
    else if (job.concurrency !== 'abort previous') decide(build, job);
    else {
      const line = newestFirst.get(build.job);
      if (line === undefined) newestFirst.set(build.job, [build]);
      else line.push(build);
    }
  }
  for (const line of newestFirst.values()) {
    const newest = line.pop() as QueuedBuild,
      job = jobs.get(newest.job) as JobRules;
    const starts = decide(newest, job);
    for (const build of line) {
      if (starts) cancel.push({ id: build.id, was: 'queued', because: superseded(newest) });
      else decide(build, job);
    }
  }
  return { start, wait, cancel };
}

/** How many run, of what; kept while builds are started. */
class Counts {
  all: number;
  private readonly byJob = new Map<string, JobState>();
  private readonly byCategory = new Map<string, number>();

  constructor({ running, jobs }: AdmissionInput) {
    this.all = running.length;
    for (const [name, { lastStart }] of jobs) this.byJob.set(name, { running: [], lastStart });
    for (const build of running) {
      this.of(build.job).running.push(build);
      for (const category of jobs.get(build.job)?.categories ?? []) this.add(category, 1);
    }
  }
  of(job: string): JobState {
    const known = this.byJob.get(job);
    if (known !== undefined) return known;
    const made = { running: [], lastStart: null };
    this.byJob.set(job, made);
    return made;
  }
  in(category: string): number {
    return this.byCategory.get(category) ?? 0;
  }
  /** How many of the job's running builds a start of its next build ends. */
  endedBy(job: JobRules): number {
    return job.concurrency === 'abort previous' ? this.of(job.name).running.length : 0;
  }
  /** Answers those that its start ends. */
  started(build: QueuedBuild, job: JobRules, now: number): readonly RunningBuild[] {
    const state = this.of(job.name),
      ended = job.concurrency === 'abort previous' ? state.running : [];
    const begun = { id: build.id, job: build.job, number: build.number, startedAt: now, aborting: false };
    if (job.concurrency === 'abort previous') state.running = [begun];
    else state.running.push(begun);
    state.lastStart = now;
    this.all += 1 - ended.length;
    for (const category of job.categories) this.add(category, 1 - ended.length);
    return ended;
  }
  private add(category: string, n: number): void {
    this.byCategory.set(category, this.in(category) + n);
  }
}

function blockedBy(build: QueuedBuild, job: JobRules, input: AdmissionInput, counts: Counts): Why | null {
  const { now } = input,
    { running, lastStart } = counts.of(job.name),
    ended = counts.endedBy(job);
  if (input.shuttingDown) return why('shutting-down', 'Millrace is about to shut down');
  if (job.state === 'moving') return why('job-moving', 'The job is being moved', { job: job.name });
  if (job.concurrency === 'one' && running.length > 0) return inProgress(running, job, now);
  if (job.maximum > 0 && running.length - ended >= job.maximum) return atCapacity('job-throttled', running.length, { job: job.name, maximum: job.maximum });
  for (const category of job.categories) {
    const maximum = input.categories.get(category) ?? 0;
    const count = counts.in(category);
    if (maximum > 0 && count - ended >= maximum) return atCapacity('category-full', count, { category, maximum });
  }
  const limited = job.rateLimit === null ? null : rateLimited(job.rateLimit, build.byUser, lastStart, now);
  if (limited !== null) return limited;
  if (input.maximum > 0 && counts.all - ended >= input.maximum)
    return why('server-full', `Already running ${counts.all} builds, which is the maximum of this server`, { running: counts.all, maximum: input.maximum });
  return job.controllerLabel === null ? null : withoutController(job.controllerLabel, input.controllers);
}

/**
 * By the time of the trigger, and within a job by number. The clocks of two controllers may disagree with the numbers, so
 * a build counts as triggered no earlier than the one before it.
 */
function inOrder(queued: readonly QueuedBuild[]): QueuedBuild[] {
  const latest = new Map<string, number>();
  const timed = [...queued]
    .sort((a, b) => a.number - b.number)
    .map((build) => {
      const since = Math.max(build.since, latest.get(build.job) ?? build.since);
      latest.set(build.job, since);
      return { build, since };
    });
  timed.sort((a, b) => a.since - b.since || (a.build.job < b.build.job ? -1 : a.build.job > b.build.job ? 1 : a.build.number - b.build.number));
  return timed.map(({ build }) => build);
}

function quiet(until: number, now: number): Why {
  return why('quiet', `In the quiet period. Expires in ${timeSpan(until - now)}`, { until });
}
function inProgress(running: readonly RunningBuild[], { estimatedMs }: JobRules, now: number): Why {
  const last = running.reduce((a, b) => (b.number > a.number ? b : a));
  const left = estimatedMs === null ? 0 : last.startedAt + estimatedMs - now;
  const message = `Build #${last.number} is already in progress (ETA: ${left > 0 ? timeSpan(left) : 'N/A'})`;
  return why('build-in-progress', message, { build: last.id, number: last.number, endsAt: left > 0 ? now + left : null });
}
function atCapacity(code: 'job-throttled' | 'category-full', running: number, fields: Why['fields']): Why {
  return why(code, `Already running ${running} builds across all nodes`, { ...fields, running });
}
function superseded(by: QueuedBuild): Why {
  return why('superseded', `Superseded by #${by.number}`, { build: by.id, number: by.number });
}
function withoutController(label: string, controllers: AdmissionInput['controllers']): Why | null {
  let expression: LabelExpression;
  try {
    expression = parseLabelExpression(label);
  } catch (e) {
    if (!(e instanceof LabelExpressionError)) throw e;
    return why('label-malformed', e.message, { label, column: e.column, reason: e.reason });
  }
  if (controllers.some((c) => expression.matches(new Set([...c.labels, c.name])))) return null;
  return why('controller-label-unknown', `There are no controllers with the label ‘${expression.text}’`, { label: expression.text });
}
