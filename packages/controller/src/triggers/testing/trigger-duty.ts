/** The duty `triggers` on the API's tests. */
import assert from 'node:assert/strict';
import { DEFAULT_HOST_KEYS } from '@millrace/protocol/git';
import { findCredential } from '../../credentials/find-credential.ts';
import { GitHubApps } from '../../credentials/github-app.ts';
import type { TestApi } from '../../http/testing/api.ts';
import { Repositories } from '../../scm/repository.ts';
import { TriggerDuty } from '../trigger-duty.ts';

export function dutyOf({ store, services }: TestApi, { folder = '/nonexistent', startsAtOnce = 100 } = {}): TriggerDuty {
  return new TriggerDuty({
    store,
    write: store.write.bind(store),
    enqueue: services.enqueue,
    repositories: new Repositories({ folder, hostKeys: () => DEFAULT_HOST_KEYS }),
    credential: findCredential({ store, sealer: services.sealer, providers: [], apps: new GitHubApps(services.now), now: services.now }),
    onScmEvent: async () => [],
    startsAtOnce,
    timeZone: 'UTC',
    now: services.now,
    onError: (error) => {
      throw error;
    },
  });
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, 'what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function handled(api: TestApi): Promise<void> {
  await until(async () => (await api.store.db.selectFrom('deliveries').select('id').where('state', '=', 'received').execute()).length === 0);
}

/** Of the newest delivery. */
export async function outcomes(api: TestApi): Promise<string[]> {
  const { entries } = (await api.call('dev', 'GET', 'deliveries')).body;
  return entries[0].outcomes.map((o: { item: string; what: string }) => `${o.item}: ${o.what}`).sort();
}
