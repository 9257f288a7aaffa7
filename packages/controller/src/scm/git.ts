/** The machine's git, for what a controller itself reads: no shell, no prompt, no terminal, an end in time. */
import { spawn } from 'node:child_process';
import type { GitFailureCode } from '@millrace/protocol/git';
import { gitFailure, withoutPasswords } from '@millrace/protocol/git';

export interface GitOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly input?: string;
  /** Standard output longer than this ends it. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 120_000;
const MOST_BYTES = 64 << 20;
/** Of what git says on standard error, so much is kept. */
const MOST_WORDS = 16 << 10;

export class GitError extends Error {
  readonly code: GitFailureCode;
  constructor(code: GitFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers standard output. Throws GitError with what git said. */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const most = options.mostBytes ?? MOST_BYTES;
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of gitOutput(args, options)) {
    bytes += piece.length;
    if (bytes > most) throw new GitError('MR_GIT', `git ${args[0]} answers more than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The same piece by piece. Whoever stops reading ends it. */
export async function* gitOutput(args: readonly string[], options: GitOptions = {}): AsyncGenerator<Buffer, void, void> {
  const { cwd, env, input, signal, timeoutMs = TIMEOUT_MS } = options;
  const child = spawn('git', args, {
    ...(cwd === undefined ? {} : { cwd }),
    // Of a group of its own, as git starts others that outlive it.
    detached: true,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'ssh -o BatchMode=yes', LC_ALL: 'C.UTF-8', ...env },
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
  }, timeoutMs);
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-MOST_WORDS);
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? -1);
    });
  });
  ended.catch(() => undefined);
  // One that ends early does not read all of it.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  let whole = false;
  try {
    for await (const piece of child.stdout as AsyncIterable<Buffer>) yield piece;
    const code = await ended;
    whole = true;
    if (late) throw new GitError('MR_GIT_TIMEOUT', `git ${args[0]} did not end within ${timeoutMs / 1_000} s`);
    if (signal?.aborted === true) throw signal.reason;
    if (code !== 0) throw errorOf(args, words);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') throw new GitError('MR_GIT', 'this machine has no program git');
    throw e;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    if (!whole) end();
  }
}

function errorOf(args: readonly string[], stderr: string): GitError {
  const said = withoutPasswords(stderr.trim());
  const { code, hint } = gitFailure(stderr);
  const words = said === '' ? `git ${args.find((a) => !a.startsWith('-') && !a.includes('='))} failed` : said;
  return new GitError(code, hint === '' ? words : `${hint} git says: ${words}`);
}
