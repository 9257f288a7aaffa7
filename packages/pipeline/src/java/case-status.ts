/** hudson.tasks.junit.CaseResult.Status: how a test stands, and whether that is new. */
import type { NativeClass, Value } from '@millrace/groovy';
import { JavaObject } from '@millrace/groovy';

const MESSAGES = { PASSED: 'Passed', SKIPPED: 'Skipped', FAILED: 'Failed', FIXED: 'Fixed', REGRESSION: 'Regression' } as const;
export type CaseStatusName = keyof typeof MESSAGES;
const NAMES = Object.keys(MESSAGES) as CaseStatusName[];

export class CaseStatus extends JavaObject {
  readonly name: CaseStatusName;
  constructor(name: CaseStatusName) {
    super();
    this.name = name;
  }
  get $type(): string {
    return 'hudson.tasks.junit.CaseResult$Status';
  }
  override javaEquals(_rt: unknown, other: Value): boolean {
    return other instanceof CaseStatus && other.name === this.name;
  }
  override javaHash(): number {
    return NAMES.indexOf(this.name);
  }
  override javaString(): string {
    return this.name;
  }
}

export const caseStatusClass: NativeClass = {
  name: 'hudson.tasks.junit.CaseResult$Status',
  fields: Object.fromEntries(NAMES.map((name) => [name, () => new CaseStatus(name)])),
  methods: {
    'name()': (_rt, self: CaseStatus) => self.name,
    'getMessage()': (_rt, self: CaseStatus) => MESSAGES[self.name],
    'isRegression()': (_rt, self: CaseStatus) => self.name === 'REGRESSION',
    'toString()': (_rt, self: CaseStatus) => self.name,
  },
};
