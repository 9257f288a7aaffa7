/** The exceptions of java.time, with Java's wording. */
import { JavaThrowable } from '../runtime/values.ts';

export const dateTimeFailure = (message: string): JavaThrowable => new JavaThrowable('java.time.DateTimeException', message);
export const unsupported = (message: string): JavaThrowable => new JavaThrowable('java.time.temporal.UnsupportedTemporalTypeException', message);
export const illegalArgument = (message: string | null): JavaThrowable => new JavaThrowable('java.lang.IllegalArgumentException', message);
export const overflow = (): JavaThrowable => new JavaThrowable('java.lang.ArithmeticException', 'long overflow');
export const nullPointer = (what: string | null = null): JavaThrowable => new JavaThrowable('java.lang.NullPointerException', what);

/** `Text '…' could not be parsed…`; Java shortens the text at 64 characters. */
export function parseFailure(text: string, how: string, cause: JavaThrowable | null = null): JavaThrowable {
  const shown = text.length > 64 ? `${text.slice(0, 64)}...` : text;
  return new JavaThrowable('java.time.format.DateTimeParseException', `Text '${shown}' could not be parsed${how}`, cause);
}
