/**
 * How Groovy's values are held in JavaScript. The common ones are JavaScript's own, so that the compiled
 * code is plain arithmetic; everything else is an object of a class below `JavaObject`.
 *
 * | Java                | here                                              |
 * | ------------------- | ------------------------------------------------- |
 * | null                | `null` (never `undefined`)                        |
 * | Boolean             | `boolean`                                         |
 * | Integer             | `number`, always an int32                         |
 * | BigInteger          | `bigint`                                          |
 * | String              | `string`                                          |
 * | Long, Short, Byte, Float, Double, Character, BigDecimal | `numbers/boxes.ts`, immutable   |
 * | lists, maps, sets, ranges, arrays, iterators            | `collections/`                  |
 * | Throwables          | `JavaThrowable` (they are thrown as they are)     |
 * | instances of script classes | `Instance` in `runtime/`                  |
 */
import type { GroovyClass } from './classes.ts';
import type { Runtime } from './runtime.ts';

export type Value = null | boolean | number | bigint | string | JavaObject | JavaThrowable;

/**
 * What a call answers when the callee may suspend: the caller must then `yield* rt.take()` at once to get the
 * value. One object, compared by identity, so that the usual case (an answer at once) costs one comparison.
 */
export interface Pending {
  readonly pending: true;
}
export const PENDING: Pending = Object.freeze({ pending: true });
/** A computation that may suspend. What it yields goes to the driver (`runtime/coroutine.ts`), unseen by the language. */
export type Computation<T = Value> = Generator<unknown, T, unknown>;

/** The base of every Groovy object that is not a JavaScript primitive. */
export abstract class JavaObject {
  /** Set on instances of script classes that extend a Java class; otherwise `$type` names the class. */
  declare $class?: GroovyClass;
  /** The Java class's full name, as `getClass().getName()` gives it. On the prototype, not on each object. */
  abstract get $type(): string;
  /** `Object.equals`: Java's, not Groovy's `==` (that is `rt.equals`). */
  javaEquals(_rt: Runtime, other: Value): boolean {
    return this === other;
  }
  /** `Object.hashCode`, an int32. Only value classes override it; identity hashes come from the runtime. */
  javaHash(rt: Runtime): number {
    return rt.identityHash(this);
  }
  /** `Object.toString` */
  javaString(rt: Runtime): string {
    return `${this.$type}@${(this.javaHash(rt) >>> 0).toString(16)}`;
  }
  /** `Comparable.compareTo`; undefined where the class is not Comparable. */
  javaCompare?(rt: Runtime, other: Value): number;
}

/** One line of a Java stack trace. */
export interface StackElement {
  readonly className: string;
  readonly methodName: string;
  readonly fileName: string | null;
  readonly line: number;
}

/**
 * A Java Throwable, thrown through JavaScript as it is. Native code throws
 * `new JavaThrowable('java.lang.IllegalArgumentException', 'message')`.
 * Classes of scripts that extend a Throwable set `$class`.
 */
export class JavaThrowable extends Error {
  declare $class?: GroovyClass;
  readonly typeName: string;
  /** Java's `getMessage()`, null where there is none. (`message` is JavaScript's, never null.) */
  detail: string | null;
  causedBy: JavaThrowable | null = null;
  readonly suppressed: JavaThrowable[] = [];
  /** Filled by the runtime from the JavaScript stack when somebody asks. */
  trace: StackElement[] | null = null;
  /** Values of a class's own fields (script classes), or what a native subclass keeps. */
  fields: Value[] | null = null;
  /** Data of native exceptions, such as the causes of a FlowInterruptedException. */
  data: unknown = undefined;

  constructor(typeName: string, detail: string | null = null, causedBy: JavaThrowable | null = null) {
    super(detail ?? '');
    this.typeName = typeName;
    this.detail = detail;
    this.causedBy = causedBy;
  }
  get $type(): string {
    return this.typeName;
  }
}

/** `"a ${b}"`: the values are kept, and turned into text each time it is asked for (closures are called then). */
export class GString extends JavaObject {
  readonly strings: readonly string[];
  readonly values: readonly Value[];
  constructor(strings: readonly string[], values: readonly Value[]) {
    super();
    this.strings = strings;
    this.values = values;
  }
  get $type(): string {
    return 'org.codehaus.groovy.runtime.GStringImpl';
  }
  override javaString(rt: Runtime): string {
    let text = this.strings[0] ?? '';
    for (let i = 0; i < this.values.length; i++) text += rt.gstringPart(this.values[i] as Value) + (this.strings[i + 1] ?? '');
    return text;
  }
  override javaHash(rt: Runtime): number {
    return (37 + rt.hash(this.javaString(rt))) | 0;
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return other instanceof GString && other.javaString(rt) === this.javaString(rt);
  }
  override javaCompare(rt: Runtime, other: Value): number {
    const a = this.javaString(rt),
      b = rt.str(other);
    return a === b ? 0 : a < b ? -1 : 1;
  }
}
