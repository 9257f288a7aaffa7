/** Text of builds inside of Markdown. */

/** A block of code whose fence is longer than any in the text. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** Without colours and what else terminals make of a text. */
export function plain(text: string): string {
  return text.replaceAll(/\u001B\[[;?\d]*[A-Za-z]/g, '').replaceAll('\r\n', '\n');
}
