/**
 * One look at an organization: each repository with the Jenkinsfile in one of its branches gets a multibranch job, which then
 * scans itself. A repository that stands as it stood is not looked at again.
 */

import { createHash } from 'node:crypto';
import type { BranchSourceConfig, MultibranchConfig, OrganizationConfig, OrganizationSource } from '@millrace/protocol';
import { multibranchConfig } from '@millrace/protocol';
import type { HeldDuty } from '../fleet/duties.ts';
import { freshItem } from '../jobs/fresh-item.ts';
import { repositoryAddress } from '../scm/repository-address.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { OpenSource } from './branch-source.ts';
import type { ForgeOwner } from './forges/forge.ts';
import { jobNameOf } from './head-names.ts';
import { nameFilter } from './name-filter.ts';
import { pruneOrphans } from './orphans.ts';
import type { ScanLog } from './scan-log.ts';
import { askForScan, keepScanRows } from './scan-rows.ts';

export type OpenOwner = (item: string, source: Exclude<OrganizationSource, { kind: 'git' }>) => Promise<ForgeOwner>;

export interface OrganizationScan {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  readonly parent: { readonly id: number; readonly fullName: string; readonly config: OrganizationConfig };
  readonly open: OpenSource;
  readonly owner: OpenOwner;
  readonly log: ScanLog;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly deleteBlobs: (keys: readonly string[]) => Promise<void>;
}

interface Found {
  readonly name: string;
  readonly source: BranchSourceConfig;
  readonly marker: string | null;
}

/** Repositories that are looked at side by side. */
const PARALLEL = 8,
  PAGE = 500;

/** `refs`: of events, `repository:<owner/name>`; null: all. */
export async function scanOrganization(scan: OrganizationScan, refs: readonly string[] | null): Promise<void> {
  const { parent, log, signal } = scan;
  const filter = nameFilter(parent.config.repositories);
  const wanted = refs === null ? null : new Set(refs.map((ref) => ref.slice('repository:'.length).toLowerCase()));
  const seen = new Set<string>();
  log.print('Starting to look for repositories...');
  for await (const page of repositoriesOf(scan)) {
    signal.throwIfAborted();
    const passed = filter(page.map((r) => r.name));
    const fresh = page.filter((r, i) => passed[i] === true && !seen.has(r.name));
    for (const { name } of fresh) seen.add(name);
    const looked = wanted === null ? fresh : fresh.filter((r) => isWanted(r, wanted));
    for (let at = 0; at < looked.length; at += PARALLEL) await Promise.all(looked.slice(at, at + PARALLEL).map((r) => lookAt(scan, r)));
  }
  log.print(`${seen.size} repositories were processed`);
  if (refs === null) {
    await leaveUnseen(scan, seen);
    await pruneOrphans({ ...scan, orphans: parent.config.orphans, table: 'repositories' });
  }
}

function isWanted({ source }: Found, wanted: ReadonlySet<string>): boolean {
  const address = source.kind === 'git' ? repositoryAddress(source.url) : null;
  return (
    wanted.has((source.kind === 'git' ? address : source.repository)?.toLowerCase() ?? '') ||
    (address !== null && [...wanted].some((w) => address.endsWith(`/${w}`)))
  );
}

async function* repositoriesOf({ parent, owner }: OrganizationScan): AsyncGenerator<Found[]> {
  const { source } = parent.config;
  if (source.kind === 'git') {
    const { urls, kind, ...rest } = source;
    for (let at = 0; at < urls.length; at += PAGE)
      yield urls
        .slice(at, at + PAGE)
        .map((url) => ({ name: (repositoryAddress(url) ?? url).replace(/^.*\//, ''), source: { kind, url, ...rest }, marker: null }));
    return;
  }
  const { archived, forks, owner: name, ...rest } = source;
  const opened = await owner(parent.fullName, source);
  for await (const page of opened.repositories())
    yield page
      .filter((r) => (archived || !r.archived) && (forks || !r.fork))
      // Of a group's groups the whole way tells them apart.
      .map((r) => {
        const below = r.fullName.toLowerCase().startsWith(`${name.toLowerCase()}/`) ? r.fullName.slice(name.length + 1) : r.name;
        return { name: below, source: { ...rest, repository: r.fullName, url: null }, marker: r.marker };
      });
}

/** What the job of a repository says. */
export function childConfig(config: OrganizationConfig, source: BranchSourceConfig): MultibranchConfig {
  const { source: _, repositories: __, ...rules } = config;
  return multibranchConfig.parse({ ...rules, sources: [source] });
}

async function lookAt(scan: OrganizationScan, { name, source, marker: told }: Found): Promise<void> {
  const { store, write, parent, log, now } = scan;
  const config = JSON.stringify(childConfig(parent.config, source));
  // Another configuration is another reason to look.
  const marker = told === null ? null : `${told} ${createHash('sha256').update(config).digest('hex').slice(0, 16)}`;
  const known = await store.db.selectFrom('repositories').selectAll().where('parent_id', '=', parent.id).where('name', '=', name).executeTakeFirst();
  if (known !== undefined && known.marker !== null && known.marker === marker && known.gone_at === null) {
    log.print(`Proposing ${name}: unchanged`);
    return;
  }
  let found = known?.item_id != null && known.gone_at === null;
  let failure: string | null = null;
  if (!found)
    try {
      found = await hasJenkinsfile(scan, source);
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      // What holds for all of them ends the scan; what is wrong with one is told, and the others go on.
      if (code === undefined || !/^MR_(GIT|FORGE|CREDENTIALS)/.test(code) || code === 'MR_FORGE_LIMIT') throw error;
      failure = `${code}: ${message}`;
    }
  await log.write(write, async (tx, wakes, print) => {
    print(`Proposing ${name}`);
    if (failure !== null) {
      print(`    ERROR: ${failure}`);
      return;
    }
    print(found ? '    Met criteria' : '    Does not meet criteria');
    const row = await tx.selectFrom('repositories').selectAll().where('parent_id', '=', parent.id).where('name', '=', name).executeTakeFirst();
    let item = row?.item_id ?? null;
    if (found && item === null) {
      await store.engine.exclusive(tx, 'item names');
      const job = jobNameOf(name);
      const full = `${parent.fullName}/${job}`;
      if ((await tx.selectFrom('items').select('id').where('full_name', '=', full).executeTakeFirst()) !== undefined) {
        print(`    Ignoring duplicate repository ${name}`);
        return;
      }
      const values = freshItem({ parent_id: parent.id, kind: 'multibranch', name: job, full_name: full, description: '', config }, now());
      item = (await tx.insertInto('items').values(values).returning('id').executeTakeFirstOrThrow()).id;
      await keepScanRows(tx, wakes, item, childConfig(parent.config, source), 'The organization scan', now());
      wakes.add(`job ${item}`);
      wakes.add(`job ${parent.id}`);
    } else if (found && item !== null) {
      const there = await tx.selectFrom('items').select(['config', 'revision']).where('id', '=', item).executeTakeFirst();
      if (there !== undefined && there.config !== config) {
        await tx
          .updateTable('items')
          .set({ config, revision: there.revision + 1, updated_at: now() })
          .where('id', '=', item)
          .execute();
        await keepScanRows(tx, wakes, item, childConfig(parent.config, source), 'The organization scan', now());
      } else if (marker !== null) await askForScan(tx, wakes, item, 'The organization scan', now());
      if (row?.gone_at != null && row.disabled_here === 1)
        await tx.updateTable('items').set({ disabled: 0, updated_at: now() }).where('id', '=', item).execute();
    }
    const values = { marker, item_id: item, gone_at: null, disabled_here: 0 };
    await tx
      .insertInto('repositories')
      .values({ parent_id: parent.id, name, ...values })
      .onConflict((c) => c.columns(['parent_id', 'name']).doUpdateSet(values))
      .execute();
  });
}

async function hasJenkinsfile({ open, parent, signal }: OrganizationScan, source: BranchSourceConfig): Promise<boolean> {
  const opened = await open(parent.fullName, source);
  const filter = nameFilter(source.filter);
  for await (const batch of opened.heads(signal)) {
    const passed = filter(batch.map((h) => h.name));
    const heads = batch.filter((_, i) => passed[i]);
    if ((await opened.look(heads, parent.config.path, signal)).some((l) => l.found)) return true;
  }
  return false;
}

async function leaveUnseen({ store, write, parent, log, now }: OrganizationScan, seen: ReadonlySet<string>): Promise<void> {
  for (let after = ''; ; ) {
    const rows: Row<'repositories'>[] = await store.db
      .selectFrom('repositories')
      .selectAll()
      .where('parent_id', '=', parent.id)
      .where('name', '>', after)
      .orderBy('name')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    after = (rows.at(-1) as Row<'repositories'>).name;
    const gone = rows.filter((r) => r.gone_at === null && !seen.has(r.name));
    if (gone.length === 0) continue;
    await log.write(write, async (tx, wakes, print) => {
      for (const { name, item_id: item } of gone) {
        const mine = tx.selectFrom('repositories').select('gone_at').where('parent_id', '=', parent.id).where('name', '=', name);
        if ((await mine.executeTakeFirst())?.gone_at !== null) continue;
        if (item === null) {
          await tx.deleteFrom('repositories').where('parent_id', '=', parent.id).where('name', '=', name).execute();
          continue;
        }
        const { numUpdatedRows } = await tx
          .updateTable('items')
          .set({ disabled: 1, updated_at: now() })
          .where('id', '=', item)
          .where('disabled', '=', 0)
          .executeTakeFirst();
        await tx
          .updateTable('repositories')
          .set({ gone_at: now(), marker: null, disabled_here: Number(numUpdatedRows) > 0 ? 1 : 0 })
          .where('parent_id', '=', parent.id)
          .where('name', '=', name)
          .execute();
        wakes.add(`job ${item}`);
        print(`Disabled ${name}: the repository is gone`);
      }
    });
  }
}
