/** A request of the httpRequest step, made from this machine. Files are streamed. */
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Operation } from './operation.ts';
import { at, failed, unsupported } from './operation.ts';

/** A longer answer is in its file only. */
const MAX_BODY = 64 << 20;

export const http: Operation<'http'> = async ({ url, method, headers, body, timeoutMs, ignoreTls, place, output, upload, binary }, cx) => {
  if (ignoreTls) throw unsupported('ignoreSslErrors cannot be had here');
  try {
    const sent = upload != null && place !== undefined ? await openAsBlob(at(place, upload)) : body;
    const response = await fetch(url, {
      method,
      headers: headers.map((h): [string, string] => [h.name, h.value]),
      ...(sent === null || method === 'GET' || method === 'HEAD' ? {} : { body: sent }),
      signal: timeoutMs === null ? cx.signal : AbortSignal.any([cx.signal, AbortSignal.timeout(timeoutMs)]),
    });
    let bytes: Buffer;
    if (output != null && place !== undefined) {
      const file = at(place, output);
      await mkdir(dirname(file), { recursive: true });
      const to = createWriteStream(file);
      await pipeline(response.body === null ? Readable.from([]) : Readable.fromWeb(response.body), to);
      bytes = to.bytesWritten > MAX_BODY ? Buffer.alloc(0) : await readFile(file);
    } else bytes = Buffer.from(await response.arrayBuffer());
    const all: Record<string, string[]> = {};
    for (const [name, value] of response.headers) (all[name] ??= []).push(value);
    return { status: response.status, headers: all, body: binary === true ? bytes.toString('base64') : bytes.toString('utf8') };
  } catch (e) {
    const cause = (e as { cause?: Error }).cause;
    throw failed(`${(e as Error).message}${cause === undefined ? '' : `: ${cause.message}`}`, 'java.io.IOException');
  }
};
