/** What can be asked of a build's record, in whichever form it is kept: rows while the build lives, one object after. */
import type { Entry } from './record-format.ts';

/** Some of the log, as it was flushed, with its pieces: JSON, see RunningBuild. Offsets count bytes of UTF-8. */
export interface LogRow {
  readonly seq: number;
  readonly log: string | null;
  readonly log_at: number;
  readonly records: string;
  /** Empty where trees were not asked for. */
  readonly tree: string;
}

export interface LogPlace {
  readonly seq: number;
  readonly byte: number;
  /** So many line breaks are before it. */
  readonly line: number;
}

export interface RecordForm {
  /** In bytes, as it is now. */
  logSize(): Promise<number>;
  /** The flush that holds the byte, or the last one before it; 0 where there is none. */
  flushAt(byte: number): Promise<number>;
  /** A flush from which on the line is found (counted from 1), with what is before it; as near as it can be known at once. */
  flushAtLine(line: number): Promise<LogPlace>;
  /** From that flush on, in their order, those that are there now. */
  log(seq: number, trees: boolean): AsyncIterable<LogRow>;
  /** The flushes from that one on which have something of it. */
  entries(section: 'journal' | 'tree', seq: number): AsyncIterable<Pick<Entry, 'seq' | 'text'>>;
  /** The flow nodes that printed something. */
  printing(): Promise<ReadonlySet<string>>;
}
