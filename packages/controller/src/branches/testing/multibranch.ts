/** Multibranch jobs of tests: made as the API makes them, scanned by the controller's own duty. */
import type { MultibranchConfig, OrganizationConfig } from '@millrace/protocol';
import { multibranchConfig, organizationConfig } from '@millrace/protocol';
import { freshItem } from '../../jobs/fresh-item.ts';
import type { Row } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { TestServer } from '../../testing/test-controller.ts';
import { askForScan, keepScanRows } from '../scan-rows.ts';

export const JENKINSFILE = 'pipeline { agent any; stages { stage("Build") { steps { checkout scm; sh "cat file.txt" } } } }';

async function makeItem(store: Store, kind: 'multibranch' | 'organization', name: string, config: MultibranchConfig | OrganizationConfig): Promise<number> {
  return store.write(async (tx, wakes) => {
    const row = freshItem({ parent_id: null, kind, name, full_name: name, description: '', config: JSON.stringify(config) }, 0);
    const { id } = await tx.insertInto('items').values(row).returning('id').executeTakeFirstOrThrow();
    await keepScanRows(tx, wakes, id, config, 'Started by user test', Date.now());
    return id;
  });
}
export function makeMultibranch(store: Store, name: string, config: object): Promise<number> {
  return makeItem(store, 'multibranch', name, multibranchConfig.parse(config));
}
export function makeOrganization(store: Store, name: string, config: object): Promise<number> {
  return makeItem(store, 'organization', name, organizationConfig.parse(config));
}

export function scanAgain(store: Store, id: number): Promise<void> {
  return store.write((tx, wakes) => askForScan(tx, wakes, id, 'Started by user test', Date.now()));
}

export async function runsOf(store: Store, id: number): Promise<Row<'scan_runs'>[]> {
  return store.db.selectFrom('scan_runs').selectAll().where('item_id', '=', id).orderBy('id').execute();
}
export async function runLog(store: Store, run: number): Promise<string> {
  const rows = await store.db.selectFrom('scan_logs').select('text').where('run_id', '=', run).orderBy('seq').execute();
  return rows.map((r) => r.text).join('');
}

/** Waits until so many runs have ended; answers the last. */
export async function scanned(
  server: Pick<TestServer, 'store' | 'until'>,
  id: number,
  runs: number,
): Promise<{ readonly run: Row<'scan_runs'>; readonly log: string }> {
  let last: Row<'scan_runs'> | undefined;
  await server.until(
    async () => {
      const ended = (await runsOf(server.store, id)).filter((r) => r.state !== 'running');
      last = ended.at(-1);
      return ended.length >= runs;
    },
    { ms: 60_000, seen: async () => JSON.stringify(await runsOf(server.store, id)) },
  );
  const run = last as Row<'scan_runs'>;
  return { run, log: await runLog(server.store, run.id) };
}

/** By name. */
export async function jobsOf(store: Store, id: number): Promise<Map<string, Row<'items'>>> {
  const rows = await store.db.selectFrom('items').selectAll().where('parent_id', '=', id).execute();
  return new Map(rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map((row) => [row.name, row]));
}
export async function buildsOf(store: Store, item: number): Promise<Row<'builds'>[]> {
  return store.db.selectFrom('builds').selectAll().where('item_id', '=', item).orderBy('id').execute();
}
