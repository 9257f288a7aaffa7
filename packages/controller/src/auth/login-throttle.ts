/**
 * Slows guessing down, across all controllers: each wrong password for a user, or from an address, doubles the time until the
 * next one is looked at. An attempt counts before it is looked at, so that many at once are no way around it.
 */
import { ApiError } from '@millrace/protocol';
import type { Store, Tx } from '../store/store.ts';

export interface ThrottleOptions {
  readonly store: Store;
  readonly now: () => number;
}

/** Wrong ones before it begins to hurt: an address may be that of many people. */
const FREE = { user: 5, address: 30 } as const;
const FIRST_MS = 1_000,
  LONGEST_MS = 15 * 60_000,
  FORGET_MS = 24 * 3_600_000;

export class LoginThrottle {
  private readonly options: ThrottleOptions;
  constructor(options: ThrottleOptions) {
    this.options = options;
  }

  /** Throws MR_LOGIN_THROTTLED. Resolves when the attempt is counted; `succeeded` takes it back. */
  async attempt(user: string, address: string): Promise<void> {
    const { store, now } = this.options;
    const wait = await store.write(async (tx) => {
      const at = now();
      const rows = [];
      // One after the other, always in this order: two controllers never wait for each other.
      for (const { subject, kind } of this.subjects(user, address)) rows.push(await this.look(tx, subject, kind, at));
      const longest = Math.max(...rows.map((r) => r.wait));
      if (longest > 0) return longest;
      for (const { subject, count } of rows)
        await tx
          .updateTable('login_failures')
          .set({ at, count: count + 1 })
          .where('subject', '=', subject)
          .execute();
      return 0;
    });
    if (wait > 0) throw new ApiError('MR_LOGIN_THROTTLED', null, { headers: { 'retry-after': String(Math.ceil(wait / 1_000)) } });
  }

  async succeeded(user: string, address: string): Promise<void> {
    await this.options.store.write(async (tx) => {
      const [forUser, forAddress] = this.subjects(user, address);
      await tx
        .deleteFrom('login_failures')
        .where('subject', '=', (forUser as { subject: string }).subject)
        .execute();
      await tx
        .updateTable('login_failures')
        .set((e) => ({ count: e('count', '-', 1) }))
        .where('subject', '=', (forAddress as { subject: string }).subject)
        .where('count', '>', 0)
        .execute();
      await tx
        .deleteFrom('login_failures')
        .where('at', '<', this.options.now() - FORGET_MS)
        .execute();
    });
  }

  private subjects(user: string, address: string): { subject: string; kind: keyof typeof FREE }[] {
    return [
      { subject: `user ${user.toLowerCase()}`, kind: 'user' },
      { subject: `address ${address}`, kind: 'address' },
    ];
  }

  private async look(tx: Tx, subject: string, kind: keyof typeof FREE, at: number): Promise<{ subject: string; count: number; wait: number }> {
    // The row is there from here on, and locked: attempts at several controllers are counted one by one.
    const row = await tx
      .insertInto('login_failures')
      .values({ subject, at, count: 0 })
      .onConflict((c) => c.column('subject').doUpdateSet({ subject }))
      .returningAll()
      .executeTakeFirstOrThrow();
    if (at - row.at > FORGET_MS) return { subject, count: 0, wait: 0 };
    const beyond = row.count - FREE[kind];
    const pause = beyond < 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(beyond, 20));
    return { subject, count: row.count, wait: row.at + pause - at };
  }
}
