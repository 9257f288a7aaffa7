/**
 * Patterns given as text, compiled once a run: scripts use the same few in loops. Kept beside the runtime that uses
 * them (weakly: the cache goes with it), and small, since a script can make any number of patterns.
 */
import type { Runtime } from '../../runtime/runtime.ts';
import { JavaPattern } from './pattern.ts';

const SIZE = 200;
const caches = new WeakMap<Runtime, Map<string, JavaPattern>>();

/** `Pattern.compile(text)`; the same object may be answered again. Throws PatternSyntaxException. */
export function patternOf(rt: Runtime, text: string): JavaPattern {
  let cache = caches.get(rt);
  if (cache === undefined) caches.set(rt, (cache = new Map()));
  let pattern = cache.get(text);
  if (pattern === undefined) {
    pattern = new JavaPattern(text);
    if (cache.size >= SIZE) cache.clear();
    cache.set(text, pattern);
  }
  return pattern;
}
