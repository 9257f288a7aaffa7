/** `checkout` and `git`. Follow SCMStep of workflow-scm-step and GitStep of the git plug-in. */
import type { Computation, Value } from '@millrace/groovy';
import { BuildChanges, CHANGES } from '../engine/build-changes.ts';
import type { ScmSpec } from '../scm.ts';
import { scmSpec } from './scm-spec.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { stringMap } from './values.ts';

/** Checks out into the current folder; answers the SCM's variables in the order of their names. */
function* checkOut(cx: StepContext, scm: ScmSpec, changelog: boolean, poll: boolean): Computation<Value> {
  if (scm.kind === 'other' && (scm.type === 'NullSCM' || scm.type === 'none')) return stringMap([]);
  const answer = yield* cx.ask('checkout', { ...cx.place(), scm, env: cx.environment(), masks: cx.scope.masks, changelog, poll });
  if (changelog) cx.shared(CHANGES, () => new BuildChanges()).add(answer.changes);
  return stringMap(Object.entries(answer.variables).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const checkoutStep = defineStep({
  name: 'checkout',
  summary: 'Check out from version control',
  needs: ['workspace'],
  params: [
    { name: 'scm', type: 'any', required: true, help: "`scm`, `scmGit(…)` or `[$class: 'GitSCM', …]`." },
    { name: 'changelog', type: 'boolean', default: true },
    { name: 'poll', type: 'boolean', default: true },
  ],
  *run(cx, args) {
    return yield* checkOut(cx, scmSpec(cx.rt, args.scm), args.changelog, args.poll);
  },
});

export const gitStep = defineStep({
  name: 'git',
  summary: 'Git',
  needs: ['workspace'],
  params: [
    { name: 'url', type: 'string', required: true },
    { name: 'branch', type: 'string', default: 'master' },
    { name: 'credentialsId', type: 'string' },
    { name: 'changelog', type: 'boolean', default: true },
    { name: 'poll', type: 'boolean', default: true },
  ],
  describe: (args) => args.url,
  *run(cx, args) {
    const branch = args.branch.trim() === '' ? 'master' : args.branch;
    const scm: ScmSpec = {
      kind: 'git',
      remotes: [{ url: args.url, name: null, refspec: null, credentialsId: args.credentialsId?.trim() ? args.credentialsId : null }],
      branches: [`*/${branch}`],
      extensions: [{ type: 'LocalBranch', options: { localBranch: branch } }],
    };
    return yield* checkOut(cx, scm, args.changelog, args.poll);
  },
});
