/** One program of the fleet as a process: started, stopped, stood still, killed, and its last words kept for the report. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';

const KEPT = 200;

export interface ProgramOptions {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** A line of its output that tells that it is ready. */
  readonly ready: RegExp;
  readonly channel?: boolean;
}

export class Program {
  readonly options: ProgramOptions;
  readonly said: string[] = [];
  onMessage: (message: unknown) => void = () => undefined;
  onEnded: () => void = () => undefined;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private still = false;

  constructor(options: ProgramOptions) {
    this.options = options;
  }

  get name(): string {
    return this.options.name;
  }
  get isRunning(): boolean {
    return this.child !== null;
  }
  get isStill(): boolean {
    return this.still;
  }
  get process(): ChildProcess | null {
    return this.child;
  }

  /** Resolves when it is ready; rejects when it ends before. */
  start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const { command, env, cwd, ready, channel = false } = this.options;
    const [file, ...args] = command;
    const child = spawn(file as string, args, {
      cwd,
      env: { ...process.env, ...env, ...more },
      stdio: channel ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.still = false;
    child.on('message', (message) => {
      this.onMessage(message);
    });
    return new Promise((resolve, reject) => {
      const hear = (bytes: Buffer): void => {
        for (const line of bytes.toString().split('\n')) if (line !== '') this.said.push(short(line));
        if (this.said.length > KEPT) this.said.splice(0, this.said.length - KEPT);
        if (ready.test(bytes.toString())) resolve();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      this.ended = new Promise((done) => {
        child.on('exit', (code, signal) => {
          this.said.push(`(${this.name} ended: ${signal ?? code})`);
          if (this.child === child) this.child = null;
          this.onEnded();
          reject(new Error(`${this.name} ended before it was ready:\n${this.said.slice(-15).join('\n')}`));
          done();
        });
      });
    });
  }
  /** As a supervisor does: again and again where it ends, as when its database is away. */
  async startAgain(patienceMs = 60_000): Promise<void> {
    for (const end = Date.now() + patienceMs; ; )
      try {
        await this.start();
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await new Promise((resolve) => {
          setTimeout(resolve, 300);
        });
      }
  }
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
  }
  /** Its own way to an end; killed where it takes too long. */
  async stop(patienceMs = 20_000): Promise<void> {
    const { child } = this;
    if (child === null) return;
    this.resume();
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.said.push(`(${this.name} did not stop in ${patienceMs} ms)`);
      child.kill('SIGKILL');
    }, patienceMs);
    await this.ended;
    clearTimeout(timer);
  }
  standStill(): void {
    if (this.child?.kill('SIGSTOP') === true) this.still = true;
  }
  resume(): void {
    this.child?.kill('SIGCONT');
    this.still = false;
  }
}

/** A line of a controller's log as its message and its error's place. */
function short(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { time, msg, err } = JSON.parse(line) as { time: number; msg?: string; err?: { message: string; stack?: string } };
    const place = /packages\/[\w/.-]+:\d+/.exec(err?.stack?.slice(err.message.length) ?? '')?.[0] ?? '';
    return `${new Date(time).toISOString().slice(11, 23)} ${msg ?? ''} ${err?.message ?? ''} ${place}`;
  } catch {
    return line;
  }
}
