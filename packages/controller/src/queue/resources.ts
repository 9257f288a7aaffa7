/** What can be locked: declared by people, reserved by them, held and waited for by builds. */
import type { serverShapes } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { z } from 'zod';
import type { Actor, Audit } from '../auth/audit.ts';
import { parse } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';

export type Resource = z.infer<typeof serverShapes.resource>;
type Wait = Resource['waiting'][number];
/** As the engine's `lock` asks. */
interface LockRequest {
  readonly resource: string | null;
  readonly label: string | null;
  readonly extra?: readonly { readonly resource: string | null; readonly label: string | null }[];
}

export async function listResources({ db }: Store, name: string | null = null): Promise<Resource[]> {
  let query = db.selectFrom('resources').selectAll().orderBy('name');
  if (name !== null) query = query.where('name', '=', name);
  const rows = await query.execute();
  const locks = await db
    .selectFrom('locks')
    .leftJoin('builds', 'builds.id', 'locks.build_id')
    .selectAll('locks')
    .select(['builds.job as job', 'builds.number as number'])
    .where('locks.state', 'in', ['waiting', 'held'])
    .orderBy('locks.since')
    .orderBy('locks.id')
    .execute();
  return rows.map((row) => {
    const labels = parse<string[]>(row.labels);
    const holder = locks.find((l) => l.state === 'held' && parse<string[]>(l.resources).includes(row.name));
    return {
      name: row.name,
      labels,
      description: row.description,
      ephemeral: row.ephemeral === 1,
      reservedBy: row.reserved_by,
      note: row.note,
      properties: parse<{ [name: string]: string }>(row.properties),
      heldBy: holder === undefined ? null : waitOf(holder),
      waiting: locks.filter((l) => l.state === 'waiting' && wants(l.request, row.name, labels)).map(waitOf),
    };
  });
}

export async function resourceOf(store: Store, name: string): Promise<Resource> {
  const [found] = await listResources(store, name);
  if (found === undefined) throw new ApiError('MR_RESOURCE_UNKNOWN', name);
  return found;
}

function waitOf(lock: Row<'locks'> & { readonly job: string | null; readonly number: number | null }): Wait {
  return { lock: lock.id, build: lock.build_id, job: lock.job ?? '?', number: lock.number, since: lock.since };
}

function wants(text: string, name: string, labels: readonly string[]): boolean {
  const request = parse<LockRequest>(text);
  return [request, ...(request.extra ?? [])].some((one) => one.resource === name || (one.label !== null && labels.includes(one.label)));
}

export interface ResourceSettings {
  readonly labels?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly note?: string | undefined;
  readonly properties?: { readonly [name: string]: string } | undefined;
}

export class Resources {
  private readonly audit: Audit;
  constructor(audit: Audit) {
    this.audit = audit;
  }

  create(actor: Actor, name: string, settings: ResourceSettings): Promise<void> {
    return this.audit.change(actor, async (tx, wakes, note) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('resources')
        .values({ name, labels: '[]', description: '', ephemeral: 0, reserved_by: null, note: '', properties: '{}', ...columns(settings) })
        .onConflict((c) => c.column('name').doNothing())
        .executeTakeFirst();
      // One that a lock made for a while becomes a declared one.
      if (Number(numInsertedOrUpdatedRows ?? 0) === 0) {
        const { numUpdatedRows } = await tx
          .updateTable('resources')
          .set({ ephemeral: 0, ...columns(settings) })
          .where('name', '=', name)
          .where('ephemeral', '=', 1)
          .executeTakeFirst();
        if (Number(numUpdatedRows) === 0) throw new ApiError('MR_NAME_TAKEN', name);
      }
      wakes.add('locks');
      note('resource.create', name);
    });
  }

  change(actor: Actor, name: string, settings: ResourceSettings): Promise<void> {
    const set = columns(settings);
    if (Object.keys(set).length === 0) throw new ApiError('MR_REQUEST', 'Nothing is to be changed.');
    return this.audit.change(actor, async (tx, wakes, note) => {
      await rowOf(tx, name);
      await tx.updateTable('resources').set(set).where('name', '=', name).execute();
      wakes.add('locks');
      note('resource.change', name);
    });
  }

  delete(actor: Actor, name: string): Promise<void> {
    return this.audit.change(actor, async (tx, wakes, note) => {
      const row = await rowOf(tx, name);
      if (row.reserved_by !== null || (await isHeld(tx, name))) throw new ApiError('MR_RESOURCE_BUSY');
      await tx.deleteFrom('resources').where('name', '=', name).execute();
      wakes.add('locks');
      note('resource.delete', name);
    });
  }

  reserve(actor: Actor, name: string, text: string): Promise<void> {
    return this.audit.change(actor, async (tx, wakes, note) => {
      const row = await rowOf(tx, name);
      if ((row.reserved_by !== null && row.reserved_by !== actor.user) || (await isHeld(tx, name))) throw new ApiError('MR_RESOURCE_BUSY');
      await tx
        .updateTable('resources')
        .set({ reserved_by: actor.user, ...(text === '' ? {} : { note: text }) })
        .where('name', '=', name)
        .execute();
      wakes.add('locks');
      note('resource.reserve', name);
    });
  }

  /** `any`: somebody else's too. */
  unreserve(actor: Actor, name: string, any: boolean): Promise<void> {
    return this.audit.change(actor, async (tx, wakes, note) => {
      const row = await rowOf(tx, name);
      if (row.reserved_by !== null && row.reserved_by !== actor.user && !any) throw new ApiError('MR_RESOURCE_BUSY', `${row.reserved_by} has reserved it.`);
      await tx.updateTable('resources').set({ reserved_by: null }).where('name', '=', name).execute();
      wakes.add('locks');
      note('resource.unreserve', name);
    });
  }
}

function columns({ labels, description, note, properties }: ResourceSettings) {
  return {
    ...(labels === undefined ? {} : { labels: JSON.stringify(labels) }),
    ...(description === undefined ? {} : { description }),
    ...(note === undefined ? {} : { note }),
    ...(properties === undefined ? {} : { properties: JSON.stringify(properties) }),
  };
}

async function rowOf(tx: Tx, name: string): Promise<Row<'resources'>> {
  const row = await tx.selectFrom('resources').selectAll().where('name', '=', name).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_RESOURCE_UNKNOWN', name);
  return row;
}

async function isHeld(tx: Tx, name: string): Promise<boolean> {
  const held = await tx.selectFrom('locks').select('resources').where('state', '=', 'held').execute();
  return held.some((l) => parse<string[]>(l.resources).includes(name));
}
