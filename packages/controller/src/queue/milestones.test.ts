import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MilestoneOutcome, Milestones } from './milestones.ts';
import { buildEnded, buildStarted, NO_MILESTONES, passMilestone } from './milestones.ts';
import { random } from './testing/random.ts';

class Job {
  state: Milestones = NO_MILESTONES;
  start(...builds: readonly number[]): this {
    for (const build of builds) this.state = buildStarted(this.state, build);
    return this;
  }
  pass(build: number, ordinal: number): string {
    return this.told(passMilestone(this.state, build, ordinal));
  }
  end(build: number): string {
    return this.told(buildEnded(this.state, build));
  }
  private told({ state, cancel, supersededBy }: MilestoneOutcome): string {
    this.state = state;
    return supersededBy !== null ? `superseded by #${supersededBy}` : `cancels ${cancel.map((c) => `#${c.build}`).join(' ') || 'nothing'}`;
  }
}

test('whoever passes cancels older builds that have not passed', () => {
  const job = new Job().start(1, 2, 3);
  assert.equal(job.pass(1, 1), 'cancels nothing');
  assert.equal(job.pass(3, 1), 'cancels #2');
  assert.equal(job.pass(3, 2), 'cancels #1 #2');
});

test('an older build that comes later is superseded, while the newer one runs and after it', () => {
  const job = new Job().start(1, 2);
  job.pass(2, 1);
  assert.equal(job.pass(1, 1), 'superseded by #2');
  assert.equal(job.end(2), 'cancels #1');
  assert.equal(job.pass(1, 1), 'superseded by #2');
  assert.equal(job.end(1), 'cancels nothing');
  assert.deepEqual(job.state, NO_MILESTONES);
});

test('when a build ends, older ones that have not got further than it are cancelled', () => {
  const job = new Job().start(1, 2, 3);
  job.pass(1, 1);
  job.pass(1, 2);
  job.pass(2, 1);
  job.pass(3, 1);
  assert.equal(job.end(3), 'cancels #2');
  assert.equal(job.pass(1, 3), 'cancels nothing');
});

test('a build without milestones cancels nobody', () => {
  const job = new Job().start(1, 2);
  assert.equal(job.end(2), 'cancels nothing');
  assert.equal(job.pass(1, 1), 'cancels nothing');
});

test('a resumed build passes again what it has passed', () => {
  const job = new Job().start(1, 2);
  job.pass(1, 1);
  job.pass(2, 1);
  assert.equal(job.start(1).pass(2, 1), 'cancels nothing');
  assert.equal(job.pass(2, 2), 'cancels #1');
});

test('each milestone is passed in the order of build numbers, and nothing is kept when nobody runs', () => {
  const rnd = random(5);
  for (let round = 0; round < 500; round++) {
    let state = NO_MILESTONES,
      next = 1;
    const running = new Map<number, number>(),
      passed = new Map<number, number>();
    for (let i = 0; i < 60; i++) {
      if (running.size === 0 || rnd(3) === 0) {
        state = buildStarted(state, next);
        running.set(next++, 0);
        continue;
      }
      const build = rnd.pick([...running.keys()]),
        ordinal = running.get(build) as number;
      if (rnd(4) > 0) {
        const outcome = passMilestone(state, build, ordinal);
        state = outcome.state;
        if (outcome.supersededBy === null) {
          assert.ok(build >= (passed.get(ordinal) ?? 0), `#${build} passed ${ordinal} after #${passed.get(ordinal)}`);
          passed.set(ordinal, build);
          running.set(build, ordinal + 1);
          continue;
        }
      }
      state = buildEnded(state, build).state;
      running.delete(build);
    }
    for (const build of running.keys()) state = buildEnded(state, build).state;
    assert.deepEqual(state, NO_MILESTONES);
  }
});
