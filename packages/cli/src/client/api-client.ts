/**
 * The server's API over fetch. A refusal is a ClientError with the server's code; no answer is MR_SERVER_AWAY. Only what
 * changes nothing may be asked again (`persist`): whether a change whose answer is lost was made, nobody knows.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { API_PATH } from '@millrace/protocol';
import { ClientError, EXIT_AWAY, refusal } from './client-error.ts';

const API: typeof API_PATH = '/api/v1';
const FIRST_PAUSE_MS = 200,
  LONGEST_PAUSE_MS = 3_000;

export type Credentials = { readonly token: string } | { readonly user: string; readonly password: string } | null;

export interface Ask {
  readonly query?: { readonly [name: string]: string | number | boolean | undefined };
  readonly body?: unknown;
  readonly form?: FormData;
  readonly ifMatch?: string;
}

export class ApiClient {
  /** Without a slash at its end. */
  readonly url: string;
  private readonly authorization: string | null;
  /** How long `persist` goes on asking a server that does not answer. */
  private readonly patienceMs: number;
  constructor(url: string, credentials: Credentials, patienceMs = 600_000) {
    this.url = url.replace(/\/+$/, '');
    this.authorization =
      credentials === null
        ? null
        : 'token' in credentials
          ? `Bearer ${credentials.token}`
          : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
    this.patienceMs = patienceMs;
  }

  async get<T>(path: string, query: Ask['query'] = {}): Promise<T> {
    return (await (await this.send('GET', path, { query })).json()) as T;
  }

  /** Null where the answer is empty. */
  async change<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, ask: Ask = {}): Promise<T | null> {
    const response = await this.send(method, path, ask);
    const text = await this.reading(response.text());
    return text === '' ? null : (JSON.parse(text) as T);
  }

  /** All pages of a list. */
  async all<T>(path: string, query: Ask['query'] = {}): Promise<T[]> {
    const entries: T[] = [];
    let cursor: string | undefined;
    do {
      const page: { entries: T[]; next: string | null } = await this.get(path, { limit: 500, ...query, cursor });
      entries.push(...page.entries);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return entries;
  }

  async send(method: string, path: string, { query = {}, body, form, ifMatch }: Ask = {}): Promise<Response> {
    const url = new URL(`${this.url}${API}${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    const headers: Record<string, string> = { accept: 'application/json, */*' };
    if (this.authorization !== null) headers['authorization'] = this.authorization;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (ifMatch !== undefined) headers['if-match'] = ifMatch;
    // A redirect would carry the token elsewhere, or turn a POST into a GET.
    const content = form ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await this.reading(fetch(url, { method, headers, redirect: 'manual', ...(content === undefined ? {} : { body: content }) }));
    if (response.ok) return response;
    const text = await this.reading(response.text());
    throw refusal(response.status, problemOf(text), this.url);
  }

  /** Asks again for as long as no server answers, with growing pauses; `onAway` hears of it once. */
  async persist<T>(ask: () => Promise<T>, onAway: () => void = () => undefined): Promise<T> {
    const until = Date.now() + this.patienceMs;
    for (let pause = FIRST_PAUSE_MS, told = false; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await ask();
      } catch (e) {
        if (!(e instanceof ClientError) || e.exit !== EXIT_AWAY || Date.now() > until) throw e;
        if (!told) onAway();
        told = true;
        await sleep(pause);
      }
    }
  }

  /** What fails on the way is no answer. */
  async reading<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise;
    } catch (e) {
      throw this.away(e);
    }
  }

  private away(e: unknown): ClientError {
    const { cause, message } = e as { cause?: { code?: string; message?: string }; message?: string };
    const why = cause?.code ?? cause?.message ?? message ?? '';
    return new ClientError(
      'MR_SERVER_AWAY',
      `MR_SERVER_AWAY: no server answers at ${this.url} (${why})\n  Start one with millrace up, or name another by --server URL`,
      EXIT_AWAY,
    );
  }
}

function problemOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** The path of a folder or job in an address; with more of it. */
export function itemAddress(job: string, more = ''): string {
  return `/items/${encodeURIComponent(job)}${more}`;
}
