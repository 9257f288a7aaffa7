/**
 * Journal and log of a build in a worker: what the engine appends is gathered, and each flush goes to the controller as one
 * piece that becomes durable as a whole. Flushes that are asked for in one turn of the event loop are one.
 *
 * The engine goes on at once: what it asks next follows the flush on the same way, and the controller writes it behind the
 * flush, never without it (see RunningBuild). Only a program that runs ahead of the database by `AHEAD` flushes waits.
 */
import type { FlowNode, JournalStore, LogRecord, LogStore } from '@millrace/pipeline';
import type { Flush } from './messages.ts';

/** Text beyond this does not wait for the turn's end. */
const LARGE = 1_000_000;
const AHEAD = 16;

export class ChunkStore {
  private readonly send: (flush: Flush) => void;
  private seq = 0;
  private journalText = '';
  private records: LogRecord[] = [];
  private text = '';
  private readonly nodes = new Map<string, FlowNode>();
  private doneSeq = 0;
  private scheduled = false;
  private readonly waiting: (() => void)[] = [];

  constructor(send: (flush: Flush) => void) {
    this.send = send;
  }

  readonly journal: JournalStore = {
    append: (line) => {
      this.journalText += `${line}\n`;
    },
    flush: () => this.flush(),
  };
  readonly log: LogStore = {
    append: (text, record) => {
      this.text += text;
      this.records.push(record);
      // Output of a task comes between turns: nobody else would flush it.
      if (record.ask !== undefined) {
        void this.flush(this.text.length > LARGE);
      }
    },
    flush: () => this.flush(),
  };

  node(node: FlowNode): void {
    this.nodes.set(node.id, node);
  }

  flush(now = false): void | Promise<void> {
    if (this.journalText !== '' || this.records.length > 0 || this.nodes.size > 0) {
      if (now) this.emit();
      else if (!this.scheduled) {
        this.scheduled = true;
        queueMicrotask(() => {
          if (this.scheduled) this.emit();
        });
      }
    }
    if (this.seq - this.doneSeq < AHEAD) return undefined;
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** The controller has written a flush. */
  done(seq: number): void {
    this.doneSeq = Math.max(this.doneSeq, seq);
    if (this.seq - this.doneSeq < AHEAD) for (const resolve of this.waiting.splice(0)) resolve();
  }

  private emit(): void {
    this.scheduled = false;
    this.seq++;
    const flush: Flush = {
      seq: this.seq,
      journal: this.journalText,
      records: this.records,
      text: this.text,
      tree: [...this.nodes.values()].map((node) => ({ ...node })),
    };
    this.journalText = '';
    this.records = [];
    this.text = '';
    this.nodes.clear();
    this.send(flush);
  }
}
