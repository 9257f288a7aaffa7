/**
 * java.util.Random: Java's linear congruential generator, so that a seed gives the same numbers. Without a seed it
 * takes one from the world, once, and so replays as it ran.
 */
import type { JavaArray } from '../collections/model.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { Byte, Double, Float, Long } from './boxes.ts';

const MULTIPLIER = 0x5deece66dn,
  MASK = (1n << 48n) - 1n;

export class JavaRandom extends JavaObject {
  private seed = 0n;
  /** The second of each pair of Gaussian numbers. */
  private spare: number | null = null;
  constructor(seed: bigint) {
    super();
    this.setSeed(seed);
  }
  get $type(): string {
    return 'java.util.Random';
  }
  static unseeded(rt: Runtime): JavaRandom {
    return new JavaRandom(BigInt(Math.floor(rt.world.random() * 2 ** 48)));
  }
  setSeed(seed: bigint): void {
    this.seed = (seed ^ MULTIPLIER) & MASK;
    this.spare = null;
  }
  /** `next(bits)`: an int32. */
  next(bits: number): number {
    this.seed = (this.seed * MULTIPLIER + 0xbn) & MASK;
    return Number(BigInt.asIntN(32, this.seed >> BigInt(48 - bits)));
  }
  nextInt(): number {
    return this.next(32);
  }
  nextBounded(bound: number): number {
    if (bound <= 0) throw new JavaThrowable('java.lang.IllegalArgumentException', 'bound must be positive');
    if ((bound & -bound) === bound) return Number((BigInt(bound) * BigInt(this.next(31))) >> 31n);
    for (;;) {
      const bits = this.next(31),
        value = bits % bound;
      if (bits - value + (bound - 1) <= 2147483647) return value;
    }
  }
  /** From origin up to bound, as Java 17. */
  nextBetween(origin: number, bound: number): number {
    if (origin >= bound) throw new JavaThrowable('java.lang.IllegalArgumentException', 'bound must be greater than origin');
    let r = this.next(32);
    const n = (bound - origin) | 0,
      m = (n - 1) | 0;
    if ((n & m) === 0) return ((r & m) + origin) | 0;
    if (n > 0) {
      for (let u = r >>> 1; ; u = this.next(32) >>> 1) {
        r = u % n;
        if (u + m - r <= 2147483647) return (r + origin) | 0;
      }
    }
    while (r < origin || r >= bound) r = this.next(32);
    return r;
  }
  nextLong(): Long {
    return Long.of((BigInt(this.next(32)) << 32n) + BigInt(this.next(32)));
  }
  nextDouble(): number {
    return (this.next(26) * 2 ** 27 + this.next(27)) * 2 ** -53;
  }
  nextGaussian(): number {
    if (this.spare !== null) {
      const spare = this.spare;
      this.spare = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.nextDouble() - 1,
        y = 2 * this.nextDouble() - 1;
      const s = x * x + y * y;
      if (s >= 1 || s === 0) continue;
      const multiplier = Math.sqrt((-2 * Math.log(s)) / s);
      this.spare = y * multiplier;
      return x * multiplier;
    }
  }
}

export const randomTable: NativeClass = {
  name: 'java.util.Random',
  interfaces: ['java.io.Serializable'],
  constructors: {
    '()': (rt) => JavaRandom.unseeded(rt),
    '(long)': (_rt, _self, seed: Long) => new JavaRandom(seed.big()),
  },
  methods: {
    'setSeed(long)': (_rt, self: JavaRandom, seed: Long) => {
      self.setSeed(seed.big());
      return null;
    },
    'nextInt()': (_rt, self: JavaRandom) => self.nextInt(),
    'nextInt(int)': (_rt, self: JavaRandom, bound: number) => self.nextBounded(bound),
    'nextInt(int, int)': (_rt, self: JavaRandom, origin: number, bound: number) => self.nextBetween(origin, bound),
    'nextLong()': (_rt, self: JavaRandom) => self.nextLong(),
    'nextBoolean()': (_rt, self: JavaRandom) => self.next(1) !== 0,
    'nextFloat()': (_rt, self: JavaRandom) => new Float(self.next(24) / 2 ** 24),
    'nextDouble()': (_rt, self: JavaRandom) => new Double(self.nextDouble()),
    'nextGaussian()': (_rt, self: JavaRandom) => new Double(self.nextGaussian()),
    'nextBytes(byte[])': (_rt, self: JavaRandom, bytes: JavaArray) => {
      for (let i = 0; i < bytes.items.length; ) {
        for (let word = self.nextInt(), k = 0; k < 4 && i < bytes.items.length; k++, word >>= 8) bytes.items[i++] = new Byte(word);
      }
      return null;
    },
  },
};
