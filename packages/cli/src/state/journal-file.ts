/** A journal in a file. One write a flush; with `machine` durability the disk has it before anything is started. */
import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { JournalStore } from '@millrace/pipeline';

export class JournalFile implements JournalStore {
  private readonly file: number;
  private readonly sync: boolean;
  private buffer = '';
  private readonly onEntry: ((count: number) => void) | null;
  private count: number;

  /**
   * `size`: bytes of whole lines; what a crash left after them is cut off.
   * `onEntry` is told after each single entry is in the file: tests end the process there.
   */
  constructor(path: string, size: number, options: { readonly sync: boolean; readonly entries: number; readonly onEntry?: (count: number) => void }) {
    this.file = openSync(path, 'a', 0o600);
    ftruncateSync(this.file, size);
    this.sync = options.sync;
    this.onEntry = options.onEntry ?? null;
    this.count = options.entries;
  }
  append(line: string): void {
    if (this.onEntry === null) {
      this.buffer += `${line}\n`;
      return;
    }
    writeSync(this.file, `${line}\n`);
    this.onEntry(++this.count);
  }
  flush(): void {
    if (this.buffer === '') return;
    const { buffer } = this;
    this.buffer = '';
    writeSync(this.file, buffer);
    if (this.sync) fdatasyncSync(this.file);
  }
  close(): void {
    closeSync(this.file);
  }
}

/** The whole lines of a journal, and how many bytes they are. */
export function readJournal(path: string): { readonly lines: string[]; readonly size: number } {
  const bytes = readFileSync(path);
  const size = bytes.lastIndexOf(10) + 1;
  const lines = bytes.toString('utf8', 0, size).split('\n');
  lines.pop();
  return { lines, size };
}
