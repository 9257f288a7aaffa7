/** A journal and a log in memory, which can be cut off as by a crash. */
import type { JournalStore } from '../../journal/entries.ts';
import type { LogRecord, LogStore } from '../../log/log.ts';

/** Thrown by the store where the test wants the process to die. */
export class Crash extends Error {}

export class MemoryJournal implements JournalStore {
  lines: string[];
  private buffer: string[] = [];
  /** Entries that may still be written; then it crashes. */
  private left: number;
  constructor(lines: readonly string[] = [], left = Number.POSITIVE_INFINITY) {
    this.lines = [...lines];
    this.left = left;
  }
  append(line: string): void {
    this.buffer.push(line);
  }
  flush(): void {
    for (const line of this.buffer) {
      if (this.left-- <= 0) throw new Crash('killed');
      this.lines.push(line);
    }
    this.buffer = [];
  }
}

export class MemoryLog implements LogStore {
  text = '';
  readonly records: LogRecord[] = [];
  append(text: string, record: LogRecord): void {
    this.text += text;
    this.records.push(record);
  }
  flush(): void {}
}
