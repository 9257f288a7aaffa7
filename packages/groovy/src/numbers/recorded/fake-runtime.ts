/** As much of a Runtime as the natives of this folder ask for, so that they can be tested without an evaluator. */
import { JavaList } from '../../collections/model.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../../runtime/values.ts';
import { numberClassName } from '../arithmetic.ts';
import { hashBigInteger } from '../hash.ts';

function hash(v: Value): number {
  if (v === null) return 0;
  if (typeof v === 'number') return v;
  if (typeof v === 'boolean') return v ? 1231 : 1237;
  if (typeof v === 'bigint') return hashBigInteger(v);
  if (typeof v === 'string') return [...v].reduce((h, c) => (Math.imul(h, 31) + c.charCodeAt(0)) | 0, 0);
  return v instanceof JavaObject ? v.javaHash(fakeRuntime) : 0;
}
function str(v: Value): string {
  if (v instanceof JavaList) return `[${v.items.map(str).join(', ')}]`;
  return v instanceof JavaObject ? v.javaString(fakeRuntime) : String(v);
}

/** The world's random numbers go in a circle; closures are JavaScript functions. */
export const fakeRuntime: Runtime = {
  world: { random: () => 0.4375, now: () => 0, nanoTime: () => 0n, timeZone: () => 'Etc/UTC', print: () => undefined },
  alloc: (n: number) => {
    if (n > 1e8) throw new JavaThrowable('java.lang.OutOfMemoryError', 'Java heap space');
  },
  hash,
  str,
  classOf: (v: Value) => ({ name: v === null ? 'null' : numberClassName(v) }),
  call: (closure: unknown, args: readonly Value[]) => (closure as (...args: readonly Value[]) => Value | undefined)(...args) ?? null,
} as unknown as Runtime;
