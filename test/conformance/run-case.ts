/** Cases of kind `run`: consecutive builds of one job, on the host of `millrace run`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CompilationError } from '@millrace/groovy';
import type { BuildFacts, PipelineRun } from '@millrace/pipeline';
import { runPipeline } from '@millrace/pipeline';
import type { Config } from '../../packages/cli/src/config/config.ts';
import { DEFAULT_CONFIG } from '../../packages/cli/src/config/config.ts';
import { LocalHost, newBuildId } from '../../packages/cli/src/local/local-host.ts';
import { scmOf } from '../../packages/cli/src/local/own-scm.ts';
import { PassingLog } from '../../packages/cli/src/state/log-file.ts';
import { dslSymbols } from './dsl-fixtures.ts';
import { added, answers, causes, commits, fixtureAgents, jobs, parameters, stepsOf, undeclared, unlistedOriginals } from './fixtures.ts';

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
  readonly nodes: readonly { readonly labels: readonly string[]; readonly executors: number; readonly env: Readonly<Record<string, string>> }[];
  readonly tools: readonly string[];
  readonly files: Readonly<Record<string, string | null>>;
  readonly builds: readonly { readonly jenkinsfile: string; readonly expect: Expectation }[];
}

/** A build that waits for what no case brings (a semaphore, a person) is aborted after this; the case has failed then. */
const PATIENCE_MS = 30_000;

export async function differencesOfRun(c: RunCase): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), 'millrace-case-'));
  try {
    return await runBuilds(c, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function runBuilds(c: RunCase, root: string): Promise<string[]> {
  const source = join(root, 'source');
  mkdirSync(source);
  const config = configOf(c, root);
  const previous: BuildFacts['previous'][number][] = [];
  const differences: string[] = [];
  let number = 0;
  for (const { jenkinsfile, expect } of c.builds) {
    const stage = restartedStage(expect);
    let before = '';
    // A case of one build that is restarted from a stage: the build first, then the restart; the log is both.
    if (stage !== null && (number === 0 || unlistedOriginals.has(c.id))) {
      const first = await one(++number, null);
      before = first.text;
    }
    const built = await one(++number, stage);
    differences.push(...compare(expect, built, before).map((d) => (c.builds.length > 1 ? `build ${number}: ${d}` : d)));

    async function one(n: number, from: string | null): Promise<Built> {
      writeSource(c, root, source, jenkinsfile, n);
      const built = await build(c, root, source, config, jenkinsfile, n, previous, from);
      previous.unshift({ number: n, result: built.result as never, startedAt: 0, durationMs: 1, displayName: `#${n}`, description: null, url: '' });
      return built;
    }
  }
  return differences;
}

/** The stage that the expected build restarts at. */
function restartedStage(expect: Expectation): string | null {
  for (const line of expect.log) {
    const found = /skipped due to this build restarting at stage "([^"]+)"/.exec(line);
    if (found !== null) return found[1] as string;
  }
  return null;
}

function configOf(c: RunCase, root: string): Config {
  const nodes = c.nodes.map((n, i) => ({ name: `agent-${i + 1}`, labels: n.labels, executors: n.executors, env: n.env, root: null }));
  const tools = c.tools.map((name) => ({ name, type: 'maven', home: mavenLike(join(root, 'tools', name)), env: {} }));
  return { ...DEFAULT_CONFIG, nodes: [...DEFAULT_CONFIG.nodes, ...nodes], tools };
}

/** Stands for the Maven that the plug-ins' tests install: it says its version as the real one does. */
function mavenLike(home: string): string {
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'mvn'), '#!/bin/sh\necho "Apache Maven 3.0.1 (r1038046; 2010-11-23)"\n', { mode: 0o755 });
  return home;
}

function writeSource(c: RunCase, root: string, source: string, jenkinsfile: string, number: number): void {
  writeFileSync(join(source, 'Jenkinsfile'), jenkinsfile);
  for (const [name, text] of Object.entries({ ...c.files, ...added[c.id]?.[number] })) {
    if (name === 'Jenkinsfile') continue;
    if (text === null) {
      // The case has a file's text without its name: it is what the script loads from its workspace.
      const loaded = /(?:load|readFile)[ (]+['"]([^'"]+)['"]/.exec(jenkinsfile)?.[1];
      if (loaded === undefined) continue;
      mkdirSync(join(root, 'workspace', jobOf(c)), { recursive: true });
      writeFileSync(join(root, 'workspace', jobOf(c), loaded), name);
      continue;
    }
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  if (!c.scm) return;
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', source, '-c', 'user.name=test', '-c', 'user.email=test@example.invalid', ...args], { stdio: 'ignore' });
  };
  if (number === 1) git('init', '-q', '-b', 'master');
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', commits[c.id]?.[number] ?? 'files');
}

const jobOf = (c: RunCase): string => jobs[c.id] ?? 'test0';

/** The job's repository as the `git` step makes it, which the plug-ins' tests use: its branch is checked out as a local one. */
function ownScm(source: string): BuildFacts['scm'] {
  const own = scmOf(source);
  if (own === null || own.branch === null || own.spec.kind !== 'git') return own?.spec ?? null;
  return { ...own.spec, extensions: [...own.spec.extensions, { type: 'LocalBranch', options: { localBranch: own.branch } }] };
}

interface Built {
  readonly result: string;
  readonly text: string;
  readonly archive: string;
  readonly late: boolean;
}

async function build(
  c: RunCase,
  root: string,
  source: string,
  config: Config,
  jenkinsfile: string,
  number: number,
  previous: BuildFacts['previous'],
  restartAt: string | null,
): Promise<Built> {
  // A restarted build finds the stashes of the one before.
  const stateDir = join(root, restartAt === null ? `state-${number}` : `state-${number - 1}`);
  const archive = join(root, `archive-${number}`);
  mkdirSync(stateDir, { recursive: true });
  const host = new LocalHost({
    config,
    workspaceRoot: root,
    stateDir,
    resumable: false,
    buildId: newBuildId(),
    archiveDir: archive,
    sourceDir: source,
    // The person of the plug-ins' tests proceeds, with the parameters' defaults.
    inputs: { given: new Map(Object.entries(answers[c.id] ?? {})), user: 'tester', question: () => Promise.resolve(answers[c.id]?.['*'] ?? '') },
  });
  const job = jobOf(c);
  const facts: BuildFacts = {
    job,
    number,
    startedAt: Date.now(),
    causes: [
      restartAt !== null
        ? { text: `Restarted from build #${number - 1}, stage ${restartAt}`, type: 'RestartDeclarativePipelineCause', data: { originStage: restartAt } }
        : (causes[c.id] ?? { text: 'Started by user tester', type: 'hudson.model.Cause$UserIdCause', data: { userId: 'tester', userName: 'tester' } }),
    ],
    parameters: parameters[c.id] ?? {},
    ...(undeclared.has(c.id) ? { declared: [] } : {}),
    env: {
      BUILD_NUMBER: String(number),
      BUILD_ID: String(number),
      BUILD_DISPLAY_NAME: `#${number}`,
      JOB_NAME: job,
      JOB_BASE_NAME: job,
      BUILD_TAG: `jenkins-${job}-${number}`,
      JENKINS_URL: 'http://localhost/jenkins/',
      CI: 'true',
    },
    script: { text: jenkinsfile, path: 'Jenkinsfile' },
    scm: c.scm ? ownScm(source) : null,
    sandbox: true,
    timeZone: 'Etc/UTC',
    previous,
    rootUrl: null,
  };
  let text = '';
  let run: PipelineRun;
  try {
    run = runPipeline({
      host,
      journal: { append: () => undefined, flush: () => undefined },
      log: new PassingLog(false),
      begin: { build: facts, seed: [1, 2, 3, 4] },
      onText: (part) => {
        text += part;
      },
      steps: stepsOf(c.id),
      symbols: dslSymbols,
      agents: fixtureAgents,
      tools: [{ symbol: 'maven', id: 'hudson.tasks.Maven$MavenInstallation', installations: c.tools }],
    });
  } catch (e) {
    if (!(e instanceof CompilationError)) throw e;
    return {
      result: 'FAILURE',
      text: `Started by user tester\norg.codehaus.groovy.control.MultipleCompilationErrorsException: ${e.message}\nFinished: FAILURE\n`,
      archive,
      late: false,
    };
  }
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void run.external({ kind: 'abort', by: 'tester', hard: false }).then(() => run.external({ kind: 'abort', by: 'tester', hard: true }));
  }, PATIENCE_MS);
  const { result } = await run.outcome;
  clearTimeout(timer);
  return { result, text, archive, late };
}

function compare(expect: Expectation, built: Built, before: string): string[] {
  const out = built.late ? ['did not end by itself'] : [];
  out.push(...differencesOfLog(expect, built, before));
  for (const [name, content] of expect.archives) {
    let got: string | null = null;
    try {
      got = readFileSync(join(built.archive, name), 'utf8');
    } catch {
      got = null;
    }
    if (got !== content) out.push(`archived ${name}: ${got === null ? 'missing' : JSON.stringify(got)} instead of ${JSON.stringify(content)}`);
  }
  const { text } = built;
  if (out.length > 0) out.push(`console:\n${text.length > 2_500 ? `${text.slice(0, 600)}\n…\n${text.slice(-1_800)}` : text}`);
  return out;
}

/** What differs of the result and the console's text; `before`: the console of the build that this one restarts. */
export function differencesOfLog(expect: Expectation, { result, text }: { readonly result: string; readonly text: string }, before = ''): string[] {
  const whole = before + text;
  const out: string[] = [];
  if (expect.result !== null && expect.result !== result) out.push(`result ${result} instead of ${expect.result}`);
  for (const s of expect.log) if (!whole.includes(s)) out.push(`not in the log: ${s}`);
  for (const s of expect.notLog) if (text.includes(s)) out.push(`in the log, though it should not be: ${s}`);
  let at = 0;
  for (const s of expect.inOrder) {
    const found = text.indexOf(s, at);
    if (found < 0) {
      out.push(`not in the log in this order: ${s}`);
      break;
    }
    at = found + s.length;
  }
  for (const s of expect.regex) if (!new RegExp(s, 'm').test(text)) out.push(`nothing in the log matches: ${s}`);
  return out;
}
