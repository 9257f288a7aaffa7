/**
 * How Java and Groovy's own library is declared: plain tables, keyed by the Java signature. The same text names the
 * method in messages and in the sandbox's refusals (`method java.lang.String substring int`).
 *
 * Contract of a native function:
 * - It gets the runtime, then `this` (null for statics, constructors and the like), then the arguments, already
 *   converted to the declared types: `int` is a number, `long` a `Long`, `double` a `Double`, `char` a `Character`,
 *   `boolean` a boolean, `java.lang.String` a string (GStrings are converted). A last parameter of an array type takes
 *   variable arguments and arrives as one `JavaArray`. `java.lang.CharSequence` may be a string or a GString: use
 *   `rt.str(x)`. A parameter of another type may be null.
 * - It answers a Value; `null` for void, never undefined.
 * - It fails with `throw new JavaThrowable('java.lang.X', message)`, with Java's own message. Nothing else is thrown.
 * - One that calls back into the script (a closure, a Comparator) is a generator function:
 *     let r = rt.call(closure, [x]); if (r === PENDING) r = yield* rt.take();
 *   and must not be in a state that a change made by the callee can break. equals, hashCode, compareTo and toString of
 *   script classes are the exception: `rt.equals`, `rt.hash`, `rt.compare`, `rt.str` call them at once.
 * - No clock, no randomness, no input or output but through the runtime (`rt.world`).
 * - Work in proportion to a number that the script chose calls `rt.alloc(n)` first (n: elements or characters to make),
 *   which throws OutOfMemoryError beyond the limits.
 * Everything declared here is permitted to scripts in the sandbox, unless it stands under `restricted`.
 */

import type { Runtime } from './runtime.ts';
import type { Computation, Pending, Value } from './values.ts';

// the tables hold functions of many shapes; the dispatcher converts arguments by signature.
export type Native = (rt: Runtime, self: any, ...args: any[]) => Value | Pending | Computation;
/** `'substring(int, int)'` → function. Types are full Java names, arrays with `[]`. For constructors the name is empty: `'(java.lang.String)'`. */
export type Signatures = { readonly [signature: string]: Native };

export interface NativeClass {
  readonly name: string;
  readonly kind?: 'class' | 'abstract' | 'interface' | 'enum';
  /** `java.lang.Object` where not given (none for interfaces). */
  readonly superclass?: string;
  readonly interfaces?: readonly string[];
  readonly constructors?: Signatures;
  readonly methods?: Signatures;
  readonly statics?: Signatures;
  /** Static fields, made when first asked for. Enum constants too (in order). */
  readonly fields?: { readonly [name: string]: (rt: Runtime) => Value };
  /**
   * Exists, and the sandbox refuses it: whitelist lines as script-security writes them, less the class name:
   * `method execute`, `staticMethod exit int`, `new java.lang.String`, `field x`. With `trusted`, an
   * implementation for code outside the sandbox.
   */
  readonly restricted?: readonly string[];
  readonly trusted?: { readonly constructors?: Signatures; readonly methods?: Signatures; readonly statics?: Signatures };
}

/** Methods that Groovy adds to Java's classes: static ones whose first parameter is the receiver. */
export interface Extension {
  /** `org.codehaus.groovy.runtime.DefaultGroovyMethods`, `…StringGroovyMethods`, `…DateGroovyMethods`, … */
  readonly holder: string;
  /** `'collect(java.lang.Object, groovy.lang.Closure)'`; the function gets (rt, self, ...rest). */
  readonly methods?: Signatures;
  /** `DefaultGroovyStaticMethods`: first parameter's type names the class that gets the static method. */
  readonly statics?: Signatures;
  readonly restricted?: readonly string[];
}

export interface Library {
  readonly classes: readonly NativeClass[];
  readonly extensions: readonly Extension[];
}
