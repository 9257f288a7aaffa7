/** Parts of what forges send. Bodies come from anybody: everything is looked at before it is believed. */

/** A value somewhere in JSON; undefined: there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}
export function text(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' && found.length <= 2_000 ? found : null;
}
export function texts(value: unknown, ...paths: readonly (readonly string[])[]): string[] {
  return [...new Set(paths.flatMap((path) => text(value, ...path) ?? []))];
}
export function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.slice(0, 100) : [];
}
/** All zeros: there was nothing, or is nothing any more. */
export function commit(value: unknown, ...path: readonly string[]): string | null {
  const found = text(value, ...path);
  return found === null || !/^[0-9a-f]{40,64}$/i.test(found) || /^0+$/.test(found) ? null : found.toLowerCase();
}
