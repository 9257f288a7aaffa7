/** Groovy's `Matcher.lastMatcher`: the matcher that an operator or a condition used last, one for each run. */
import type { Runtime } from '../../runtime/runtime.ts';
import type { JavaMatcher } from './matcher.ts';

const last = new WeakMap<Runtime, JavaMatcher>();

export function rememberMatcher(rt: Runtime, matcher: JavaMatcher): void {
  last.set(rt, matcher);
}
export function lastMatcher(rt: Runtime): JavaMatcher | null {
  return last.get(rt) ?? null;
}
