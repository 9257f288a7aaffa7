/**
 * What agents tell of their machines, against thresholds. A node beyond one is taken offline with the cause, as Jenkins' node
 * monitors do, and comes back when it is well again. What a person or the provisioner has taken offline is never touched.
 */
import type { ShownNode } from '@millrace/protocol';
import type { Store } from '../store/store.ts';

/** Null: not looked at. */
export interface Thresholds {
  readonly freeDiskBytes: number | null;
  readonly freeTempBytes: number | null;
  readonly clockOffsetMs: number | null;
  readonly latencyMs: number | null;
}

/** As in a fresh Jenkins. */
export const DEFAULT_THRESHOLDS: Thresholds = { freeDiskBytes: 2 ** 30, freeTempBytes: 2 ** 30, clockOffsetMs: null, latencyMs: null };

type Values = ShownNode['monitors'];

/** Why a node is offline. `monitors`: it was taken offline here. */
interface Offline {
  readonly by: string | null;
  readonly message: string;
  readonly at: number;
  readonly monitors?: readonly string[];
}

export function beyond(values: Values, { freeDiskBytes, freeTempBytes, clockOffsetMs, latencyMs }: Thresholds): (keyof Thresholds)[] {
  const out: (keyof Thresholds)[] = [];
  const less = (name: 'freeDiskBytes' | 'freeTempBytes', least: number | null): void => {
    const value = values[name];
    if (least !== null && typeof value === 'number' && value < least) out.push(name);
  };
  const more = (name: 'clockOffsetMs' | 'latencyMs', most: number | null): void => {
    const value = values[name];
    if (most !== null && typeof value === 'number' && Math.abs(value) > most) out.push(name);
  };
  less('freeDiskBytes', freeDiskBytes);
  less('freeTempBytes', freeTempBytes);
  more('clockOffsetMs', clockOffsetMs);
  more('latencyMs', latencyMs);
  return out;
}

function messageOf(names: readonly (keyof Thresholds)[], values: Values, thresholds: Thresholds, root: string): string {
  const texts = {
    freeDiskBytes: (is: number, least: number) => `Disk space is below the threshold of ${gib(least)}: only ${gib(is)} left on ${root}.`,
    freeTempBytes: (is: number, least: number) => `Temporary space is below the threshold of ${gib(least)}: only ${gib(is)} left.`,
    clockOffsetMs: (is: number, most: number) =>
      `The clock is ${Math.abs(is) / 1_000} s ${is < 0 ? 'behind' : 'ahead of'} the server's, more than ${most / 1_000} s.`,
    latencyMs: (is: number, most: number) => `An answer takes ${is} ms, more than ${most} ms.`,
  };
  return names.map((name) => texts[name](values[name] as number, thresholds[name] as number)).join(' ');
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}

export interface WatchMonitorsOptions {
  readonly store: Store;
  readonly thresholds: Thresholds;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/** After a node was heard of, and at the latest so often for all. */
const SOON_MS = 200,
  LOOK_MS = 60_000;
const PAGE = 500;

/** Part of the duty `nodes`. Answers how to stop. */
export function watchMonitors({ store, thresholds, now, onError }: WatchMonitorsOptions): () => void {
  const heard = new Set<number>();
  let timer: NodeJS.Timeout | null = null;

  const judge = async (id: number): Promise<void> => {
    await store.write(async (tx, wakes) => {
      // Touched first: who takes it offline at the same time waits, or is seen.
      await tx
        .updateTable('nodes')
        .set((e) => ({ revision: e.ref('revision') }))
        .where('id', '=', id)
        .execute();
      const row = await tx.selectFrom('nodes').select(['monitors', 'offline', 'facts', 'root']).where('id', '=', id).executeTakeFirst();
      if (row === undefined) return;
      const before = row.offline === null ? null : (JSON.parse(row.offline) as Offline);
      if (before !== null && before.monitors === undefined) return;
      const values = JSON.parse(row.monitors) as Values;
      const names = beyond(values, thresholds);
      if (names.join() === (before?.monitors ?? []).join()) return;
      const root = row.root ?? (JSON.parse(row.facts) as { root?: string }).root ?? 'its disk';
      const offline: Offline | null =
        names.length === 0 ? null : { by: null, message: messageOf(names, values, thresholds, root), at: before?.at ?? now(), monitors: names };
      await tx
        .updateTable('nodes')
        .set({ offline: offline === null ? null : JSON.stringify(offline) })
        .where('id', '=', id)
        .execute();
      wakes.add('queue');
      wakes.add(`node ${id}`);
    });
  };
  const look = async (ids: readonly number[] | null): Promise<void> => {
    for (let after = 0; ; ) {
      let query = store.db.selectFrom('nodes').select(['id', 'monitors', 'offline']).where('id', '>', after).orderBy('id').limit(PAGE);
      if (ids !== null) query = query.where('id', 'in', [...ids]);
      const rows = await query.execute();
      for (const { id, monitors, offline } of rows)
        if (beyond(JSON.parse(monitors) as Values, thresholds).length > 0 || offline?.includes('"monitors"') === true) await judge(id);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = last.id;
    }
  };
  const off = store.wakes.on('node', (topic) => {
    if (topic !== '*') heard.add(Number(topic.slice('node '.length)));
    timer ??= setTimeout(() => {
      timer = null;
      const ids = [...heard];
      heard.clear();
      for (let at = 0; at < ids.length; at += PAGE) look(ids.slice(at, at + PAGE)).catch(onError);
    }, SOON_MS).unref();
  });
  const regular = setInterval(() => {
    look(null).catch(onError);
  }, LOOK_MS);
  regular.unref();
  look(null).catch(onError);
  return () => {
    off();
    clearInterval(regular);
    if (timer !== null) clearTimeout(timer);
  };
}
