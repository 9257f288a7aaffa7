/**
 * Requests to a forge's API: paging, conditional requests, rate limits, and answers checked against a shape. Tokens go in
 * headers alone, and to the API's own address alone: of the address of a next page only the query is taken.
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

export interface Page<T> {
  readonly values: readonly T[];
  /** The path of the next page, from that of this one; null: as the header `Link` tells, where there is one. */
  readonly next: ((path: string) => string) | null;
}
/** The shape of a page of entries of that shape. */
export type PageShape = <T>(entry: z.ZodType<T>) => z.ZodType<Page<T>>;
/** A list and nothing else: the next page is told by `Link`. */
const plainList: PageShape = <T>(entry: z.ZodType<T>) => z.array(entry).transform((values): Page<T> => ({ values, next: null }));

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
  async put(path: string, body: unknown): Promise<void> {
    await this.ask('PUT', path, body);
  }
  async write<T>(method: 'POST' | 'PATCH', path: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    return read(shape, path, (await this.ask(method, path, body)).text);
  }
  /** What never changes, and is asked once for as long as its answer is kept. Null: 404. */
  async once<T>(path: string, shape: z.ZodType<T>): Promise<T | null> {
    const { apiUrl, cache } = this.options;
    const key = digest(['once', apiUrl, path]);
    const known = (await cache?.get(key)) ?? null;
    if (known !== null) return read(shape, path, known.answer);
    const found = await this.find(path, shape);
    if (found !== null) await cache?.put(key, '', JSON.stringify(found));
    return found;
  }
  async *pages<T>(path: string, entry: z.ZodType<T>, page: PageShape = plainList): AsyncGenerator<readonly T[]> {
    const shape = page(entry);
    let next: string | null = path;
    for (let count = 0; next !== null; count++) {
      if (count === MOST_PAGES) throw new ForgeError('MR_FORGE_ANSWER', `${path} has more than ${MOST_PAGES} pages`);
      const { text, link }: Answer = await this.ask('GET', next);
      const { values, next: told }: Page<T> = read(shape, path, text);
      yield values;
      const query = nextQuery(link);
      const following: string | null = told !== null ? told(next) : query === null ? null : `${path.split('?')[0]}${query}`;
      if (following === next) throw new ForgeError('MR_FORGE_ANSWER', `${path}: the next page is the same one`);
      next = following;
    }
  }

  private async ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown): Promise<Answer> {
    const { apiUrl, headers, cache, now } = this.options;
    if (this.limitedUntil > now()) throw this.limit();
    const key = digest([apiUrl, path, headers]);
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
    // Of Bitbucket Data Center: some more are allowed each so many seconds.
    const interval = Number(headers.get('x-ratelimit-interval-seconds') ?? 60);
    const until = Number.isFinite(after) ? now() + after * 1_000 : Number.isFinite(reset) ? reset * 1_000 : now() + (interval || 60) * 1_000;
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

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** `{"message": "…"}`; Bitbucket Cloud says `{"error": {"message": "…"}}`, Data Center `{"errors": [{"message": "…"}]}`. One line, and not all of it. */
function toldBy(text: string): string {
  try {
    const { message: own, error, errors } = JSON.parse(text) as { message?: unknown; error?: { message?: unknown }; errors?: { message?: unknown }[] };
    const message = own ?? error?.message ?? errors?.[0]?.message;
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
