/** httpRequest, and mail through the machine's sendmail. */
import { readFile, writeFile } from 'node:fs/promises';
import { pathAt } from '@millrace/agent';
import type { Ask, Json } from '@millrace/pipeline';
import type { HandlerContext } from './handler.ts';
import { Failure, unsupported } from './handler.ts';
import type { LocalWorld } from './local-host.ts';

export async function serve(ask: Ask, _cx: HandlerContext, _world: LocalWorld): Promise<Json> {
  if (ask.kind !== 'http') throw unsupported('mail needs a Millrace server that knows a mail server');
  const { url, method, headers, body, timeoutMs, ignoreTls, place, output, upload, binary } = ask.request;
  if (ignoreTls) throw unsupported('ignoreSslErrors cannot be had from the command line');
  try {
    const sent = upload != null && place !== undefined ? await readFile(pathAt(place.cwd, upload)) : body;
    const response = await fetch(url, {
      method,
      headers: headers.map((h): [string, string] => [h.name, h.value]),
      ...(sent === null || method === 'GET' || method === 'HEAD' ? {} : { body: sent }),
      ...(timeoutMs === null ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (output != null && place !== undefined) await writeFile(pathAt(place.cwd, output), bytes);
    const all: Record<string, string[]> = {};
    for (const [name, value] of response.headers) (all[name] ??= []).push(value);
    return { status: response.status, headers: all, body: binary === true ? bytes.toString('base64') : bytes.toString('utf8') };
  } catch (e) {
    const cause = (e as { cause?: Error }).cause;
    throw new Failure({ code: 'MR_HOST', message: `${(e as Error).message}${cause === undefined ? '' : `: ${cause.message}`}`, type: 'java.io.IOException' });
  }
}
