/** The machine's git as a checkout calls it: told in the console as the git plug-in does, ended in time and when nobody wants it any more. */
import { spawn } from 'node:child_process';
import { gitFailure, withoutPasswords } from '@millrace/protocol/git';
import { inheritedEnvironment } from '../../tasks/environment.ts';
import type { OperationContext } from '../operation.ts';
import { OperationError, unsupported } from '../operation.ts';
import { DEFAULT_TIMEOUT } from './extensions.ts';

export const GIT_EXCEPTION = 'hudson.plugins.git.GitException';
/** Of what git prints, so much is kept and shown with a failure. */
const MOST_SHOWN = 64 << 10;
const MOST_OUTPUT = 64 << 20;

export interface GitCall {
  /** Minutes. */
  readonly timeout?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Its failure is an answer: null. */
  readonly mayFail?: boolean;
}

export class Git {
  readonly cwd: string;
  private readonly cx: OperationContext;
  private readonly given: Readonly<Record<string, string>>;
  private readonly env: NodeJS.ProcessEnv;
  private readonly secrets: readonly string[];

  constructor(cwd: string, cx: OperationContext, env: Readonly<Record<string, string>>, secrets: readonly string[]) {
    this.cwd = cwd;
    this.cx = cx;
    this.given = env;
    this.env = { ...inheritedEnvironment(), ...env, GIT_TERMINAL_PROMPT: '0' };
    this.secrets = secrets;
  }
  /** For the files of another folder. */
  at(cwd: string): Git {
    return this.in(cwd, {});
  }
  /** For a bare repository. */
  bare(repository: string): Git {
    return this.in(repository, { GIT_DIR: repository });
  }
  /** For the repository of a submodule, whose configuration may name a work tree that is not there. */
  module(repository: string): Git {
    return this.in(repository, { GIT_DIR: repository, GIT_WORK_TREE: repository });
  }
  private in(cwd: string, env: Readonly<Record<string, string>>): Git {
    const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, ...given } = this.given;
    return new Git(cwd, this.cx, { ...given, ...env }, this.secrets);
  }
  /** Who commits, as far as the pipeline says. */
  get identity(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.env).flatMap(([name, value]) => (/^GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL)$/.test(name) && value ? [[name, value]] : [])),
    );
  }
  print(line: string): void {
    this.cx.print(`${this.masked(line)}\n`);
  }
  /** Shown in the console. */
  async run(args: readonly string[], call: GitCall = {}): Promise<string> {
    this.print(` > git ${args.join(' ')} # timeout=${call.timeout ?? DEFAULT_TIMEOUT}`);
    return this.quiet(args, call);
  }
  /** Standard output. */
  async quiet(args: readonly string[], call: GitCall = {}): Promise<string> {
    return (await this.tried(args, { ...call, mayFail: false })) as string;
  }
  /** Null where it failed. */
  async tried(args: readonly string[], call: GitCall = {}): Promise<string | null> {
    const { timeout = DEFAULT_TIMEOUT, mayFail = true } = call;
    const { code, out, err, late } = await this.spawned(args, call, timeout);
    if (code === 0) return out;
    if (this.cx.signal.aborted) throw new OperationError({ code: 'MR_CANCELLED', message: 'the checkout was cancelled' });
    if (mayFail) return null;
    if (late)
      throw new OperationError({
        code: 'MR_GIT_TIMEOUT',
        message: this.masked(`Command "git ${args.join(' ')}" did not end within ${timeout} minutes`),
        type: GIT_EXCEPTION,
      });
    const { code: meaning, hint } = gitFailure(err);
    const words = `Command "git ${args.join(' ')}" returned status code ${code}:\nstdout: ${out.slice(0, MOST_SHOWN)}\nstderr: ${err}`;
    throw new OperationError({ code: meaning, message: this.masked(hint === '' ? words : `${hint}\n${words}`), type: GIT_EXCEPTION });
  }

  private spawned(
    args: readonly string[],
    { env = {}, input }: GitCall,
    timeout: number,
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string; readonly late: boolean }> {
    return new Promise((done, fail) => {
      // A group of its own: git starts others that would outlive it.
      const child = spawn('git', args, {
        cwd: this.cwd,
        env: { ...this.env, ...env },
        detached: true,
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      });
      const end = (): void => {
        try {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
        } catch {
          // It has ended.
        }
      };
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        end();
      }, timeout * 60_000);
      this.cx.signal.addEventListener('abort', end);
      if (this.cx.signal.aborted) end();
      let out = '',
        err = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (out.length > MOST_OUTPUT) end();
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        err = (err + text).slice(-MOST_SHOWN);
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
      const over = (): void => {
        clearTimeout(timer);
        this.cx.signal.removeEventListener('abort', end);
      };
      child.on('error', (e: NodeJS.ErrnoException) => {
        over();
        fail(e.code === 'ENOENT' ? unsupported('checkout needs the program git on the machine') : e);
      });
      child.on('close', (code) => {
        over();
        done({ code: code ?? -1, out, err, late });
      });
    });
  }
  private masked(text: string): string {
    let shown = withoutPasswords(text);
    for (const secret of this.secrets) shown = shown.replaceAll(secret, '****');
    return shown;
  }
}
