export function nodeAddress(name: string): string {
  return `/nodes/${encodeURIComponent(name)}`;
}
