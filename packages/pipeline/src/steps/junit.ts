/** Follows JUnitResultsStep and JUnitResultArchiver of the junit plug-in. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { TestCounts } from '../formats/test-reports.ts';
import type { Json } from '../host.ts';
import { publishTests } from './checks.ts';
import { Bean } from './results.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

export const junitStep = defineStep({
  name: 'junit',
  summary: 'Archive JUnit-formatted test results',
  needs: ['workspace'],
  params: [
    { name: 'testResults', type: 'string', required: true, help: 'Ant patterns of the XML reports.' },
    { name: 'allowEmptyResults', type: 'boolean', default: false },
    { name: 'keepLongStdio', type: 'boolean', default: false },
    { name: 'stdioRetention', type: 'string', help: '`all`, `failed` or `none`.' },
    { name: 'keepProperties', type: 'boolean', default: false },
    { name: 'keepTestNames', type: 'boolean', default: false },
    { name: 'healthScaleFactor', type: 'string' },
    { name: 'skipPublishingChecks', type: 'boolean', default: false },
    { name: 'checksName', type: 'string' },
    { name: 'skipMarkingBuildUnstable', type: 'boolean', default: false },
    { name: 'skipMarkingStageUnstable', type: 'boolean', default: false },
    { name: 'skipOldReports', type: 'boolean', default: false },
    { name: 'testDataPublishers', type: 'list' },
  ],
  describe: (args) => args.testResults,
  *run(cx, args): Computation<Value> {
    try {
      return yield* recordTests(cx, {
        includes: args.testResults ?? '',
        allowEmptyResults: args.allowEmptyResults,
        retention: args.keepLongStdio ? 'all' : (args.stdioRetention ?? 'none').toLowerCase(),
        markStage: !args.skipMarkingStageUnstable,
        markBuild: !args.skipMarkingBuildUnstable,
        checks: args.skipPublishingChecks ? null : { name: args.checksName },
      });
    } catch (error) {
      if (error instanceof JavaThrowable) cx.log(error.detail ?? 'null');
      throw error;
    }
  },
});

export interface TestReports {
  readonly includes: string;
  readonly allowEmptyResults: boolean;
  readonly retention: string;
  /** A failed test makes the stage unstable, and the build. */
  readonly markStage: boolean;
  readonly markBuild: boolean;
  /** Published as a check too, where these are taken; null: not. */
  readonly checks: { readonly name: string | null } | null;
}

export function* recordTests(cx: StepContext, reports: TestReports): Computation<Value> {
  cx.log('Recording test results');
  const selection = { includes: cx.expand(reports.includes), excludes: null, defaultExcludes: true };
  const ask = cx.nextAskId();
  const counts = yield* cx.ask('tests', { ...cx.place(), selection, retention: reports.retention });
  if (counts.refused !== null) throw new JavaThrowable('java.io.IOException', counts.refused);
  if (counts.files === 0 && !reports.allowEmptyResults) throw abortError('No test report files were found. Configuration error?');
  if (counts.total === 0 && cx.result() !== 'FAILURE') {
    if (!reports.allowEmptyResults) throw abortError('None of the test reports contained any result');
    cx.log('None of the test reports contained any result');
  }
  if (counts.total > 0) yield* cx.ask('publish', { type: 'junit', name: 'Test Result', data: counts as unknown as Json, files: { ...cx.place(), selection } });
  if (counts.total > 0 && reports.checks !== null) yield* publishTests(cx, reports.checks.name, ask, counts.failed);
  if (counts.failed > 0 && reports.markStage) {
    cx.mark('UNSTABLE', `${counts.failed} tests failed`);
    if (reports.markBuild) cx.setResult('UNSTABLE');
  }
  return summary(counts);
}

function summary(counts: TestCounts): Bean {
  return new Bean('hudson.tasks.junit.TestResultSummary', [
    ['failCount', counts.failed],
    ['skipCount', counts.skipped],
    ['passCount', counts.passed],
    ['totalCount', counts.total],
  ]);
}
