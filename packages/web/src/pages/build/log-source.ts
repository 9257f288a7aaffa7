/**
 * A build's log for who scrolls in it: lines come in blocks, those that were looked at last are kept. How many lines there are
 * is asked once, and then followed by reading what has come since; nothing holds a whole log.
 */
import { send, textOf } from '../../api/client.ts';
import type { LogLine } from '../../api/shapes.ts';

export const BLOCK = 400;
const KEPT = 30;
/** So much of what is new is read to count its lines; where more has come they are counted by the server. */
const MOST_NEW = 512 * 1_024;

export class LogSource {
  private readonly words: readonly (string | number)[];
  private readonly blocks = new Map<number, readonly LogLine[]>();
  private readonly loading = new Set<number>();
  private readonly changed: (error: unknown) => void;
  private readonly gone = new AbortController();
  private bytes = 0;
  private isCounted = false;
  private counting: Promise<void> | null = null;
  private again = false;
  lines = 0;

  constructor(path: string, number: number, changed: (error: unknown) => void) {
    this.words = ['items', path, 'builds', number, 'log'];
    this.changed = changed;
    this.update();
  }

  close(): void {
    this.gone.abort();
  }

  /** Counted from 1; null: not here yet. */
  line(n: number): LogLine | null {
    const block = Math.floor((n - 1) / BLOCK);
    return this.blocks.get(block)?.[n - 1 - block * BLOCK] ?? null;
  }

  /** Brings what is missing of those lines. */
  want(from: number, to: number): void {
    for (let block = Math.floor((from - 1) / BLOCK); block * BLOCK < to; block++) if (!this.isWhole(block)) void this.load(block);
  }

  /** The build has written more, or may have. */
  update(): void {
    if (this.counting !== null) {
      this.again = true;
      return;
    }
    this.counting = this.count()
      .then(
        () => this.changed(null),
        (error: unknown) => {
          if (!this.gone.signal.aborted) this.changed(error);
        },
      )
      .finally(() => {
        this.counting = null;
        if (this.again && !this.gone.signal.aborted) {
          this.again = false;
          this.update();
        }
      });
  }

  private isWhole(block: number): boolean {
    const known = this.blocks.get(block);
    return known !== undefined && known.length >= Math.min(BLOCK, this.lines - block * BLOCK);
  }

  private async count(): Promise<void> {
    if (!this.isCounted) return this.countAll();
    const response = await send(this.words, { query: { from: this.bytes, to: this.bytes + MOST_NEW }, signal: this.gone.signal });
    const size = Number(response.headers.get('x-log-size'));
    if (size - this.bytes > MOST_NEW) {
      await response.body?.cancel();
      return this.countAll();
    }
    const text = await response.text();
    if (text === '') return;
    this.grow(text.split('\n').length - 1);
    this.bytes += new TextEncoder().encode(text).length;
  }

  private async countAll(): Promise<void> {
    const response = await send(this.words, { query: { to: 0, count: true }, signal: this.gone.signal });
    await response.text();
    this.isCounted = true;
    this.bytes = Number(response.headers.get('x-log-size'));
    this.grow(Number(response.headers.get('x-log-lines')) - this.lines);
  }

  /** The last block may have been a part of one. */
  private grow(more: number): void {
    if (this.lines > 0) this.blocks.delete(Math.floor((this.lines - 1) / BLOCK));
    this.lines += more;
  }

  private async load(block: number): Promise<void> {
    if (this.loading.has(block)) return;
    this.loading.add(block);
    try {
      const query = { line: block * BLOCK + 1, lines: BLOCK, format: 'lines' };
      const text = await (await send(this.words, { query, signal: this.gone.signal })).text();
      const lines = text
        .split('\n')
        .filter((l) => l !== '')
        .map((l) => JSON.parse(l) as LogLine);
      this.blocks.delete(block);
      this.blocks.set(block, lines);
      for (const old of this.blocks.keys()) if (this.blocks.size > KEPT) this.blocks.delete(old);
      this.changed(null);
    } catch (error) {
      if (!this.gone.signal.aborted) this.changed(error);
    } finally {
      this.loading.delete(block);
    }
  }

  /** Numbers of lines that hold the words, as they are found; case does not count. */
  async *search(words: string, signal: AbortSignal): AsyncGenerator<number> {
    const wanted = words.toLowerCase();
    let rest = '';
    let n = 0;
    for await (const piece of textOf(await send(this.words, { signal }))) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) {
        n++;
        if (line.toLowerCase().includes(wanted)) yield n;
      }
    }
    if (rest.toLowerCase().includes(wanted)) yield n + 1;
  }
}
