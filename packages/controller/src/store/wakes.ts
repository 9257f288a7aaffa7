/**
 * What a write wakes: topics, as `queue` or `build 12`, that those who care look at when it has committed. A wake carries
 * no content, may come twice, and may be lost when a controller is cut off: whoever is woken reads the database.
 */
export class Wakes {
  private readonly set = new Set<string>();
  add(topic: string): void {
    this.set.add(topic);
  }
  get topics(): string[] {
    return [...this.set];
  }
}

type Listener = (topic: string) => void;

/** Listeners by the topic's first word; what follows it is the subject. */
export class WakeBoard {
  private readonly listeners = new Map<string, Set<Listener>>();

  /** `word`: `queue`, `build`, …; `*` hears everything. `topic` is `*` after a break: anything may have happened. */
  on(word: string, listener: Listener): () => void {
    const set = this.listeners.get(word) ?? new Set<Listener>();
    this.listeners.set(word, set);
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  }
  tell(topics: readonly string[]): void {
    for (const topic of topics) {
      if (topic === '*') {
        for (const set of this.listeners.values()) for (const listener of set) listener('*');
        continue;
      }
      const word = topic.split(' ', 1)[0] as string;
      for (const listener of this.listeners.get(word) ?? []) listener(topic);
      for (const listener of this.listeners.get('*') ?? []) listener(topic);
    }
  }
}
