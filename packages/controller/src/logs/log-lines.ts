/** The log as lines, each with the time and the flow node of its first piece. */
import type { LogPiece } from './log-pieces.ts';

export interface LogLine {
  /** Counted from 1, where it is known and the log is read of all nodes. */
  readonly n?: number;
  readonly at: number;
  readonly node: string;
  readonly text: string;
}

/** A line beyond it comes in parts. */
const LONGEST = 1 << 20;

/** `first`: the number of the first line; null: it is not known. */
export async function* logLines(pieces: AsyncIterable<LogPiece>, first: number | null): AsyncGenerator<LogLine> {
  let open = null as { at: number; node: string; text: string } | null;
  let n = first ?? 0;
  const line = (l: { at: number; node: string; text: string }): LogLine => ({ ...(first === null ? {} : { n: n++ }), ...l });
  for await (const { text, at, node, pause } of pieces) {
    if (pause === true) continue;
    let begin = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      const part = text.slice(begin, end);
      yield line(open === null ? { at, node, text: part } : { ...open, text: open.text + part });
      open = null;
      begin = end + 1;
    }
    if (begin < text.length) open = open === null ? { at, node, text: text.slice(begin) } : { ...open, text: open.text + text.slice(begin) };
    if (open !== null && open.text.length > LONGEST) {
      yield line(open);
      open = null;
    }
  }
  if (open !== null) yield line(open);
}
