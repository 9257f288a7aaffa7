/**
 * What clouds have told of a request for a node: lines for its build's log, how many machines failed under it, and in the end
 * what it fails with. Kept in the request's row; `asks/node.ts` prints and fails.
 */
import { wakeAsk } from '../builds/asks/wake-ask.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { CloudLine } from './cloud.ts';

export interface Told {
  readonly lines: readonly CloudLine[];
  readonly failures: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

const NOTHING: Told = { lines: [], failures: 0, failure: null };
const MOST_LINES = 200;

/** Of the row's column. */
export function toldOf(text: string | null): Told {
  return text === null ? NOTHING : (JSON.parse(text) as Told);
}

/** Changes what is told of a request that still waits; one that does not is left alone. */
export async function tell(tx: Tx, wakes: Wakes, lease: string, change: (told: Told) => Told): Promise<void> {
  const row = await tx.selectFrom('leases').select(['build_id', 'ask_id', 'cloud']).where('id', '=', lease).where('state', '=', 'waiting').executeTakeFirst();
  if (row === undefined) return;
  const told = toldOf(row.cloud);
  const next = change(told);
  if (next === told || told.failure !== null) return;
  await tx
    .updateTable('leases')
    .set({ cloud: JSON.stringify(next) })
    .where('id', '=', lease)
    .execute();
  await wakeAsk(tx, wakes, row.build_id, row.ask_id);
}

/** The same object where nothing is new. */
export function withLines(told: Told, lines: readonly CloudLine[]): Told {
  const known = new Set(told.lines.map((l) => l.key));
  const fresh: CloudLine[] = [];
  for (const line of lines) {
    if (known.has(line.key) || told.lines.length + fresh.length >= MOST_LINES) continue;
    known.add(line.key);
    fresh.push(told.lines.length + fresh.length === MOST_LINES - 1 ? { key: 'end', text: 'more is not told here' } : line);
  }
  return fresh.length === 0 ? told : { ...told, lines: [...told.lines, ...fresh] };
}
