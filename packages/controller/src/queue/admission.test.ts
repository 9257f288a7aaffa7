/** Queued and running builds in, decisions out. Builds are `job#number`; the clock stands at 1,000,000. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionInput, JobRules, QueuedBuild, RunningBuild } from './admission.ts';
import { admit } from './admission.ts';
import { random } from './testing/random.ts';

const NOW = 1_000_000;

interface State extends Partial<Omit<AdmissionInput, 'queued' | 'running' | 'jobs' | 'categories'>> {
  readonly queued: string;
  readonly running?: string;
  readonly jobs?: Record<string, Partial<JobRules>>;
  readonly categories?: Record<string, number>;
  /** What differs for some of the builds. */
  readonly builds?: Record<string, Partial<QueuedBuild & RunningBuild>>;
}

function rules(name: string, more: Partial<JobRules> = {}): JobRules {
  return {
    name,
    state: 'enabled',
    concurrency: 'any',
    maximum: 0,
    categories: [],
    rateLimit: null,
    lastStart: null,
    estimatedMs: null,
    controllerLabel: null,
    ...more,
  };
}

function inputOf({ queued, running = '', jobs = {}, categories = {}, builds = {}, ...more }: State): AdmissionInput {
  const parse = (text: string): { id: string; job: string; number: number }[] =>
    text
      .split(' ')
      .filter((id) => id !== '')
      .map((id) => ({ id, job: id.split('#')[0] as string, number: Number(id.split('#')[1]) }));
  const all = [...parse(queued), ...parse(running)];
  return {
    now: NOW,
    queued: parse(queued).map((b, i) => ({ ...b, since: i, quietUntil: 0, byUser: false, ...builds[b.id] })),
    running: parse(running).map((b) => ({ ...b, startedAt: NOW - 60_000, aborting: false, ...builds[b.id] })),
    jobs: new Map(all.filter(({ job }) => job !== 'gone').map(({ job }) => [job, rules(job, jobs[job])])),
    categories: new Map(Object.entries(categories)),
    shuttingDown: false,
    maximum: 0,
    controllers: [{ name: 'c1', labels: ['eu'] }],
    ...more,
  };
}
function decide(state: State): Record<string, string> {
  const { start, wait, cancel } = admit(inputOf(state));
  return Object.fromEntries([
    ...start.map((id) => [id, 'starts']),
    ...wait.map(({ id, why }) => [id, `${why.code}: ${why.message}`]),
    ...cancel.map(({ id, was, because }) => [id, `${was === 'running' ? 'is aborted' : 'ends'}: ${because.message}`]),
  ]);
}

const HOURLY = { count: 2, durationName: 'hour', userBoost: true };

const TABLE: readonly (readonly [behaviour: string, state: State, decisions: Record<string, string>])[] = [
  ['builds of one job run side by side where nothing forbids it', { queued: 'j#2 j#3', running: 'j#1' }, { 'j#2': 'starts', 'j#3': 'starts' }],
  [
    'a quiet period is waited for, and does not hold back others of the job',
    { queued: 'j#1 j#2', builds: { 'j#1': { quietUntil: NOW + 4230 } } },
    { 'j#1': 'quiet: In the quiet period. Expires in 4.2 sec', 'j#2': 'starts' },
  ],
  [
    'what happens to jobs happens to their builds',
    { queued: 'gone#1 off#1 moved#1', jobs: { off: { state: 'disabled' }, moved: { state: 'moving' } } },
    { 'gone#1': 'ends: The job was deleted', 'off#1': 'ends: Build disabled', 'moved#1': 'job-moving: The job is being moved' },
  ],
  [
    'disableConcurrentBuilds waits for the one that runs',
    { queued: 'j#6 k#1 k#2', running: 'j#5', jobs: { j: { concurrency: 'one', estimatedMs: 244_000 }, k: { concurrency: 'one' } } },
    {
      'j#6': 'build-in-progress: Build #5 is already in progress (ETA: 3 min 4 sec)',
      'k#1': 'starts',
      'k#2': 'build-in-progress: Build #1 is already in progress (ETA: N/A)',
    },
  ],
  [
    'abortPrevious starts the newest, aborts the running one and supersedes the queued ones',
    { queued: 'j#3 j#4 j#5', running: 'j#2', jobs: { j: { concurrency: 'abort previous', maximum: 1 } } },
    { 'j#2': 'is aborted: Superseded by #5', 'j#3': 'ends: Superseded by #5', 'j#4': 'ends: Superseded by #5', 'j#5': 'starts' },
  ],
  [
    'abortPrevious with nothing that runs',
    { queued: 'j#1 j#2', maximum: 1, jobs: { j: { concurrency: 'abort previous' } } },
    { 'j#1': 'ends: Superseded by #2', 'j#2': 'starts' },
  ],
  [
    'abortPrevious aborts nobody when the newest cannot start, nor anybody twice',
    {
      queued: 'j#3 j#4 k#2',
      running: 'j#2 k#1',
      jobs: { j: { concurrency: 'abort previous', state: 'moving' }, k: { concurrency: 'abort previous' } },
      builds: { 'k#1': { aborting: true } },
    },
    { 'j#3': 'job-moving: The job is being moved', 'j#4': 'job-moving: The job is being moved', 'k#2': 'starts' },
  ],
  [
    'a job has its maximum',
    { queued: 'j#3 j#4', running: 'j#1', jobs: { j: { maximum: 2 } } },
    { 'j#3': 'starts', 'j#4': 'job-throttled: Already running 2 builds across all nodes' },
  ],
  [
    'a category is counted across jobs; one that does not exist limits nothing',
    {
      queued: 'k#1 l#1',
      running: 'j#1',
      jobs: { j: { categories: ['db'] }, k: { categories: ['db', 'none'] }, l: { categories: ['db'] } },
      categories: { db: 2 },
    },
    { 'k#1': 'starts', 'l#1': 'category-full: Already running 2 builds across all nodes' },
  ],
  [
    'a rate limit is a least time between starts; a user passes where it is boosted',
    {
      queued: 'j#1 j#2 j#3 k#1',
      jobs: { j: { rateLimit: HOURLY, lastStart: NOW - 1_700_000 }, k: { rateLimit: HOURLY, lastStart: NOW - 1_800_000 } },
      builds: { 'j#2': { byUser: true } },
    },
    {
      'j#1': 'rate-limited: Build throttle expires at 12:18:20 AM on Jan 1, 1970',
      'j#2': 'starts',
      'j#3': 'rate-limited: Build throttle expires at 12:46:40 AM on Jan 1, 1970',
      'k#1': 'starts',
    },
  ],
  [
    'a clock that was wrong does not turn the order of a job round',
    { queued: 'j#1 j#2 k#1', maximum: 1, builds: { 'j#1': { since: 9 }, 'j#2': { since: 1 }, 'k#1': { since: 8 } } },
    {
      'k#1': 'starts',
      'j#1': 'server-full: Already running 1 builds, which is the maximum of this server',
      'j#2': 'server-full: Already running 1 builds, which is the maximum of this server',
    },
  ],
  ['nothing starts when the server ends', { queued: 'j#1', shuttingDown: true }, { 'j#1': 'shutting-down: Millrace is about to shut down' }],
  [
    'the server has a maximum, and the oldest trigger goes first',
    { queued: 'j#1 k#1 l#1', running: 'm#1', maximum: 2 },
    {
      'j#1': 'starts',
      'k#1': 'server-full: Already running 2 builds, which is the maximum of this server',
      'l#1': 'server-full: Already running 2 builds, which is the maximum of this server',
    },
  ],
  [
    'a job may want a controller with a label',
    {
      queued: 'j#1 k#1 l#1 m#1',
      jobs: { j: { controllerLabel: 'eu' }, k: { controllerLabel: 'c1' }, l: { controllerLabel: 'us || cn' }, m: { controllerLabel: 'us ||' } },
    },
    {
      'j#1': 'starts',
      'k#1': 'starts',
      'l#1': 'controller-label-unknown: There are no controllers with the label ‘us||cn’',
      'm#1': 'label-malformed: Invalid label expression: us || (column 6: a label is missing at the end)',
    },
  ],
];
for (const [behaviour, state, decisions] of TABLE) {
  test(behaviour, () => {
    assert.deepEqual(decide(state), decisions);
  });
}

test('every queued build is decided once, limits hold, and a job without boosts keeps its order', () => {
  const rnd = random(17);
  for (let round = 0; round < 2000; round++) {
    const names = ['a', 'b', 'c'];
    const jobs = Object.fromEntries(
      names.map((name): [string, Partial<JobRules>] => [
        name,
        {
          state: rnd.pick(['enabled', 'enabled', 'enabled', 'disabled', 'moving'] as const),
          concurrency: rnd.pick(['any', 'one', 'abort previous'] as const),
          maximum: rnd(3),
          categories: rnd(2) === 0 ? ['x'] : [],
          rateLimit: rnd(4) === 0 ? { count: 1, durationName: 'minute', userBoost: false } : null,
          lastStart: rnd(2) === 0 ? NOW - rnd(90_000) : null,
        },
      ]),
    );
    const ids = Array.from({ length: rnd(10) }, (_, i) => `${rnd.pick(names)}#${i + 10}`);
    const running = Array.from({ length: rnd(3) }, (_, i) => `${rnd.pick(names)}#${i}`);
    const input = inputOf({ queued: ids.join(' '), running: running.join(' '), jobs, categories: { x: rnd(4) }, maximum: rnd(5) });
    const decided = admit(input);
    const told = [...decided.start, ...decided.wait.map((w) => w.id), ...decided.cancel.filter((c) => c.was === 'queued').map((c) => c.id)];
    assert.deepEqual([...told].sort(), [...ids].sort());
    assert.deepEqual(admit({ ...input, queued: rnd.shuffled(input.queued), running: rnd.shuffled(input.running) }), decided);

    const aborted = new Set(decided.cancel.filter((c) => c.was === 'running').map((c) => c.id));
    const after = [...running.filter((id) => !aborted.has(id)), ...decided.start];
    const ofJob = (name: string, of: readonly string[]): string[] => of.filter((id) => id.startsWith(`${name}#`));
    for (const name of names) {
      const job = input.jobs.get(name);
      const started = ofJob(name, decided.start);
      if (job === undefined || started.length === 0) continue;
      assert.ok(job.state === 'enabled');
      assert.ok(job.maximum === 0 || ofJob(name, after).length <= job.maximum);
      assert.ok(job.concurrency === 'any' || ofJob(name, after).length === 1);
      assert.ok(job.rateLimit === null || started.length === 1);
      if (job.concurrency !== 'abort previous') assert.deepEqual(started, ofJob(name, ids).slice(0, started.length));
    }
    const x = input.categories.get('x') as number;
    if (decided.start.some((id) => input.jobs.get(id[0] as string)?.categories.includes('x')))
      assert.ok(x === 0 || after.filter((id) => input.jobs.get(id[0] as string)?.categories.includes('x')).length <= x);
    if (decided.start.length > 0) assert.ok(input.maximum === 0 || after.length <= input.maximum);
  }
});

test('a hundred thousand queued builds are decided in time that grows with their number', () => {
  const queued = Array.from({ length: 100_000 }, (_, i) => `j${i % 500}#${i}`).join(' ');
  assert.equal(admit(inputOf({ queued, maximum: 200 })).start.length, 200);
});
