/**
 * The port through which files go between a machine and where a build's stashes and artifacts are kept. An operation has
 * one of its own, so that names need not be told apart between builds (they are listed in the protocol's wire.ts):
 * `stash`, `artifact:<path>`, `report:<path>`, `file:<path>`, `cache`.
 *
 * Files are streamed, never whole in memory. `send` and `fetch` are whole or did nothing that anybody sees, may be made again,
 * and go on where they were after a cut; several may be under way at once. They fail when the operation is cancelled.
 */
export interface Transfers {
  /**
   * Hands a file over; one that was sent under the name before is replaced. Size and digests are made while it is read;
   * `fingerprint`: its MD5 as well. `patienceMs`: it is given up after so long without getting on; left out: never.
   */
  send(name: string, file: string, options?: { readonly fingerprint?: boolean; readonly patienceMs?: number }): Promise<void>;
  /** Writes what has this name to a file, whose folder is there, with its permissions; false where nothing has it. */
  fetch(name: string, file: string, options?: { readonly patienceMs?: number }): Promise<boolean>;
  /** The build's artifacts, in order of their paths. */
  artifacts(): Promise<readonly { readonly path: string; readonly size: number }[]>;
}

/** Does the work for all items, some at once, and stops at the first failure. */
export async function forEach<T>(items: readonly T[], work: (item: T) => Promise<unknown>, atOnce = 4): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      try {
        while (next < items.length) await work(items[next++] as T);
      } catch (e) {
        next = items.length;
        throw e;
      }
    }),
  );
}
