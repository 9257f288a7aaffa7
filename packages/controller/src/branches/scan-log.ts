/**
 * What a scan tells, in Jenkins' words, kept while it goes on. It is bounded: of a longer one the first part is kept, and how
 * it ended. The newest runs of each item stay.
 */
import type { HeldDuty } from '../fleet/duties.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';

export const MOST_LOG = 2 << 20;
const KEPT_RUNS = 20;
/** The last lines of one that was cut. */
const END = 4_096;

/** Lines go with the writes of the scan: what was not written was not told. */
export class ScanLog {
  readonly run: number;
  private readonly item: number;
  private lines: string[] = [];
  private seq = 0;
  private bytes = 0;

  constructor(run: number, item: number) {
    this.run = run;
    this.item = item;
  }

  /** For the next write. */
  print(line: string): void {
    this.lines.push(line);
  }

  /** `last`: its lines stand also in a log that was cut. */
  async write<T>(write: HeldDuty['write'], work: (tx: Tx, wakes: Wakes, print: (line: string) => void) => Promise<T>, last = false): Promise<T> {
    const before = this.lines;
    this.lines = [];
    let text = '';
    try {
      const result = await write(async (tx, wakes) => {
        const lines = [...before];
        const done = await work(tx, wakes, (line) => {
          lines.push(line);
        });
        text = this.fitting(lines, last);
        if (text !== '') await this.insert(tx, wakes, text);
        return done;
      });
      if (text !== '') this.seq++;
      this.bytes += Buffer.byteLength(text);
      return result;
    } catch (error) {
      this.lines = [...before, ...this.lines];
      throw error;
    }
  }

  private async insert(tx: Tx, wakes: Wakes, text: string): Promise<void> {
    await tx.insertInto('scan_logs').values({ run_id: this.run, seq: this.seq, text }).execute();
    await tx
      .updateTable('scan_runs')
      .set((e) => ({ bytes: e('bytes', '+', Buffer.byteLength(text)) }))
      .where('id', '=', this.run)
      .execute();
    wakes.add(`job ${this.item}`);
  }

  private fitting(lines: readonly string[], last: boolean): string {
    const text = lines.map((line) => `${line}\n`).join('');
    const room = MOST_LOG - END - this.bytes;
    if (Buffer.byteLength(text) <= room) return text;
    if (last) return text.slice(-END / 4);
    if (room <= 0) return '';
    return `${Buffer.from(text)
      .subarray(0, room)
      .toString('utf8')
      .replace(/[^\n]*$/, '')}… this log is cut here\n`;
  }
}

export async function beginRun(
  tx: Tx,
  run: { readonly item: number; readonly kind: 'scan' | 'event'; readonly causes: readonly string[]; readonly at: number },
): Promise<number> {
  const { id } = await tx
    .insertInto('scan_runs')
    .values({
      item_id: run.item,
      kind: run.kind,
      causes: JSON.stringify(run.causes),
      state: 'running',
      failure: null,
      started_at: run.at,
      ended_at: null,
      bytes: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  // Those whose controller died: this one goes on in their place.
  await tx
    .updateTable('scan_runs')
    .set({ state: 'lost', ended_at: run.at })
    .where('item_id', '=', run.item)
    .where('state', '=', 'running')
    .where('id', '<', id)
    .where('kind', '=', run.kind)
    .execute();
  const old = await tx
    .selectFrom('scan_runs')
    .select('id')
    .where('item_id', '=', run.item)
    .where('state', '<>', 'running')
    .orderBy('id', 'desc')
    .offset(KEPT_RUNS)
    .limit(100)
    .execute();
  await deleteRuns(
    tx,
    old.map((r) => r.id),
  );
  return id;
}

export async function deleteRuns(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('scan_logs')
    .where('run_id', 'in', [...ids])
    .execute();
  await tx
    .deleteFrom('scan_runs')
    .where('id', 'in', [...ids])
    .execute();
}
