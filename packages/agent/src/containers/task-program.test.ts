import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskProgram } from './task-program.ts';

const SPEC = { id: 't', container: 'maven', shell: null, script: 'true', cwd: '/root/w', returnStdout: false, encoding: null, prefix: [] };

test('variables of the agent’s own container are not brought into another, unless a step has changed them', () => {
  const own = { MILLRACE_AGENT_SHOW: 'GIVEN,CHANGED', GIVEN: 'jnlp', CHANGED: 'jnlp', OTHER: 'same', HOME: '/home/jnlp' };
  const env = { GIVEN: 'jnlp', CHANGED: 'by the step', OTHER: 'same', HOME: '/home/jnlp' };
  const lines = taskProgram({ ...SPEC, env }, '/root/.millrace/t', '/root', own).split('\n');
  assert.deepEqual(
    lines.filter((line) => line.startsWith('export ')),
    ["export CHANGED='by the step'", "export OTHER='same'"],
  );
});
