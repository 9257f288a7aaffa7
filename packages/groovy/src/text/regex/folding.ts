/**
 * Java's simple (one to one) case mappings of code points, `Character.toUpperCase(int)` and `toLowerCase(int)`.
 * JavaScript has the full mappings only; where those make several characters, the simple one is the character
 * itself, but for the Greek letters with iota subscript.
 */
const GREEK_IOTA: ReadonlyMap<number, number> = new Map([
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
]);

export function upperCodePoint(cp: number): number {
  if (cp < 0x80) return cp >= 0x61 && cp <= 0x7a ? cp - 32 : cp;
  if (cp >= 0x1f80 && cp <= 0x1faf) return cp & 8 ? cp : cp + 8;
  const greek = GREEK_IOTA.get(cp);
  if (greek !== undefined) return greek;
  const text = String.fromCodePoint(cp).toUpperCase();
  const upper = text.codePointAt(0) as number;
  return text.length === (upper > 0xffff ? 2 : 1) ? upper : cp;
}

export function lowerCodePoint(cp: number): number {
  if (cp < 0x80) return cp >= 0x41 && cp <= 0x5a ? cp + 32 : cp;
  if (cp === 0x130) return 0x69;
  const text = String.fromCodePoint(cp).toLowerCase();
  const lower = text.codePointAt(0) as number;
  return text.length === (lower > 0xffff ? 2 : 1) ? lower : cp;
}

/** How letters are compared: as they are, ASCII letters without case, all letters without case. */
export type Fold = 0 | 1 | 2;

/** What two equal characters have in common under a fold. */
export function foldCodePoint(cp: number, fold: Fold): number {
  if (fold === 0) return cp;
  if (cp < 0x80) return cp >= 0x41 && cp <= 0x5a ? cp + 32 : cp;
  return fold === 1 ? cp : lowerCodePoint(upperCodePoint(cp));
}

/** A text of any length: a call takes only so many arguments. */
export function textOfPoints(points: readonly number[]): string {
  let text = '';
  for (let i = 0; i < points.length; i += 8192) text += String.fromCodePoint(...points.slice(i, i + 8192));
  return text;
}
