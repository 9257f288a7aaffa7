/** Cases of kind `run`: consecutive builds of one job. */
export interface Expectation {
  readonly result: string | null;
  readonly log: readonly string[];
  readonly notLog: readonly string[];
  readonly inOrder: readonly string[];
  readonly regex: readonly string[];
  readonly archives: readonly (readonly [string, string])[];
}
export interface RunCase {
  readonly id: string;
  readonly kind: 'run';
  readonly scm: boolean;
  readonly nodes: readonly { readonly labels: string; readonly executors: number; readonly env: Readonly<Record<string, string>> }[];
  readonly tools: readonly string[];
  readonly files: Readonly<Record<string, string | null>>;
  readonly builds: readonly { readonly jenkinsfile: string; readonly expect: Expectation }[];
}

export function differencesOfRun(_c: RunCase): Promise<readonly string[]> {
  return Promise.resolve(['runs are not wired yet']);
}
