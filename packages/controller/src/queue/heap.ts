/** A binary heap: the least first. Whoever changes the key of the top element calls `sink`. */
export class Heap<T> {
  private readonly items: T[];
  private readonly before: (a: T, b: T) => boolean;
  /** `sorted` is taken over, not copied, and must be in order. */
  constructor(before: (a: T, b: T) => boolean, sorted: T[] = []) {
    this.before = before;
    this.items = sorted;
  }

  get size(): number {
    return this.items.length;
  }
  top(): T | undefined {
    return this.items[0];
  }
  push(item: T): void {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(item, this.items[parent] as T)) break;
      this.items[at] = this.items[parent] as T;
      at = parent;
    }
    this.items[at] = item;
  }
  pop(): T | undefined {
    const top = this.items[0],
      last = this.items.pop();
    if (this.items.length > 0) {
      this.items[0] = last as T;
      this.sink();
    }
    return top;
  }
  /** The top element comes later now. */
  sink(): void {
    const { items, before } = this,
      item = items[0] as T,
      size = items.length;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(items[child + 1] as T, items[child] as T)) child++;
      if (!before(items[child] as T, item)) break;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = item;
  }
}
