/** Java signatures as the native tables write them: `name(type, type)`. */

export interface Signature {
  readonly name: string;
  readonly params: readonly string[];
}

export function parseSignature(text: string): Signature {
  const open = text.indexOf('(');
  const name = text.slice(0, open);
  const inside = text.slice(open + 1, text.lastIndexOf(')')).trim();
  return { name, params: inside === '' ? [] : inside.split(',').map((p) => p.trim()) };
}

const BOX_OF: Readonly<Record<string, string>> = {
  int: 'java.lang.Integer',
  long: 'java.lang.Long',
  double: 'java.lang.Double',
  float: 'java.lang.Float',
  short: 'java.lang.Short',
  byte: 'java.lang.Byte',
  char: 'java.lang.Character',
  boolean: 'java.lang.Boolean',
  void: 'java.lang.Void',
};
export function isPrimitive(type: string): boolean {
  return Object.hasOwn(BOX_OF, type);
}
/** The boxed class of a primitive type; other types as they are. */
export function boxed(type: string): string {
  return Object.hasOwn(BOX_OF, type) ? (BOX_OF[type] as string) : type;
}
