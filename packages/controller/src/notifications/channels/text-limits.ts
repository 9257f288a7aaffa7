/** Services refuse messages beyond a size: cut at a character, and say so. */

export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const bytes = Buffer.from(text).subarray(0, most - 4);
  return `${bytes.toString('utf8').replace(/\uFFFD+$/, '')}…`;
}

/** A title above what follows, where the text does not begin with it already. */
export function withTitle(title: string, text: string): string {
  if (title === '' || text.startsWith(title)) return text;
  return text === '' ? title : `${title}\n${text}`;
}
