/** A jar's manifest: java.util.jar.Manifest. Lines that begin with a space go on the line before. */
export interface Manifest {
  readonly main: Map<string, string>;
  readonly entries: Map<string, Map<string, string>>;
}

/** null where a line is no `Name: value`. */
export function readManifest(text: string): Manifest | null {
  const main = new Map<string, string>(),
    entries = new Map<string, Map<string, string>>();
  const lines = text
    .replace(/\r\n|\r/g, '\n')
    .replace(/\n /g, '')
    .split('\n');
  let section: Map<string, string> | null = main;
  for (const line of lines) {
    if (line === '') {
      section = section === main && main.size === 0 ? main : null;
      continue;
    }
    const m = /^([A-Za-z0-9_-]+): ?(.*)$/.exec(line);
    if (m === null) return null;
    const [, name, value] = m as unknown as [string, string, string];
    if (section === null) {
      section = new Map();
      if (name.toLowerCase() !== 'name') return null;
      entries.set(value, section);
    } else section.set(name, value);
  }
  return { main, entries };
}
