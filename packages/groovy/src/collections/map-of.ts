/** Making maps from JavaScript, where no runtime is at hand: the keys are Strings. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaMap } from './map.ts';

/** Strings never ask a runtime for their hash or equality. */
const NO_RUNTIME = undefined as unknown as Runtime;

/** A LinkedHashMap of a record's own properties in their order, or of pairs with String keys. */
export function mapOf(source: Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>): JavaMap {
  const map = new JavaMap();
  const pairs = Symbol.iterator in source ? (source as Iterable<readonly [string, Value]>) : Object.entries(source);
  for (const [key, value] of pairs) map.put(NO_RUNTIME, key, value);
  return map;
}
