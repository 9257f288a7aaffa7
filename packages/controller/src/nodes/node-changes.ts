/** Nodes as people change them. A permanent node's secret is shown when it is made; only its digest is kept. */
import { randomBytes } from 'node:crypto';
import { ApiError } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import type { NewRow, Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { hashSecret } from './agent-desk.ts';

export interface NodeSettings {
  readonly description?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly executors?: number | undefined;
  readonly mode?: 'normal' | 'exclusive' | undefined;
  readonly root?: string | null | undefined;
  readonly env?: { readonly [name: string]: string } | undefined;
}

export interface NodeChangesOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly now: () => number;
}

export class NodeChanges {
  private readonly options: NodeChangesOptions;
  constructor(options: NodeChangesOptions) {
    this.options = options;
  }

  /** Answers the secret. */
  async create(actor: Actor, name: string, settings: NodeSettings): Promise<string> {
    const secret = newSecret();
    const { audit, store, now } = this.options;
    await audit.change(actor, async (tx, wakes, note) => {
      await store.engine.exclusive(tx, 'node names');
      const taken = await tx
        .selectFrom('nodes')
        .select('name')
        .where((e) => e(e.fn<string>('lower', ['name']), '=', name.toLowerCase()))
        .executeTakeFirst();
      if (taken !== undefined) throw new ApiError('MR_NAME_TAKEN', `${taken.name} is there.`);
      await tx
        .insertInto('nodes')
        .values({ ...FRESH, name, secret_hash: hashSecret(secret), created_at: now(), ...columns(settings) })
        .execute();
      wakes.add('queue');
      note('node.create', name);
    });
    return secret;
  }

  change(actor: Actor, name: string, revision: number | null, settings: NodeSettings): Promise<void> {
    const set = columns(settings);
    if (Object.keys(set).length === 0) throw new ApiError('MR_REQUEST', 'Nothing is to be changed.');
    return this.update(actor, name, revision, 'node.change', async (row) => ({ ...set, revision: row.revision + 1 }));
  }

  /** It finishes what it runs, and takes nothing new. */
  offline(actor: Actor, name: string, message: string): Promise<void> {
    return this.update(actor, name, null, 'node.offline', async () => ({ offline: JSON.stringify({ by: actor.user, message, at: this.options.now() }) }));
  }
  online(actor: Actor, name: string): Promise<void> {
    return this.update(actor, name, null, 'node.online', async () => ({ offline: null }));
  }
  /** Its agent hears it at its next poll, and ends. */
  disconnect(actor: Actor, name: string, message: string): Promise<void> {
    return this.update(actor, name, null, 'node.disconnect', async (row) => {
      if (row.kind === 'built-in') throw new ApiError('MR_NODE_KIND');
      return { disconnected: JSON.stringify({ by: actor.user, message, at: this.options.now() }) };
    });
  }
  /** The old secret ends at once: an agent that is connected has to come again. */
  async rotateSecret(actor: Actor, name: string): Promise<string> {
    const secret = newSecret();
    await this.update(actor, name, null, 'node.secret', async (row) => {
      if (row.kind !== 'permanent') throw new ApiError('MR_NODE_KIND');
      return { secret_hash: hashSecret(secret), revision: row.revision + 1 };
    });
    return secret;
  }

  delete(actor: Actor, name: string, revision: number | null): Promise<void> {
    return this.options.audit.change(actor, async (tx, wakes, note) => {
      const row = await rowOf(tx, name, revision);
      if (row.kind === 'built-in') throw new ApiError('MR_NODE_KIND');
      // Touched first: a lease that is granted at the same time waits, and then finds it gone.
      await tx
        .updateTable('nodes')
        .set((e) => ({ revision: e.ref('revision') }))
        .where('id', '=', row.id)
        .execute();
      const held = await tx.selectFrom('leases').select('id').where('node_id', '=', row.id).limit(1).executeTakeFirst();
      if (held !== undefined) throw new ApiError('MR_NODE_BUSY');
      await tx.deleteFrom('work').where('node_id', '=', row.id).execute();
      await tx.deleteFrom('workspaces').where('node_id', '=', row.id).execute();
      await tx.deleteFrom('nodes').where('id', '=', row.id).execute();
      wakes.add('queue');
      wakes.add(`node ${row.id}`);
      wakes.add(`work ${row.id}`);
      note('node.delete', name);
    });
  }

  private update(
    actor: Actor,
    name: string,
    revision: number | null,
    action: string,
    change: (row: Row<'nodes'>) => Promise<Partial<Row<'nodes'>>>,
  ): Promise<void> {
    return this.options.audit.change(actor, async (tx, wakes, note) => {
      const row = await rowOf(tx, name, revision);
      await tx
        .updateTable('nodes')
        .set(await change(row))
        .where('id', '=', row.id)
        .execute();
      wakes.add('queue');
      wakes.add(`node ${row.id}`);
      wakes.add(`work ${row.id}`);
      note(action, name);
    });
  }
}

const FRESH = {
  kind: 'permanent',
  description: '',
  labels: '[]',
  executors: 1,
  mode: 'normal',
  root: null,
  env: '{}',
  cloud: null,
  cloud_ref: null,
  lease: null,
  retention: '{}',
  offline: null,
  disconnected: null,
  instance: null,
  session: null,
  seen_at: null,
  connected_at: null,
  facts: '{}',
  monitors: '{}',
  idle_since: null,
  revision: 1,
} as const satisfies Partial<NewRow<'nodes'>>;

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function columns({ labels, env, ...plain }: NodeSettings) {
  const set = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) as {
    description?: string;
    executors?: number;
    mode?: 'normal' | 'exclusive';
    root?: string | null;
  };
  return { ...set, ...(labels === undefined ? {} : { labels: JSON.stringify(labels) }), ...(env === undefined ? {} : { env: JSON.stringify(env) }) };
}

async function rowOf(tx: Tx, name: string, revision: number | null): Promise<Row<'nodes'>> {
  const row = await tx.selectFrom('nodes').selectAll().where('name', '=', name).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_NODE_UNKNOWN', name);
  if (revision !== null && row.revision !== revision) throw new ApiError('MR_REVISION');
  return row;
}
