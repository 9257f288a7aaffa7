/**
 * The console text of a build: pieces in order, each with its source. A source is a node of the tree; text comes from the
 * engine itself (steps' own lines) or from an ask (output of a task).
 *
 * The store keeps the text and, beside it, an index of one record a piece. After a crash the records say what is there:
 * of each node's own lines so many characters (the replay makes them again, and they are skipped), of each ask's output
 * everything up to a cursor.
 */

export interface LogRecord {
  readonly node: string;
  /** UTF-16 units of `text`. */
  readonly length: number;
  /** Of an ask's output: the ask and its cursor after this piece. */
  readonly ask?: string;
  readonly cursor?: number;
}

/**
 * Where the text is kept. Output of an ask (`record.ask`) may be appended at any time, also while a flush is under way,
 * and no flush need follow soon: the store makes it durable by itself, and at the latest with the next flush. A store
 * whose flush takes time must be the journal's too: see JournalStore.
 */
export interface LogStore {
  append(text: string, record: LogRecord): void;
  flush(): void | Promise<void>;
}

export interface LogOptions {
  readonly store: LogStore;
  /** What the store holds from before. */
  readonly records: readonly LogRecord[];
  /** Live text, after the store has it. */
  readonly onText?: (text: string, node: string) => void;
}

export class Log {
  private readonly store: LogStore;
  private readonly onText: LogOptions['onText'];
  /** What is in the log already of each node's own text, and not yet made again. */
  private readonly recorded = new Map<string, number>();
  private readonly cursors = new Map<string, number>();
  private batch: { node: string; text: string }[] = [];
  /** The store has it, and `onText` has not. */
  private unshown: { node: string; text: string }[] = [];

  constructor(options: LogOptions) {
    this.store = options.store;
    this.onText = options.onText;
    for (const record of options.records) {
      if (record.ask === undefined) this.recorded.set(record.node, (this.recorded.get(record.node) ?? 0) + record.length);
      else this.cursors.set(record.ask, record.cursor as number);
    }
  }

  /** The engine's own text; kept until `flush`. */
  print(node: string, text: string): void {
    const skip = this.recorded.get(node);
    if (skip !== undefined) {
      const left = skip - text.length;
      if (left > 0) this.recorded.set(node, left);
      else this.recorded.delete(node);
      if (left >= 0) return;
      text = text.slice(skip);
    }
    const last = this.batch.at(-1);
    if (last?.node === node) last.text += text;
    else this.batch.push({ node, text });
  }

  cursor(ask: string): number {
    return this.cursors.get(ask) ?? 0;
  }

  /** Output of an ask. `shown` is what the log gets for it. */
  output(node: string, ask: string, from: number, to: number, shown: string): void {
    const cursor = this.cursors.get(ask) ?? 0;
    // A piece that is in the log already, sent again after a crash.
    if (to <= cursor || from < cursor) return;
    this.handOver();
    this.show();
    this.cursors.set(ask, to);
    this.store.append(shown, { node, length: shown.length, ask, cursor: to });
    this.onText?.(shown, node);
  }

  /** Gives the store what was printed; a flush of the store makes it durable. */
  handOver(): void {
    if (this.batch.length === 0) return;
    const batch = this.batch;
    this.batch = [];
    for (const { node, text } of batch) this.store.append(text, { node, length: text.length });
    if (this.onText !== undefined) this.unshown.push(...batch);
  }

  flush(): void | Promise<void> {
    this.handOver();
    const flushed = this.store.flush();
    if (flushed === undefined) this.show();
    else return flushed.then(() => this.show());
  }

  private show(): void {
    if (this.unshown.length === 0) return;
    const unshown = this.unshown;
    this.unshown = [];
    for (const { node, text } of unshown) this.onText?.(text, node);
  }
}
