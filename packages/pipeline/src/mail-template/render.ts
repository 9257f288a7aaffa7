/**
 * `${SCRIPT, template="x"}` and `${SCRIPT, script="x"}` of emailext. Follows ScriptContent of email-ext: the template runs in
 * the build's own program, with `build`, `project`, `it`, `rooturl`, `workspace`, `logger` and `out`. A trusted library's has its
 * rights, any other one is held by the sandbox, but may read its own build. None has steps or the script's variables: the token
 * that names it may come in a text of anybody's, such as a commit's title, and the file from a fork. What goes wrong stands in
 * the mail, as there.
 */
import type { Computation, Interpreter, Value } from '@millrace/groovy';
import { HostObject, JavaThrowable, PENDING } from '@millrace/groovy';
import { buildChanges } from '../engine/build-changes.ts';
import { errorText } from '../engine/error-text.ts';
import { deriveScope } from '../engine/scope.ts';
import { interruptionOf } from '../engine/throwables.ts';
import { changeSets } from '../globals/change-sets.ts';
import type { TokenArguments } from '../job/mail-tokens.ts';
import { escapeHtml, replaceTokens } from '../job/mail-tokens.ts';
import { timeSpan } from '../job/time-span.ts';
import { REPORTS } from '../journal/flags.ts';
import type { LibraryLoader } from '../library/library-loader.ts';
import { LIBRARIES } from '../library/library-loader.ts';
import { jobObject } from '../server-model/items.ts';
import { rawBuild } from '../server-model/raw-build.ts';
import { type BuildLog, openTo, SERVER, type Server } from '../server-model/server-asks.ts';
import { TEST_ACTIONS, testResultAction, testResults } from '../server-model/test-results.ts';
import type { StepContext } from '../steps/step.ts';
import { excerpt, matchingLines } from './log-tokens.ts';
import { templateScript } from './simple-template.ts';
import { TemplateOutput } from './template-output.ts';
import { templateSource, workspaceFile } from './template-source.ts';

const DEFAULT_TEMPLATE = 'groovy-html.template';
const JELLY =
  'JELLY_SCRIPT is not there: Millrace runs no Jelly. A Groovy template can take its place: ${SCRIPT, template="…"} with a file of the workspace or of a library’s resources.';

/** Of the log, for expressions. */
const MOST_LINES = 10_000;

export interface Rendered {
  readonly texts: readonly string[];
  /** What the tokens became: the texts have `${RENDERED, n="0"}` in their places, since nothing in it is a token again. */
  readonly rendered: readonly string[];
}

/** Replaces the tokens of scripts, of expressions in the log and of files in the texts of a mail. */
export function* renderScripts(cx: StepContext, texts: readonly string[]): Computation<Rendered> {
  const calls: { readonly name: string; readonly args: TokenArguments }[] = [];
  const marked = texts.map((text) =>
    replaceTokens(text, (name, args) => {
      if (!Object.hasOwn(RENDERED, name) || (!FIRST.includes(name) && !cx.has(REPORTS))) return null;
      calls.push({ name, args });
      return `\${RENDERED, n="${calls.length - 1}"}`;
    }),
  );
  const rendered: string[] = [];
  for (const { name, args } of calls) {
    const render = RENDERED[name] as Render;
    rendered.push(yield* render(cx, args));
  }
  return { texts: marked, rendered };
}

type Render = (cx: StepContext, args: TokenArguments) => Computation<string>;

/** Those that journals without the flag know. */
const FIRST: readonly string[] = ['SCRIPT', 'JELLY_SCRIPT'];

const RENDERED: Readonly<Record<string, Render>> = {
  SCRIPT: rendering,
  *JELLY_SCRIPT(cx) {
    cx.log(JELLY);
    return JELLY;
  },
  BUILD_LOG_REGEX: (cx, args) => ofLog(cx, (lines) => matchingLines(cx.rt, lines, args)),
  BUILD_LOG_EXCERPT: (cx, args) => ofLog(cx, (lines) => excerpt(cx.rt, lines, args)),
  FILE: fileText,
};

function* ofLog(cx: StepContext, read: (lines: readonly string[]) => string): Computation<string> {
  const { lines } = (yield* cx.ask('other', { name: 'buildLog', data: { lines: MOST_LINES } })) as unknown as BuildLog;
  try {
    return read(lines);
  } catch (error) {
    if (!(error instanceof JavaThrowable) || interruptionOf(error) !== null) throw error;
    const told = `Error evaluating token: ${error.detail}`;
    cx.log(told);
    return told;
  }
}

/** `${FILE, path="x"}`: of the workspace alone. */
function* fileText(cx: StepContext, args: TokenArguments): Computation<string> {
  const path = cx.expand(args['path'] ?? '');
  const source = yield* workspaceFile(cx, path);
  if (source === null) return (args['fileNotFoundMessage'] ?? "ERROR: File '%s' does not exist").replace('%s', () => path);
  const most = Number(args['maxLines'] ?? -1);
  const text = most > 0 ? source.split('\n').slice(0, most).join('\n') : source;
  return args['escapeHtml'] === 'true' ? escapeHtml(text) : text;
}

function* rendering(cx: StepContext, args: TokenArguments): Computation<string> {
  const libraries = cx.shared<LibraryLoader | null>(LIBRARIES, () => null);
  const server = cx.shared<Server | null>(SERVER, () => null);
  if (libraries === null || server === null) return 'SCRIPT is not there in a freestyle job: a pipeline has it.';
  const script = args['script'] ?? '';
  const isScript = script !== '';
  const name = isScript ? script : (args['template'] ?? DEFAULT_TEMPLATE);
  const vm = cx.rt as Interpreter;
  const { thread } = server.execution;
  const { scope } = thread;
  try {
    const source = yield* templateSource(cx, libraries, name, isScript ? '.groovy' : '.template');
    if (source === null) {
      const missing = `Groovy ${isScript ? 'Script' : 'Template'} file [${name}] was not found in the workspace, in the resources of the build's libraries or in the configuration.`;
      cx.log(missing);
      return missing;
    }
    const cls = libraries.compileTemplate({ text: isScript ? source.text : templateScript(source.text), trusted: source.trusted }, name);
    if (cls === null) return '';
    const out = new TemplateOutput();
    thread.scope = deriveScope(scope, { template: true });
    const program = vm.newScript(cls, bindings(cx, vm, server, out, source.trusted));
    vm.initialize(cls);
    yield* vm.initializeScript(program);
    let r = vm.invoke(program, 'run', []);
    if (r === PENDING) r = yield* vm.take();
    if (!isScript) return out.text();
    return r === null ? '' : vm.str(r as Value);
  } catch (error) {
    // An abort of the build is none of the template's.
    if (!(error instanceof JavaThrowable) || interruptionOf(error) !== null) throw error;
    const told = isScript
      ? `Error in script or template: ${cx.rt.str(error)}`
      : `Exception raised during template rendering: ${error.detail}\n\n${errorText(cx.rt, error)}`;
    cx.log(told);
    return told;
  } finally {
    thread.scope = scope;
  }
}

/** `trusted`: it sees passwords among the parameters. */
function bindings(cx: StepContext, vm: Interpreter, server: Server, out: TemplateOutput, trusted: boolean): Map<string, Value> {
  const own = openTo(server);
  const { execution } = server;
  const { facts } = execution;
  const text = (name: string): string | null => (execution.shared.get(`currentBuild.${name}`) as string | null | undefined) ?? null;
  const build = rawBuild(
    vm,
    own,
    { displayName: () => text('displayName') ?? `#${facts.number}`, description: () => text('description') },
    {
      secrets: trusted,
      more: {
        getDurationString: () => `${timeSpan(execution.now() - facts.startedAt)} and counting`,
        getChangeSets: () => changeSets(buildChanges(execution.shared).sets),
      },
    },
  );
  const project = jobObject(own, facts.job);
  const it = own.object('java.lang.Object', 'ScriptContentBuildWrapper', {
    getTimestampString: () => new Date(facts.startedAt).toUTCString().replace('GMT', '+0000'),
    getJUnitTestResult: () => own.defer(testResults(own)),
    getAction: (name = null) => (TEST_ACTIONS.has(vm.str(name)) ? own.defer(testResultAction(own)) : null),
  });
  return new Map<string, Value>([
    ['build', build],
    ['project', project],
    ['it', it],
    ['rooturl', facts.rootUrl],
    ['workspace', cx.scope.cwd],
    ['logger', new Logger((line) => cx.log(line))],
    ['out', out],
  ]);
}

/** The build's console as a PrintStream. */
class Logger extends HostObject {
  private readonly log: (line: string) => void;
  constructor(log: (line: string) => void) {
    super();
    this.log = log;
  }
  get $type(): string {
    return 'java.io.PrintStream';
  }
  hasMethod(name: string): boolean {
    return name === 'print' || name === 'println';
  }
  invokeMethod(rt: Interpreter, name: string, args: readonly Value[]): Value | undefined {
    if (!this.hasMethod(name)) return undefined;
    this.log(args.length === 0 ? '' : rt.format(args[0] as Value));
    return null;
  }
  getProperty(): undefined {
    return undefined;
  }
  setProperty(): boolean {
    return false;
  }
}
