/**
 * HTTP to whichever controller answers. A request either gets a status or fails with a ConnectionError; nothing here is made
 * again, that is its caller's. After a failure the next request goes to the next address.
 *
 * The poll has a connection of its own, so that it never stands in the way of output and results.
 */
import type { IncomingMessage } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import { AGENT_HEADER, AGENT_PATH, SESSION_HEADER } from '@millrace/protocol/agent/version';
import type { Backoff } from './backoff.ts';

export class ConnectionError extends Error {}

export interface HttpAnswer {
  readonly status: number;
  /** null: none, or none that can be read. */
  readonly json: unknown;
  readonly headers: http.IncomingHttpHeaders;
}
export interface HttpRequest {
  readonly body?: Uint8Array | string;
  readonly type?: string;
  readonly headers?: { readonly [name: string]: string };
  /** How long no byte may come. */
  readonly idleMs?: number;
  readonly signal: AbortSignal;
  readonly channel?: 'poll' | 'work';
}

/** Longer answers are refused: a poll with the work of a large machine is far smaller. */
const MAX_ANSWER = 256 << 20;
const IDLE_MS = 30_000;

export interface ConnectionOptions {
  readonly urls: readonly string[];
  readonly name: string;
  readonly secret: string;
  /** Certificates (PEM) to trust beside the machine's own. */
  readonly ca?: string;
  readonly maxSockets?: number;
}

export class Connection {
  session: string | null = null;
  /** How long a request takes, as an average that forgets. */
  latencyMs = 0;
  private readonly options: ConnectionOptions;
  private readonly backoff: Backoff;
  private readonly bases: readonly URL[];
  private readonly agents: { readonly [channel in 'poll' | 'work']: { readonly http: http.Agent; readonly https: https.Agent } };
  private current = 0;
  private failing = false;

  constructor(options: ConnectionOptions, backoff: Backoff) {
    this.options = options;
    this.backoff = backoff;
    this.bases = options.urls.map((url) => new URL(url));
    const settings = { keepAlive: true, keepAliveMsecs: 10_000, scheduling: 'lifo' as const };
    const make = (maxSockets: number): { http: http.Agent; https: https.Agent } => ({
      http: new http.Agent({ ...settings, maxSockets }),
      https: new https.Agent({ ...settings, maxSockets, ...(options.ca === undefined ? {} : { ca: options.ca }) }),
    });
    this.agents = { poll: make(2), work: make(options.maxSockets ?? 64) };
  }

  /** `path` is below AGENT_PATH. */
  async request(method: string, path: string, request: HttpRequest): Promise<HttpAnswer> {
    const begun = performance.now();
    const message = await this.open(method, path, request);
    if (request.channel !== 'poll') this.latencyMs += (performance.now() - begun - this.latencyMs) / (this.latencyMs === 0 ? 1 : 8);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of message) {
        size += (chunk as Buffer).length;
        if (size > MAX_ANSWER) throw new ConnectionError('the answer is too long');
        chunks.push(chunk as Buffer);
      }
      if (!message.complete) throw new ConnectionError('the answer was cut off');
    } catch (e) {
      this.failed();
      throw new ConnectionError((e as Error).message);
    }
    this.succeeded(message.statusCode ?? 0);
    return { status: message.statusCode ?? 0, json: size === 0 ? null : parsed(Buffer.concat(chunks)), headers: message.headers };
  }

  /** The answer with its body still to be read. */
  open(method: string, path: string, request: HttpRequest): Promise<IncomingMessage> {
    const base = this.bases[this.current % this.bases.length] as URL;
    const secure = base.protocol === 'https:';
    const body = request.body;
    const headers: Record<string, string | number> = {
      authorization: `Bearer ${this.options.secret}`,
      [AGENT_HEADER]: encodeURIComponent(this.options.name),
      ...(this.session === null ? {} : { [SESSION_HEADER]: this.session }),
      ...(body === undefined ? {} : { 'content-type': request.type ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...request.headers,
    };
    const target = new URL(`${base.pathname.replace(/\/$/, '')}${AGENT_PATH}/${path}`, base);
    return new Promise((done, fail) => {
      const failWith = (e: Error): void => {
        if (!request.signal.aborted) this.failed();
        fail(new ConnectionError(e.message));
      };
      let sent: http.ClientRequest;
      try {
        const agent = this.agents[request.channel ?? 'work'];
        const options = { method, headers, signal: request.signal, agent: secure ? agent.https : agent.http };
        sent = secure ? https.request(target, options) : http.request(target, options);
      } catch (e) {
        failWith(e as Error);
        return;
      }
      sent.setTimeout(request.idleMs ?? IDLE_MS, () => sent.destroy(new Error('no answer came')));
      sent.on('error', failWith);
      sent.on('response', done);
      sent.end(body);
    });
  }

  close(): void {
    for (const { http: plain, https: secure } of Object.values(this.agents)) {
      plain.destroy();
      secure.destroy();
    }
  }

  private failed(): void {
    this.failing = true;
    this.current++;
  }
  private succeeded(status: number): void {
    if (!this.failing || status >= 500) return;
    this.failing = false;
    this.backoff.recovered();
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
