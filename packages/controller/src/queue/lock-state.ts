/** What there is to lock, who holds it and who waits: rows of the database, as one value. */
export interface Resource {
  readonly name: string;
  readonly labels: readonly string[];
  readonly properties: { readonly [name: string]: string };
  /** Made for the time that it is locked, because nobody declared it. */
  readonly ephemeral: boolean;
  /** A user keeps it for himself. */
  readonly reservedBy: string | null;
  readonly note: string | null;
}
export interface LockBuild {
  readonly id: string;
  /** `folder » job #5` */
  readonly fullDisplayName: string;
  /** `#5` */
  readonly displayName: string;
  /** Ids of the builds that wait for this one to end (`build` with wait), so what they hold waits for it too. */
  readonly waitedForBy: readonly string[];
}
export interface Hold {
  readonly resource: string;
  /** The id of the `lock` that holds it. */
  readonly by: string;
  readonly build: LockBuild;
  readonly since: number;
}
/** A resource by name, or so many of a label (0: all of them). A label may be a label expression. */
export interface Want {
  readonly resource: string | null;
  readonly label: string | null;
  readonly quantity: number;
}
export interface LockRequest {
  readonly id: string;
  readonly build: LockBuild;
  /** What the console calls it: `Resource: x`. */
  readonly name: string;
  /** The first is what `lock` itself names, the others are `extra`. */
  readonly wants: readonly Want[];
  /** More goes first. */
  readonly priority: number;
  /** The newest goes first. */
  readonly inverse: boolean;
  /** skipIfLocked */
  readonly skip: boolean;
}
export interface Waiter extends LockRequest {
  readonly since: number;
  /** How often something that it wants was given to somebody behind it. */
  readonly overtaken: number;
}
export interface LockState {
  readonly resources: readonly Resource[];
  readonly holds: readonly Hold[];
  /** The first in line first. */
  readonly waiters: readonly Waiter[];
}

export const NO_LOCKS: LockState = { resources: [], holds: [], waiters: [] };
