/** The log as lines, each with the time and the flow node of its first piece. */
import type { LogPiece } from './log-pieces.ts';

export interface LogLine {
  /** Counted from 1, where the log is read from its start and of all nodes. */
  readonly n?: number;
  readonly at: number;
  readonly node: string;
  readonly text: string;
}

/** A line beyond it comes in parts. */
const LONGEST = 1 << 20;

export async function* logLines(pieces: AsyncIterable<LogPiece>, numbered: boolean): AsyncGenerator<LogLine> {
  let open = null as { at: number; node: string; text: string } | null;
  let n = 0;
  const line = (l: { at: number; node: string; text: string }): LogLine => ({ ...(numbered ? { n: ++n } : {}), ...l });
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
