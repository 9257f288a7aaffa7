/**
 * JUnit's XML reports, read as the junit plug-in reads them (SuiteResult, CaseResult): nested `testsuites`, suites whose
 * class failed to load, cases with several outcomes.
 */

import type { XmlElement } from './xml.ts';
import { childOf, parseXml, XmlError } from './xml.ts';

export type CaseStatus = 'PASSED' | 'SKIPPED' | 'FAILED';
export interface TestCase {
  readonly className: string;
  readonly name: string;
  readonly status: CaseStatus;
  /** Seconds. */
  readonly duration: number;
  readonly message: string | null;
  readonly details: string | null;
  readonly stdout: string | null;
  readonly stderr: string | null;
}
export interface TestSuite {
  readonly name: string;
  readonly file: string;
  readonly duration: number;
  readonly cases: readonly TestCase[];
}
export interface TestCounts {
  readonly total: number;
  readonly failed: number;
  readonly skipped: number;
  readonly passed: number;
}

/** What is kept of what tests printed; `failed` keeps the ends of long texts alone. */
export type StdioRetention = 'all' | 'failed' | 'none';
/** CaseResult.HALF_MAX_SIZE for passed and failed cases. */
const HALF_PASSED = 500,
  HALF_FAILED = 50_000;

/** The suites of one report. Throws XmlError. `file` names it in suites without a name. */
export function readTestReport(text: string, file: string, retention: StdioRetention = 'none'): TestSuite[] {
  const suites: TestSuite[] = [];
  collect(parseXml(text), file, retention, suites);
  return suites;
}

export function countTests(suites: readonly TestSuite[]): TestCounts {
  let total = 0,
    failed = 0,
    skipped = 0;
  for (const suite of suites)
    for (const one of suite.cases) {
      total++;
      if (one.status === 'FAILED') failed++;
      else if (one.status === 'SKIPPED') skipped++;
    }
  return { total, failed, skipped, passed: total - failed - skipped };
}

function collect(element: XmlElement, file: string, retention: StdioRetention, into: TestSuite[]): void {
  // Suites inside come before the one around.
  for (const child of element.children) if (child.name === 'testsuite' || child.name === 'testsuites') collect(child, file, retention, into);
  const own = element.children.filter((c) => c.name === 'testcase');
  const failedToLoad = childOf(element, 'error');
  if (element.name !== 'testsuite' && own.length === 0) return;
  if (own.length === 0 && failedToLoad === undefined) return;
  const base = file.slice(file.lastIndexOf('/') + 1);
  const named = element.attributes.get('name');
  const pkg = element.attributes.get('package') ?? '';
  const name = named === undefined ? `(${base})` : pkg === '' ? named : `${pkg}.${named}`;
  const cases: TestCase[] = [];
  if (failedToLoad !== undefined) cases.push(readCase(element, name, '<init>', retention));
  for (const one of own) cases.push(readCase(one, one.attributes.get('classname') ?? named ?? name, one.attributes.get('name') ?? '', retention));
  const time = seconds(element.attributes.get('time'));
  into.push({ name, file, duration: time ?? cases.reduce((sum, c) => sum + c.duration, 0), cases });
}

function readCase(element: XmlElement, className: string, name: string, retention: StdioRetention): TestCase {
  const skipped = childOf(element, 'skipped');
  const problem = childOf(element, 'error') ?? childOf(element, 'failure');
  const status: CaseStatus = skipped !== undefined ? 'SKIPPED' : problem !== undefined ? 'FAILED' : 'PASSED';
  const half = status === 'FAILED' ? HALF_FAILED : HALF_PASSED;
  const stdio = (kind: string): string | null => {
    const text = childOf(element, kind)?.text ?? null;
    if (text === null || retention === 'all') return text;
    if (retention === 'failed' && status !== 'FAILED') return null;
    return text.length <= half * 2 ? text : `${text.slice(0, half)}\n...[truncated ${text.length - half * 2} chars]...\n${text.slice(-half)}`;
  };
  return {
    className,
    name,
    status,
    duration: seconds(element.attributes.get('time')) ?? 0,
    message: skipped?.attributes.get('message') ?? problem?.attributes.get('message') ?? null,
    details: status === 'FAILED' ? (problem?.text ?? null) : null,
    stdout: stdio('system-out'),
    stderr: stdio('system-err'),
  };
}

/** `1,234.5` as some tools write it; nothing where it is no number. */
function seconds(text: string | undefined): number | null {
  if (text === undefined) return null;
  const n = Number(text.replaceAll(',', ''));
  return Number.isFinite(n) ? Math.max(0, n) : null;
}

/** How many failed tests a summary names; their texts are in the reports. */
const NAMED_FAILURES = 200;

export interface TestFailure {
  readonly suite: string;
  readonly className: string;
  readonly name: string;
  readonly message: string | null;
  readonly duration: number;
}
export interface TestSummary extends TestCounts {
  readonly files: number;
  readonly suites: number;
  /** Seconds. */
  readonly duration: number;
  readonly failures: readonly TestFailure[];
  /** The message of the step's failure where a file is no report at all. */
  readonly refused: string | null;
}

/** Reads reports one after another and keeps what the build's record needs of them. */
export class TestTally {
  private readonly retention: StdioRetention;
  private readonly counts = { total: 0, failed: 0, skipped: 0, passed: 0 };
  private readonly failures: TestFailure[] = [];
  private files = 0;
  private suites = 0;
  private duration = 0;
  private refused: string | null = null;

  constructor(retention: StdioRetention = 'none') {
    this.retention = retention;
  }

  /** `path` names the report. Answers what was read, for who keeps single tests. */
  add(path: string, text: string): readonly TestSuite[] {
    this.files++;
    const read = this.read(path, text);
    for (const suite of read) {
      this.suites++;
      this.duration += suite.duration;
      const { total, failed, skipped, passed } = countTests([suite]);
      this.counts.total += total;
      this.counts.failed += failed;
      this.counts.skipped += skipped;
      this.counts.passed += passed;
      for (const { status, className, name, message, duration } of suite.cases) {
        if (status === 'FAILED' && this.failures.length < NAMED_FAILURES) this.failures.push({ suite: suite.name, className, name, message, duration });
      }
    }
    return read;
  }
  summary(): TestSummary {
    return { ...this.counts, files: this.files, suites: this.suites, duration: this.duration, failures: this.failures, refused: this.refused };
  }

  private read(path: string, text: string): readonly TestSuite[] {
    // What a crashed test process leaves behind counts as a failed test, so that nobody overlooks it.
    if (text === '') return [brokenReport(path, '(empty)', `Test report file ${path} was length 0`)];
    try {
      return readTestReport(text, path, this.retention);
    } catch (e) {
      if (!(e instanceof XmlError)) throw e;
      if (path.endsWith('.xml')) return [brokenReport(path, '<init>', `Failed to read test report file ${path}: line ${e.line}: ${e.message}`)];
      this.refused ??= `Failed to read ${path}\nIs this really a JUnit report file? Your configuration must be matching too many files`;
      return [];
    }
  }
}

function brokenReport(path: string, name: string, message: string): TestSuite {
  const className = path.slice(path.lastIndexOf('/') + 1);
  return {
    name: className,
    file: path,
    duration: 0,
    cases: [{ className, name, status: 'FAILED', duration: 0, message, details: null, stdout: null, stderr: null }],
  };
}
