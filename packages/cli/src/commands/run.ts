/** `millrace run`: one build of one Jenkinsfile on this machine. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { CompilationError } from '@millrace/groovy';
import type { BuildFacts, PipelineRun } from '@millrace/pipeline';
import { runPipeline } from '@millrace/pipeline';
import { DEFAULT_CONFIG } from '../config/config.ts';
import { toolDescriptors } from '../config/tool-types.ts';
import { consoleColours } from '../console/colours.ts';
import { EXIT_STATUS } from '../console/exit-status.ts';
import { CommandError } from '../errors.ts';
import { LocalHost, newBuildId } from '../local/local-host.ts';
import { randomBytes } from '../local/random.ts';
import { timeZone } from '../local/time-zone.ts';
import { JournalFile, readJournal } from '../state/journal-file.ts';
import { LogFile, PassingLog } from '../state/log-file.ts';

const HELP = `Usage: millrace run [FILE] [OPTIONS]

Runs a pipeline on this machine and prints what Jenkins' console would print. FILE is Jenkinsfile where none is given.

Options:
  -p, --param NAME=VALUE   a parameter of the build; may be given again
  -c, --config FILE        nodes, tools, credentials and libraries, in YAML
      --workspace DIR      where the nodes' workspaces are (default: .millrace)
      --state DIR          keeps the build's journal there, so that it can be resumed
      --resume DIR         goes on with the build whose journal is there
      --input ID=VALUE     answers an input beforehand: proceed, abort, or a JSON object
      --json FILE          writes the tree of stages and steps there at the end
      --view console|tree  what to show (default: console)
      --no-color           no colours
      --help               this text

Exit status: 0 SUCCESS, 1 UNSTABLE, 2 FAILURE, 3 NOT_BUILT, 4 ABORTED, 64 wrong usage, 65 the Jenkinsfile does not compile.
`;

/** What a state folder knows beside the journal. */
interface Settings {
  readonly buildId: string;
  readonly workspaceRoot: string;
  readonly archiveDir: string;
  readonly sourceDir: string;
  readonly config: string | null;
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  if (positionals.length > 1) throw new CommandError('MR_USAGE', 'millrace run takes one file');
  if (values.state !== undefined && values.resume !== undefined) throw new CommandError('MR_USAGE', '--state and --resume exclude each other');
  if (values.view !== undefined && values.view !== 'tree' && values.view !== 'console') throw new CommandError('MR_USAGE', '--view is console or tree');
  const resuming = values.resume !== undefined;
  if (resuming && (positionals.length > 0 || values.param !== undefined))
    throw new CommandError('MR_USAGE', '--resume takes file and parameters from the journal');

  const kept = values.resume ?? values.state;
  const home = resolve('.millrace');
  const scratch = values.workspace === undefined ? home : join(resolve(values.workspace), '.millrace');
  const stateDir = kept !== undefined ? resolve(kept) : join(scratch, `run-${process.pid}`);
  // Everything that may be wrong with the call is looked at before a folder is made.
  const known = resuming ? readSettings(stateDir) : null;
  const configPath = values.config !== undefined ? resolve(values.config) : (known?.config ?? null);
  const config = configPath === null ? DEFAULT_CONFIG : await (await import('../config/config.ts')).readConfig(configPath);
  const facts = resuming
    ? null
    : { ...(await factsOf(positionals[0] ?? 'Jenkinsfile', values.param ?? [])), libraries: config.libraries.filter((l) => l.implicit).map((l) => l.name) };

  const settings = known ?? newSettings(stateDir, home, positionals[0] ?? 'Jenkinsfile', values);

  const host = new LocalHost({
    config,
    workspaceRoot: settings.workspaceRoot,
    stateDir,
    resumable: kept !== undefined,
    buildId: settings.buildId,
    archiveDir: settings.archiveDir,
    sourceDir: settings.sourceDir,
    inputs: {
      given: pairs(values.input ?? [], '--input'),
      user: process.env['USER'] ?? 'anonymous',
      // Only an input that waits asks whether there is a terminal: stdin costs a start 5 ms.
      get question() {
        return process.stdin.isTTY ? terminalQuestion : null;
      },
    },
  });

  const journalPath = join(stateDir, 'journal.jsonl');
  const old = resuming ? readJournal(journalPath) : null;
  const journal =
    kept === undefined
      ? { append: () => undefined, flush: () => undefined, close: () => undefined }
      : new JournalFile(journalPath, old?.size ?? 0, { sync: true, entries: old?.lines.length ?? 0, ...killHook() });
  const log = kept === undefined ? new PassingLog(values.json !== undefined) : new LogFile(join(stateDir, 'log'));
  const tree = values.view === 'tree' ? new (await import('../console/tree-view.ts')).TreeView(process.stdout) : null;
  const paint = consoleColours(process.stdout.isTTY && values['no-color'] !== true && process.env['NO_COLOR'] === undefined);
  if (resuming && tree === null) process.stdout.write(paint(readFileSync(join(stateDir, 'log'), 'utf8')));

  let build: PipelineRun;
  try {
    build = runPipeline({
      host,
      journal,
      log,
      tools: toolDescriptors(config.tools),
      // A program that eats memory ends with an OutOfMemoryError of its own, before the process does.
      limits: { heap: 0.5 * getHeapStatistics().heap_size_limit, heapUsed: () => getHeapStatistics().used_heap_size },
      begin: old === null ? { build: facts as BuildFacts, seed: seedWords() } : { lines: old.lines, records: log.records },
      onText: (text) => {
        if (tree === null) process.stdout.write(paint(text));
      },
      ...(tree === null
        ? {}
        : {
            onTree: (event) => {
              tree.event(event);
            },
          }),
    });
  } catch (e) {
    if (!(e instanceof CompilationError)) throw e;
    process.stderr.write(`${e.message}\n`);
    if (kept === undefined) rmSync(stateDir, { recursive: true, force: true });
    return 65;
  }
  const stopListening = listenForAbort(build);
  // A build that waits for a node has nothing open, and Node.js would end.
  const alive = setInterval(() => undefined, 1 << 30);
  const { result, endedAt } = await build.outcome;
  clearInterval(alive);
  stopListening();
  tree?.end(result);
  journal.close();
  if (log instanceof LogFile) log.close();
  if (values.json !== undefined) {
    const { treeJson } = await import('../console/tree-json.ts');
    writeFileSync(values.json, `${JSON.stringify(treeJson(build, result, endedAt, log.records), null, 2)}\n`);
  }
  if (kept === undefined) rmSync(stateDir, { recursive: true, force: true });
  // What a host still has open (a poll, a socket) must not hold the process; the output is written before it ends.
  await new Promise<void>((done) => {
    process.stdout.write('', () => {
      done();
    });
  });
  setImmediate(() => {
    process.exit(EXIT_STATUS[result]);
  });
  return EXIT_STATUS[result];
}

function parsed(args: readonly string[]): {
  values: {
    help?: boolean;
    param?: string[];
    config?: string;
    workspace?: string;
    state?: string;
    resume?: string;
    input?: string[];
    json?: string;
    view?: string;
    'no-color'?: boolean;
  };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        param: { type: 'string', short: 'p', multiple: true },
        config: { type: 'string', short: 'c' },
        workspace: { type: 'string' },
        state: { type: 'string' },
        resume: { type: 'string' },
        input: { type: 'string', multiple: true },
        json: { type: 'string' },
        view: { type: 'string' },
        'no-color': { type: 'boolean' },
      },
    });
  } catch (e) {
    throw new CommandError('MR_USAGE', `${(e as Error).message} (see millrace run --help)`);
  }
}

function pairs(given: readonly string[], option: string): Map<string, string> {
  return new Map(
    given.map((pair): [string, string] => {
      const eq = pair.indexOf('=');
      if (eq <= 0) throw new CommandError('MR_USAGE', `${option} takes NAME=VALUE, not ${pair}`);
      return [pair.slice(0, eq), pair.slice(eq + 1)];
    }),
  );
}

/** Where the build's own random numbers begin: four words of 32 bits. */
function seedWords(): number[] {
  const bytes = randomBytes(16);
  return [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at));
}

function newSettings(stateDir: string, home: string, file: string, values: { workspace?: string; config?: string }): Settings {
  if (existsSync(join(stateDir, 'journal.jsonl')))
    throw new CommandError('MR_STATE', `${stateDir} holds a build already; go on with it by --resume, or name another folder`);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  if (stateDir.startsWith(home)) {
    // The folder stays out of the project's own repository.
    if (!existsSync(join(home, '.gitignore'))) writeFileSync(join(home, '.gitignore'), '*\n');
  }
  const workspaceRoot = values.workspace === undefined ? home : resolve(values.workspace);
  const settings: Settings = {
    buildId: newBuildId(),
    workspaceRoot,
    archiveDir: join(workspaceRoot, 'archive', jobName(file)),
    sourceDir: dirname(resolve(file)),
    config: values.config === undefined ? null : resolve(values.config),
  };
  writeFileSync(join(stateDir, 'settings.json'), JSON.stringify(settings));
  return settings;
}
function readSettings(stateDir: string): Settings {
  try {
    return JSON.parse(readFileSync(join(stateDir, 'settings.json'), 'utf8')) as Settings;
  } catch {
    throw new CommandError('MR_STATE', `${stateDir} holds no build`);
  }
}

/** Jenkins would have a job's name; here the folder or the file names it. */
function jobName(file: string): string {
  const name = basename(file);
  return name === 'Jenkinsfile' ? basename(dirname(resolve(file))) : name.replace(/\.(jenkinsfile|groovy)$/i, '');
}

async function factsOf(file: string, params: readonly string[]): Promise<BuildFacts> {
  let text: string;
  try {
    if (statSync(file).isDirectory()) throw new CommandError('MR_USAGE', `${file} is a folder; name the Jenkinsfile in it`);
    text = readFileSync(file, 'utf8');
  } catch (e) {
    if (e instanceof CommandError) throw e;
    throw new CommandError('MR_USAGE', `${file} cannot be read`);
  }
  const job = jobName(file);
  const startedAt = Date.now();
  const user = process.env['USER'] ?? 'anonymous';
  const { scmOf } = await import('../local/own-scm.ts');
  const scm = scmOf(dirname(resolve(file)));
  const env: Record<string, string> = {
    BUILD_NUMBER: '1',
    BUILD_ID: '1',
    BUILD_DISPLAY_NAME: '#1',
    JOB_NAME: job,
    JOB_BASE_NAME: basename(job),
    BUILD_TAG: `jenkins-${job.replaceAll('/', '-')}-1`,
    CI: 'true',
    HUDSON_COOKIE: newBuildId(),
    ...(scm?.branch == null ? {} : { BRANCH_NAME: scm.branch }),
  };
  return {
    job,
    number: 1,
    startedAt,
    causes: [{ text: `Started by user ${user}`, type: 'hudson.model.Cause$UserIdCause', data: { userId: user, userName: user } }],
    parameters: Object.fromEntries(pairs(params, '--param')),
    env,
    script: { text, path: basename(file) },
    scm: scm?.spec ?? null,
    sandbox: true,
    timeZone: timeZone(),
    previous: [],
    rootUrl: null,
  };
}

/** The first interrupt aborts as Jenkins does, the second ends at once. */
function listenForAbort(build: PipelineRun): () => void {
  let count = 0;
  const onSignal = (): void => {
    void build.external({ kind: 'abort', by: process.env['USER'] ?? 'anonymous', hard: ++count > 1 });
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}

/** For the kill test: dies, as by `kill -9`, once so many entries are in the journal. */
function killHook(): { onEntry?: (count: number) => void } {
  const after = process.env['MILLRACE_TEST_KILL_AFTER'];
  return after === undefined
    ? {}
    : {
        onEntry: (count) => {
          if (count >= Number(after)) process.kill(process.pid, 'SIGKILL');
        },
      };
}

async function terminalQuestion(text: string): Promise<string | null> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(text).catch(() => null);
  lines.close();
  return answer;
}
