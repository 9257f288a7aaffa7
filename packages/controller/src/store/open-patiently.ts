/**
 * Opens the store at a controller's start, and waits for a database that is away: it may come up later than its controllers.
 * What waiting does not cure (a wrong password, a database that does not exist) is thrown as MR_STORE_REFUSED.
 */
import { StoreError } from './errors.ts';
import { isPostgresAway } from './postgres.ts';
import type { StoreOptions } from './store.ts';
import { Store } from './store.ts';

const PAUSES = [100, 300, 1_000, 2_000, 5_000];

export interface PatientOptions {
  readonly store: StoreOptions;
  /** Told when it begins to be away, and when the cause changes: a short text without names and addresses. */
  readonly away: (cause: string, error: unknown) => void | Promise<void>;
}

export async function openPatiently({ store, away }: PatientOptions): Promise<Store> {
  let told: string | null = null;
  for (let tries = 0; ; tries++) {
    try {
      return await Store.open(store);
    } catch (error) {
      if (store.url === null || error instanceof StoreError) throw error;
      if (isRefusal(error)) throw new StoreError('MR_STORE_REFUSED', { reason: (error as Error).message });
      if (!isPostgresAway(error)) throw error;
      const { code } = error as { code?: string };
      const cause = code ?? 'no answer';
      if (cause !== told) await away(cause, error);
      told = cause;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSES[Math.min(tries, PAUSES.length - 1)]);
    });
  }
}

/** Classes 28 (authorization) and 3D (no such database), missing rights, and an address or a certificate that cannot be used. */
function isRefusal(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return /^(28\w{3}|3D\w{3}|42501|ERR_INVALID_URL|ERR_TLS_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/.test(code) || /does not support SSL|SASL/.test(String(error));
}
