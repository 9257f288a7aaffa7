/**
 * What native code sees of the running program. One Runtime a build; it holds no state of the process.
 */
import type { GroovyClass } from './classes.ts';
import type { Computation, JavaObject, JavaThrowable, Pending, Value } from './values.ts';

/** What a program could see of the world. Its answers are journaled by the caller, so that a replay sees the same. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  nanoTime(): bigint;
  /** Bits for `Random`, `UUID.randomUUID`, `Math.random`: a number in [0, 1). */
  random(): number;
  /** The time zone of `new Date()`, `Calendar.getInstance()`: an IANA name, `Etc/UTC` for Jenkins' usual container. */
  timeZone(): string;
  /** `println` and its like; text with its line ends. */
  print(text: string): void;
}

export interface Runtime {
  readonly world: World;

  // ---- calls back into the script
  /** Calls a Closure (or anything with `call`). Where it answers PENDING, `yield* rt.take()` gives the value. */
  call(closure: Value, args: readonly Value[]): Value | Pending;
  /** Calls a method by name with Groovy's dispatch. */
  invoke(receiver: Value, name: string, args: readonly Value[]): Value | Pending;
  /** Takes over the computation that the last PENDING stands for. */
  take(): Computation;
  /** As `call` and `invoke`, run to their end at once. For callbacks that Java makes where nothing can be suspended; a step in there is an error. */
  callSync(closure: Value, args: readonly Value[]): Value;
  invokeSync(receiver: Value, name: string, args: readonly Value[]): Value;
  /** Whether x is a closure or a closure coerced to an interface (Comparator, …). */
  isCallable(x: Value): boolean;
  /** How many parameters the closure declares (implicit `it` counts 1). */
  arity(closure: Value): number;

  // ---- the operations of the language
  /** Groovy's `==` */
  equals(a: Value, b: Value): boolean;
  /** Java's `a.equals(b)`, null-safe. What collections use. */
  javaEquals(a: Value, b: Value): boolean;
  /** Java's `hashCode()`; 0 for null. */
  hash(a: Value): number;
  identityHash(a: JavaObject | JavaThrowable): number;
  /** Groovy's `<=>`. Throws IllegalArgumentException `Cannot compare X with value '…' and Y with value '…'`. */
  compare(a: Value, b: Value): number;
  /** Groovy truth, `asBoolean`. */
  truth(a: Value): boolean;
  /** `String.valueOf(x)`: Java's toString, `null` for null. */
  str(a: Value): string;
  /** `InvokerHelper.toString`: as `println` and GString write it (lists and maps by their elements, arrays as lists). */
  format(a: Value): string;
  /** `x.inspect()`: strings in quotes. */
  inspect(a: Value): string;
  /** What a `${…}` writes: `format`, closures called first. */
  gstringPart(a: Value): string;
  /** What `for (x in v)` and the GDK's `Object` methods walk over: collections, maps (entries), arrays, strings (characters as Strings), ranges, iterators, enumerations, null (nothing), anything else (itself). */
  iterate(v: Value): Iterable<Value>;
  getProperty(object: Value, name: string): Value | Pending;
  setProperty(object: Value, name: string, value: Value): Value | Pending;
  /** `(T) v`, as Groovy casts. Throws GroovyCastException. `type` is a full Java name, arrays with `[]`. */
  cast(v: Value, type: string): Value;
  /** `v as T` for the built-in types (asType of script classes is handled before). */
  coerce(v: Value, type: string): Value | Pending;
  instanceOf(v: Value, type: string): boolean;

  // ---- classes
  classOf(v: Value): GroovyClass;
  /** Finds a native or script class by full name; null where there is none. */
  findClass(name: string): GroovyClass | null;
  /** The Value that stands for the class (`String` in an expression). */
  classValue(cls: GroovyClass): Value;

  /** `x.metaClass`, for code that the sandbox does not hold. */
  metaClassOf(object: Value): Value;

  // ---- limits
  /** Announces that n elements or characters are about to be made; throws OutOfMemoryError beyond the limits. */
  alloc(n: number): void;
}
