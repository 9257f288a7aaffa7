/** Colours of the console text on a terminal: the engine's own lines step back, errors stand out. */

export function consoleColours(on: boolean): (text: string) => string {
  if (!on) return (text) => text;
  return (text) => text.replace(/^(\[Pipeline\].*|ERROR: .*|Finished: .*|WARNING: .*)$/gm, (line) => `${codeOf(line)}${line}\u001b[0m`);
}

function codeOf(line: string): string {
  if (line.startsWith('[Pipeline]')) return '\u001b[2m';
  if (line.startsWith('WARNING')) return '\u001b[33m';
  if (line === 'Finished: SUCCESS') return '\u001b[1;32m';
  if (line === 'Finished: UNSTABLE') return '\u001b[1;33m';
  return line.startsWith('ERROR') ? '\u001b[31m' : '\u001b[1;31m';
}
