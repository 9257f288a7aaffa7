/** `millrace up` as a process, and the client commands that talk to it, for tests. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../bin/millrace.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
export interface Asked {
  readonly stdin?: string;
  readonly env?: { readonly [name: string]: string };
  readonly onOut?: (out: string) => void;
}

/** Two servers of tests that run at once do not take each other's. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

export class StartedServer {
  readonly home: string;
  readonly data: string;
  readonly port: number;
  private child: ChildProcess | null = null;
  constructor(home: string, port: number) {
    this.home = home;
    this.data = join(home, 'data');
    this.port = port;
    mkdirSync(home, { recursive: true });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  get firstPassword(): string {
    return readFileSync(join(this.data, 'initial-admin-password'), 'utf8').trim();
  }

  /** Until it has printed what `until` matches. */
  async start(until = / is up: /, command: readonly string[] = [process.execPath, COMMAND, 'up']): Promise<string> {
    const [program, ...words] = command as [string, ...string[]];
    // In a group of its own: npm does not hand signals to what the shell between has started.
    const child = spawn(program, [...words, '--data', this.data, '--listen', `127.0.0.1:${this.port}`], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.child = child;
    let out = '',
      err = '';
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString();
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => {
        out += text.toString();
        if (until.test(out)) resolve();
      });
      child.on('exit', (code) => {
        reject(new Error(`the server ended with ${code}:\n${out}${err}`));
      });
    });
    return out;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    // Closed is what all processes of the group have let go of.
    const closed = once(child, 'close');
    process.kill(-(child.pid as number), signal);
    await closed;
  }

  run(args: readonly string[], { stdin, env = {}, onOut }: Asked = {}): Promise<Ended> {
    const { MILLRACE_URL: _url, MILLRACE_TOKEN: _token, ...rest } = process.env;
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: this.home, env: { ...rest, XDG_CONFIG_HOME: join(this.home, 'config'), ...env } });
    let out = '',
      err = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
      onOut?.(out);
    });
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString();
    });
    child.stdin.end(stdin ?? '');
    return new Promise((resolve) => {
      child.on('close', (code) => {
        resolve({ code, out, err });
      });
    });
  }

  /** Expects that it goes well. */
  async ok(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await this.run(args);
    assert.equal(code, 0, `${args.join(' ')}\n${out}${err}`);
    return out;
  }
  async json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.ok(...args, '--json')) as T;
  }
}
