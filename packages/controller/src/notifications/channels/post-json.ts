/**
 * A request to a chat service. Addresses hold keys: none gets into an error. What a service answers is cut and has what
 * is secret taken out, since some answer with what they were asked.
 */
import { SendLater, SendRefused } from './channel.ts';

export interface PostOptions {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly secrets?: readonly string[];
  readonly method?: 'POST' | 'PUT';
}

export interface Answered {
  readonly text: string;
  /** Null where it is no JSON object. */
  readonly json: Readonly<Record<string, unknown>> | null;
}

const SHOWN = 300,
  LARGEST_ANSWER = 256 * 1024,
  TIMEOUT_MS = 30_000;

export async function postJson({ url, body, headers, signal, secrets = [], method = 'POST' }: PostOptions): Promise<Answered> {
  const hidden = [url, ...secrets];
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    throw new SendRefused('The address of the channel is none');
  }
  if (!/^https?:$/.test(address.protocol)) throw new SendRefused('The address of the channel does not begin with https://');
  let response: Response, text: string;
  try {
    response = await fetch(address, {
      method,
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Millrace', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    text = await limited(response);
  } catch (error) {
    throw new SendLater(`${address.hostname}: ${whyNot(error)}`);
  }
  if (response.ok) return { text, json: objectIn(text) };
  const said = `${address.hostname}: HTTP ${response.status} ${shown(text, hidden)}`.trim();
  const after = retryAfter(response);
  if (response.status === 429) throw new SendLater(said, after ?? 60_000);
  if (response.status >= 500 || response.status === 408 || response.status === 425) throw new SendLater(said, after);
  throw new SendRefused(said);
}

export function shown(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets)
    if (secret.length >= 4) for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) safe = safe.replaceAll(form, '****');
  return safe.replace(/\s+/g, ' ').slice(0, SHOWN);
}

/** Seconds, or a date. */
function retryAfter(response: Response): number | null {
  const said = response.headers.get('retry-after');
  if (said === null) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), 6 * 3_600_000) : null;
}

async function limited(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    parts.push(part as Uint8Array);
    size += (part as Uint8Array).length;
    if (size > LARGEST_ANSWER) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function whyNot(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === 'TimeoutError' || name === 'AbortError') return 'it did not answer in time';
  return cause?.code ?? 'the connection failed';
}
