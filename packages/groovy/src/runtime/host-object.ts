/**
 * An object that the embedding program gives to scripts: `env`, `currentBuild`, `docker`. It answers for all of its
 * methods and properties itself; what it does not know falls through to those of every object.
 */

import type { Runtime } from './runtime.ts';
import type { Pending, Value } from './values.ts';
import { JavaObject } from './values.ts';

export abstract class HostObject extends JavaObject {
  /** undefined: no such method. Answer PENDING of `rt.defer(...)` to suspend. */
  abstract invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined;
  abstract hasMethod(name: string): boolean;
  /** undefined: no such property. */
  abstract getProperty(rt: Runtime, name: string): Value | Pending | undefined;
  /** false: no such property, or not to be written. */
  abstract setProperty(rt: Runtime, name: string, value: Value): boolean;
}
