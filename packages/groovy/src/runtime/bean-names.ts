/** Names of getters and setters, as Groovy 2.4 makes them (`MetaClassHelper.capitalize`). */

/** `foo` → `Foo`; a name with a small letter before a capital stays as it is: `aProp` → `aProp`. */
export function capitalized(name: string): string {
  if (/^\p{Ll}\p{Lu}/u.test(name)) return name;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
