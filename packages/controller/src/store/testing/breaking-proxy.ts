/** A way to PostgreSQL that breaks at a word of the conversation: before the server hears it, or before its answer is heard. */
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

export type Break =
  /** The server never hears the word. */
  | 'before'
  /** The server hears it, and its answer gets lost. */
  | 'after'
  /** The word reaches the server only after its sender has given up. */
  | 'late';

export class BreakingProxy {
  url = '';
  breaks = 0;
  private armed: { readonly word: string; readonly how: Break } | null = null;
  private readonly sockets = new Set<Socket>();
  private close: () => void = () => undefined;

  static async to(url: string): Promise<BreakingProxy> {
    const proxy = new BreakingProxy();
    const target = new URL(url);
    const port = Number(target.port);
    const server = createServer((near) => {
      proxy.join(near, connect(port, target.hostname));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    target.port = String((server.address() as AddressInfo).port);
    proxy.url = target.href;
    proxy.close = () => {
      server.close();
    };
    return proxy;
  }
  /** The next time that the word goes through, once. */
  breakAt(word: string, how: Break): void {
    this.armed = { word, how };
  }
  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.close();
  }

  private join(near: Socket, far: Socket): void {
    let mute = false;
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    }
    near.on('data', (bytes) => {
      const { armed } = this;
      if (armed === null || !bytes.includes(armed.word)) {
        far.write(bytes);
        return;
      }
      this.armed = null;
      this.breaks++;
      mute = true;
      if (armed.how === 'before') {
        near.destroy();
        far.destroy();
      } else if (armed.how === 'after') {
        far.write(bytes);
        far.once('data', () => {
          near.destroy();
          far.destroy();
        });
      } else {
        near.destroy();
        setTimeout(() => {
          far.write(bytes);
          setTimeout(() => far.destroy(), 500);
        }, 400);
      }
    });
    far.on('data', (bytes) => {
      if (!mute) near.write(bytes);
    });
    near.on('close', () => {
      if (!mute) far.destroy();
    });
    far.on('close', () => {
      near.destroy();
    });
  }
}
