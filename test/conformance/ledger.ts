/** A ledger of accepted differences: cases' ids with the reason why each is not passed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function readLedger(name: string): ReadonlyMap<string, string> {
  const ledger = new Map<string, string>();
  for (const line of readFileSync(join(import.meta.dirname, name), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [id, reason] = line.split('\t');
    if (id !== undefined && reason !== undefined) ledger.set(id, reason);
  }
  return ledger;
}
