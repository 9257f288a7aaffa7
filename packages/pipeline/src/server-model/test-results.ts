/**
 * The tests of a build as hudson.tasks.junit has them: `getAction(TestResultAction)` with its result, whose children are
 * packages, classes and cases. Counts are of all tests; lists are read when they are asked for, and hold as many as one ask does.
 */
import type { Computation, Pending, Value } from '@millrace/groovy';
import { Float, JavaList } from '@millrace/groovy';
import type { CaseStatusName } from '../java/case-status.ts';
import { CaseStatus } from '../java/case-status.ts';
import { timeSpan } from '../job/time-span.ts';
import type { Members, ModelObject } from './model-object.ts';
import type { BuildTestCase, BuildTestStatus, BuildTests, Server, TestTotals } from './server-asks.ts';

const PACKAGE = 'hudson.tasks.junit.';
export const TEST_ACTIONS: ReadonlySet<string> = new Set([`${PACKAGE}TestResultAction`, 'hudson.tasks.test.AbstractTestResultAction']);
const STATUSES: readonly BuildTestStatus[] = ['failed', 'skipped', 'passed'];

interface Case {
  readonly facts: BuildTestCase;
  readonly status: BuildTestStatus;
  readonly object: ModelObject;
}
type Class = BuildTests['classes'][number];

/** Null: there are no tests. */
export function* testResultAction(server: Server): Computation<ModelObject | null> {
  const tests = yield* server.ask('buildTests', {});
  return tests === null ? null : new TestsOfBuild(server, tests).action();
}

/** `it.JUnitTestResult`: the result of all tests of the build, or nothing. */
export function* testResults(server: Server): Computation {
  const tests = yield* server.ask('buildTests', {});
  return new JavaList(tests === null ? [] : [new TestsOfBuild(server, tests).result()]);
}

class TestsOfBuild {
  private readonly server: Server;
  private readonly tests: BuildTests;
  private readonly read = new Map<BuildTestStatus, readonly Case[]>();

  constructor(server: Server, tests: BuildTests) {
    this.server = server;
    this.tests = tests;
  }

  action(): ModelObject {
    const { tests } = this;
    const { previous } = tests;
    const before = previous === null ? null : tests.failed - previous.failed;
    return this.server.object(`${PACKAGE}TestResultAction`, 'Test Result', {
      ...countsOf(tests),
      ...this.lists(() => true),
      getDisplayName: () => 'Test Result',
      getUrlName: () => 'testReport',
      getResult: () => this.result(),
      getPreviousResult: () => (previous === null ? null : this.previousAction(previous)),
      getFailureDiffString: () => (before === null ? '' : ` / ${before > 0 ? '+' : before === 0 ? '±' : ''}${before}`),
    });
  }

  private previousAction(previous: TestTotals): ModelObject {
    return this.server.object(`${PACKAGE}TestResultAction`, 'Test Result', {
      ...countsOf(previous),
      getDisplayName: () => 'Test Result',
      getUrlName: () => 'testReport',
    });
  }

  result(): ModelObject {
    const packages = (): ModelObject[] => grouped(this.tests.classes, (one) => packageOf(one.name)).map(([name, own]) => this.packageResult(name, own));
    const suites = (): ModelObject[] => [...groups(this.tests.classes, (one) => one.suite)].map(([name, own]) => this.suite(name, own));
    const named = (objects: readonly ModelObject[], name: Value): Value => objects.find((one) => one.javaString() === name) ?? null;
    return this.server.object(`${PACKAGE}TestResult`, 'Test Results', {
      ...namesOf('Test Results', 'junit'),
      ...countsOf(this.tests),
      ...this.lists(() => true),
      isEmpty: () => this.tests.total === 0,
      getChildren: () => new JavaList(packages()),
      hasChildren: () => this.tests.classes.length > 0,
      byPackage: (name = null) => named(packages(), name),
      getSuites: () => new JavaList(suites()),
      getSuite: (name = null) => named(suites(), name),
    });
  }

  private packageResult(name: string, own: readonly Class[]): ModelObject {
    const classes = (): ModelObject[] => grouped(own, (one) => one.name).map(([full, of]) => this.classResult(full, of));
    return this.server.object(`${PACKAGE}PackageResult`, name, {
      ...namesOf(name, name),
      ...countsOf(sum(own)),
      ...this.lists((one) => packageOf(one.className) === name),
      getChildren: () => new JavaList(classes()),
      hasChildren: () => own.length > 0,
      getFailedTestsSortedByAge: () => this.list(['failed'], (one) => packageOf(one.className) === name, byAge),
    });
  }

  private classResult(full: string, own: readonly Class[]): ModelObject {
    const isOf = (one: BuildTestCase): boolean => one.className === full;
    return this.server.object(`${PACKAGE}ClassResult`, simpleOf(full), {
      ...namesOf(simpleOf(full), simpleOf(full), full),
      ...countsOf(sum(own)),
      ...this.lists(isOf),
      getClassName: () => simpleOf(full),
      getChildren: () => this.list(STATUSES, isOf),
      hasChildren: () => own.length > 0,
    });
  }

  private suite(name: string, own: readonly Class[]): ModelObject {
    return this.server.object(`${PACKAGE}SuiteResult`, name, {
      getName: () => name,
      getDuration: () => new Float(sum(own).seconds),
      getCases: () => this.list(STATUSES, (one) => one.suite === name),
    });
  }

  private caseResult(facts: BuildTestCase, status: BuildTestStatus): ModelObject {
    const { className, name, seconds, message, trace, since, changed } = facts;
    const { number } = this.server.execution.facts;
    const shown = name === '' ? '(?)' : name;
    const one = { total: 1, failed: status === 'failed' ? 1 : 0, skipped: status === 'skipped' ? 1 : 0, seconds };
    return this.server.object(`${PACKAGE}CaseResult`, `${className}.${shown}`, {
      ...namesOf(shown, shown, `${className}.${shown}`),
      ...countsOf(one),
      getTitle: () => `Case Result: ${shown}`,
      getClassName: () => className,
      getSimpleName: () => simpleOf(className),
      getPackageName: () => packageOf(className),
      isFailed: () => status === 'failed',
      isSkipped: () => status === 'skipped',
      getStatus: () => new CaseStatus(statusOf(status, changed)),
      getErrorDetails: () => (status === 'failed' ? message : null),
      getErrorStackTrace: () => trace,
      getSkippedMessage: () => (status === 'skipped' ? message : null),
      getStdout: () => facts.stdout,
      getStderr: () => facts.stderr,
      getFailedSince: () => since ?? 0,
      getAge: () => (since === null ? 0 : number - since + 1),
    });
  }

  private lists(keep: (one: BuildTestCase) => boolean): Members {
    return {
      getFailedTests: () => this.list(['failed'], keep),
      getSkippedTests: () => this.list(['skipped'], keep),
      getPassedTests: () => this.list(['passed'], keep),
    };
  }
  private list(statuses: readonly BuildTestStatus[], keep: (one: BuildTestCase) => boolean, order = bySeq): Pending {
    return this.server.defer(this.listed(statuses, keep, order));
  }
  private *listed(statuses: readonly BuildTestStatus[], keep: (one: BuildTestCase) => boolean, order: typeof bySeq): Computation {
    const found: Case[] = [];
    for (const status of statuses) for (const one of yield* this.cases(status)) if (keep(one.facts)) found.push(one);
    return new JavaList(found.sort((a, b) => order(a.facts, b.facts)).map(({ object }) => object));
  }
  private *cases(status: BuildTestStatus): Computation<readonly Case[]> {
    const known = this.read.get(status);
    if (known !== undefined) return known;
    const { cases } = yield* this.server.ask('buildTestCases', { status });
    const made = cases.map((facts) => ({ facts, status, object: this.caseResult(facts, status) }));
    this.read.set(status, made);
    return made;
  }
}

/** As junit told them for long, and templates compare them: what is new has a name of its own. */
function statusOf(status: BuildTestStatus, changed: boolean): CaseStatusName {
  if (status === 'skipped') return 'SKIPPED';
  if (status === 'failed') return changed ? 'REGRESSION' : 'FAILED';
  return changed ? 'FIXED' : 'PASSED';
}

function namesOf(displayName: string, name: string, fullName = name): Members {
  return {
    getDisplayName: () => displayName,
    getName: () => name,
    getFullName: () => fullName,
    getFullDisplayName: () => fullName,
  };
}
function countsOf({ total, failed, skipped, seconds }: TestTotals): Members {
  return {
    getTotalCount: () => total,
    getFailCount: () => failed,
    getSkipCount: () => skipped,
    getPassCount: () => total - failed - skipped,
    isPassed: () => failed === 0 && (total > 1 || skipped === 0),
    getDuration: () => new Float(seconds),
    getDurationString: () => timeSpan(Math.round(seconds * 1000)),
  };
}
function sum(all: readonly TestTotals[]): TestTotals {
  const of = (value: (one: TestTotals) => number): number => all.reduce((n, one) => n + value(one), 0);
  return { total: of((one) => one.total), failed: of((one) => one.failed), skipped: of((one) => one.skipped), seconds: of((one) => one.seconds) };
}

function packageOf(className: string): string {
  const at = className.lastIndexOf('.');
  return at < 0 ? '(root)' : className.slice(0, at);
}
const simpleOf = (className: string): string => className.slice(className.lastIndexOf('.') + 1);
const bySeq = (a: BuildTestCase, b: BuildTestCase): number => a.seq - b.seq;
const byAge = (a: BuildTestCase, b: BuildTestCase): number => (b.since ?? 0) - (a.since ?? 0) || bySeq(a, b);

function groups<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const known = found.get(by(one));
    if (known === undefined) found.set(by(one), [one]);
    else known.push(one);
  }
  return found;
}
/** By name. */
function grouped<T>(all: readonly T[], by: (one: T) => string): [string, T[]][] {
  return [...groups(all, by)].sort(([a], [b]) => (a < b ? -1 : 1));
}
