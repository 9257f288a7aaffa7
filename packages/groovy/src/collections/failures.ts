/** The exceptions that java.util's collections throw, with the messages of JDK 17. */
import { JavaThrowable } from '../runtime/values.ts';

export function unsupported(message: string | null = null): JavaThrowable {
  return new JavaThrowable('java.lang.UnsupportedOperationException', message);
}
export function noSuchElement(message: string | null = null): JavaThrowable {
  return new JavaThrowable('java.util.NoSuchElementException', message);
}
export function concurrentModification(): JavaThrowable {
  return new JavaThrowable('java.util.ConcurrentModificationException');
}
export function illegalArgument(message: string | null = null): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalArgumentException', message);
}
export function illegalState(message: string | null = null): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalStateException', message);
}
export function nullPointer(message: string | null = null): JavaThrowable {
  return new JavaThrowable('java.lang.NullPointerException', message);
}
/** `Objects.checkIndex`. */
export function indexOutOfBounds(index: number, length: number): JavaThrowable {
  return new JavaThrowable('java.lang.IndexOutOfBoundsException', `Index ${index} out of bounds for length ${length}`);
}
/** An array access of the virtual machine. */
export function arrayIndexOutOfBounds(index: number, length: number): JavaThrowable {
  return new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Index ${index} out of bounds for length ${length}`);
}
/** The older form that `add(int, E)` and LinkedList use. */
export function indexAndSize(index: number, size: number): JavaThrowable {
  return new JavaThrowable('java.lang.IndexOutOfBoundsException', `Index: ${index}, Size: ${size}`);
}
