/** Clouds as they are looked at, and their connection test. */
import { ApiError } from '@millrace/protocol';
import type { Store } from '../store/store.ts';
import type { CloudState } from './beside.ts';
import { NOTHING, readStates } from './beside.ts';
import type { Cloud } from './cloud.ts';
import { CloudError } from './cloud.ts';
import { retentionOf } from './load-clouds.ts';

export interface CloudCounts extends CloudState {
  readonly name: string;
  readonly kind: string;
  readonly cap: number | null;
  readonly nodes: { readonly all: number; readonly online: number; readonly ending: number };
  readonly waiting: number;
}

/** From the database: every controller answers the same. */
export async function showClouds(store: Store, clouds: readonly Cloud[], isOnline: (seenAt: number | null) => boolean): Promise<CloudCounts[]> {
  if (clouds.length === 0) return [];
  const rows = await store.db.selectFrom('nodes').select(['cloud', 'session', 'seen_at', 'retention']).where('kind', '=', 'cloud').execute();
  const leases = await store.db.selectFrom('leases').select('why').where('state', '=', 'waiting').where('why', 'is not', null).execute();
  const told = leases.map(({ why }) => (JSON.parse(why as string) as { readonly fields: { readonly cloud?: unknown } }).fields.cloud);
  const states = await readStates(store);
  return clouds.map(({ name, kind, cap }) => {
    const own = rows.filter((r) => r.cloud === name);
    return {
      name,
      kind,
      cap,
      nodes: {
        all: own.length,
        online: own.filter((r) => r.session !== null && isOnline(r.seen_at)).length,
        ending: own.filter((r) => retentionOf(r).ending !== undefined).length,
      },
      waiting: told.filter((t) => t === name).length,
      ...(states.get(name) ?? NOTHING),
    };
  });
}

export interface CheckedCloud {
  readonly ok: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly milliseconds: number;
}

/** Throws MR_CLOUD_UNKNOWN. */
export async function checkCloud(clouds: readonly Cloud[], name: string, now: () => number): Promise<CheckedCloud> {
  const cloud = clouds.find((c) => c.name === name);
  if (cloud === undefined) throw new ApiError('MR_CLOUD_UNKNOWN', name);
  const begin = now();
  try {
    await cloud.check();
    return { ok: true, code: null, message: null, milliseconds: now() - begin };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { ok: false, code: error.code, message: error.message, milliseconds: now() - begin };
  }
}
