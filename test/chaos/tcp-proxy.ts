/**
 * A network that can be made bad: everything goes through to `target`, late, slowly, not at all, or with its connections cut.
 * `swallow` keeps connections open and lets nothing through, as a network does that lost their state: neither side is told.
 */
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  swallowed: boolean;
}

export type Direction = 'to target' | 'from target';

export class TcpProxy {
  readonly target: number;
  port = 0;
  delayMs = 0;
  bytesPerSecond: number | null = null;
  refusing = false;
  /** Sees each piece before it is passed on; false: it is not. */
  watch: (piece: Buffer, direction: Direction, pair: { cut(): void }) => boolean = () => true;
  private readonly pairs = new Set<Pair>();
  private server: Server | null = null;

  constructor(target: number) {
    this.target = target;
  }

  async open(): Promise<void> {
    const server = createServer((near) => {
      this.join(near);
    });
    this.server = server;
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
  }
  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server?.close(resolve) ?? resolve(null));
  }

  /** Both sides are told at once. */
  cut(): void {
    for (const { near, far } of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    this.pairs.clear();
  }
  /** Nobody is told; connections made from here on are as good as new. */
  swallow(): void {
    for (const pair of this.pairs) pair.swallowed = true;
  }
  heal(): void {
    this.delayMs = 0;
    this.bytesPerSecond = null;
    this.refusing = false;
  }
  get connections(): number {
    return this.pairs.size;
  }

  private join(near: Socket): void {
    if (this.refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.target, '127.0.0.1');
    const pair: Pair = { near, far, swallowed: false };
    this.pairs.add(pair);
    this.pass(pair, near, far, 'to target');
    this.pass(pair, far, near, 'from target');
  }

  private pass(pair: Pair, from: Socket, to: Socket, direction: Direction): void {
    const cut = (): void => {
      pair.near.resetAndDestroy();
      pair.far.resetAndDestroy();
    };
    from.setNoDelay(true);
    const queue: { readonly piece: Buffer | null; readonly at: number }[] = [];
    let pumping = false;
    const pump = async (): Promise<void> => {
      pumping = true;
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const wait = next.at - Date.now() + (this.bytesPerSecond === null ? 0 : ((next.piece?.length ?? 0) / this.bytesPerSecond) * 1_000);
        if (wait > 0) await pause(wait);
        if (pair.swallowed) continue;
        if (next.piece === null) to.end();
        else to.write(next.piece);
      }
      pumping = false;
    };
    const put = (piece: Buffer | null): void => {
      if (pair.swallowed) return;
      if (this.delayMs === 0 && this.bytesPerSecond === null && !pumping) {
        if (piece === null) to.end();
        else to.write(piece);
        return;
      }
      queue.push({ piece, at: Date.now() + this.delayMs });
      if (!pumping) void pump();
    };
    from.on('data', (piece: Buffer) => {
      if (this.watch(piece, direction, { cut })) put(piece);
    });
    from.on('end', () => {
      put(null);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.pairs.delete(pair);
      if (!pair.swallowed && this.delayMs === 0) to.destroy();
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
