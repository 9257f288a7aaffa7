/** A controller with a real built-in agent for tests: over the same parts as the command's, with the quickest settings. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { pino } from 'pino';
import type { ControllerOptions } from '../controller.ts';
import { Controller } from '../controller.ts';

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
    installation: () => ({ tools: [], toolDescriptors: [], toolEnvironment: () => ({}), credentials: [], libraries: [], env: {}, quietPeriodSeconds: 0 }),
    blobs: null,
    builtIn: { executors: 2, labels: [], name: 'built-in', command: [process.execPath, AGENT] },
    workers: { entry: WORKER, size: 1, memoryMb: 256 },
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
