import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownEnvironment } from './environment.ts';

test('a node shows what its pod’s template names, and nothing that holds a secret', (t) => {
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  process.env = {
    PATH: '/bin',
    OWN: 'of the process',
    NAMED: 'of the template',
    MADE: 'postgres://user:sesame@db',
    MILLRACE_AGENT_SHOW: 'NAMED,MADE,MISSING',
    MILLRACE_AGENT_MASK_0: 'sesame',
    MILLRACE_AGENT_MASK_1: '',
  };
  assert.deepEqual(shownEnvironment(), { PATH: '/bin', NAMED: 'of the template' });
});
