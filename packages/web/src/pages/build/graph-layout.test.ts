import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '../../api/shapes.ts';
import { firstToShow, HEAD, layout, stageOf } from './graph-layout.ts';

const stage = (name: string, stages: readonly Stage[] = [], more: Partial<Stage> = {}): Stage => ({
  node: name,
  name,
  kind: 'stage',
  status: 'success',
  startedAt: 0,
  durationMs: 1,
  error: null,
  log: false,
  steps: [],
  stages: [...stages],
  ...more,
});
const branch = (name: string, stages: readonly Stage[] = []): Stage => stage(name, stages, { kind: 'parallel' });
const names = (all: readonly Stage[]): string[] => layout(all).stages.map((p) => `${p.stage.name}@${p.x},${p.y}`);
const edges = (all: readonly Stage[]): string[] => {
  const graph = layout(all);
  return graph.edges.map(([a, b]) => `${graph.stages[a]?.stage.name}-${graph.stages[b]?.stage.name}`);
};

test('stages stand one after the other', () => {
  const all = [stage('a'), stage('b'), stage('c')];
  assert.deepEqual(names(all), ['a@0,0', 'b@1,0', 'c@2,0']);
  assert.deepEqual(edges(all), ['a-b', 'b-c']);
});

test('branches stand below each other, below the name of what holds them', () => {
  const all = [stage('a'), stage('tests', [branch('x'), branch('y')]), stage('z')];
  assert.deepEqual(names(all), [`a@0,${HEAD}`, `x@1,${HEAD}`, `y@1,${1 + HEAD}`, `z@2,${HEAD}`]);
  assert.deepEqual(edges(all), ['a-x', 'a-y', 'x-z', 'y-z']);
  assert.deepEqual(
    layout(all).groups.map((g) => [g.stage.name, g.x, g.y, g.width]),
    [['tests', 1, 0, 1]],
  );
});

test('a branch with stages of its own is as wide as they are', () => {
  const all = [stage('tests', [branch('x', [stage('x1'), stage('x2')]), branch('y')]), stage('z')];
  const graph = layout(all);
  assert.equal(graph.width, 3);
  assert.deepEqual(edges(all), ['x1-x2', 'x2-z', 'y-z']);
});

test('what failed is shown first, else what runs, else the last', () => {
  const failing = stage('bad', [], { status: 'failed' });
  assert.equal(firstToShow([stage('a'), stage('b', [failing, stage('c')])]), failing);
  assert.equal(firstToShow([stage('a'), stage('b')])?.name, 'b');
  assert.equal(firstToShow([]), null);
  assert.equal(stageOf([stage('a'), stage('b', [failing])], 'bad'), failing);
});

test('nothing has no size', () => {
  assert.deepEqual(layout([]), { stages: [], groups: [], edges: [], width: 0, height: 0 });
});
