/**
 * The built-in node's agent: a process of its own, so that a controller's restart does not touch what it runs. It is started
 * where none runs, found again by its file where one does, and started anew when it dies or the controller's address changed.
 * Its root lets one agent in at a time, so that starting one too many does no harm.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import { hashSecret } from './agent-desk.ts';

const LOOK_MS = 2_000;

export interface BuiltInOptions {
  readonly store: Store;
  /** Of the node: `built-in`. */
  readonly name: string;
  readonly executors: number;
  readonly labels: readonly string[];
  /** Its root; workspaces are below it. */
  readonly folder: string;
  /** A controller's address for it. */
  readonly url: string;
  /** How the agent is started: the program and its first arguments. */
  readonly command: readonly string[];
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

interface Process {
  readonly pid: number;
  readonly url: string;
}

export class BuiltInAgent {
  private readonly options: BuiltInOptions;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(options: BuiltInOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { folder } = this.options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await this.declareNode(this.secret());
    this.look();
  }

  /** Leaves the process alone. */
  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }
  /** Ends the process; tasks that it runs go on. */
  end(): void {
    this.stop();
    const known = this.known();
    if (known !== null && this.isAlive(known.pid)) process.kill(known.pid, 'SIGTERM');
  }

  private look(): void {
    if (this.stopped) return;
    try {
      const known = this.known();
      const alive = known !== null && this.isAlive(known.pid);
      if (alive && known.url !== this.options.url) process.kill(known.pid, 'SIGTERM');
      if (!alive || known.url !== this.options.url) this.startProcess();
    } catch (error) {
      this.options.onError(error);
    }
    this.timer = setTimeout(() => {
      this.look();
    }, LOOK_MS);
    this.timer.unref();
  }

  private startProcess(): void {
    const { folder, url, name, command } = this.options;
    const [program, ...first] = command;
    const log = openSync(join(folder, 'agent.log'), 'a', 0o600);
    const child = spawn(program as string, [...first, '--url', url, '--name', name, '--secret-file', join(folder, 'secret'), '--root', folder], {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: folder,
      // What the server alone should know stays out of what its builds see.
      env: Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(DATABASE_URL|MILLRACE_.*)$/.test(key))),
    });
    child.on('error', this.options.onError);
    child.unref();
    if (child.pid !== undefined) writeFileSync(this.file(), JSON.stringify({ pid: child.pid, url } satisfies Process));
  }

  private async declareNode(secret: string): Promise<void> {
    const { store, name, executors, labels, folder, now } = this.options;
    const settings = { executors, labels: JSON.stringify(labels), secret_hash: hashSecret(secret), root: folder };
    await store.write(async (tx, wakes) => {
      const known = await tx.selectFrom('nodes').select('id').where('name', '=', name).executeTakeFirst();
      if (known === undefined)
        await tx
          .insertInto('nodes')
          .values({
            name,
            kind: 'built-in',
            description: 'the built-in node',
            mode: 'normal',
            env: '{}',
            cloud: null,
            cloud_ref: null,
            lease: null,
            retention: '{}',
            offline: null,
            disconnected: null,
            instance: null,
            session: null,
            seen_at: null,
            connected_at: null,
            facts: '{}',
            monitors: '{}',
            idle_since: null,
            revision: 1,
            created_at: now(),
            ...settings,
          })
          .execute();
      // What an administrator has changed stays; the secret and the root are ours.
      else await tx.updateTable('nodes').set({ secret_hash: settings.secret_hash, root: folder }).where('id', '=', known.id).execute();
      wakes.add('queue');
    });
  }

  private secret(): string {
    const file = join(this.options.folder, 'secret');
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    const made = randomBytes(32).toString('base64url');
    writeFileSync(file, `${made}\n`, { mode: 0o600 });
    return made;
  }
  private file(): string {
    return join(this.options.folder, 'agent.json');
  }
  private known(): Process | null {
    try {
      return JSON.parse(readFileSync(this.file(), 'utf8')) as Process;
    } catch {
      return null;
    }
  }
  /** The same process still: a number may have been given to another one. */
  private isAlive(pid: number): boolean {
    try {
      process.kill(pid, 0);
    } catch {
      return false;
    }
    if (process.platform !== 'linux') return true;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(this.options.folder);
    } catch {
      return false;
    }
  }
}
