/** The exceptions of java.lang.String and its builders, with the messages of JDK 17. */
import { JavaThrowable } from '../runtime/values.ts';

export const stringIndex = (message: string): JavaThrowable => new JavaThrowable('java.lang.StringIndexOutOfBoundsException', message);
export const indexOutOfBounds = (message: string): JavaThrowable => new JavaThrowable('java.lang.IndexOutOfBoundsException', message);
export const illegalArgument = (message: string): JavaThrowable => new JavaThrowable('java.lang.IllegalArgumentException', message);
export const nullPointer = (message: string | null = null): JavaThrowable => new JavaThrowable('java.lang.NullPointerException', message);

/** `begin 2, end 1, length 3` */
export function checkBounds(begin: number, end: number, length: number): void {
  if (begin < 0 || begin > end || end > length) throw stringIndex(`begin ${begin}, end ${end}, length ${length}`);
}
/** `offset 5, length 3` */
export function checkOffset(offset: number, length: number): void {
  if (offset < 0 || offset > length) throw stringIndex(`offset ${offset}, length ${length}`);
}
/** `index 5, length 3`; where the class says more, in its own words. */
export function checkIndex(index: number, length: number): void {
  if (index < 0 || index >= length) throw stringIndex(`index ${index}, length ${length}`);
}
/** The receiver or an argument may not be null. */
export function required<T>(value: T | null, message?: string): T {
  if (value === null) throw message === undefined ? nullPointer() : new JavaThrowable('java.lang.NullPointerException', message);
  return value;
}
