/** What an object's class offers, for `hasProperty`, `respondsTo`, `properties` and `dump`. */

import type { Method } from '../runtime/classes.ts';
import { GroovyClass } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';

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

/** `getFoo` → `foo`, `isFoo` → `foo`; `getURL` → `URL` (java.beans.Introspector.decapitalize). */
function propertyOfGetter(name: string): string | null {
  const rest = name.startsWith('get') ? name.slice(3) : name.startsWith('is') ? name.slice(2) : '';
  const first = rest.charAt(0);
  if (rest === '' || first.toLowerCase() === first) return null;
  const second = rest.charAt(1);
  if (second !== '' && second.toUpperCase() === second && second.toLowerCase() !== second) return rest;
  return first.toLowerCase() + rest.slice(1);
}
