/** Tables for people: columns are as wide as their widest cell, where a Chinese character takes two places as terminals show it. */

const CONTROLS = /\p{Cc}+/gu;
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const NONE = /^(?:\p{Mn}|\p{Me}|\p{Cf})/u;

/** Of what a terminal shows. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += NONE.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

/** One line, and nothing in it that a terminal would obey. */
export function plain(text: string): string {
  return text.replace(CONTROLS, ' ').trim();
}

/** `columns`: how wide the terminal is; the last column is cut there. Undefined: nothing is cut. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], columns?: number): string {
  const lines = [head, ...rows.map((row) => row.map(plain))];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => displayWidth(line[i] ?? ''))));
  return lines
    .map((line) => {
      const cells = line.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - displayWidth(cell)));
      return `${cut(cells.join('  ').trimEnd(), columns)}\n`;
    })
    .join('');
}

function cut(line: string, columns: number | undefined): string {
  if (columns === undefined || displayWidth(line) <= columns) return line;
  let width = 0,
    out = '';
  for (const char of line) {
    width += displayWidth(char);
    if (width >= columns) break;
    out += char;
  }
  return `${out}…`;
}
