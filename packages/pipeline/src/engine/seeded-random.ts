/** The program's random numbers, seeded by the journal's header: the same in every replay, without an entry for each. */

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** xoshiro128** */
export class SeededRandom {
  private readonly state: Uint32Array;

  /** Four 32-bit words, not all zero. */
  constructor(seed: readonly number[]) {
    this.state = Uint32Array.from(seed);
  }

  /** A number in [0, 1), with 53 random bits. */
  next(): number {
    return ((this.draw() >>> 5) * 67108864 + (this.draw() >>> 6)) / 9007199254740992;
  }

  private draw(): number {
    const s = this.state as unknown as [number, number, number, number];
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11);
    return result;
  }
}
