/** The way of a waiting item, oldest first: one entry each time that its reason changed. Kept as JSON beside it, not without bound. */
import type { Why } from './why.ts';

export interface TimelineEntry extends Why {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The first entries tell how it began, the last how it is; between them the oldest go. */
const LONGEST = 60,
  FIRST = 5;

/** Takes and answers the JSON text. An entry that says what the last one says is left out. */
export function appendTimeline(text: string, entry: TimelineEntry): string {
  const entries = JSON.parse(text) as TimelineEntry[];
  const last = entries.at(-1);
  if (last !== undefined && last.code === entry.code && last.message === entry.message) return text;
  entries.push(entry);
  if (entries.length > LONGEST) entries.splice(FIRST, entries.length - LONGEST);
  return JSON.stringify(entries);
}

/** Since when the reason of now holds. */
export function reasonSince(text: string): number | null {
  return (JSON.parse(text) as TimelineEntry[]).at(-1)?.at ?? null;
}
