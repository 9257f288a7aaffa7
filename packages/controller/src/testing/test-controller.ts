/** A controller with a real built-in agent for tests: over the same parts as the command's, with the quickest settings. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipelineConfig } from '@millrace/protocol';
import Fastify from 'fastify';
import { pino } from 'pino';
import { wakeAsk } from '../builds/asks/wake-ask.ts';
import type { Origin } from '../builds/records.ts';
import { Controller } from '../controller.ts';
import type { ControllerOptions } from '../controller-options.ts';
import { BuildRecord } from '../logs/build-record.ts';
import { testInstallation } from './test-installation.ts';

const AGENT = new URL('../../../agent/src/program/entry.ts', import.meta.url).pathname;
const WORKER = new URL('../builds/worker/thread.ts', import.meta.url);

export const TEST_KEY = randomBytes(32).toString('base64');

export async function startTestController(options: Partial<ControllerOptions> & { readonly data: string }): Promise<Controller> {
  return Controller.start({
    listen: { host: '127.0.0.1', port: 0 },
    databaseUrl: null,
    key: TEST_KEY,
    name: 'test',
    labels: [],
    version: '0.1.0',
    url: null,
    installation: () => testInstallation(),
    blobs: null,
    builtIn: { executors: 2, labels: [], name: 'built-in', command: [process.execPath, AGENT] },
    // Tests do not depend on how full this machine is.
    monitors: { freeDiskBytes: null, freeTempBytes: null, clockOffsetMs: null, latencyMs: null },
    workers: { entry: WORKER, size: 1, memoryMb: 96 },
    agentBundle: null,
    timeZone: 'UTC',
    parkAfterMs: 30_000,
    log: pino({ level: process.env['MILLRACE_TEST_LOG'] ?? 'silent' }, process.stderr),
    http: async () => Fastify({ forceCloseConnections: true }),
    ...options,
  });
}

export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

export interface EndedBuild {
  readonly id: number;
  readonly result: string | null;
  readonly log: string;
}

/** A controller in this process, and what tests do with it. */
export class TestServer {
  readonly controller: Controller;
  private jobs = 0;

  private constructor(controller: Controller) {
    this.controller = controller;
  }
  static async start(options: Partial<ControllerOptions> & { readonly data: string }): Promise<TestServer> {
    return new TestServer(await startTestController({ parkAfterMs: 300, ...options }));
  }
  get store(): Controller['parts']['store'] {
    return this.controller.parts.store;
  }
  stop({ endAgent = true }: { readonly endAgent?: boolean } = {}): Promise<void> {
    return this.controller.stop({ endAgent });
  }

  /** `repository`: the URL of a git repository that the Jenkinsfile comes out of instead. */
  async job(name: string, script: string, repository: string | null = null): Promise<number> {
    const config = pipelineConfig.parse({
      definition: repository === null ? { kind: 'inline', script } : { kind: 'git', url: repository, branch: 'master' },
    });
    return this.item('pipeline', name, config);
  }
  /** Straight into its table, below the folder that its name tells. */
  async item(kind: 'pipeline' | 'freestyle' | 'folder' | 'multibranch', fullName: string, config: object): Promise<number> {
    const at = fullName.lastIndexOf('/');
    return this.store.write(async (tx) => {
      const folder = at < 0 ? null : await tx.selectFrom('items').select('id').where('full_name', '=', fullName.slice(0, at)).executeTakeFirstOrThrow();
      const row = {
        parent_id: folder?.id ?? null,
        kind,
        name: fullName.slice(at + 1),
        full_name: fullName,
        description: '',
        disabled: 0,
        config: JSON.stringify(config),
        properties: '{}',
        next_number: 1,
        revision: 1,
        created_at: 0,
        updated_at: 0,
      };
      return (await tx.insertInto('items').values(row).returning('id').executeTakeFirstOrThrow()).id;
    });
  }
  /** Answers the build's id. */
  async trigger(script: string, name = `job-${++this.jobs}`): Promise<number> {
    return this.start(await this.job(name, script));
  }
  /** `origin`: of a replay or a restart. */
  async start(item: number, origin: Origin = {}): Promise<number> {
    const { enqueue } = this.controller.parts;
    const causes = [{ type: 'hudson.model.Cause$UserIdCause', text: 'Started by user test' }];
    const { id } = await this.store.write((tx, wakes) =>
      enqueue(tx, wakes, { item: { id: item }, given: {}, causes, quietSeconds: 0, priority: null, merge: false, lenient: false, origin }),
    );
    return id;
  }
  async run(script: string, name?: string): Promise<EndedBuild> {
    return this.ended(await this.trigger(script, name));
  }

  async ended(id: number): Promise<EndedBuild> {
    let result: string | null = null;
    await this.until(async () => {
      const row = await this.store.db.selectFrom('builds').select(['state', 'result']).where('id', '=', id).executeTakeFirst();
      result = row?.result ?? null;
      return row?.state === 'ended' || row?.state === 'cancelled';
    });
    return { id, result, log: await this.log(id) };
  }
  async log(id: number): Promise<string> {
    const { store, blobs } = this.controller.parts;
    const parts: string[] = [];
    for await (const { log } of new BuildRecord({ db: store.db, blobs }, { id, record: null }).log(0)) parts.push(log ?? '');
    return parts.join('');
  }
  async abort(id: number): Promise<void> {
    await this.store.write(async (tx, wakes) => {
      await tx
        .updateTable('builds')
        .set({ abort: JSON.stringify({ by: 'test', hard: false }), parked: 0 })
        .where('id', '=', id)
        .execute();
      for (const topic of [`abort ${id}`, 'queue']) wakes.add(topic);
    });
  }
  async answerInput(build: number, values: { readonly [name: string]: string }): Promise<void> {
    const { sealer } = this.controller.parts.services;
    await this.store.write(async (tx, wakes) => {
      const row = await tx.selectFrom('inputs').select('ask_id').where('build_id', '=', build).executeTakeFirstOrThrow();
      await tx
        .updateTable('inputs')
        .set({ state: 'proceeded', answer: sealer.seal(JSON.stringify(values)), by_user: 'test' })
        .where('build_id', '=', build)
        .execute();
      await wakeAsk(tx, wakes, build, row.ask_id);
    });
  }
  /** A file in the workspace that is in use. */
  async touchInWorkspace(name: string): Promise<void> {
    const lease = await this.store.db.selectFrom('leases').select('workspace').where('state', '=', 'held').executeTakeFirstOrThrow();
    writeFileSync(join(lease.workspace as string, name), '');
  }

  /** Waits for a condition: woken by what is written here, and looked at from time to time for what is written elsewhere. */
  /** `seen` tells what there is instead, for the test's report. */
  async until(condition: () => Promise<boolean>, { ms = 180_000, seen }: { readonly ms?: number; readonly seen?: () => Promise<string> } = {}): Promise<void> {
    const end = Date.now() + ms;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`what was waited for did not happen${seen === undefined ? '' : `; instead:\n${await seen()}`}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, 100);
        const off = this.store.wakes.on('*', done);
        function done(): void {
          clearTimeout(timer);
          off();
          resolve();
        }
      });
    }
  }
}
