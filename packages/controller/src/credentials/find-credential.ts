/** Finds a credential for a use: in the folders from the nearest up, in the installation, then at the providers. */
import type { CredentialAllow } from '@millrace/protocol';
import { causesOf, parse } from '../builds/records.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Store } from '../store/store.ts';
import { refusalOf } from './allow.ts';
import type { Credential, CredentialUse, FindCredential } from './credential.ts';
import { CredentialRefused } from './credential.ts';
import type { GitHubApps } from './github-app.ts';
import { GITHUB_APP } from './github-app.ts';
import type { CredentialProvider } from './provider.ts';

export interface FindOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly providers: readonly CredentialProvider[];
  readonly apps: GitHubApps;
  readonly now: () => number;
}

/** What the installation does by itself all the time is not noted each time. */
const NOTE_AGAIN_MS = 3_600_000;

export function findCredential(options: FindOptions): FindCredential {
  return async (id, use) => {
    const found = (await stored(options, id, use.item)) ?? (await provided(options, id));
    if (found === null) return null;
    const { users } = found.allow;
    const causes = users === null || use.build === null ? [] : await causesFor(options.store, use);
    const refusal = refusalOf(found.allow, use, causes);
    if (refusal !== null) throw new CredentialRefused(id, use, refusal);
    await note(options, found, use);
    return found.credential.type === GITHUB_APP ? options.apps.open(found.credential) : found.credential;
  };
}

interface Found {
  readonly credential: Credential;
  readonly allow: CredentialAllow;
  /** Of its row; null: a provider has it. */
  readonly row: { readonly item: number; readonly usedAt: number | null } | null;
  readonly provider: string;
}

async function stored({ store, sealer }: FindOptions, id: string, item: string | null): Promise<Found | null> {
  const folders = await scopesOf(store, item);
  const rows = await store.db
    .selectFrom('credentials')
    .selectAll()
    .where('id', '=', id)
    .where(
      'item_id',
      'in',
      folders.map((f) => f.id),
    )
    .execute();
  const row = folders.map((f) => rows.find((r) => r.item_id === f.id)).find((r) => r !== undefined);
  if (row === undefined) return null;
  const fields = JSON.parse(sealer.open(row.data)) as Record<string, string>;
  return {
    credential: { id, type: row.type, description: row.description === '' ? null : row.description, fields },
    allow: parse<CredentialAllow>(row.allow),
    row: { item: row.item_id, usedAt: row.used_at },
    provider: 'database',
  };
}

async function provided({ providers }: FindOptions, id: string): Promise<Found | null> {
  for (const provider of providers) {
    const credential = await provider.find(id);
    if (credential !== null) return { credential, allow: provider.allow, row: null, provider: provider.name };
  }
  return null;
}

/** The item itself and what is above it, the nearest first; at last the installation, 0. */
export async function scopesOf(store: Pick<Store, 'db'>, item: string | null): Promise<{ readonly id: number; readonly path: string | null }[]> {
  const top = { id: 0, path: null };
  if (item === null) return [top];
  const parts = item.split('/');
  const names = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  const rows = await store.db.selectFrom('items').select(['id', 'full_name']).where('full_name', 'in', names).execute();
  return [...rows.sort((a, b) => b.full_name.length - a.full_name.length).map((r) => ({ id: r.id, path: r.full_name })), top];
}

async function causesFor({ db }: Store, { item, build }: CredentialUse) {
  const row = await db
    .selectFrom('builds')
    .select('causes')
    .where('job', '=', item ?? '')
    .where('number', '=', build)
    .executeTakeFirst();
  return row === undefined ? [] : causesOf(row);
}

async function note({ store, now }: FindOptions, { credential, row, provider }: Found, { item, build, purpose }: CredentialUse): Promise<void> {
  const at = now();
  const often = build === null;
  if (often && row !== null && row.usedAt !== null && at - row.usedAt < NOTE_AGAIN_MS) return;
  if (often && row === null) return;
  await store.write(async (tx) => {
    if (row !== null) await tx.updateTable('credentials').set({ used_at: at }).where('item_id', '=', row.item).where('id', '=', credential.id).execute();
    await tx
      .insertInto('audit')
      .values({
        at,
        user_id: null,
        address: null,
        action: 'credential.use',
        subject: credential.id,
        detail: JSON.stringify({ item, build, purpose, provider }),
      })
      .execute();
  });
}
