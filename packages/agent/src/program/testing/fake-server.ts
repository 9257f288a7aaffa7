/**
 * A server of the agent API that a test writes the script of. It keeps everything in memory, follows the protocol, and fails
 * where `fault` says so: `drop` ends the connection before anything is done, `lose` does it and gives no answer.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import type { ConnectRequest, PollRequest, WorkResult } from '@millrace/protocol';
import { AGENT_PATH, CRC_HEADER, MODE_HEADER, SESSION_HEADER, SHA256_HEADER } from '@millrace/protocol/agent/version';

export type Fault = 'drop' | 'lose' | { readonly status: number; readonly body?: string };

export interface FakeWork {
  readonly id: string;
  readonly kind: string;
  readonly request: unknown;
  output: Buffer;
  cursor: number;
  result: WorkResult | null;
  cancel: 'interrupted' | 'killed' | null;
  unwanted: boolean;
  /** How often it was listed. */
  listed: number;
}
interface Entered {
  readonly status: number;
  readonly body?: unknown;
}
interface Upload {
  bytes: Buffer;
  end: { size: number; sha256: string; md5?: string; mode?: number } | null;
}

export class FakeServer {
  readonly works = new Map<string, FakeWork>();
  readonly uploads = new Map<string, Upload>();
  readonly downloads = new Map<string, { readonly bytes: Buffer; readonly mode: number }>();
  readonly connects: ConnectRequest[] = [];
  readonly polls: PollRequest[] = [];
  readonly forget = new Set<string>();
  secret = 'sesame';
  pollSeconds = 5;
  end: 'disconnect' | 'deleted' | null = null;
  fault: (method: string, path: string) => Fault | undefined = () => undefined;
  /** What the cloud does where a runner is asked for. */
  enter: (container: string, work: string) => Entered | Promise<Entered> = () => ({
    status: 422,
    body: { code: 'MR_UNSUPPORTED', message: 'no pod' },
  });
  private server: Server | null = null;
  private readonly waiting = new Set<() => void>();
  private port = 0;
  private sessions = 0;
  private instance: string | null = null;
  private live = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  async start(host = '127.0.0.1'): Promise<this> {
    const server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, host, done));
    this.port = (server.address() as AddressInfo).port;
    return this;
  }
  /** Nobody answers until `start`. What was stored stays. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    this.changed();
    server?.closeAllConnections();
    await new Promise<void>((done) => (server === null ? done() : server.close(() => done())));
  }

  add(id: string, kind: string, request: unknown): FakeWork {
    const work: FakeWork = { id, kind, request, output: Buffer.alloc(0), cursor: 0, result: null, cancel: null, unwanted: false, listed: 0 };
    this.works.set(id, work);
    this.changed();
    return work;
  }
  task(id: string, script: string, cwd: string, more: Readonly<Record<string, unknown>> = {}): FakeWork {
    const env = { PATH: process.env['PATH'] ?? '/bin:/usr/bin' };
    return this.add(id, 'task', { lease: 'l', cwd, shell: 'sh', script, env, returnStdout: false, encoding: null, masks: [], launchers: [], ...more });
  }
  cancel(id: string, reason: 'interrupted' | 'killed'): void {
    (this.works.get(id) as FakeWork).cancel = reason;
    this.changed();
  }
  /** Lets polls that wait look again. */
  changed(): void {
    for (const wake of [...this.waiting]) wake();
  }
  /** The next controller knows the session no more. */
  loseSessions(): void {
    this.sessions += 1_000;
    this.instance = null;
    this.changed();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x');
    const path = url.pathname.slice(AGENT_PATH.length + 1);
    const method = request.method ?? 'GET';
    const fault = this.fault(method, path);
    if (fault === 'drop') {
      request.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const answer = (status: number, json?: unknown): void => {
      if (fault === 'lose') {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    };
    if (typeof fault === 'object') {
      response.writeHead(fault.status, { 'content-type': 'application/json' });
      response.end(fault.body);
      return;
    }
    if (request.headers.authorization !== `Bearer ${this.secret}`) {
      answer(401, { code: 'MR_AGENT_SECRET', message: 'no' });
      return;
    }
    if (path === 'connect') {
      this.connect(JSON.parse(body.toString()) as ConnectRequest, answer);
      return;
    }
    if (path === 'poll') {
      await this.poll(JSON.parse(body.toString()) as PollRequest, String(request.headers[SESSION_HEADER]), answer, request);
      return;
    }
    const [, id = '', what, name = ''] = /^work\/([^/]+)\/([^/?]+)(?:\/(.+))?$/.exec(path) ?? [];
    const work = this.works.get(id);
    if (work === undefined || work.unwanted) {
      answer(410, { code: 'GONE', message: 'gone' });
      return;
    }
    if (what === 'container') {
      const entered = await this.enter((JSON.parse(body.toString()) as { name: string }).name, id);
      answer(entered.status, entered.body);
    } else if (what === 'output') {
      const from = Number(url.searchParams.get('from'));
      if (from !== work.cursor) {
        answer(409, { cursor: work.cursor });
        return;
      }
      work.output = Buffer.concat([work.output, body]);
      work.cursor = Number(url.searchParams.get('to'));
      answer(204);
    } else if (what === 'result') {
      const { tail, ...result } = JSON.parse(body.toString()) as WorkResult;
      // A result that was told already: its answer was lost.
      if (work.result === null && tail !== undefined) {
        if (tail.from !== work.cursor) {
          answer(409, { cursor: work.cursor });
          return;
        }
        work.output = Buffer.concat([work.output, Buffer.from(tail.text)]);
        work.cursor = tail.to;
      }
      work.result ??= result as WorkResult;
      answer(204);
      this.changed();
    } else this.transfer(method, `${id}/${decodeURIComponent(name)}`, url, request, body, answer, response, fault === 'lose');
  }

  private connect(read: ConnectRequest, answer: (status: number, json?: unknown) => void): void {
    if (this.instance !== null && this.instance !== read.instance && Date.now() - this.live < 1_000) {
      answer(409, { code: 'MR_AGENT_CONNECTED', message: 'there is one' });
      return;
    }
    this.instance = read.instance;
    this.live = Date.now();
    this.connects.push(read);
    this.sessions++;
    const settings = { name: read.name, labels: [], executors: 2, env: {}, pollSeconds: this.pollSeconds, later: { unknown: true } };
    answer(200, { session: `s${this.sessions}`, settings, serverTime: Date.now(), unknown: [1] });
  }

  private async poll(read: PollRequest, session: string, answer: (status: number, json?: unknown) => void, request: IncomingMessage): Promise<void> {
    this.polls.push(read);
    const until = Date.now() + this.pollSeconds * 1_000;
    let gone = false;
    const { socket } = request;
    const left = (): void => {
      gone = true;
      this.changed();
    };
    socket.once('close', left);
    for (;;) {
      this.live = Date.now();
      if (gone || this.server === null) return;
      if (session !== `s${this.sessions}`) {
        answer(401, { code: 'MR_AGENT_SESSION', message: 'connect again' });
        return;
      }
      const all = [...this.works.values()];
      const open = all.filter((w) => w.result === null && !w.unwanted && !read.have.includes(w.id));
      const cancel = all.filter((w) => w.cancel !== null && w.result === null && read.have.includes(w.id)).map((w) => ({ id: w.id, reason: w.cancel }));
      const known = [...read.have, ...(read.found ?? [])];
      const forget = known.filter((id) => this.forget.has(id) || (this.works.get(id)?.result ?? null) !== null || !this.works.has(id));
      if (open.length + cancel.length + forget.length > 0 || this.end !== null || Date.now() >= until) {
        for (const work of open) work.listed++;
        const work = open.map(({ id, kind, request: asked, cursor }) => ({ id, kind, request: asked, cursor, unknown: 1 }));
        socket.off('close', left);
        answer(200, { work, cancel, forget, ...(this.end === null ? {} : { end: this.end }), unknown: {} });
        return;
      }
      await new Promise<void>((done) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          done();
        };
        const timer = setTimeout(wake, Math.max(1, Math.min(200, until - Date.now())));
        this.waiting.add(wake);
      });
    }
  }

  private transfer(
    method: string,
    key: string,
    url: URL,
    request: IncomingMessage,
    body: Buffer,
    answer: (status: number, json?: unknown) => void,
    response: ServerResponse,
    cut: boolean,
  ): void {
    if (method === 'GET') {
      const found = this.downloads.get(key);
      if (found === undefined) {
        answer(404, { code: 'NO_SUCH_TRANSFER', message: key });
        return;
      }
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const rest = found.bytes.subarray(from);
      response.writeHead(from > 0 ? 206 : 200, {
        'content-length': rest.length,
        [SHA256_HEADER]: createHash('sha256').update(found.bytes).digest('hex'),
        [MODE_HEADER]: found.mode.toString(8),
      });
      if (cut) response.write(rest.subarray(0, Math.ceil(rest.length / 2)), () => setTimeout(() => request.socket.destroy(), 20));
      else response.end(rest);
      return;
    }
    const upload = this.uploads.get(key) ?? { bytes: Buffer.alloc(0), end: null };
    this.uploads.set(key, upload);
    if (method === 'POST') answer(200, { offset: upload.bytes.length });
    else if (method === 'PATCH') {
      const offset = Number(url.searchParams.get('offset'));
      const whole = request.headers[CRC_HEADER] === crc32(body).toString(16).padStart(8, '0');
      if (offset !== upload.bytes.length || !whole) {
        answer(409, { offset: upload.bytes.length });
        return;
      }
      upload.bytes = Buffer.concat([upload.bytes, body]);
      answer(200, { offset: upload.bytes.length });
    } else {
      const end = JSON.parse(body.toString()) as NonNullable<Upload['end']>;
      if (end.size !== upload.bytes.length || end.sha256 !== createHash('sha256').update(upload.bytes).digest('hex')) {
        if (end.size <= upload.bytes.length) upload.bytes = Buffer.alloc(0);
        answer(409, { offset: upload.bytes.length });
        return;
      }
      upload.end = end;
      answer(204);
    }
  }
}

/** Waits until it holds; the deadline only ends a test that fails. */
export async function until(holds: () => unknown, what = holds.toString(), deadlineMs = 20_000): Promise<void> {
  for (const end = Date.now() + deadlineMs; !holds(); ) {
    if (Date.now() > end) throw new Error(`it did not come to: ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}
