/** Who changed what: a row in the transaction of the change itself, so that neither is there without the other. */
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';

/** Who asks for a change, and from where. */
export interface Actor {
  readonly user: string | null;
  readonly address: string | null;
}

export type Detail = { readonly [name: string]: string | number | boolean | null | readonly string[] };
/** `detail` holds no secrets. */
export type Note = (action: string, subject: string, detail?: Detail) => void;

export class Audit {
  private readonly store: Store;
  private readonly now: () => number;
  constructor(store: Store, now: () => number) {
    this.store = store;
    this.now = now;
  }

  /** `work` may run more than once: it touches its transaction alone. */
  change<T>(actor: Actor, work: (tx: Tx, wakes: Wakes, note: Note) => Promise<T>): Promise<T> {
    return this.store.write(async (tx, wakes) => {
      const notes: { action: string; subject: string; detail: string }[] = [];
      const answer = await work(tx, wakes, (action, subject, detail = {}) => {
        notes.push({ action, subject, detail: JSON.stringify(detail) });
      });
      const at = this.now();
      if (notes.length > 0)
        await tx
          .insertInto('audit')
          .values(notes.map((note) => ({ at, user_id: actor.user, address: actor.address, ...note })))
          .execute();
      return answer;
    });
  }
}
