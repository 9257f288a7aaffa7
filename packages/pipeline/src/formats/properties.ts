/** Java's `.properties` files: java.util.Properties.load. */
export function readProperties(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const line of logicalLines(text)) {
    let at = 0;
    // The key ends at the first `=`, `:` or space that no backslash stands before.
    while (at < line.length && !/[=:\s]/.test(line[at] as string)) at += line[at] === '\\' ? 2 : 1;
    const key = line.slice(0, at);
    let rest = line.slice(at).replace(/^[ \t\f]+/, '');
    if (rest.startsWith('=') || rest.startsWith(':')) rest = rest.slice(1).replace(/^[ \t\f]+/, '');
    pairs.push([withoutEscapes(key), withoutEscapes(rest)]);
  }
  return pairs;
}

function logicalLines(text: string): string[] {
  const out: string[] = [];
  let open: string | null = null;
  for (const natural of text.split(/\r\n|\n|\r/)) {
    const line = natural.replace(/^[ \t\f]+/, '');
    if (open === null && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const whole: string = (open ?? '') + line;
    const slashes = (/\\*$/.exec(whole) as RegExpExecArray)[0].length;
    if (slashes % 2 === 1) {
      open = whole.slice(0, -1);
      continue;
    }
    out.push(whole);
    open = null;
  }
  if (open !== null && open !== '') out.push(open);
  return out;
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(u[0-9A-Fa-f]{4}|[\s\S])/g, (_whole, body: string) => {
    if (body.length === 5) return String.fromCharCode(Number.parseInt(body.slice(1), 16));
    return { t: '\t', n: '\n', r: '\r', f: '\f' }[body] ?? body;
  });
}

/** `${other}` replaced by other properties, as commons-configuration does; what is unknown stays. */
export function interpolateProperties(pairs: ReadonlyMap<string, string>): Map<string, string> {
  const resolve = (text: string, seen: readonly string[]): string =>
    text.replace(/\$\{([^${}]+)\}/g, (whole, name: string) => {
      const value = pairs.get(name);
      return value === undefined || seen.includes(name) ? whole : resolve(value, [...seen, name]);
    });
  return new Map([...pairs].map(([key, value]) => [key, resolve(value, [key])]));
}
