/**
 * `${BUILD_LOG_REGEX}` and `${BUILD_LOG_EXCERPT}` of token-macro. Their expressions are anybody's, and may take for ever: so they
 * are matched in the build's own program, and not by the server that sends the mail.
 */
import type { Runtime } from '@millrace/groovy';
import type { TokenArguments } from '../job/mail-tokens.ts';
import { escapeHtml } from '../job/mail-tokens.ts';

const REGEX = '(?i)\\b(error|exception|fatal|fail(ed|ure)|un(defined|resolved))\\b';

/** As BuildLogRegexMacro: the lines that match, with those around. Throws PatternSyntaxException. */
export function matchingLines(rt: Runtime, lines: readonly string[], args: TokenArguments): string {
  const regex = args['regex'] ?? REGEX;
  const before = count(args['linesBefore']),
    after = count(args['linesAfter']),
    most = count(args['maxMatches']),
    longest = count(args['maxLineLength']),
    mostLast = count(args['maxTailMatches']);
  const { matchedLineHtmlStyle: style, substText } = args;
  const html = style !== undefined;
  const shown = (line: string): string => {
    const short = longest > 0 && line.length > longest ? `${line.slice(0, longest)}...` : line;
    return html || args['escapeHtml'] === 'true' ? escapeHtml(short) : short;
  };
  const blocks: string[][] = [];
  let waiting: string[] = [],
    left = 0,
    truncated = 0,
    matches = 0;
  const tellTruncated = (): void => {
    if (truncated > 0 && args['showTruncatedLines'] !== 'false') {
      const text = `[...truncated ${truncated} lines...]`;
      blocks.push([html ? `<p>${text}</p>\n` : `${text}\n`], []);
    }
    truncated = 0;
  };
  const add = (text: string): void => {
    if (blocks.length === 0) blocks.push([]);
    (blocks.at(-1) as string[]).push(text);
  };
  let at = 0;
  for (; at < lines.length && !(most > 0 && matches >= most && left === 0); at++) {
    const line = lines[at] as string;
    while (waiting.length > before) {
      waiting.shift();
      truncated++;
    }
    const isMatch = !(args['greedy'] === 'false' && most > 0 && matches >= most) && rt.invokeSync(line, 'find', [regex]) !== null;
    if (isMatch) {
      tellTruncated();
      for (const one of waiting) add(`${shown(one)}\n`);
      waiting = [];
      const text = shown(substText === undefined ? line : rt.str(rt.invokeSync(line, 'replaceAll', [regex, substText])));
      const marked = style === undefined ? text : `<b${style === '' ? '' : ` style="${escapeHtml(style)}"`}>${text}</b>`;
      add(args['addNewline'] === 'false' ? marked : `${marked}\n`);
      matches++;
      left = after;
    } else if (left > 0) {
      add(`${shown(line)}\n`);
      left--;
    } else waiting.push(line);
  }
  truncated += waiting.length + lines.length - at;
  tellTruncated();
  if (matches === 0 && args['showTruncatedLines'] === 'false') return args['defaultValue'] ?? '';
  const tail = mostLast > 0 ? lastOf(blocks, mostLast) : blocks;
  return tail
    .map((block) => (html && block.length > 0 && !(block[0] as string).startsWith('<p>') ? `<pre>\n${block.join('')}</pre>\n` : block.join('')))
    .join('');
}

/** As many entries, from the end. */
function lastOf(blocks: readonly (readonly string[])[], most: number): string[][] {
  const found: string[][] = [];
  let left = most;
  for (let at = blocks.length - 1; at >= 0 && left > 0; at--) {
    const part = (blocks[at] as readonly string[]).slice(-left);
    left -= part.length;
    found.unshift([...part]);
  }
  return found;
}

/** As BuildLogExcerptMacro: what stands between a line that is `start` and one that is `end`. */
export function excerpt(rt: Runtime, lines: readonly string[], args: TokenArguments): string {
  const is = (line: string, regex: string): boolean => rt.invokeSync(line, 'matches', [regex]) === true;
  const from = lines.findIndex((line) => is(line, args['start'] ?? ''));
  if (from < 0) return '';
  const found: string[] = [];
  for (const line of lines.slice(from + 1)) {
    if (is(line, args['end'] ?? '')) break;
    if (!is(line, args['start'] ?? '')) found.push(`${line}\n`);
  }
  return found.join('');
}

function count(text: string | undefined): number {
  const n = Number(text);
  return text !== undefined && Number.isInteger(n) && n > 0 ? n : 0;
}
