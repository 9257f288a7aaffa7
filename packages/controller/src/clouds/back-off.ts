/**
 * After a failure a template is left alone for a while that doubles: a full quota or a wrong image does not make a machine
 * each second. Of the duty's holder alone: the next one begins anew, and tries once.
 */
import type { CloudErrorCode } from './cloud.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

export class BackOff {
  private readonly entries = new Map<
    string,
    { readonly until: number; readonly message: string; readonly failures: number; readonly code: CloudErrorCode | null; readonly isFull: boolean }
  >();
  private readonly now: () => number;
  constructor(now: () => number) {
    this.now = now;
  }
  get all(): ReadonlyMap<string, { readonly until: number; readonly message: string; readonly isFull: boolean }> {
    return this.entries;
  }
  /** Several failures within one wait count once: they were asked for at the same time. */
  failed(key: string, message: string, { retryable = true, code = null }: { readonly retryable?: boolean; readonly code?: CloudErrorCode | null } = {}): void {
    const known = this.entries.get(key);
    if (known !== undefined && known.until > this.now()) return;
    const failures = (known?.failures ?? 0) + 1;
    const wait = retryable ? Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS) : LONGEST_MS;
    this.entries.set(key, { until: this.now() + wait, message, failures, code, isFull: code === 'MR_CLOUD_CAPACITY' });
  }
  /** The cloud answers again; whether its machines come up is not known yet. */
  answered(key: string): void {
    if (this.entries.get(key)?.code === 'MR_CLOUD_AWAY') this.entries.delete(key);
  }
  /** The same of all that begins with it. */
  allAnswered(prefix: string): void {
    for (const key of this.entries.keys()) if (key.startsWith(prefix)) this.answered(key);
  }
  succeeded(key: string): void {
    this.entries.delete(key);
  }
  holds(key: string): boolean {
    return (this.entries.get(key)?.until ?? 0) > this.now();
  }
}
