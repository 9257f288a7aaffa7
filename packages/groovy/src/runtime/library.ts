/** All native tables together. */
import { collectionLibrary } from '../collections/index.ts';
import { dataLibrary } from '../data/index.ts';
import { numberLibrary } from '../numbers/index.ts';
import { objectLibrary } from '../objects/index.ts';
import { textLibrary } from '../text/index.ts';
import { timeLibrary } from '../time/index.ts';
import type { Library } from './native.ts';
import { evaluatorLibrary } from './natives.ts';
import { LibraryIndex } from './registry.ts';

/** Indexed once: the tables never change, and each build of a process has the same. By the first of the tables beside the standard ones. */
const INDICES = new WeakMap<object, LibraryIndex>();
const ALONE = {};

/** The evaluator's own tables come first: of two methods with one signature the first counts. */
export function standardIndex(more: readonly Library[] = []): LibraryIndex {
  if (more.length > 1) return makeIndex(more);
  const key = more[0] ?? ALONE;
  let index = INDICES.get(key);
  if (index === undefined) INDICES.set(key, (index = makeIndex(more)));
  return index;
}

function makeIndex(more: readonly Library[]): LibraryIndex {
  return new LibraryIndex([evaluatorLibrary, objectLibrary, numberLibrary, textLibrary, collectionLibrary, timeLibrary, dataLibrary, ...more]);
}
