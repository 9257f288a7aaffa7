/**
 * An object that the embedding program gives to scripts: `env`, `currentBuild`, `docker`. It answers for all of its
 * methods and properties itself; what it does not know falls through to those of every object.
 */

import type { Runtime } from './runtime.ts';
import type { Pending, Value } from './values.ts';
import { JavaObject, type JavaThrowable } from './values.ts';

export abstract class HostObject extends JavaObject {
  /** undefined: no such method. Answer PENDING of `rt.defer(...)` to suspend. */
  abstract invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined;
  abstract hasMethod(name: string): boolean;
  /** undefined: no such property. */
  abstract getProperty(rt: Runtime, name: string): Value | Pending | undefined;
  /** false: no such property, or not to be written. */
  abstract setProperty(rt: Runtime, name: string, value: Value): boolean;

  /** What trusted code alone may call, read and set; undefined or false: the plain ones above answer it too. */
  trustedMethod(_rt: Runtime, _name: string, _args: readonly Value[]): Value | Pending | undefined {
    return undefined;
  }
  trustedProperty(_rt: Runtime, _name: string): Value | Pending | undefined {
    return undefined;
  }
  /** What trusted code is told of a member that is not there; null: what everybody is told. */
  lacks(_name: string): JavaThrowable | null {
    return null;
  }
  trustedSet(_rt: Runtime, _name: string, _value: Value): boolean {
    return false;
  }
}
