/**
 * Runs a program of steps against a host, for tests:
 *
 *   const { console, result } = await runSteps(function* (call) { yield* call('echo', 'hello'); return null; });
 */
import type { Computation, NativeClosure, Value } from '@millrace/groovy';
import type { Host } from '../../host.ts';
import { Journal } from '../../journal/journal.ts';
import { Log } from '../../log/log.ts';
import { STEPS } from '../../steps/index.ts';
import type { AnyStep } from '../../steps/step.ts';
import { Tree } from '../../tree/tree.ts';
import type { BuildFacts, ResultName } from '../build.ts';
import { StepCalls } from '../call-step.ts';
import { Execution } from '../execution.ts';
import { DummyHost } from './dummy-host.ts';
import { GeneratorProgram } from './generator-program.ts';
import { MemoryJournal, MemoryLog } from './memory-stores.ts';

export type Call = (step: string, ...args: Value[]) => Computation<Value>;
export type Script = (call: Call, block: (body: () => Computation) => NativeClosure, execution: Execution) => Computation;

export const FACTS: BuildFacts = {
  job: 'job',
  number: 1,
  startedAt: 1_700_000_000_000,
  causes: [],
  parameters: {},
  env: { BUILD_NUMBER: '1' },
  script: { text: '', path: 'Jenkinsfile' },
  scm: null,
  sandbox: true,
  timeZone: 'Etc/UTC',
  previous: [],
  rootUrl: null,
};

export interface RunOptions {
  readonly host?: Host;
  readonly journal?: MemoryJournal;
  readonly log?: MemoryLog;
  readonly steps?: readonly AnyStep[];
  readonly facts?: Partial<BuildFacts>;
}

/** The execution and what it will answer; `execution.external` reaches it while it runs. */
export function startSteps(
  script: Script,
  options: RunOptions = {},
): { execution: Execution; outcome: Promise<{ result: ResultName; console: string; journal: readonly string[]; tree: Tree }> } {
  const store = options.journal ?? new MemoryJournal();
  const logStore = options.log ?? new MemoryLog();
  const journal =
    store.lines.length === 0 ? Journal.begin(store, { build: { ...FACTS, ...options.facts }, seed: [1, 2, 3, 4] }) : Journal.resume(store, [...store.lines]);
  const log = new Log({ store: logStore, records: logStore.records });
  const tree = new Tree();
  const program: GeneratorProgram = new GeneratorProgram(function* () {
    execution.printTo(execution.thread.head, '[Pipeline] Start of Pipeline\n');
    return yield* script(call, (body) => program.block(body), execution);
  });
  const execution: Execution = new Execution({ host: options.host ?? new DummyHost(), journal, log, tree, runtime: () => program.rt });
  const calls = new StepCalls(execution, new Map((options.steps ?? STEPS).map((s) => [s.name, s])));
  const call: Call = (step, ...args) => calls.callAsScript(step, args);
  return {
    execution,
    outcome: execution.run(program).then(({ result }) => ({ result, console: logStore.text, journal: store.lines, tree })),
  };
}

export function runSteps(script: Script, options: RunOptions = {}): ReturnType<typeof startSteps>['outcome'] {
  return startSteps(script, options).outcome;
}
