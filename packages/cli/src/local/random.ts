/** Random bytes from the system, without loading node:crypto, which costs a start as much as a small build does. */

import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

export function randomBytes(count: number): Buffer {
  const bytes = Buffer.alloc(count);
  try {
    const file = openSync('/dev/urandom', 'r');
    try {
      if (readSync(file, bytes, 0, count, null) === count) return bytes;
    } finally {
      closeSync(file);
    }
  } catch {
    // A machine without it, or a sandbox that hides it.
  }
  return randomFillSync(bytes);
}
