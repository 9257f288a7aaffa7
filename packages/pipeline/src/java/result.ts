/** hudson.model.Result: what `e.result` of an interruption is, and what comparisons of results take. */

import type { NativeClass, Value } from '@millrace/groovy';
import { JavaObject } from '@millrace/groovy';
import type { ResultName } from '../engine/build.ts';
import { RESULTS } from '../engine/build.ts';

export class Result extends JavaObject {
  readonly name: ResultName;
  constructor(name: ResultName) {
    super();
    this.name = name;
  }
  get $type(): string {
    return 'hudson.model.Result';
  }
  get rank(): number {
    return RESULTS.indexOf(this.name);
  }
  override javaEquals(_rt: unknown, other: Value): boolean {
    return other instanceof Result && other.name === this.name;
  }
  override javaHash(): number {
    return this.rank;
  }
  override javaString(): string {
    return this.name;
  }
}

/** `Result.fromString`: an unknown name is a failure. */
export function resultFrom(name: string): ResultName {
  const upper = name.toUpperCase();
  return (RESULTS as readonly string[]).includes(upper) ? (upper as ResultName) : 'FAILURE';
}

export const resultClass: NativeClass = {
  name: 'hudson.model.Result',
  fields: Object.fromEntries(RESULTS.map((name) => [name, () => new Result(name)])),
  statics: { 'fromString(java.lang.String)': (_rt, _self, name: string) => new Result(resultFrom(name)) },
  methods: {
    'isWorseThan(hudson.model.Result)': (_rt, self: Result, other: Result) => self.rank > other.rank,
    'isWorseOrEqualTo(hudson.model.Result)': (_rt, self: Result, other: Result) => self.rank >= other.rank,
    'isBetterThan(hudson.model.Result)': (_rt, self: Result, other: Result) => self.rank < other.rank,
    'isBetterOrEqualTo(hudson.model.Result)': (_rt, self: Result, other: Result) => self.rank <= other.rank,
    'isCompleteBuild()': (_rt, self: Result) => self.name !== 'NOT_BUILT' && self.name !== 'ABORTED',
    'combine(hudson.model.Result)': (_rt, self: Result, other: Result) => (other.rank > self.rank ? other : self),
    'toString()': (_rt, self: Result) => self.name,
  },
};
