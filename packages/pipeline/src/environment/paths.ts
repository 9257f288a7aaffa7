/** Paths on a node, by its own rules, without asking it. */

export function isAbsolute(path: string, windows: boolean): boolean {
  return windows ? /^([A-Za-z]:)?[\\/]/.test(path) : path.startsWith('/');
}

/** `path` seen from `base`, with `.` and `..` taken away, as `FilePath.child` does. */
export function resolvePath(base: string, path: string, windows: boolean): string {
  const whole = isAbsolute(path, windows) ? path : `${base}${windows ? '\\' : '/'}${path}`;
  const separator = windows ? '\\' : '/';
  const root = windows ? (/^([A-Za-z]:)?[\\/]?/.exec(whole)?.[0] ?? '') : '/';
  const kept: string[] = [];
  for (const part of whole.slice(root.length).split(windows ? /[\\/]+/ : /\/+/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return root + kept.join(separator);
}
