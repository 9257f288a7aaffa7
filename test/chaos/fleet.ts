/** What the suite breaks: a database, controllers and agents, each a process, with a bad network between them. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { wakeAsk } from '../../packages/controller/src/builds/asks/wake-ask.ts';
import { enqueuer } from '../../packages/controller/src/builds/enqueue.ts';
import { Sealer } from '../../packages/controller/src/builds/worker/sealer.ts';
import { readKeys } from '../../packages/controller/src/config/keys.ts';
import { hashSecret } from '../../packages/controller/src/nodes/agent-desk.ts';
import { newestSchema } from '../../packages/controller/src/store/migrate.ts';
import type { NewRow, Schema } from '../../packages/controller/src/store/schema.ts';
import { Store } from '../../packages/controller/src/store/store.ts';
import { freePort, TestPostgres } from '../../packages/controller/src/store/testing/databases.ts';
import type { Command } from './door.ts';
import { carryOut } from './door.ts';
import { Program } from './program.ts';
import { openReader } from './sqlite-reader.ts';
import { TcpProxy } from './tcp-proxy.ts';

const ENTRY = join(import.meta.dirname, 'controller-entry.ts');
const COMMAND = join(import.meta.dirname, '../../packages/cli/bin/millrace.js');
const AGENT = join(import.meta.dirname, '../../packages/agent/src/program/entry.ts');
const SECRET = 'chaos-agent-secret';
const HARNESS = 'harness';
const AGENTS = 2;

export interface FleetOptions {
  readonly engine: 'postgres' | 'sqlite';
  readonly controllers: number;
  /** The controllers' program without its fence. */
  readonly breakFence: boolean;
  /** Through controller-entry.ts, which can be told to be the next version. */
  readonly ownEntry?: boolean;
  /** A disk for what controllers keep; null: beside all else. */
  readonly disk: string | null;
}

export interface ControllerProgram {
  readonly name: string;
  readonly program: Program;
  readonly data: string;
  /** Between it and the database; null with SQLite. */
  readonly database: TcpProxy | null;
  /** Between agents and it. */
  readonly http: TcpProxy;
}

export class Fleet {
  readonly options: FleetOptions;
  readonly folder: string;
  readonly effects: string;
  /** Where all controllers keep what is large. */
  readonly blobs: string;
  readonly key = randomBytes(32);
  readonly controllers: ControllerProgram[] = [];
  readonly agents: Program[] = [];
  readonly postgres: TestPostgres | null;
  private reads: Kysely<Schema> | null = null;
  private store: Store | null = null;
  private closeReads: () => Promise<void> = async () => undefined;
  private calls = 0;
  private readonly calling = new Map<number, { resolve(value: number): void; reject(error: Error): void }>();

  constructor(options: FleetOptions) {
    this.options = options;
    this.folder = mkdtempSync(join(tmpdir(), 'millrace-chaos-'));
    this.effects = join(this.folder, 'effects');
    this.blobs = join(options.disk ?? this.folder, 'blobs');
    this.postgres = options.engine === 'postgres' ? new TestPostgres() : null;
  }

  async start(): Promise<void> {
    mkdirSync(this.effects, { recursive: true });
    const config = join(this.folder, 'millrace.yaml');
    writeFileSync(config, `server: { quietPeriodSeconds: 0, parkAfterSeconds: 1, workers: 1, workerMemoryMb: 256, blobs: 'folder:${this.blobs}' }\n`);
    const url = this.postgres === null ? null : await this.postgres.database();
    for (let i = 0; i < this.options.controllers; i++) this.controllers.push(await this.controller(`c${i}`, url, config));
    if (url !== null) await this.openStore(url);
    await Promise.all(this.controllers.map((c) => c.program.start()));
    if (url === null) {
      const { db, close } = openReader(join((this.controllers[0] as ControllerProgram).data, 'millrace.db'));
      this.reads = db;
      this.closeReads = close;
    }
    for (let i = 0; i < AGENTS; i++) {
      await this.command({ do: 'node', row: nodeRow(`agent${i}`) });
      this.agents.push(this.agent(`agent${i}`));
    }
    for (const agent of this.agents) await agent.start();
    for (const name of ['pool-1', 'pool-2']) await this.command({ do: 'resource', name, label: 'pool' });
  }

  /** For the harness's own looks: past the proxies. */
  get db(): Kysely<Schema> {
    return (this.store?.db ?? this.reads) as Kysely<Schema>;
  }
  /** A look that waits for the database where that is away. */
  async look<T>(read: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await read(this.db);
      } catch (error) {
        const busy = this.store === null && /locked|busy/.test(String(error));
        if (!busy && this.store?.engine.isAway(error) !== true) throw error;
        await pause(50);
      }
    }
  }
  /** As the controllers have it: what they seal with is in the database, wrapped by their key. */
  async sealer(): Promise<Sealer> {
    const { first, later } = await this.look((db) => readKeys({ db } as Pick<Store, 'db'>, this.key));
    return new Sealer(first, later);
  }
  /** Resolves when it is accepted. With SQLite it rejects where nobody knows: the controller died before its answer. */
  async command(command: Command): Promise<number> {
    const { store } = this;
    if (store !== null) {
      const sealer = await this.sealer();
      const enqueue = enqueuer({ sealer, now: Date.now, quietSeconds: () => 0 });
      return carryOut(command, { write: (work) => store.write(work), enqueue, sealer, wakeAsk });
    }
    const { process } = (this.controllers[0] as ControllerProgram).program;
    if (process === null || !process.connected) return Promise.reject(new Error('the controller is not there'));
    const n = ++this.calls;
    return new Promise((resolve, reject) => {
      this.calling.set(n, { resolve, reject });
      process.send({ n, command }, (error) => {
        if (error !== null) reject(error);
      });
    });
  }

  /** The first controller dies at its so many-th commit from here on; 0: it does not. */
  killAfter(commits: number): void {
    (this.controllers[0] as ControllerProgram).program.process?.send({ killAfter: commits });
  }

  async close(): Promise<void> {
    for (const { program, database, http } of this.controllers) {
      program.resume();
      await program.kill();
      await database?.close();
      await http.close();
    }
    for (const agent of this.agents) {
      agent.resume();
      await agent.kill();
    }
    for (const pid of builtInAgents(this.controllers.map((c) => c.data))) killQuietly(pid);
    await this.store?.close();
    await this.closeReads();
    await this.postgres?.stop();
    endTasks(this.folder);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private async controller(name: string, url: string | null, config: string): Promise<ControllerProgram> {
    const port = await freePort();
    const data = join(this.options.disk ?? this.folder, name);
    const http = new TcpProxy(port);
    await http.open();
    let database: TcpProxy | null = null;
    let env: Record<string, string> = { MILLRACE_KEY: this.key.toString('base64') };
    if (url !== null) {
      database = new TcpProxy(Number(new URL(url).port));
      await database.open();
      const through = new URL(url);
      through.port = String(database.port);
      env = { ...env, DATABASE_URL: through.href };
    }
    const plain = url !== null && !this.options.breakFence && this.options.ownEntry !== true;
    const args = [
      'up',
      '--data',
      data,
      '--listen',
      `127.0.0.1:${port}`,
      '--executors',
      this.options.disk === null ? '1' : '0',
      '--name',
      name,
      '--config',
      config,
      '--log',
      'warn',
    ];
    const program = new Program({
      name,
      command: [process.execPath, plain ? COMMAND : ENTRY, ...args],
      env: { ...env, ...(this.options.breakFence ? { MILLRACE_CHAOS: 'break-fence' } : {}) },
      cwd: this.folder,
      ready: / is up: /,
      channel: !plain,
    });
    program.onMessage = (message) => {
      const { n, value, error } = message as { n: number; value?: number; error?: string };
      if (error === undefined) this.calling.get(n)?.resolve(value ?? 0);
      else this.calling.get(n)?.reject(new Error(error));
      this.calling.delete(n);
    };
    program.onEnded = () => {
      for (const { reject } of this.calling.values()) reject(new Error('the controller ended'));
      this.calling.clear();
    };
    return { name, program, data, database, http };
  }

  private agent(name: string): Program {
    const urls = this.controllers.flatMap((c) => ['--url', `http://127.0.0.1:${c.http.port}`]);
    const root = join(this.folder, name);
    const args = [...urls, '--name', name, '--root', root, '--executors', '3', '--grace', '1'];
    const env = { MILLRACE_AGENT_SECRET: SECRET };
    return new Program({ name, command: [process.execPath, AGENT, ...args], env, cwd: this.folder, ready: /Connected as/ });
  }

  /** A controller's place that runs no builds and never counts as silent: so the harness's own writes happen once as well. */
  private async openStore(url: string): Promise<void> {
    const store = await Store.open({ url, folder: this.folder, origin: HARNESS });
    await store.writeFree((tx) =>
      tx
        .insertInto('controllers')
        .values({
          id: HARNESS,
          name: HARNESS,
          url: null,
          labels: '[]',
          version: '0',
          state: 'draining',
          lock_key: 0,
          write_token: 0,
          started_at: 0,
          seen_at: Date.now() + 86_400_000,
          schema: newestSchema(),
        })
        .onConflict((c) => c.column('id').doNothing())
        .execute(),
    );
    store.become(HARNESS);
    this.store = store;
  }
}

function nodeRow(name: string): NewRow<'nodes'> {
  return {
    name,
    kind: 'permanent',
    description: '',
    labels: '["linux"]',
    executors: 3,
    mode: 'normal',
    root: null,
    env: '{}',
    secret_hash: hashSecret(SECRET),
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
    created_at: 0,
  };
}

function builtInAgents(folders: readonly string[]): number[] {
  return folders.flatMap((data) => {
    const file = join(data, 'agent', 'agent.json');
    if (!existsSync(file)) return [];
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number };
    return commandOf(pid).includes(data) ? [pid] : [];
  });
}

/** What steps have left running: their scripts are below the folder. */
function endTasks(folder: string): void {
  for (const entry of readdirSync('/proc'))
    if (/^\d+$/.test(entry) && Number(entry) !== process.pid && commandOf(Number(entry)).includes(folder)) killQuietly(Number(entry));
}
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** A small disk of its own for the data folders; null with the reason where this machine gives none. */
export function smallDisk(folder: string, megabytes: number): { readonly unmount: () => void } | string {
  if (process.getuid?.() !== 0) return 'a small disk needs root';
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) return `a small disk could not be mounted: ${(mounted.stderr ?? '').trim()}`;
  return {
    unmount: () => {
      spawnSync('umount', ['-l', folder]);
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
