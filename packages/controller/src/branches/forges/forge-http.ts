/**
 * Requests to a forge's API: paging by `Link`, conditional requests, rate limits, and answers checked against a shape. Tokens
 * go in headers alone, and to the API's own address alone: of a `Link` only the query is taken.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ForgeError } from './forge-error.ts';

const TIMEOUT_MS = 30_000,
  /** Of one answer. */
  LARGEST = 16 << 20,
  MOST_PAGES = 2_000;

/** What was answered before; losing it costs requests alone. */
export interface AnswerCache {
  get(key: string): Promise<{ readonly etag: string; readonly answer: string } | null>;
  put(key: string, etag: string, answer: string): Promise<void>;
}
/** Answers beyond this are asked for anew each time. */
const LARGEST_KEPT = 512 << 10;

export interface ForgeHttpOptions {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cache: AnswerCache | null;
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly link: string | null;
}

export class ForgeHttp {
  private readonly options: ForgeHttpOptions;
  private limitedUntil = 0;

  constructor(options: ForgeHttpOptions) {
    this.options = options;
  }

  async get<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    return read(shape, path, (await this.ask('GET', path)).text);
  }
  /** Null: 404. */
  async find<T>(path: string, shape: z.ZodType<T>): Promise<T | null> {
    try {
      return await this.get(path, shape);
    } catch (error) {
      if ((error as { code?: string }).code === 'MR_FORGE_UNKNOWN') return null;
      throw error;
    }
  }
  /** Whether it answers 2xx rather than 404. */
  async has(path: string): Promise<boolean> {
    try {
      await this.ask('GET', path);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === 'MR_FORGE_UNKNOWN') return false;
      throw error;
    }
  }
  async post(path: string, body: unknown): Promise<void> {
    await this.ask('POST', path, body);
  }
  async write<T>(method: 'POST' | 'PATCH', path: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    return read(shape, path, (await this.ask(method, path, body)).text);
  }
  async *pages<T>(path: string, entry: z.ZodType<T>): AsyncGenerator<T[]> {
    const shape = z.array(entry);
    let next: string | null = path;
    for (let page = 0; next !== null; page++) {
      if (page === MOST_PAGES) throw new ForgeError('MR_FORGE_ANSWER', `${path} has more than ${MOST_PAGES} pages`);
      const { text, link }: Answer = await this.ask('GET', next);
      yield read(shape, path, text);
      const query = nextQuery(link);
      const following: string | null = query === null ? null : `${path.split('?')[0]}${query}`;
      if (following === next) throw new ForgeError('MR_FORGE_ANSWER', `${path}: the next page is the same one`);
      next = following;
    }
  }

  private async ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer> {
    const { apiUrl, headers, cache, now } = this.options;
    if (this.limitedUntil > now()) throw this.limit();
    const key = createHash('sha256')
      .update(JSON.stringify([apiUrl, path, headers]))
      .digest('hex');
    const known = method === 'GET' && cache !== null ? await cache.get(key) : null;
    const response = await this.send(
      method,
      `${apiUrl}${path}`,
      {
        accept: 'application/json',
        'user-agent': 'millrace',
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(known === null ? {} : { 'if-none-match': known.etag }),
      },
      body,
    );
    this.noteLimit(response);
    if (response.status === 304 && known !== null) {
      await response.body?.cancel();
      return JSON.parse(known.answer) as Answer;
    }
    const text = await limitedText(response, path);
    if (!response.ok) throw this.refusal(response, method, path, text);
    const answer = { status: response.status, text: text === '' ? 'null' : text, link: response.headers.get('link') };
    const etag = response.headers.get('etag');
    if (method === 'GET' && cache !== null && etag !== null && text.length <= LARGEST_KEPT) await cache.put(key, etag, JSON.stringify(answer));
    return answer;
  }

  private async send(method: string, url: string, headers: Record<string, string>, body: unknown): Promise<Response> {
    const { signal } = this.options;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
    } catch (error) {
      throw away(url, error);
    }
  }

  /** Asked less from then on, rather than refused. */
  private noteLimit({ headers, status }: Response): void {
    const remaining = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining');
    const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') ?? Number.NaN);
    const after = Number(headers.get('retry-after') ?? Number.NaN);
    const { now } = this.options;
    const limited = status === 429 || ((status === 403 || status < 400) && remaining === '0') || (status === 403 && Number.isFinite(after));
    if (!limited) return;
    const until = Number.isFinite(after) ? now() + after * 1_000 : Number.isFinite(reset) ? reset * 1_000 : now() + 60_000;
    // A clock that is wrong, there or here, holds nothing up for longer than the usual hour.
    this.limitedUntil = Math.min(Math.max(until, now() + 1_000), now() + 3_600_000);
  }
  private limit(): ForgeError {
    const at = this.limitedUntil;
    return new ForgeError('MR_FORGE_LIMIT', `${this.options.apiUrl} takes no more requests until ${new Date(at).toISOString()}`, at);
  }

  private refusal({ status }: Response, method: string, path: string, text: string): ForgeError {
    if ((status === 403 || status === 429) && this.limitedUntil > this.options.now()) return this.limit();
    const told = toldBy(text);
    const where = `${method} ${this.options.apiUrl}${path.split('?')[0]}: ${status}${told === '' ? '' : ` ${told}`}`;
    if (status === 401 || status === 403) return new ForgeError('MR_FORGE_REFUSED', where);
    if (status === 404 || status === 410) return new ForgeError('MR_FORGE_UNKNOWN', where);
    return new ForgeError(status >= 500 || status === 408 || status === 429 ? 'MR_FORGE_AWAY' : 'MR_FORGE_ANSWER', where);
  }
}

function away(url: string, error: unknown): ForgeError {
  const { cause, name, message } = error as { cause?: { code?: string; message?: string }; name?: string; message?: string };
  const why = name === 'TimeoutError' ? `no answer in ${TIMEOUT_MS / 1_000} s` : (cause?.code ?? cause?.message ?? message ?? String(error));
  return new ForgeError('MR_FORGE_AWAY', `${new URL(url).origin} cannot be reached: ${why}`);
}

async function limitedText(response: Response, path: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > LARGEST) throw new ForgeError('MR_FORGE_ANSWER', `${path}: the answer is larger than ${LARGEST >> 20} MB`);
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof ForgeError ? error : away(response.url, error);
  }
  return Buffer.concat(parts).toString('utf8');
}

function read<T>(shape: z.ZodType<T>, path: string, text: string): T {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new ForgeError('MR_FORGE_ANSWER', `${path.split('?')[0]}: the answer is not JSON`);
  }
  const parsed = shape.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ForgeError(
    'MR_FORGE_ANSWER',
    `${path.split('?')[0]}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is not of the shape that is documented'}`,
  );
}

/** `{"message": "…"}`, as all of them say it; one line, and not all of it. */
function toldBy(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return (typeof message === 'string' ? message : message === undefined ? '' : JSON.stringify(message)).replace(/\s+/g, ' ').slice(0, 200);
  } catch {
    return '';
  }
}

function nextQuery(link: string | null): string | null {
  for (const m of (link ?? '').matchAll(/<([^>]*)>\s*;([^,<]*)/g)) {
    if (!/\brel="?next"?/.test(m[2] ?? '')) continue;
    const at = (m[1] as string).indexOf('?');
    return at < 0 ? null : (m[1] as string).slice(at);
  }
  return null;
}
