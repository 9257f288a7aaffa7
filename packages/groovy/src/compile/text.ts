/**
 * The generated JavaScript's text. Everything that comes from a script goes in as a JSON string or a number, never as
 * a name: variables are called by numbers.
 *
 * A line of it says which line of the script it is made of: it begins with a mark that `finish` takes off and keeps
 * as a table. Marks use control characters, which no JSON string holds.
 */

/** Begins a new line of JavaScript that stands for line `line` in the method or closure `place`. */
export function mark(line: number, place: number): string {
  return `\n\u0001${line},${place}\u0002`;
}

export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => (c === '\u2028' ? '\\u2028' : '\\u2029'));
}

export interface Finished {
  readonly text: string;
  readonly lines: number[];
  readonly owners: number[];
}

/** `firstLine` is the number of the JavaScript line that the text begins at. */
export function finish(marked: string, firstLine: number): Finished {
  const lines: number[] = [];
  const owners: number[] = [];
  const out: string[] = [];
  let at = firstLine;
  for (const row of marked.split('\n')) {
    let text = row;
    let line = lines[at - 1] ?? 0;
    let owner = owners[at - 1] ?? -1;
    if (row.charCodeAt(0) === 1) {
      const end = row.indexOf('\u0002');
      const comma = row.indexOf(',');
      line = Number(row.slice(1, comma));
      owner = Number(row.slice(comma + 1, end));
      text = row.slice(end + 1);
    }
    lines[at] = line;
    owners[at] = owner;
    out.push(text);
    at++;
  }
  return { text: out.join('\n'), lines, owners };
}
