/**
 * Which images are kept in a cache. A list that changes costs a pull on each node, or a snapshot: so an image that is in it stays
 * while it is among twice as many as there is place for, and those that are used about as often do not take turns. Pure.
 */
import type { ImageUse } from '../cloud.ts';

export interface ImageWish {
  /** How many of those that are used. */
  readonly most: number;
  /** Beside them, used or not. */
  readonly always: readonly string[];
}

/** `uses`: the most used first. `current`: what is in the cache now. Sorted by name. */
export function chooseImages(uses: readonly ImageUse[], current: readonly string[], { most, always }: ImageWish): ImageUse[] {
  const fixed = new Set(always);
  const ranked = uses.filter(({ image }) => !fixed.has(image));
  const near = new Map(ranked.slice(0, most * 2).map((use) => [use.image, use]));
  const kept = current.flatMap((image) => near.get(image) ?? []);
  const byRank = ranked.filter((use) => kept.includes(use));
  const chosen = [...new Set([...byRank, ...ranked])].slice(0, most);
  const named = [...fixed].map((image) => uses.find((use) => use.image === image) ?? { image, uses: 0, lastUsedAt: null });
  return [...named, ...chosen].sort((a, b) => (a.image < b.image ? -1 : 1));
}
