/**
 * One API server over HTTP: JSON in and out, watches, and short execs. Who may ask it and how is client-node's (kubeconfig,
 * in-cluster, tokens, exec plug-ins); what is asked is ours, since its typed client drops the fields of a manifest that its
 * models do not know (docs/adr/0011).
 */
import type { IncomingMessage } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import { Writable } from 'node:stream';
import type { KubeConfig } from '@kubernetes/client-node';

/** What the API server answered, or status 0: nobody did. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** `AlreadyExists`, `Forbidden`, … */
  readonly reason: string;
  readonly retryAfterMs: number | null;
  constructor(status: number, reason: string, message: string, retryAfterMs: number | null = null, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: { readonly [name: string]: string | number | boolean | null };
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/** How long a request may wait for others, in milliseconds. */
const TURN_MS = 40_000;

/** One that begins when it is used first. `load` reads the configuration, once; where it fails it is tried again. */
export class KubernetesApi {
  private readonly load: () => Promise<KubeConfig>;
  private loading: Promise<KubeConfig> | null = null;
  private readonly agents = { http: new http.Agent({ keepAlive: true, maxSockets: 64 }), https: new https.Agent({ keepAlive: true, maxSockets: 64 }) };
  constructor(load: () => Promise<KubeConfig>) {
    this.load = load;
  }

  async json<T>(path: string, { method = 'GET', query = {}, body, timeoutMs = 15_000 }: ApiRequest = {}): Promise<T> {
    const response = await this.open(path, query, { method, body, timeoutMs });
    const text = await textOf(response);
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new ApiError(0, 'Unreadable', `what answers at ${path} is no API server`, null, cause);
    }
  }

  async text(path: string, { query = {}, timeoutMs = 5_000 }: ApiRequest = {}): Promise<string> {
    return textOf(await this.open(path, query, { method: 'GET', body: undefined, timeoutMs }));
  }

  /** Calls `line` with each object that comes, until the server ends it. Rejects where it breaks, and when it is aborted. */
  async stream(path: string, query: NonNullable<ApiRequest['query']>, line: (value: unknown) => void, signal: AbortSignal, idleMs: number): Promise<void> {
    const response = await this.open(path, query, { method: 'GET', body: undefined, timeoutMs: 15_000, signal });
    response.setTimeout(idleMs, () => response.destroy(new ApiError(0, 'Silent', `no word from the API server for ${Math.round(idleMs / 1_000)} s`)));
    response.setEncoding('utf8');
    let rest = '';
    try {
      for await (const piece of response) {
        const lines = (rest + (piece as string)).split('\n');
        rest = lines.pop() as string;
        for (const one of lines) if (one !== '') line(JSON.parse(one));
      }
    } catch (error) {
      throw error instanceof ApiError ? error : new ApiError(0, 'Broken', (error as Error).message, null, error);
    }
  }

  /** Runs a command to its end. */
  async exec(
    {
      namespace,
      pod,
      container,
      timeoutMs = 20_000,
    }: { readonly namespace: string; readonly pod: string; readonly container: string; readonly timeoutMs?: number },
    command: readonly string[],
  ): Promise<{ readonly ok: boolean; readonly message: string; readonly output: string }> {
    const config = await this.config();
    const { Exec } = await import('@kubernetes/client-node');
    const pieces: string[] = [];
    const sink = (): Writable =>
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          pieces.push(chunk.toString('utf8'));
          done();
        },
      });
    let timer: NodeJS.Timeout | undefined;
    let close: () => void = () => undefined;
    try {
      return await new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(new ApiError(0, 'Timeout', `exec in ${pod} did not end within ${timeoutMs / 1_000} s`)), timeoutMs);
        new Exec(config)
          .exec(namespace, pod, container, [...command], sink(), sink(), null, false, ({ status, message }) => {
            resolve({ ok: status === 'Success', message: message ?? '', output: pieces.join('') });
          })
          .then((socket) => {
            close = () => {
              socket.close();
            };
            socket.onclose = () => {
              reject(new ApiError(0, 'Broken', `exec in ${pod}: the connection ended`));
            };
          })
          .catch((error: unknown) => {
            const { message = 'nobody answers', error: cause } = error as { message?: string; error?: unknown };
            // `Unexpected server response: 404`
            const status = Number(/response: (\d{3})/.exec(message)?.[1] ?? 0);
            reject(new ApiError(status, 'Exec', message, null, cause ?? error));
          });
      });
    } finally {
      clearTimeout(timer);
      close();
    }
  }

  /** Reads the configuration where that has not happened. */
  async connect(): Promise<void> {
    await this.config();
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private config(): Promise<KubeConfig> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  private async open(
    path: string,
    query: NonNullable<ApiRequest['query']>,
    { method, body, timeoutMs, signal }: { readonly method: string; readonly body: unknown; readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<IncomingMessage> {
    const config = await this.config();
    const cluster = config.getCurrentCluster();
    if (cluster === null) throw new ApiError(0, 'Configuration', 'the kubeconfig names no cluster');
    const url = new URL(cluster.server.replace(/\/$/, '') + path);
    for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, String(value));
    const secure = url.protocol === 'https:';
    const options: https.RequestOptions = { method };
    try {
      await config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new ApiError(0, 'Credentials', `no credentials for the cluster: ${(error as Error).message}`, null, error);
    }
    if (cluster.proxyUrl === undefined) options.agent = secure ? this.agents.https : this.agents.http;
    const text = body === undefined ? null : JSON.stringify(body);
    options.headers = {
      ...(options.headers as http.OutgoingHttpHeaders | undefined),
      accept: 'application/json',
      ...(text === null
        ? {}
        : { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (secure ? https : http).request(url, { ...options, ...(signal === undefined ? {} : { signal }) }, resolve);
      // Of the connection and the head alone: a body that stops is noticed by its reader. Hundreds at a time wait for their turn first.
      const limit = (ms: number): NodeJS.Timeout =>
        setTimeout(() => request.destroy(new ApiError(0, 'Timeout', `the API server does not answer within ${ms / 1_000} s`)), ms);
      let timer = limit(TURN_MS);
      request.on('socket', () => {
        clearTimeout(timer);
        timer = limit(timeoutMs);
      });
      request.on('close', () => clearTimeout(timer));
      request.on('response', () => {
        if (signal !== undefined) clearTimeout(timer);
      });
      request.on('error', (error) => {
        reject(error instanceof ApiError ? error : new ApiError(0, 'Unreachable', `the API server cannot be reached: ${error.message}`, null, error));
      });
      request.end(text ?? undefined);
    });
    if ((response.statusCode ?? 0) < 300) return response;
    throw await refusal(response);
  }
}

async function refusal(response: IncomingMessage): Promise<ApiError> {
  const status = response.statusCode ?? 0;
  const text = await textOf(response);
  const after = Number(response.headers['retry-after']);
  let said: { readonly reason?: string; readonly message?: string; readonly details?: { readonly retryAfterSeconds?: number } } = {};
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    // A proxy in between, or an old server: its text is the message.
  }
  const seconds = Number.isFinite(after) ? after : (said.details?.retryAfterSeconds ?? null);
  return new ApiError(
    status,
    said.reason ?? '',
    said.message ?? (text.trim().slice(0, 500) || `HTTP status ${status}`),
    seconds === null ? null : seconds * 1_000,
  );
}

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  try {
    for await (const piece of response) text += piece as string;
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0, 'Broken', `the API server's answer broke off: ${(error as Error).message}`, null, error);
  }
  return text;
}
