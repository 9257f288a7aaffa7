/** An HTTP server that plays a chat service: keeps what comes, and answers as it is told. */
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: any;
}
export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

type Replies = Reply | ((asked: Asked) => Reply);

export class ChatServer {
  readonly asked: Asked[] = [];
  /** What is answered next; the last one for ever. */
  private readonly replies: Replies[];
  url = '';
  private readonly watching = new Set<() => void>();
  private readonly server = createServer((request, response) => {
    void text(request).then((raw) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
      let body: unknown = raw;
      if (raw.startsWith('{')) body = JSON.parse(raw);
      const asked: Asked = { path: pathname, query: searchParams, headers: request.headers, raw, body };
      this.asked.push(asked);
      const next = (this.replies.length > 1 ? this.replies.shift() : this.replies[0]) as Replies;
      const reply = typeof next === 'function' ? next(asked) : next;
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
      for (const tell of this.watching) tell();
    });
  });

  private constructor(replies: Replies[]) {
    this.replies = replies;
  }
  static async start(...replies: Replies[]): Promise<ChatServer> {
    const made = new ChatServer(replies);
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    made.url = `http://127.0.0.1:${(made.server.address() as AddressInfo).port}`;
    return made;
  }
  async count(n: number): Promise<void> {
    while (this.asked.length < n)
      await new Promise<void>((resolve) => {
        const tell = (): void => {
          this.watching.delete(tell);
          resolve();
        };
        this.watching.add(tell);
      });
  }
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }
}
