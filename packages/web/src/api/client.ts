/** Requests to the API of the controller that served the page. The session is a cookie; a change carries its CSRF value. */

/** What the API refused, as it says it (RFC 9457), or that nobody answered (status 0). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  /** JSON Pointer into what was sent, and what is wrong there. */
  /** What is special to this case, in the server's words; null: nothing beyond the code. */
  readonly detail: string | null;
  readonly requestId: string | null;
  readonly places: readonly { readonly pointer: string; readonly detail: string }[];
  constructor(
    status: number,
    code: string,
    message: string,
    more: { readonly places?: Problem['places']; readonly detail?: string | undefined; readonly requestId?: string | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.places = more.places ?? [];
    this.detail = more.detail ?? null;
    this.requestId = more.requestId ?? null;
  }
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly query?: { readonly [name: string]: string | number | boolean | null | undefined };
  readonly headers?: { readonly [name: string]: string };
  readonly signal?: AbortSignal | undefined;
}

let csrf: string | null = null;
let ended: () => void = () => undefined;

/** Of the session, from `whoami`. */
export function setCsrf(value: string | null): void {
  csrf = value;
}
/** Told when the server does not know the session any more. */
export function onSessionEnd(listener: () => void): void {
  ended = listener;
}

/** `/api/v1` and the words, each as one segment: a job's path has slashes. */
export function address(words: readonly (string | number)[], query: Request['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return `/api/v1/${words.map((word) => encodeURIComponent(word)).join('/')}${text === '' ? '' : `?${text}`}`;
}

export async function send(words: readonly (string | number)[], { method = 'GET', body, query, headers = {}, signal }: Request = {}): Promise<Response> {
  const isForm = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(address(words, query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' || csrf === null ? {} : { 'x-millrace-csrf': csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Problem(0, 'UNREACHABLE', (error as Error).message);
  }
  if (response.ok) return response;
  throw await problemOf(response);
}

export async function ask<T>(words: readonly (string | number)[], request: Request = {}): Promise<T> {
  const response = await send(words, request);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Its text as it comes. */
export async function* textOf(response: Response): AsyncGenerator<string> {
  const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

async function problemOf(response: Response): Promise<Problem> {
  let said: { readonly code?: string; readonly title?: string; readonly detail?: string; readonly requestId?: string; readonly errors?: Problem['places'] } =
    {};
  try {
    said = (await response.json()) as typeof said;
  } catch {
    // A proxy in between.
  }
  if (response.status === 401 && said.code !== 'MR_LOGIN') ended();
  return new Problem(response.status, said.code ?? `HTTP ${response.status}`, said.detail ?? said.title ?? response.statusText, {
    ...(said.errors === undefined ? {} : { places: said.errors }),
    detail: said.detail,
    requestId: said.requestId,
  });
}
