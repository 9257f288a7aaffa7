/** A state in, decisions out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FolderShares } from './folder-shares.ts';
import type { SchedulableNode } from './pools.ts';
import type { NodeRequest, ScheduleInput } from './schedule.ts';
import { schedule } from './schedule.ts';

type State = { nodes?: (Partial<SchedulableNode> & { name: string })[]; requests: (Partial<NodeRequest> & { id: string })[] } & {
  held?: Record<string, number>;
  weights?: Record<string, number>;
  categories?: ScheduleInput['categories'];
  folders?: ScheduleInput['folders'];
};

function decide({ nodes = [], requests, held = {}, weights = {}, categories, folders }: State): Record<string, string> {
  const { grants, waiting } = schedule({
    nodes: nodes.map((n) => ({
      labels: [],
      executors: 1,
      mode: 'normal',
      online: true,
      accepting: true,
      offlineReason: null,
      busy: [],
      reservedFor: null,
      ...n,
    })),
    requests: requests.map((r, i) => ({ buildId: `b-${r.id}`, job: `job-${r.id}`, folder: '', label: null, priority: 0, since: i, lastNode: null, ...r })),
    shares: { held: new Map(Object.entries(held)), weights: new Map(Object.entries(weights)) },
    ...(categories === undefined ? {} : { categories }),
    ...(folders === undefined ? {} : { folders }),
  });
  return Object.fromEntries([
    ...grants.map((g) => [g.request, `${g.node}#${g.executor}`]),
    ...waiting.map((w) => [w.request, `${w.why.code}: ${w.why.message}`]),
  ]);
}

const TABLE: readonly (readonly [behaviour: string, state: State, decisions: Record<string, string>])[] = [
  ['a request without a label gets any executor', { nodes: [{ name: 'a' }], requests: [{ id: '1' }] }, { 1: 'a#0' }],
  [
    'the lowest free executor is taken',
    { nodes: [{ name: 'a', executors: 4, busy: [0, 2] }], requests: [{ id: '1' }, { id: '2' }, { id: '3' }] },
    { 1: 'a#1', 2: 'a#3', 3: 'nodes-busy: Waiting for next available executor' },
  ],
  [
    'executors beyond the number that the node has now count as held',
    { nodes: [{ name: 'a', executors: 2, busy: [3] }], requests: [{ id: '1' }, { id: '2' }] },
    { 1: 'a#0', 2: 'nodes-busy: Waiting for next available executor' },
  ],
  [
    'a label is matched, and the name of a node is one of its labels',
    {
      nodes: [
        { name: 'a', labels: ['linux', 'arm'] },
        { name: 'b', labels: ['linux', 'x86'] },
      ],
      requests: [
        { id: '1', label: 'linux && !arm' },
        { id: '2', label: 'a || c' },
      ],
    },
    { 1: 'b#0', 2: 'a#0' },
  ],
  [
    'an exclusive node serves only requests with a label that matches',
    {
      nodes: [{ name: 'a', labels: ['gpu'], mode: 'exclusive', executors: 2 }],
      requests: [{ id: '1' }, { id: '2', label: 'gpu' }, { id: '3', label: '!arm' }],
    },
    { 1: 'nodes-exclusive: ‘a’ is reserved for jobs with matching label expression', 2: 'a#0', 3: 'a#1' },
  ],
  [
    'the highest priority goes first, whoever holds how much',
    {
      nodes: [{ name: 'a' }],
      requests: [
        { id: '1', folder: 'x' },
        { id: '2', folder: 'y', priority: 1 },
      ],
      held: { y: 9 },
    },
    { 1: 'nodes-busy: Waiting for next available executor', 2: 'a#0' },
  ],
  [
    'the folder that holds least goes first',
    {
      nodes: [{ name: 'a' }],
      requests: [
        { id: '1', folder: 'x' },
        { id: '2', folder: 'y' },
      ],
      held: { x: 2, y: 1 },
    },
    { 1: 'nodes-busy: Waiting for next available executor', 2: 'a#0' },
  ],
  [
    'a folder of three times the weight may hold three times as much',
    {
      nodes: [{ name: 'a', executors: 4 }],
      requests: [
        { id: 'x1', folder: 'x' },
        { id: 'x2', folder: 'x' },
        { id: 'y1', folder: 'y' },
        { id: 'y2', folder: 'y' },
        { id: 'y3', folder: 'y' },
      ],
      weights: { y: 3 },
    },
    { x1: 'a#0', y1: 'a#1', y2: 'a#2', y3: 'a#3', x2: 'nodes-busy: Waiting for next available executor' },
  ],
  [
    'in a folder the job that holds least goes first, then the oldest request',
    {
      nodes: [{ name: 'a', executors: 2 }],
      requests: [
        { id: '1', folder: 'x', job: 'x/p' },
        { id: '2', folder: 'x', job: 'x/p' },
        { id: '3', folder: 'x', job: 'x/q' },
      ],
    },
    { 1: 'a#0', 3: 'a#1', 2: 'nodes-busy: Waiting for next available executor' },
  ],
  [
    'a job returns to its workspace, though another node has less to do',
    { nodes: [{ name: 'a', executors: 2, busy: [0] }, { name: 'b' }], requests: [{ id: '1', lastNode: 'a' }] },
    { 1: 'a#1' },
  ],
  ['a workspace on a node that is full is left', { nodes: [{ name: 'a', busy: [0] }, { name: 'b' }], requests: [{ id: '1', lastNode: 'a' }] }, { 1: 'b#0' }],
  [
    'the least loaded node is taken, for its executors',
    {
      nodes: [
        { name: 'a', executors: 2, busy: [0] },
        { name: 'b', executors: 8, busy: [0, 1, 2] },
      ],
      requests: [{ id: '1' }, { id: '2' }],
    },
    { 1: 'b#3', 2: expectEither('a#1', 'b#4') },
  ],
  [
    'a node made for a request serves it alone',
    { nodes: [{ name: 'pod', reservedFor: '2', labels: ['k8s'] }], requests: [{ id: '1' }, { id: '2', label: 'k8s' }] },
    { 1: 'nodes-unknown: Waiting for next available executor', 2: 'pod#0' },
  ],
  [
    'a request whose node is still coming may go elsewhere, or tells of that node',
    {
      nodes: [
        { name: 'pod2', reservedFor: '2', labels: ['k8s'], online: false },
        { name: 'pod1', reservedFor: '1', labels: ['k8s'], online: false },
        { name: 'k', labels: ['k8s'] },
      ],
      requests: [
        { id: '1', label: 'k8s' },
        { id: '2', label: 'k8s' },
      ],
    },
    { 1: 'k#0', 2: 'node-offline: ‘pod2’ is offline' },
  ],
  [
    'a request for one node waits for that one',
    {
      nodes: [{ name: 'a', online: false }, { name: 'b' }],
      requests: [
        { id: '1', onlyNode: 'a' },
        { id: '2', onlyNode: 'c' },
      ],
    },
    { 1: 'node-offline: ‘a’ is offline', 2: 'node-unknown: There are no nodes with the label ‘c’' },
  ],
  [
    'why: a label that nobody has, one that is malformed, no node at all',
    { requests: [{ id: '1', label: 'x' }, { id: '2', label: 'x ||' }, { id: '3' }] },
    {
      1: 'label-unknown: There are no nodes with the label ‘x’',
      2: 'label-malformed: Invalid label expression: x || (column 5: a label is missing at the end)',
      3: 'nodes-unknown: Waiting for next available executor',
    },
  ],
  [
    'why: nodes are offline',
    {
      nodes: [
        { name: 'a', labels: ['x', 'y'], online: false },
        { name: 'b', labels: ['y'], online: false },
      ],
      requests: [{ id: '1', label: 'x' }, { id: '2', label: 'y' }, { id: '3' }],
    },
    { 1: 'node-offline: ‘a’ is offline', 2: 'label-offline: All nodes of label ‘y’ are offline', 3: 'nodes-offline: Waiting for next available executor' },
  ],
  [
    'why: nodes are busy',
    {
      nodes: [
        { name: 'a', labels: ['x', 'y'], busy: [0] },
        { name: 'b', labels: ['y'], busy: [0] },
      ],
      requests: [
        { id: '1', label: 'x' },
        { id: '2', label: 'y' },
        { id: '3', label: 'y  && !"z"' },
      ],
    },
    {
      1: 'node-busy: Waiting for next available executor on ‘a’',
      2: 'label-busy: Waiting for next available executor on ‘y’',
      3: 'label-busy: Waiting for next available executor on ‘y&&!z’',
    },
  ],
  [
    'why: nodes do not accept tasks',
    {
      nodes: [
        { name: 'a', labels: ['x', 'y'], accepting: false },
        { name: 'b', labels: ['y'], accepting: false },
      ],
      requests: [
        { id: '1', label: 'x' },
        { id: '2', label: 'y' },
      ],
    },
    {
      1: 'node-not-accepting: ‘a’ is not accepting tasks',
      2: 'label-not-accepting: ‘a’ is not accepting tasks; ‘b’ is not accepting tasks',
    },
  ],
  [
    'a category holds back what goes beyond its maximum',
    {
      nodes: [{ name: 'a', executors: 5 }],
      requests: [{ id: '1', categories: ['deploy'] }, { id: '2', categories: ['deploy', 'no-such'] }, { id: '3' }],
      categories: new Map([['deploy', { maximum: 2, running: 1 }]]),
    },
    { 1: 'a#0', 2: 'category-full: Already running 2 builds across all nodes', 3: 'a#1' },
  ],
  [
    'a folder gets no further node of a cloud than its share, but more of what it has a part of, and other nodes',
    {
      nodes: [
        { name: 'a', labels: ['x'], executors: 3, cloud: 'c' },
        { name: 'b', labels: ['x'], executors: 3, cloud: 'c' },
        { name: 'own', labels: ['y'] },
      ],
      requests: [
        { id: '1', label: 'a', job: 'team/app' },
        { id: '2', label: 'x', job: 'team/app' },
        { id: '3', label: 'b', job: 'team/app' },
        { id: '4', label: 'b', job: 'other/app' },
        { id: '5', label: 'b || y', job: 'team/app' },
      ],
      folders: new FolderShares(new Map([['c', new Map([['team', 1]])]])),
    },
    {
      1: 'a#0',
      2: 'a#1',
      3: 'folder-full: builds of the folder team have as many nodes of c as they may have (caps.folders: 1)',
      4: 'b#0',
      5: 'own#0',
    },
  ],
];

function expectEither(...answers: readonly string[]): string {
  return answers.join(' or ');
}

for (const [behaviour, state, decisions] of TABLE) {
  test(behaviour, () => {
    const decided = decide(state);
    assert.deepEqual(Object.keys(decided).sort(), Object.keys(decisions).sort());
    for (const [id, wanted] of Object.entries(decisions))
      assert.ok(wanted.split(' or ').includes(decided[id] as string) || decided[id] === wanted, `${id}: ${decided[id]}, not ${wanted}`);
  });
}
