/**
 * A Jenkinsfile as a program of the engine: the interpreter with the pipeline's names. What a script calls and does not
 * define is, in this order: a step, a symbol (which makes a describable), else Jenkins' error. What it reads and does not
 * define is a global variable.
 */

import type { CompilationUnit, Computation, Hooks, Limits, Pending, ScriptObject, Value, World } from '@millrace/groovy';
import {
  CompilationError,
  compileUnit,
  Interpreter,
  JavaList,
  JavaThrowable,
  PENDING,
  parse,
  runScriptObject,
  standardIndex,
  syntaxMessage,
} from '@millrace/groovy';
import type { ToolDescriptor } from '../declarative/descriptors.ts';
import type { AgentType } from '../declarative/execute/agent-type.ts';
import { defaultDescriptors, EngineContext, PIPELINE, prepare, runPipeline, stepDescriptors } from '../declarative/index.ts';
import { buildVariables } from '../environment/build-variables.ts';
import type { GlobalVariable } from '../globals/global.ts';
import { CPS_SCRIPT } from '../java/cps-script.ts';
import { jenkinsLibrary, starImports } from '../java/index.ts';
import { serverClass } from '../java/server-classes.ts';
import { isUnknownLibrary, LIBRARIES, LibraryLoader } from '../library/library-loader.ts';
import type { LibraryRequest } from '../library/request.ts';
import { annotatedLibraries, libraryNamed } from '../library/request.ts';
import { jenkinsClasses } from '../server-model/jenkins.ts';
import { forNobody } from '../server-model/model-object.ts';
import { SERVER, type Server, serverOf } from '../server-model/server-asks.ts';
import { Described } from '../steps/described.ts';
import { STEPS } from '../steps/index.ts';
import { mapEntries } from '../steps/values.ts';
import { buildChanges } from './build-changes.ts';
import type { StepCalls } from './call-step.ts';
import { Context } from './context.ts';
import type { Execution } from './execution.ts';
import type { Program, ProgramThread } from './program.ts';

export interface PipelineNames {
  readonly steps: StepCalls;
  readonly symbols: ReadonlySet<string>;
  readonly globals: ReadonlyMap<string, GlobalVariable>;
}

export class PipelineProgram implements Program {
  readonly vm: Interpreter;
  private readonly execution: Execution;
  readonly names: PipelineNames;
  /** What trusted libraries read of the server goes through it. */
  readonly server: Server;
  private readonly values = new Map<string, Value>();
  private script: ScriptObject | null = null;
  private readonly tools: readonly ToolDescriptor[];
  private readonly agents: readonly AgentType[];
  private readonly libraries: LibraryLoader;
  private unit: CompilationUnit | null = null;
  /** Global variables of the script, shared with scripts that it loads. */
  private readonly binding = new Map<string, Value>();

  constructor(
    execution: Execution,
    names: PipelineNames,
    limits: Partial<Limits> = {},
    tools: readonly ToolDescriptor[] = [],
    agents: readonly AgentType[] = [],
  ) {
    this.tools = tools;
    this.agents = agents;
    this.execution = execution;
    this.names = names;
    const world: World = {
      now: () => execution.now(),
      nanoTime: () => BigInt(execution.now()) * 1_000_000n,
      random: () => execution.random(),
      timeZone: () => execution.facts.timeZone,
      print: (text) => execution.printScript(text),
    };
    const inTemplate = (): boolean => execution.thread.scope.template;
    const hooks: Hooks = {
      // Closures print as the script around them does.
      hasMethod: (name) =>
        name === 'println' ||
        name === 'print' ||
        name === 'printf' ||
        (!inTemplate() && (name === PIPELINE || names.steps.has(name) || names.symbols.has(name) || this.libraries.has(name))),
      methodMissing: (_rt, _script, name, args) => (inTemplate() ? undefined : this.call(name, args)),
      propertyMissing: (_rt, _script, name) => (inTemplate() ? undefined : (this.variable(name) ?? this.environmentVariable(name))),
      findClass: (_rt, name) => this.libraries.findClass(name),
      absentClass: serverClass,
      compileText: (_rt, text) => this.libraries.compileText(text),
      unavailable: forNobody,
    };
    this.vm = new Interpreter({ world, index: standardIndex([jenkinsLibrary]), sandbox: execution.facts.sandbox, hooks, limits });
    this.libraries = new LibraryLoader(this.vm, {
      prepare: (unit) => this.prepared(unit),
      binding: this.binding,
      changed: (changes) => buildChanges(execution.shared).add(changes),
    });
    execution.shared.set(LIBRARIES, this.libraries);
    this.server = serverOf(execution, names.steps, (computation) => this.vm.defer(computation));
    execution.shared.set(SERVER, this.server);
    for (const table of jenkinsClasses(this.server)) this.vm.registry.defineNative(table);
  }

  /** Throws CompilationError. */
  load(): void {
    const { text } = this.execution.facts.script;
    this.unit = this.prepared(parse(text, 'WorkflowScript'));
    // With libraries, their classes must be there before the script is compiled.
    if (this.needed().length === 0) this.compile();
  }
  private compile(): void {
    const { script } = compileUnit(this.vm, this.unit as CompilationUnit, { className: 'WorkflowScript', scriptBase: CPS_SCRIPT, starImports });
    if (script === null) {
      const { text } = this.execution.facts.script;
      throw new CompilationError([syntaxMessage('The file holds classes alone, and nothing that runs.\n', 1, 1, text)], 'WorkflowScript');
    }
    this.script = this.vm.newScript(script, this.binding) as ScriptObject;
  }
  private prepared(unit: CompilationUnit): CompilationUnit {
    const agents = this.agents.map((agent) => agent.descriptor);
    return prepare(unit, defaultDescriptors(stepDescriptors(STEPS.filter((step) => step.name !== 'script')), this.tools, [], agents));
  }
  private needed(): readonly LibraryRequest[] {
    const implicit = (this.execution.facts.libraries ?? []).map((name) => libraryNamed(name, { implicit: true }));
    return [...implicit, ...annotatedLibraries(this.unit as CompilationUnit)];
  }

  main(): ProgramThread {
    return this.vm.start(() => this.vm.defer(this.program()));
  }
  private *program(): Computation {
    const { execution } = this;
    const context = new Context(execution, execution.thread, execution.tree.get(execution.thread.head), this.names.steps);
    const unknown: string[] = [];
    for (const request of this.needed()) {
      try {
        yield* this.libraries.load(context, request);
      } catch (e) {
        if (!isUnknownLibrary(e)) throw e;
        unknown.push(request.version === null ? request.name : `${request.name}@${request.version}`);
      }
    }
    // All that are not there at once, and what the compiler of Jenkins makes of it.
    if (unknown.length > 0) {
      context.log(`ERROR: Could not find any definition of libraries [${unknown.join(', ')}]`);
      throw new JavaThrowable(
        'org.codehaus.groovy.control.MultipleCompilationErrorsException',
        'startup failed:\nWorkflowScript: Loading libraries failed\n\n1 error\n',
      );
    }
    if (this.script === null) {
      try {
        this.compile();
      } catch (e) {
        if (!(e instanceof CompilationError)) throw e;
        throw new JavaThrowable('org.codehaus.groovy.control.MultipleCompilationErrorsException', e.message);
      }
    }
    execution.printTo(context.nodeId, '[Pipeline] Start of Pipeline\n');
    return yield* runScriptObject(this.vm, this.script as unknown as ScriptObject) as Computation;
  }
  branch(call: () => Value | Pending): ProgramThread {
    return this.vm.start(call);
  }

  knows(name: string): boolean {
    return this.names.steps.has(name) || this.names.symbols.has(name) || this.names.globals.has(name) || this.libraries.has(name);
  }

  /** A call of a name that the script does not define. */
  call(name: string, args: readonly Value[]): Value | Pending | undefined {
    const { steps, symbols, globals } = this.names;
    // A library's variable wins over a step; in it, `steps.x` still calls the step.
    if (!this.libraries.has(name)) {
      const called = this.callStep(name, args);
      if (called !== undefined) return called;
    }
    // What a Declarative Pipeline was turned into.
    const [plan, closures] = args;
    if (name === PIPELINE && typeof plan === 'string' && closures instanceof JavaList) {
      return this.vm.defer(runPipeline(new EngineContext(this.execution, steps), plan, closures.items, this.agents));
    }
    const variable = this.variable(name);
    if (variable !== undefined) {
      if (variable !== PENDING) return this.vm.invoke(variable as Value, 'call', args);
      const { vm } = this;
      const pending = vm.take();
      return vm.defer(
        (function* (): Computation {
          const r = vm.invoke(yield* pending, 'call', args);
          return r === PENDING ? yield* vm.take() : (r as Value);
        })(),
      );
    }
    if (symbols.has(name)) return describe(this.vm, name, args);
    throw new JavaThrowable(
      'java.lang.NoSuchMethodError',
      `No such DSL method '${name}' found among steps [${steps.names().join(', ')}] or symbols [${[...symbols].sort().join(', ')}] or globals [${[...globals.keys(), ...this.libraries.variables()].sort().join(', ')}]`,
    );
  }

  /** A call of a step, whatever else has its name; undefined where there is none. */
  callStep(name: string, args: readonly Value[]): Pending | undefined {
    const { steps } = this.names;
    const step = steps.has(name) ? name : stepOfClass(name);
    return steps.has(step) ? this.vm.defer(steps.callAsScript(step, args)) : undefined;
  }

  /** `BUILD_NUMBER` for `env.BUILD_NUMBER`. */
  private environmentVariable(name: string): Value | undefined {
    const { facts, variables, thread } = this.execution;
    const env = buildVariables(facts, variables, thread.scope);
    return Object.hasOwn(env, name) ? (env[name] as string) : undefined;
  }

  variable(name: string): Value | Pending | undefined {
    const known = this.values.get(name);
    if (known !== undefined) return known;
    const global = this.names.globals.get(name);
    if (global === undefined) return this.libraries.variable(name);
    const value = global.make(this.execution, this);
    if (global.fresh !== true) this.values.set(name, value);
    return value;
  }
}

/** `usernamePassword(credentialsId: 'x')`, `pollSCM('H * * * *')`. */
function describe(vm: Interpreter, symbol: string, args: readonly Value[]): Described {
  const [only] = args;
  if (args.length > 1)
    throw new JavaThrowable('java.lang.IllegalArgumentException', `Expected named arguments but got [${args.map((v) => vm.format(v)).join(', ')}]`);
  if (only === undefined) return new Described(symbol, null, new Map());
  const entries = mapEntries(vm, only);
  return new Described(symbol, null, new Map(entries ?? [['', only]]));
}

/** A step's Java class may be called by its name: `'org.jenkinsci.plugins.workflow.steps.EchoStep' 'x'`. */
function stepOfClass(name: string): string {
  const simple = /^[\w.]+\.([A-Z]\w*)Step$/.exec(name)?.[1];
  if (simple === undefined) return name;
  return simple === 'Shell' ? 'sh' : simple.charAt(0).toLowerCase() + simple.slice(1);
}
