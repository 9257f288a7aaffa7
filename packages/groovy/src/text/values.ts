/** Making the values that the natives of this folder answer with, and reading those they get. */
import { JavaArray, JavaList } from '../collections/model.ts';
import { Byte, Character } from '../numbers/boxes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { nullPointer } from './failures.ts';

export const stringList = (items: readonly (string | null)[]): JavaList => new JavaList(items.slice());
export const stringArray = (items: readonly string[]): JavaArray => new JavaArray('java.lang.String', items.slice());

/** Announces the characters first. */
export function charArray(rt: Runtime, text: string): JavaArray {
  rt.alloc(text.length);
  const items: Value[] = [];
  for (let i = 0; i < text.length; i++) items.push(new Character(text.charCodeAt(i)));
  return new JavaArray('char', items);
}
export function textOfChars(chars: JavaArray, from = 0, count = chars.items.length): string {
  let text = '';
  for (let i = from; i < from + count; i++) text += (chars.items[i] as Character).text;
  return text;
}
export function byteArray(rt: Runtime, bytes: Uint8Array): JavaArray {
  rt.alloc(bytes.length);
  return new JavaArray(
    'byte',
    Array.from(bytes, (b) => new Byte(b)),
  );
}
export function bytesOf(array: JavaArray, from = 0, count = array.items.length): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) bytes[i] = (array.items[from + i] as Byte).n;
  return bytes;
}
/** The text of a CharSequence that must be there. */
export function textOf(rt: Runtime, value: Value): string {
  if (value === null) throw nullPointer();
  return typeof value === 'string' ? value : rt.str(value);
}
