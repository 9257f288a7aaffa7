/**
 * A thread of a build: a coroutine of the program, with its dynamic scope and what it waits for.
 *
 * States: `ready` (in the run queue, with an input or an error), `running`, `waiting` for an ask or for branches, `ended`.
 * Moves: ready → running → waiting → ready …; running → ended. `interruption` is thrown at the next point where the
 * thread waits, or at once where it waits already.
 */
import type { JavaThrowable } from '@millrace/groovy';
import type { Ask } from '../host.ts';
import type { Branch, BranchOutcome } from '../steps/step.ts';
import type { ProgramThread } from './program.ts';
import type { Scope } from './scope.ts';

/** What a step yields to wait for an answer of the host. */
export class AskWait {
  readonly ask: Ask;
  readonly nodeId: string;
  /** The thread learns of its interruption only when the ask is answered (tasks: their process must end first). */
  readonly patient: boolean;
  /** Set when the thread was interrupted while the ask is still out. */
  interruption: JavaThrowable | null = null;
  constructor(ask: Ask, nodeId: string, patient: boolean) {
    this.ask = ask;
    this.nodeId = nodeId;
    this.patient = patient;
  }
}

/** What a step yields to wait for branches. */
export class ForkWait {
  readonly branches: readonly Branch[];
  readonly failFast: boolean;
  /** The block step's node. */
  readonly nodeId: string;
  children: BuildThread[] = [];
  readonly outcomes: (BranchOutcome | null)[];
  left: number;
  stopSent = false;
  constructor(branches: readonly Branch[], failFast: boolean, nodeId: string) {
    this.branches = branches;
    this.failFast = failFast;
    this.nodeId = nodeId;
    this.outcomes = branches.map(() => null);
    this.left = branches.length;
  }
}

export class BuildThread {
  /** `0`; a branch adds `.<count of the parent's asks and forks>.<number of the branch>`. */
  readonly path: string;
  readonly program: ProgramThread;
  readonly parent: { readonly thread: BuildThread; readonly fork: ForkWait; readonly index: number } | null;
  scope: Scope;
  /** The innermost block's node: parent of the next node. */
  enclosing: string | null;
  /** The newest node: source of what the script prints by itself. */
  head: string;
  /** Asks and forks so far. */
  count = 0;
  state: 'ready' | 'running' | 'waiting' | 'ended' = 'ready';
  input: unknown = undefined;
  error: JavaThrowable | null = null;
  wait: AskWait | ForkWait | null = null;
  interruption: JavaThrowable | null = null;

  constructor(path: string, program: ProgramThread, parent: BuildThread['parent'], scope: Scope, enclosing: string | null, head: string) {
    this.path = path;
    this.program = program;
    this.parent = parent;
    this.scope = scope;
    this.enclosing = enclosing;
    this.head = head;
  }

  nextId(): string {
    return `${this.path}:${this.count + 1}`;
  }
  takeId(): string {
    return `${this.path}:${++this.count}`;
  }
}
