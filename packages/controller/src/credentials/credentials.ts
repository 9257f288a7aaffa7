/** Credentials that the database keeps: making, changing, showing and deleting them. Secrets go in sealed and never come out here. */
import type { CredentialAllow, CredentialChange, CredentialSecrets, CredentialSummary, NewCredential, ShownCredential } from '@millrace/protocol';
import { ApiError, CREDENTIAL_KINDS } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import { parse } from '../builds/records.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import { itemOf } from '../jobs/item-rows.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { scopesOf } from './find-credential.ts';
import { GITHUB_APP, isRsaKey } from './github-app.ts';
import type { CredentialProvider } from './provider.ts';
import { shownFields } from './shown-fields.ts';

export interface CredentialsOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly providers: readonly CredentialProvider[];
  readonly now: () => number;
}

export interface CredentialListing {
  readonly credentials: CredentialSummary[];
  readonly away: { readonly provider: string; readonly message: string }[];
}

/** `folder`: the full name of where they are; null: the installation. */
export class Credentials {
  private readonly options: CredentialsOptions;
  constructor(options: CredentialsOptions) {
    this.options = options;
  }

  /** Those of an item and those from above; one of the same id that is nearer hides the others. */
  async list(path: string | null): Promise<CredentialListing> {
    const { store, providers } = this.options;
    if (path !== null) await itemOf(store.db, path);
    const scopes = await scopesOf(store, path);
    const rows = await store.db
      .selectFrom('credentials')
      .selectAll()
      .where(
        'item_id',
        'in',
        scopes.map((s) => s.id),
      )
      .execute();
    const all = new Map<string, CredentialSummary>();
    for (const scope of scopes) for (const row of rows) if (row.item_id === scope.id && !all.has(row.id)) all.set(row.id, summaryOf(row, scope.path));
    const away: { provider: string; message: string }[] = [];
    for (const provider of providers) {
      const found = await provider.list().catch((error: unknown) => {
        away.push({ provider: provider.name, message: (error as Error).message });
        return [];
      });
      for (const { id, type, description, shown } of found)
        if (!all.has(id))
          all.set(id, { id, folder: null, provider: provider.name, type, description: description ?? '', shown, allow: provider.allow, usedAt: null });
    }
    return { credentials: [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), away };
  }

  async get(folder: string | null, id: string): Promise<ShownCredential> {
    const { store } = this.options;
    return shownOf(await rowOf(store.db, await scopeOf(store.db, folder), id), folder);
  }

  create(actor: Actor, folder: string | null, { id, description, allow, secrets }: NewCredential): Promise<void> {
    const missing = REQUIRED[secrets.type].filter((name) => (secrets.fields as Record<string, string>)[name] === undefined);
    if (missing.length > 0)
      throw new ApiError('MR_REQUEST', `A credential of the kind ${secrets.type} needs ${missing.join(', ')}.`, {
        errors: missing.map((name) => ({ pointer: `#/secrets/fields/${name}`, detail: 'is missing' })),
      });
    checkKey(secrets);
    return this.options.audit.change(actor, async (tx, _wakes, note) => {
      const item = await scopeOf(tx, folder);
      const at = this.options.now();
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('credentials')
        .values({
          item_id: item,
          id,
          ...this.sealed(secrets.type, description, allow, secrets.fields),
          revision: 1,
          created_at: at,
          updated_at: at,
          used_at: null,
        })
        .onConflict((c) => c.columns(['item_id', 'id']).doNothing())
        .executeTakeFirst();
      if (Number(numInsertedOrUpdatedRows ?? 0) === 0) throw new ApiError('MR_NAME_TAKEN', id);
      note('credential.create', id, { folder, type: secrets.type });
    });
  }

  change(actor: Actor, folder: string | null, id: string, revision: number | null, { description, allow, secrets }: CredentialChange): Promise<void> {
    checkKey(secrets);
    return this.options.audit.change(actor, async (tx, _wakes, note) => {
      const row = await rowOf(tx, await scopeOf(tx, folder), id, revision);
      if (row.type !== secrets.type) throw new ApiError('MR_REQUEST', `It is of the kind ${row.type}: a credential does not change its kind.`);
      const before = JSON.parse(this.options.sealer.open(row.data)) as Record<string, string>;
      const kept = Object.fromEntries(CREDENTIAL_KINDS[secrets.type].secret.filter((name) => before[name] !== undefined).map((name) => [name, before[name]]));
      await tx
        .updateTable('credentials')
        .set({
          ...this.sealed(secrets.type, description, allow, { ...kept, ...secrets.fields }),
          revision: row.revision + 1,
          updated_at: this.options.now(),
        })
        .where('item_id', '=', row.item_id)
        .where('id', '=', id)
        .where('revision', '=', row.revision)
        .execute();
      note('credential.change', id, { folder, fields: Object.keys(secrets.fields) });
    });
  }

  delete(actor: Actor, folder: string | null, id: string, revision: number | null): Promise<void> {
    return this.options.audit.change(actor, async (tx, _wakes, note) => {
      const row = await rowOf(tx, await scopeOf(tx, folder), id, revision);
      await tx.deleteFrom('credentials').where('item_id', '=', row.item_id).where('id', '=', id).execute();
      note('credential.delete', id, { folder });
    });
  }

  private sealed(type: string, description: string, allow: CredentialAllow, fields: { readonly [name: string]: string | undefined }) {
    const { sealer } = this.options;
    const key = sealer.current;
    return {
      type,
      description,
      shown: JSON.stringify(shownFields(type, fields)),
      data: sealer.seal(JSON.stringify(fields)),
      key_id: key,
      allow: JSON.stringify(allow),
    };
  }
}

/** Without these a new one would be of no use. */
const REQUIRED: { readonly [kind in keyof typeof CREDENTIAL_KINDS]: readonly string[] } = {
  usernamePassword: ['password'],
  string: ['secret'],
  file: ['contentBase64'],
  sshUserPrivateKey: ['privateKey'],
  certificate: ['keyStoreBase64'],
  aws: ['secretKey'],
  gitHubApp: ['privateKey'],
};

/** What GitHub would refuse later is refused at once. */
function checkKey({ type, fields }: CredentialSecrets): void {
  if (type !== GITHUB_APP || fields.privateKey === undefined || isRsaKey(fields.privateKey)) return;
  throw new ApiError('MR_REQUEST', 'The private key of a GitHub App is an RSA key in PEM.', {
    errors: [{ pointer: '#/secrets/fields/privateKey', detail: 'is no RSA key in PEM' }],
  });
}

async function scopeOf(db: Tx, folder: string | null): Promise<number> {
  if (folder === null) return 0;
  const item = await itemOf(db, folder);
  if (item.kind === 'pipeline' || item.kind === 'freestyle') throw new ApiError('MR_JOB_KIND', `${folder} is no folder.`);
  return item.id;
}

async function rowOf(db: Tx, item: number, id: string, revision: number | null = null): Promise<Row<'credentials'>> {
  const row = await db.selectFrom('credentials').selectAll().where('item_id', '=', item).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_CREDENTIAL_UNKNOWN', id);
  if (revision !== null && row.revision !== revision) throw new ApiError('MR_REVISION');
  return row;
}

function summaryOf(row: Row<'credentials'>, folder: string | null): CredentialSummary {
  return {
    id: row.id,
    folder,
    provider: 'database',
    type: row.type,
    description: row.description,
    shown: parse(row.shown),
    allow: parse(row.allow),
    usedAt: row.used_at,
  };
}

function shownOf(row: Row<'credentials'>, folder: string | null): ShownCredential {
  const kind = row.type as keyof typeof CREDENTIAL_KINDS;
  return {
    ...summaryOf(row, folder),
    revision: row.revision,
    secrets: [...CREDENTIAL_KINDS[kind].secret],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
