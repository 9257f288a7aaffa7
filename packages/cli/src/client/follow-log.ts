/**
 * A build's log to its end. Where the connection breaks (a restart of the server, another controller behind the balancer) it
 * goes on at the byte where it was: nothing twice, nothing left out. Characters are never cut.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client.ts';
import { itemAddress } from './api-client.ts';
import { ClientError } from './client-error.ts';
import type { Build } from './shapes.ts';

export interface LogPlace {
  readonly job: string;
  readonly number: number;
}

const PAUSE_MS = 200;

/** Answers the build, which has ended. `onAway` hears when no server answers. */
export async function followLog(client: ApiClient, { job, number }: LogPlace, write: (text: Buffer) => void, onAway: () => void): Promise<Build> {
  const address = itemAddress(job, `/builds/${number}`);
  let from = 0;
  for (;;) {
    const response = await client.persist(() => client.send('GET', `${address}/log`, { query: { follow: true, from } }), onAway);
    const before = from;
    let broken = false;
    try {
      for await (const text of whole(response)) {
        write(text);
        from += text.length;
      }
    } catch (e) {
      // The connection broke, or was silent for so long that nobody knows: both go on below.
      if (!(e instanceof TypeError)) throw e;
      broken = true;
    }
    const build = await client.persist(() => client.get<Build>(address), onAway);
    const over = build.state === 'ended' || build.state === 'cancelled';
    if (over && (from >= build.logBytes || (!broken && from === before))) return build;
    await sleep(PAUSE_MS);
  }
}

/** What is there now, as text or as JSON lines. */
export async function copyLog(client: ApiClient, { job, number, lines }: LogPlace & { readonly lines: boolean }, write: (text: Buffer) => void): Promise<void> {
  const response = await client.send('GET', itemAddress(job, `/builds/${number}/log`), { query: lines ? { format: 'lines' } : {} });
  try {
    for await (const text of whole(response)) write(text);
  } catch (e) {
    if (e instanceof TypeError) throw new ClientError('MR_SERVER_AWAY', `MR_SERVER_AWAY: ${client.url} broke the connection within the log`, 69);
    throw e;
  }
}

/** In pieces that end with a whole character. */
async function* whole(response: Response): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of response.body ?? []) {
    const bytes = Buffer.concat([rest, chunk as Uint8Array]);
    const length = wholeLength(bytes);
    rest = bytes.subarray(length);
    if (length > 0) yield bytes.subarray(0, length);
  }
  if (rest.length > 0) yield rest;
}

/** Without the beginning of a UTF-8 character at the end. */
export function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
