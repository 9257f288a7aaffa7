import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '@millrace/protocol';
import type { Timed } from './stage-times.ts';
import { columnsOf, timesOf } from './stage-times.ts';

const stage = (name: string, stages: Stage[] = []): Stage => ({
  node: name,
  name,
  kind: 'stage',
  status: 'success',
  startedAt: 1,
  durationMs: 2,
  error: null,
  log: false,
  steps: [],
  stages,
});
const build = (...names: string[]): Timed[] => timesOf(names.map((name) => stage(name)));

test('stages inside of others stand behind these, under their names', () => {
  const paths = timesOf([stage('Build'), stage('Test', [stage('Unit'), stage('Lint')]), stage('Test')]).map((t) => t.path.join(' / '));
  assert.deepEqual(paths, ['Build', 'Test', 'Test / Unit', 'Test / Lint']);
});

test('what only older builds have stands behind the stage that it followed', () => {
  const names = columnsOf([build('Build', 'Deploy'), build('Checkout', 'Build', 'Test', 'Deploy'), build('Test', 'Sign')]).map(([name]) => name);
  assert.deepEqual(names, ['Checkout', 'Build', 'Test', 'Sign', 'Deploy']);
});

test('a build of thousands of stages is cut', () => {
  assert.equal(build(...Array.from({ length: 5_000 }, (_, i) => `s${i}`)).length, 100);
});
