/** The shape that every benchmark has. A benchmark measures and tells; it never fails because a machine is slow. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The or README's promise for it: at most, or at least, so much. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  /** What the value is made of, in a few words. */
  readonly detail?: string;
}

export interface Benchmark {
  readonly name: string;
  /** `skipped` names what the machine lacks. */
  run(): Promise<{ readonly figures: readonly Figure[]; readonly skipped?: string }>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
