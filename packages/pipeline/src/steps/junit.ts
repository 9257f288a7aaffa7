/** Follows JUnitResultsStep and JUnitResultArchiver of the junit plug-in. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { StdioRetention, TestCounts, TestSuite } from '../formats/test-reports.ts';
import { countTests, readTestReport } from '../formats/test-reports.ts';
import { XmlError } from '../formats/xml.ts';
import type { Json } from '../host.ts';
import { Bean } from './results.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

/** How many failed tests the build's record names; their texts are in the reports. */
const NAMED_FAILURES = 200;

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
      cx.log('Recording test results');
      const retention = args.keepLongStdio ? 'all' : ((args.stdioRetention ?? 'none').toLowerCase() as StdioRetention);
      const { suites, files } = yield* readReports(cx, cx.expand(args.testResults ?? ''), retention);
      if (files === 0 && !args.allowEmptyResults) throw abortError('No test report files were found. Configuration error?');
      const counts = countTests(suites);
      if (counts.total === 0 && cx.result() !== 'FAILURE') {
        if (!args.allowEmptyResults) throw abortError('None of the test reports contained any result');
        cx.log('None of the test reports contained any result');
      }
      if (counts.total > 0)
        yield* cx.ask('publish', {
          type: 'junit',
          name: 'Test Result',
          data: record(suites, counts),
          files: { ...cx.place(), selection: { includes: cx.expand(args.testResults), excludes: null, defaultExcludes: true } },
        });
      if (counts.failed > 0 && !args.skipMarkingStageUnstable) {
        cx.mark('UNSTABLE', `${counts.failed} tests failed`);
        if (!args.skipMarkingBuildUnstable) cx.setResult('UNSTABLE');
      }
      return summary(counts);
    } catch (error) {
      if (error instanceof JavaThrowable) cx.log(error.detail ?? 'null');
      throw error;
    }
  },
});

function* readReports(cx: StepContext, pattern: string, retention: StdioRetention): Computation<{ suites: TestSuite[]; files: number }> {
  const { files } = yield* cx.ask('file.find', { ...cx.place(), includes: pattern, excludes: null, defaultExcludes: true });
  const suites: TestSuite[] = [];
  for (const file of files) {
    const path = `${cx.place().cwd}/${file.path}`;
    if (file.length === 0) {
      // What a crashed test process leaves behind counts as a failed test.
      suites.push({
        name: file.name,
        file: path,
        duration: 0,
        cases: [
          {
            className: file.name,
            name: '(empty)',
            status: 'FAILED',
            duration: 0,
            message: `Test report file ${path} was length 0`,
            details: null,
            stdout: null,
            stderr: null,
          },
        ],
      });
      continue;
    }
    const { content } = yield* cx.ask('file.read', { ...cx.place(), path: file.path, encoding: null });
    try {
      suites.push(...readTestReport(content, path, retention));
    } catch (e) {
      if (!(e instanceof XmlError)) throw e;
      // Only reports are XML with tests in them; a wrong file is a failed test, so that nobody overlooks it.
      if (!file.path.endsWith('.xml'))
        throw new JavaThrowable(
          'java.io.IOException',
          `Failed to read ${path}\nIs this really a JUnit report file? Your configuration must be matching too many files`,
        );
      suites.push({
        name: file.name,
        file: path,
        duration: 0,
        cases: [
          {
            className: file.name,
            name: '<init>',
            status: 'FAILED',
            duration: 0,
            message: `Failed to read test report file ${path}`,
            details: `org.dom4j.DocumentException: Error on line ${e.line} of document: ${e.message}`,
            stdout: null,
            stderr: null,
          },
        ],
      });
    }
  }
  return { suites, files: files.length };
}

/** What the build's record keeps: counts, times, and the first failures by name. */
function record(suites: readonly TestSuite[], counts: TestCounts): Json {
  const failures: Json[] = [];
  for (const suite of suites)
    for (const one of suite.cases) {
      if (one.status === 'FAILED' && failures.length < NAMED_FAILURES)
        failures.push({ suite: suite.name, className: one.className, name: one.name, message: one.message, duration: one.duration });
    }
  return { ...counts, duration: suites.reduce((sum, suite) => sum + suite.duration, 0), suites: suites.length, failures };
}

function summary(counts: TestCounts): Bean {
  return new Bean('hudson.tasks.junit.TestResultSummary', [
    ['failCount', counts.failed],
    ['skipCount', counts.skipped],
    ['passCount', counts.passed],
    ['totalCount', counts.total],
  ]);
}
