/**
 * A proxy that does to every so-many-th request what networks and services do: it answers 500, 503 or 429, cuts the connection
 * before the request or within the answer, loses the answer of a request that was done, or waits. It also checks the MD5 of every body.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault = 'error500' | 'error503' | 'error429' | 'cutBefore' | 'cutWithin' | 'lostAnswer' | 'delay';
export const FAULTS: readonly Fault[] = ['error500', 'error503', 'error429', 'cutBefore', 'cutWithin', 'lostAnswer', 'delay'];

const NAMES: { readonly [fault: string]: readonly [number, string] } = {
  error500: [500, 'InternalError'],
  error503: [503, 'SlowDown'],
  error429: [429, 'TooManyRequests'],
};

export interface FaultProxy {
  readonly endpoint: string;
  readonly done: { readonly [fault in Fault]?: number };
  requests: number;
  /** What befalls the next request; undefined: nothing. */
  next: (request: IncomingMessage) => Fault | undefined;
  /** Of requests whose body is not what their Content-MD5 says, or that write and have none. */
  readonly wrongBodies: string[];
  stop(): Promise<void>;
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const done: { [fault in Fault]?: number } = {};
  const wrongBodies: string[] = [];
  const server = createServer((request, response) => {
    proxy.requests++;
    const fault = proxy.next(request);
    if (fault !== undefined) done[fault] = (done[fault] ?? 0) + 1;
    if (fault === 'cutBefore') {
      request.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const md5 = request.headers['content-md5'];
      const wrong = md5 === undefined ? request.method === 'PUT' : createHash('md5').update(body).digest('base64') !== md5;
      if (wrong) wrongBodies.push(`${request.method} ${request.url}`);
      const answer = NAMES[fault ?? ''];
      if (answer !== undefined)
        response.writeHead(answer[0], { 'content-type': 'application/xml' }).end(`<Error><Code>${answer[1]}</Code><Message>no</Message></Error>`);
      else if (fault === 'delay') setTimeout(forward, 150, target, request, body, response, fault);
      else forward(target, request, body, response, fault);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    requests: 0,
    next: () => undefined,
    wrongBodies,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

function forward(target: string, request: IncomingMessage, body: Buffer, response: ServerResponse, fault: Fault | undefined): void {
  const { hostname, port } = new URL(target);
  const onward = send({ hostname, port, method: request.method ?? 'GET', path: request.url ?? '/', headers: request.headers }, (answer) => {
    if (fault === 'lostAnswer') {
      answer.resume().on('end', () => response.socket?.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (fault !== 'cutWithin') {
      answer.pipe(response);
      return;
    }
    answer.once('data', (chunk: Buffer) => {
      response.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => response.socket?.destroy());
      answer.resume();
    });
    answer.once('end', () => response.socket?.destroy());
  });
  onward.on('error', () => response.socket?.destroy());
  response.on('error', () => undefined);
  onward.end(body);
}
