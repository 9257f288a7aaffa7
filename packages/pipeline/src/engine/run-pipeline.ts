/** Puts one build together: interpreter, journal, log, tree and host; begins it or goes on with it. */
import type { Limits, Runtime } from '@millrace/groovy';
import type { ToolDescriptor } from '../declarative/descriptors.ts';
import type { AgentType } from '../declarative/execute/agent-type.ts';
import { FreestyleProgram } from '../freestyle/freestyle-program.ts';
import { GLOBALS } from '../globals/index.ts';
import type { Ask, Host } from '../host.ts';
import type { ExternalEvent, JournalStore } from '../journal/entries.ts';
import { Journal } from '../journal/journal.ts';
import type { LogRecord, LogStore } from '../log/log.ts';
import { Log } from '../log/log.ts';
import { STEPS } from '../steps/index.ts';
import type { AnyStep } from '../steps/step.ts';
import { SYMBOLS } from '../steps/symbols.ts';
import { validateDeclarativePipelineStep } from '../steps/validate-declarative-pipeline.ts';
import type { TreeEvent } from '../tree/tree.ts';
import { Tree } from '../tree/tree.ts';
import type { BuildFacts } from './build.ts';
import { StepCalls } from './call-step.ts';
import { checkPipeline } from './check-pipeline.ts';
import type { BuildOutcome } from './execution.ts';
import { Execution } from './execution.ts';
import type { LiveFacts } from './live-facts.ts';
import { PipelineProgram } from './pipeline-program.ts';
import type { Program } from './program.ts';

export interface PipelineOptions {
  readonly host: Host;
  readonly journal: JournalStore;
  readonly log: LogStore;
  /** A new build, or the whole lines of the journal and the log's records of one to go on with. */
  readonly begin:
    | { readonly build: BuildFacts; readonly seed: readonly number[] }
    | { readonly lines: readonly string[]; readonly records: readonly LogRecord[] };
  readonly onText?: (text: string, node: string) => void;
  readonly onTree?: (event: TreeEvent) => void;
  /**
   * All threads wait and everything is durable: the asks that are open, those of timers and other watches among them. Told
   * once for many short waits, so that a driver can decide to park the build.
   */
  readonly onIdle?: (open: readonly Ask[]) => void;
  /** What the program has made of its own build; told before the turn that changed it is made durable, and once after a replay. */
  readonly onFacts?: (facts: LiveFacts) => void;
  readonly limits?: Partial<Limits>;
  /** Steps beside the built-in ones: plug-ins, tests. */
  readonly steps?: readonly AnyStep[];
  /** The tools there are, for the `tools` of Declarative Pipelines. */
  readonly tools?: readonly ToolDescriptor[];
  /** Types of `agent` beside the built-in ones. */
  readonly agents?: readonly AgentType[];
  /** Symbols of describables beside the built-in ones. */
  readonly symbols?: readonly string[];
}

export interface PipelineRun {
  readonly tree: Tree;
  readonly facts: BuildFacts;
  readonly outcome: Promise<BuildOutcome>;
  /** An abort and the like. Resolves when it is durable, or when the build has ended; rejects as `outcome` does. */
  external(event: ExternalEvent): Promise<void>;
  /**
   * Stops here without ending the build: the current turn becomes durable, then nothing is started, appended, answered or
   * cancelled any more. `outcome` rejects with MR_BUILD_DETACHED, unless the build has ended just then.
   */
  detach(): Promise<void>;
}

/** Throws CompilationError where the Jenkinsfile does not compile, PipelineError where the journal cannot be read. */
export function runPipeline(options: PipelineOptions): PipelineRun {
  const { begin } = options;
  const journal = 'lines' in begin ? Journal.resume(options.journal, begin.lines) : Journal.begin(options.journal, begin);
  const log = new Log({
    store: options.log,
    records: 'records' in begin ? begin.records : [],
    ...(options.onText === undefined ? {} : { onText: options.onText }),
  });
  const tree = new Tree(options.onTree);
  const execution: Execution = new Execution({
    host: options.host,
    journal,
    log,
    tree,
    runtime: () => program.vm,
    onIdle: options.onIdle,
    onFacts: options.onFacts,
  });
  const { freestyle } = execution.facts;
  const program: Program & { readonly vm: Runtime } =
    freestyle === undefined ? pipelineProgram(execution, options) : new FreestyleProgram(execution, freestyle);
  return {
    tree,
    facts: execution.facts,
    outcome: execution.run(program),
    external: (event) => execution.external(event),
    detach: () => execution.detach(),
  };
}

function pipelineProgram(execution: Execution, options: PipelineOptions): PipelineProgram {
  const { tools = [], agents = [] } = options;
  const validate = validateDeclarativePipelineStep((text) =>
    checkPipeline(
      text,
      tools,
      agents.map((agent) => agent.descriptor),
    ),
  );
  const program = new PipelineProgram(
    execution,
    {
      steps: new StepCalls(execution, new Map([...STEPS, validate, ...(options.steps ?? [])].map((step) => [step.name, step]))),
      symbols: new Set([...SYMBOLS, ...(options.symbols ?? [])]),
      globals: new Map(GLOBALS.map((global) => [global.name, global])),
    },
    options.limits,
    tools,
    agents,
  );
  program.load();
  return program;
}
