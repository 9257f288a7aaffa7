/** The agent program in a process of its own against a bare server on loopback: how fast tasks start and end, and how fast output goes. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildAgent } from '../scripts/build-agent.ts';
import type { Benchmark } from './benchmark.ts';
import { median } from './benchmark.ts';

interface Waiting {
  readonly have: readonly string[];
  readonly response: ServerResponse;
}

/** As little as a server can do: it keeps nothing but output, which goes into a file. */
class BareServer {
  readonly open = new Map<string, { readonly id: string; readonly kind: 'task'; readonly request: unknown; readonly cursor: 0 }>();
  readonly output: NodeJS.WritableStream;
  bytes = 0;
  private waiting: Waiting | null = null;
  private ended: ((id: string) => void) | null = null;
  private readonly server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x');
    const chunks: Buffer[] = [];
    const output = pathname.endsWith('/output');
    request.on('data', (chunk: Buffer) => {
      if (!output) chunks.push(chunk);
      else {
        this.bytes += chunk.length;
        this.output.write(chunk);
      }
    });
    request.on('end', () => {
      if (pathname.endsWith('/poll')) {
        this.waiting = { have: (JSON.parse(Buffer.concat(chunks).toString()) as { have: string[] }).have, response };
        this.give();
      } else if (pathname.endsWith('/connect')) {
        response.end('{"session":"s","settings":{"name":"n","labels":[],"executors":1,"env":{},"pollSeconds":30},"serverTime":0}');
      } else {
        response.writeHead(204).end();
        if (output) return;
        const id = pathname.split('/')[4] as string;
        this.open.delete(id);
        this.ended?.(id);
      }
    });
  });
  constructor(file: string) {
    this.output = createWriteStream(file);
  }
  listen(): Promise<string> {
    return new Promise((done) => {
      this.server.listen(0, '127.0.0.1', () => {
        done(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
      });
    });
  }
  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
  add(id: string, script: string, cwd: string): void {
    const env = { PATH: process.env['PATH'] ?? '' };
    const request = { lease: 'l', cwd, shell: 'sh', script, env, returnStdout: true, encoding: null, masks: ['a secret of some length'], launchers: [] };
    this.open.set(id, { id, kind: 'task', request, cursor: 0 });
  }
  give(): void {
    if (this.waiting === null) return;
    const { have, response } = this.waiting;
    const work = [...this.open.values()].filter((w) => !have.includes(w.id));
    if (work.length === 0) return;
    this.waiting = null;
    response.end(JSON.stringify({ work, cancel: [], forget: [] }));
  }
  allEnded(): Promise<void> {
    return new Promise((done) => {
      this.ended = () => {
        if (this.open.size === 0) done();
      };
    });
  }
  get ready(): boolean {
    return this.waiting !== null;
  }
}

export const agent: Benchmark = {
  name: 'agent',
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    const server = new BareServer(path.join(folder, 'log'));
    const url = await server.listen();
    const child = spawn(process.execPath, [await buildAgent(), '--url', url, '--secret', 's', '--root', path.join(folder, 'root')], { stdio: 'ignore' });
    try {
      const rest = async (): Promise<void> => {
        while (!server.ready) await new Promise((done) => setTimeout(done, 2));
        await new Promise((done) => setTimeout(done, 5));
      };
      const whole: number[] = [];
      for (let i = 0; i < 60; i++) {
        await rest();
        const ended = server.allEnded();
        const begun = performance.now();
        server.add(`one${i}`, '#!/bin/sh\n:', folder);
        server.give();
        await ended;
        whole.push(performance.now() - begun);
      }
      await rest();
      const many = 500;
      for (let i = 0; i < many; i++) server.add(`many${i}`, '#!/bin/sh\necho hello >&2', folder);
      let begun = performance.now();
      const ended = server.allEnded();
      server.give();
      await ended;
      const perSecond = (many * 1_000) / (performance.now() - begun);
      await rest();
      server.bytes = 0;
      const megabytes = 600;
      // Written before, so that the reading is measured and not the program that writes.
      server.add('loud', `#!/bin/sh\nyes "a line of output as a build tool prints it, about as long as this" | head -c ${megabytes}000000 >&2`, folder);
      begun = performance.now();
      const loud = server.allEnded();
      server.give();
      await loud;
      const speed = server.bytes / 1e6 / ((performance.now() - begun) / 1_000);
      return {
        figures: [
          { what: 'a task that does nothing: given to the agent until its result is back', value: median(whole.slice(10)), unit: 'ms', goal: { atMost: 10 } },
          { what: 'tasks started and ended', value: perSecond, unit: '/s', goal: { atLeast: 200 } },
          { what: 'output of one task into a file of the server', value: speed, unit: 'MB/s', goal: { atLeast: 150 } },
        ],
      };
    } finally {
      child.kill('SIGKILL');
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
