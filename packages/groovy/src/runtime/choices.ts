/**
 * What was chosen among methods of one name for arguments of certain classes, so that the distances of Groovy's dispatch
 * are worked out once. A list of candidates is the key, since a class keeps one list a name until its methods change.
 */
import type { GroovyClass, Method } from './classes.ts';
import type { Interpreter } from './interpreter.ts';
import type { Value } from './values.ts';

interface Choice {
  /** Candidates when it was made: constructors may be added to their list. */
  readonly size: number;
  readonly classes: readonly GroovyClass[];
  readonly chosen: Method | null;
}

/** A call with more combinations of classes than that gains nothing from remembering them. */
const MOST = 6;

export class Choices {
  private known = new WeakMap<readonly Method[], Choice[]>();
  private epoch = 0;

  /** undefined: not known. */
  recall(vm: Interpreter, candidates: readonly Method[], args: readonly Value[]): Method | null | undefined {
    if (vm.epoch !== this.epoch) {
      this.known = new WeakMap();
      this.epoch = vm.epoch;
      return undefined;
    }
    const list = this.known.get(candidates);
    if (list === undefined) return undefined;
    next: for (const { size, classes, chosen } of list) {
      if (classes.length !== args.length || size !== candidates.length) continue;
      for (let i = 0; i < classes.length; i++) if (vm.classOf(args[i] as Value) !== classes[i]) continue next;
      return chosen;
    }
    return undefined;
  }
  keep(vm: Interpreter, candidates: readonly Method[], args: readonly Value[], chosen: Method | null): void {
    // With categories the lists are made anew for each call.
    if (vm.categories !== null || vm.epoch !== this.epoch) return;
    const list = this.known.get(candidates);
    const choice = { size: candidates.length, classes: args.map((a) => vm.classOf(a)), chosen };
    if (list === undefined) this.known.set(candidates, [choice]);
    else if (list.length < MOST) list.push(choice);
  }
}
