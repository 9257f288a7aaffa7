/**
 * Journal and log in one, as a database keeps them: what was appended becomes durable at once, and later. Tests end the
 * process at a flush: before it (what was appended is lost) or after it.
 */
import type { JournalStore } from '../../journal/entries.ts';
import type { LogRecord, LogStore } from '../../log/log.ts';
import { Crash } from './memory-stores.ts';

export class Durable {
  readonly lines: string[] = [];
  readonly records: LogRecord[] = [];
  text = '';
}

export class AsyncStore {
  readonly durable: Durable;
  readonly journal: JournalStore;
  readonly log: LogStore;
  flushes = 0;
  /** True while a flush is under way. */
  flushing = false;
  /** The flush with this number fails, and all after it. */
  failAt = Number.POSITIVE_INFINITY;
  error: unknown = new Crash('killed');
  private lines: string[] = [];
  private pieces: { readonly text: string; readonly record: LogRecord }[] = [];
  private sealed = false;

  constructor(durable: Durable) {
    this.durable = durable;
    const flush = (): Promise<void> | void => this.flush();
    this.journal = { append: (line) => this.append(() => this.lines.push(line)), flush };
    this.log = { append: (text, record) => this.append(() => this.pieces.push({ text, record })), flush };
  }

  private append(add: () => void): void {
    if (this.sealed) throw new Error('appended after the store was lost');
    add();
  }
  private flush(): Promise<void> | void {
    if (this.lines.length === 0 && this.pieces.length === 0) return;
    const { lines, pieces } = this;
    this.lines = [];
    this.pieces = [];
    this.flushing = true;
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        this.flushing = false;
        if (++this.flushes >= this.failAt) {
          this.sealed = true;
          reject(this.error);
          return;
        }
        this.durable.lines.push(...lines);
        for (const { text, record } of pieces) {
          this.durable.text += text;
          this.durable.records.push(record);
        }
        resolve();
      }, 0);
    });
  }
}
