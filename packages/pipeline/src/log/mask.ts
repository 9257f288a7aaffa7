/** Hides secrets in text that is whole, such as a line the engine prints. (Output in pieces: the agent's masker.) */
export function maskText(text: string, masks: readonly string[]): string {
  if (masks.length === 0) return text;
  for (const mask of [...masks].sort((a, b) => b.length - a.length)) if (mask !== '' && text.includes(mask)) text = text.replaceAll(mask, '****');
  return text;
}
