import { missingContext } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

export const isUnixStep = defineStep({
  name: 'isUnix',
  summary: 'Checks if running on a Unix-like node',
  params: [],
  *run(cx) {
    if (cx.scope.node === null) throw missingContext('isUnix', 'hudson.Launcher', ['node']);
    return !cx.scope.node.windows;
  },
});
