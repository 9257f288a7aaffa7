/**
 * When agents were last heard, and what they told of their machines: kept in memory for a moment and written together, since
 * 5,000 agents poll 250 times a second and nothing waits for it. What a crash loses, the next poll tells again.
 */
import type { Store } from '../store/store.ts';

/** Far less than the silence after which a node counts as gone. */
const GATHER_MS = 1_000,
  /** Ids in one statement. */
  PAGE = 200;

interface Seen {
  readonly at: number;
  /** JSON; null: nothing new. */
  readonly monitors: string | null;
}

export interface SeenNodesOptions {
  readonly store: Store;
  readonly onError: (error: unknown) => void;
}

export class SeenNodes {
  private readonly options: SeenNodesOptions;
  private heard = new Map<number, Seen>();
  private timer: NodeJS.Timeout | null = null;

  constructor(options: SeenNodesOptions) {
    this.options = options;
  }

  add(node: number, at: number, monitors: string | null): void {
    this.heard.set(node, { at, monitors: monitors ?? this.heard.get(node)?.monitors ?? null });
    this.timer ??= setTimeout(() => {
      this.write().catch(this.options.onError);
    }, GATHER_MS).unref();
  }
  /** Writes what was told so far. */
  async write(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { heard } = this;
    if (heard.size === 0) return;
    this.heard = new Map();
    const at = Math.max(...[...heard.values()].map((s) => s.at));
    const silent = [...heard].filter(([, s]) => s.monitors === null).map(([id]) => id);
    await this.options.store.write(async (tx, wakes) => {
      for (let from = 0; from < silent.length; from += PAGE)
        await tx
          .updateTable('nodes')
          .set({ seen_at: at })
          .where('id', 'in', silent.slice(from, from + PAGE))
          .execute();
      for (const [id, { monitors }] of heard) {
        if (monitors === null) continue;
        await tx.updateTable('nodes').set({ seen_at: at, monitors }).where('id', '=', id).execute();
        wakes.add(`node ${id}`);
      }
      // A machine may have become too full for new work, or no longer be.
      if (silent.length < heard.size) wakes.add('queue');
    });
  }
}
