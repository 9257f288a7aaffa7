/** The machine's git, for what a controller itself reads: no prompt, no terminal, an end in time. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const call = promisify(execFile);

export interface GitOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export class GitError extends Error {
  readonly code = 'MR_GIT';
}

/** Answers standard output. Throws GitError with what git said. */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  try {
    const { stdout } = await call('git', [...args], {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'ssh -o BatchMode=yes', ...options.env },
      maxBuffer: 64 << 20,
      timeout: options.timeoutMs ?? 120_000,
      encoding: 'buffer',
    });
    return stdout;
  } catch (e) {
    const { stderr, message, killed } = e as { stderr?: Buffer; message: string; killed?: boolean };
    if (killed === true) throw new GitError(`git ${args[0]} did not end in time`);
    throw new GitError(stderr?.toString('utf8').trim() || message);
  }
}
