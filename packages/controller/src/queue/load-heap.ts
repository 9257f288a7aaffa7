/**
 * Nodes by load, the least first. Every pool has one, and a node lies in many: its load is put right here only when it
 * comes to the top, which is enough because within a pass loads only grow. In typed arrays, for this is where a pass spends
 * its time: a heap of objects took twice as long in bench/scheduling.ts.
 */
import type { NodeState } from './pools.ts';

export class LoadHeap {
  private readonly states: readonly NodeState[];
  /** Ranks, as a heap, and the load that each had when it was last looked at. */
  private readonly order: Int32Array;
  private readonly loads: Float64Array;
  private size: number;

  /** `states` by rank, which decides between equal loads; `members` are ranks, the least loaded at the pass's beginning first. */
  constructor(states: readonly NodeState[], members: readonly number[]) {
    this.states = states;
    this.size = members.length;
    this.order = Int32Array.from(members);
    this.loads = new Float64Array(this.size);
    for (let i = 0; i < this.size; i++) this.loads[i] = (states[members[i] as number] as NodeState).loadAtFirst;
  }

  /** The least loaded one that is free. */
  top(): NodeState | null {
    while (this.size > 0) {
      const state = this.states[this.order[0] as number] as NodeState;
      if (!state.isFree) {
        this.size--;
        this.sink(this.order[this.size] as number, this.loads[this.size] as number);
      } else if (state.load !== this.loads[0]) this.sink(this.order[0] as number, state.load);
      else return state;
    }
    return null;
  }

  /** Puts this one in the place of the top, and from there where it belongs. */
  private sink(item: number, load: number): void {
    const { order, loads, size } = this;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      let least = loads[child] as number;
      if (child + 1 < size) {
        const right = loads[child + 1] as number;
        if (right < least || (right === least && (order[child + 1] as number) < (order[child] as number))) {
          child++;
          least = right;
        }
      }
      if (load < least || (load === least && item < (order[child] as number))) break;
      order[at] = order[child] as number;
      loads[at] = least;
      at = child;
    }
    order[at] = item;
    loads[at] = load;
  }
}
