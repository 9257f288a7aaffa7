/**
 * Journal and log of a build in a worker: what the engine appends is gathered, and each flush goes to the controller as one
 * piece that becomes durable as a whole. Flushes that are asked for in one turn of the event loop are one.
 */
import type { FlowNode, JournalStore, LogRecord, LogStore } from '@millrace/pipeline';
import type { Flush } from './messages.ts';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Text beyond this does not wait for the turn's end. */
const LARGE = 1_000_000;

export class ChunkStore {
  private readonly send: (flush: Flush) => void;
  private seq = 0;
  private journalText = '';
  private records: LogRecord[] = [];
  private text = '';
  private readonly nodes = new Map<string, FlowNode>();
  private scheduled: Promise<void> | null = null;
  private readonly waiting = new Map<number, Waiting>();

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
        const durable = this.flush(this.text.length > LARGE);
        // Whoever waits for it is told by the engine's next flush; a failure there ends the run.
        durable?.catch(() => undefined);
      }
    },
    flush: () => this.flush(),
  };

  node(node: FlowNode): void {
    this.nodes.set(node.id, node);
  }

  flush(now = false): void | Promise<void> {
    if (this.scheduled !== null) {
      if (now) this.emit();
      return this.scheduled ?? undefined;
    }
    if (this.journalText === '' && this.records.length === 0 && this.nodes.size === 0) return undefined;
    const seq = ++this.seq;
    const durable = new Promise<void>((resolve, reject) => {
      this.waiting.set(seq, { resolve, reject });
    });
    this.scheduled = durable;
    if (now) this.emit();
    else
      queueMicrotask(() => {
        if (this.scheduled === durable) this.emit();
      });
    return durable;
  }

  /** The controller's word on a flush. */
  done(seq: number, error: string | undefined): void {
    const waiting = this.waiting.get(seq);
    this.waiting.delete(seq);
    if (error === undefined) waiting?.resolve();
    else waiting?.reject(Object.assign(new Error(error), { code: 'MR_FENCED' }));
  }

  private emit(): void {
    this.scheduled = null;
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
