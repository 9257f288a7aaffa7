/** What an object's class offers, for `hasProperty`, `respondsTo`, `properties` and `dump`. */

import type { Method } from '../runtime/classes.ts';
import { GroovyClass } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { hashString } from '../text/letters.ts';

/** The methods of that name, static ones included; those of the class before the inherited. */
export function methodsNamed(rt: Runtime, object: Value, name: string): Method[] {
  const cls = object instanceof GroovyClass ? object : rt.classOf(object);
  const found: Method[] = [];
  for (const c of cls.ancestors()) {
    c.ready();
    for (const m of [...(c.added?.get(name) ?? []), ...(c.ownMethods.get(name) ?? []), ...(c.ownStatics.get(name) ?? [])]) {
      if (m.refused === null && !found.some((o) => o.params.join() === m.params.join())) found.push(m);
    }
  }
  return found;
}

/** Names of bean properties: fields declared as properties, and getters; own ones before the inherited. */
export function propertyNames(rt: Runtime, object: Value): string[] {
  const cls = object instanceof GroovyClass ? object : rt.classOf(object);
  const names = new Set<string>();
  for (const c of cls.ancestors()) {
    c.ready();
    for (const f of c.ownFields.values()) if (f.isProperty) names.add(f.name);
    for (const [name, f] of c.staticFields) if (f.isProperty) names.add(name);
    for (const [name, methods] of c.ownMethods) {
      const property = propertyOfGetter(name);
      if (property !== null && methods.some((m) => m.params.length === 0 && !m.isPrivate && m.refused === null)) names.add(property);
    }
  }
  return [...names];
}

/**
 * The names as Groovy's table of a class's properties is walked (`SingleKeyHashMap`): from its last place to its first,
 * the latest of a place before the earlier. Scripts see it in `o.properties` and in an object's JSON.
 */
export function inTableOrder(names: readonly string[]): string[] {
  let capacity = 32;
  // The table holds `class` and `metaClass` too, and doubles when it is three quarters full.
  while (names.length + 2 >= capacity * 0.75) capacity *= 2;
  const places: string[][] = Array.from({ length: capacity }, () => []);
  for (const name of names) {
    let h = hashString(name);
    h = (h + ~(h << 9)) | 0;
    h ^= h >>> 14;
    h = (h + (h << 4)) | 0;
    h ^= h >>> 10;
    places[h & (capacity - 1)]?.unshift(name);
  }
  return places.reverse().flat();
}

/** `getFoo` → `foo`, `isFoo` → `foo`; `getURL` → `URL` (java.beans.Introspector.decapitalize). */
function propertyOfGetter(name: string): string | null {
  const rest = name.startsWith('get') ? name.slice(3) : name.startsWith('is') ? name.slice(2) : '';
  const first = rest.charAt(0);
  if (rest === '' || first.toLowerCase() === first) return null;
  const second = rest.charAt(1);
  if (second !== '' && second.toUpperCase() === second && second.toLowerCase() !== second) return rest;
  return first.toLowerCase() + rest.slice(1);
}
