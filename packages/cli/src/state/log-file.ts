/**
 * The console text in a file, and beside it an index of one line a piece: `<bytes> <units> <node>[ <ask> <cursor>]`.
 * The text is written before its index line. After a crash both are cut to what both know.
 */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { LogRecord, LogStore } from '@millrace/pipeline';

export class LogFile implements LogStore {
  readonly records: LogRecord[] = [];
  private readonly text: number;
  private readonly index: number;
  private waitingText = '';
  private waitingIndex = '';

  constructor(path: string) {
    this.text = openSync(path, 'a', 0o600);
    const indexPath = `${path}.index`;
    const old = existsSync(indexPath) ? readFileSync(indexPath, 'latin1') : '';
    this.index = openSync(indexPath, 'a', 0o600);
    const size = fstatSync(this.text).size;
    let bytes = 0,
      kept = 0;
    for (let end = old.indexOf('\n'); end >= 0; end = old.indexOf('\n', kept)) {
      const [length, units, node, ask, cursor] = old.slice(kept, end).split(' ');
      if (bytes + Number(length) > size) break;
      bytes += Number(length);
      kept = end + 1;
      this.records.push({ node: node as string, length: Number(units), ...(ask === undefined ? {} : { ask, cursor: Number(cursor) }) });
    }
    ftruncateSync(this.text, bytes);
    ftruncateSync(this.index, kept);
  }
  append(text: string, record: LogRecord): void {
    this.records.push(record);
    this.waitingText += text;
    this.waitingIndex += `${Buffer.byteLength(text)} ${record.length} ${record.node}${record.ask === undefined ? '' : ` ${record.ask} ${record.cursor}`}\n`;
    // Output of tasks is not asked for again once its cursor is known, so it is written at once.
    if (record.ask !== undefined) this.flush();
  }
  flush(): void {
    if (this.waitingIndex === '') return;
    const text = this.waitingText,
      index = this.waitingIndex;
    this.waitingText = this.waitingIndex = '';
    writeSync(this.text, text);
    writeSync(this.index, index);
  }
  close(): void {
    this.flush();
    closeSync(this.text);
    closeSync(this.index);
  }
}

/** A log that nobody goes on with. */
export class PassingLog implements LogStore {
  readonly records: LogRecord[] = [];
  private readonly keeps: boolean;
  /** `keeps`: the records are wanted at the end, for the ranges of steps. */
  constructor(keeps: boolean) {
    this.keeps = keeps;
  }
  append(_text: string, record: LogRecord): void {
    if (this.keeps) this.records.push(record);
  }
  flush(): void {}
}
