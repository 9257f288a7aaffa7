/** Environment variables as lines, KEY=value. Values of several lines have no such form: they are kept aside, as they are. */
export interface Variables {
  readonly [name: string]: string;
}

export function asLines(variables: Variables): { readonly text: string; readonly kept: Variables } {
  const all = Object.entries(variables);
  const isLine = ([, value]: readonly [string, string]): boolean => !/[\r\n]/.test(value);
  return {
    text: all
      .filter(isLine)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
    kept: Object.fromEntries(all.filter((one) => !isLine(one))),
  };
}

/** `wrong`: the first line, counted from 1, that is none of the form. Empty lines are nothing. */
export function fromLines(text: string): { readonly variables: Variables } | { readonly wrong: number } {
  const variables: Record<string, string> = {};
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const m = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    if (m === null) return { wrong: i + 1 };
    variables[m[1] as string] = m[2] as string;
  }
  return { variables };
}

/** With blanks or commas between them, each once. */
export function labelsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((label) => label !== ''))];
}
