/** When a multibranch job or organization folder is scanned, and what events find it by: rows beside its item, kept with it. */
import type { MultibranchConfig, OrganizationConfig } from '@millrace/protocol';
import { repositoryAddress } from '../scm/repository-address.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { mergedTexts } from './causes.ts';
import { cloneUrlOf, ownerUrlOf } from './forges/registry.ts';

export type ScannedConfig = MultibranchConfig | OrganizationConfig;

interface Address {
  readonly address: string;
  readonly owner: boolean;
}

export function addressesOf(config: ScannedConfig): Address[] {
  const found: { url: string; owner: boolean }[] = [];
  if ('sources' in config)
    for (const source of config.sources) {
      if (source.kind === 'git') found.push({ url: source.url, owner: false });
      else {
        found.push({ url: cloneUrlOf(source, source.repository), owner: false });
        if (source.url !== null) found.push({ url: source.url, owner: false });
      }
    }
  else if (config.source.kind === 'git') for (const url of config.source.urls) found.push({ url, owner: false });
  else found.push({ url: ownerUrlOf(config.source, config.source.owner), owner: true });
  const out = new Map<string, Address>();
  for (const { url, owner } of found) {
    const address = repositoryAddress(url);
    if (address !== null) out.set(address, { address, owner });
  }
  return [...out.values()];
}

/** When it is made or configured: it is scanned soon. Called again it changes nothing but that. */
export async function keepScanRows(tx: Tx, wakes: Wakes, item: number, config: ScannedConfig, cause: string, now: number): Promise<void> {
  await tx.deleteFrom('scan_addresses').where('item_id', '=', item).execute();
  const addresses = addressesOf(config);
  for (let at = 0; at < addresses.length; at += 500)
    await tx
      .insertInto('scan_addresses')
      .values(addresses.slice(at, at + 500).map(({ address, owner }) => ({ item_id: item, address, owner: owner ? 1 : 0 })))
      .execute();
  await askForScan(tx, wakes, item, cause, now);
}

/** Many who ask while it waits get one scan; one who asks while it runs gets another after it. */
export async function askForScan(tx: Tx, wakes: Wakes, item: number, cause: string, now: number): Promise<void> {
  const row = await tx.selectFrom('scans').select(['causes', 'due_at']).where('item_id', '=', item).executeTakeFirst();
  if (row === undefined)
    await tx
      .insertInto('scans')
      .values({ item_id: item, due_at: now, causes: JSON.stringify([cause]), asked: 1, last_run: null, last_at: null })
      .execute();
  else
    await tx
      .updateTable('scans')
      .set((e) => ({
        due_at: Math.min(row.due_at ?? now, now),
        causes: JSON.stringify(mergedTexts(JSON.parse(row.causes) as string[], [cause])),
        asked: e('asked', '+', 1),
      }))
      .where('item_id', '=', item)
      .execute();
  wakes.add('scan');
  wakes.add(`job ${item}`);
}
