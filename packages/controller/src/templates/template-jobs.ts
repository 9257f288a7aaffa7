/** The jobs of a template: which they are, and another version for them. */
import type { TemplateJob, VersionChange, VersionOutcome } from '@millrace/protocol';
import { ApiError, templateShapes } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import type { Principal } from '../auth/principal.ts';
import { can } from '../auth/principal.ts';
import { parse } from '../builds/records.ts';
import { visible } from '../jobs/items.ts';
import { isAtOrBelow } from '../store/below.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { readOnce } from './read-once.ts';
import type { Templates } from './templates.ts';
import { templateColumns, templateKey, templateOf } from './templates.ts';

export interface TemplateOf {
  readonly library: string;
  readonly template: string;
}

function jobsOf(db: Tx, principal: Principal, { library, template }: TemplateOf, folder: string | null) {
  const query = db
    .selectFrom('items')
    .where('template', '=', templateKey(library, template))
    .where('deleted', '=', 0)
    .where(visible(principal, null) as never);
  return folder === null ? query : query.where(isAtOrBelow('full_name', folder));
}

/** By name, from after `after`. */
export async function listTemplateJobs(
  db: Tx,
  principal: Principal,
  of: TemplateOf,
  folder: string | null,
  after: string | null,
  limit: number,
): Promise<TemplateJob[]> {
  let query = jobsOf(db, principal, of, folder).select(['full_name', 'template_version', 'revision', 'disabled']).orderBy('full_name').limit(limit);
  if (after !== null) query = query.where('full_name', '>', after);
  const rows = await query.execute();
  return rows.map((row) => ({ path: row.full_name, version: row.template_version, revision: row.revision, disabled: row.disabled === 1 }));
}

const MOST_COUNTED = 10_000;
export async function countTemplateJobs(db: Tx, principal: Principal, of: TemplateOf, folder: string | null): Promise<number> {
  const some = jobsOf(db, principal, of, folder).select('id').limit(MOST_COUNTED).as('some');
  const { n } = await db
    .selectFrom(some)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

export interface VersionServices {
  readonly store: Store;
  readonly audit: Audit;
  readonly templates: Templates;
  readonly now: () => number;
}

type JobOutcome = VersionOutcome['jobs'][number];
type Refused = Pick<JobOutcome, 'outcome' | 'errors'>;

/**
 * A portion of jobs at another version. `act` false: it is only told which fit. Else those that fit get it, all of the portion in one
 * transaction; asked again, they have it already. Throws the codes of a template that cannot be read at that version.
 */
export async function changeVersion(
  { store, audit, templates, now }: VersionServices,
  { actor, principal }: { readonly actor: Actor; readonly principal: Principal },
  of: TemplateOf,
  request: VersionChange,
  act: boolean,
): Promise<VersionOutcome> {
  const choice = { ...of, version: request.version };
  await templates.read(choice, request.folder);
  const { rows, next } = await portion(store.db, principal, of, request);
  const read = readOnce(templates);
  const outcomes = new Map<string, JobOutcome>();
  const fitting: Row<'items'>[] = [];
  for (const row of rows) {
    const { outcome, errors } = await judged(row);
    if (outcome === 'fits') fitting.push(row);
    outcomes.set(row.full_name, { path: row.full_name, before: row.template_version, outcome, errors });
  }
  if (act && fitting.length > 0) for (const [path, outcome] of await moveAll()) outcomes.set(path, { ...(outcomes.get(path) as JobOutcome), ...outcome });
  return { jobs: (request.jobs ?? rows.map((row) => row.full_name)).map((path) => outcomes.get(path) ?? UNKNOWN(path)), next };

  async function judged(row: Row<'items'>): Promise<Refused> {
    const definition = templateOf(parse(row.config));
    if (definition === null || row.template !== templateKey(of.library, of.template)) return { outcome: 'other', errors: [] };
    if (definition.version === request.version) return { outcome: 'same', errors: [] };
    if (act && !can(principal, 'item.configure', row.full_name)) return refused('#', 'this user may not configure it');
    const folder = row.full_name.includes('/') ? row.full_name.slice(0, row.full_name.lastIndexOf('/')) : null;
    try {
      const errors = await templates.problems(await read(choice, folder), folder, definition.parameters);
      return errors.length === 0 ? { outcome: 'fits', errors } : { outcome: 'refused', errors };
    } catch (error) {
      // In its folder the library is another one.
      if (!(error instanceof ApiError)) throw error;
      return refused('#/definition/version', error.message);
    }
  }

  function moveAll(): Promise<Map<string, Refused>> {
    return audit.change(actor, async (tx, wakes, note) => {
      const done = new Map<string, Refused>();
      const current = await tx
        .selectFrom('items')
        .selectAll()
        .where(
          'id',
          'in',
          fitting.map((row) => row.id),
        )
        .execute();
      const byId = new Map(current.map((row) => [row.id, row]));
      for (const { id, full_name: path, revision } of fitting) {
        const row = byId.get(id);
        if (row === undefined || row.revision !== revision || row.deleted === 1) {
          done.set(path, refused('#', 'it was changed meanwhile'));
          continue;
        }
        const config = parse<{ definition: object }>(row.config);
        const changed = { ...config, definition: { ...config.definition, version: request.version } };
        await tx
          .updateTable('items')
          .set({ config: JSON.stringify(changed), ...templateColumns(changed), revision: revision + 1, updated_at: now() })
          .where('id', '=', id)
          .execute();
        wakes.add(`job ${id}`);
        note('item.template', path, { revision: revision + 1, library: of.library, template: of.template, from: row.template_version, to: request.version });
        done.set(path, { outcome: 'moved', errors: [] });
      }
      wakes.add('queue');
      return done;
    });
  }
}

const UNKNOWN = (path: string): JobOutcome => ({ path, before: null, ...refused('#', 'there is no such job') });

function refused(pointer: string, detail: string): Refused {
  return { outcome: 'refused', errors: [{ pointer, detail }] };
}

async function portion(
  db: Tx,
  principal: Principal,
  of: TemplateOf,
  { folder, jobs, after }: VersionChange,
): Promise<{ readonly rows: readonly Row<'items'>[]; readonly next: string | null }> {
  if (jobs !== null) {
    if (jobs.length === 0) return { rows: [], next: null };
    const found = await db.selectFrom('items').selectAll().where('full_name', 'in', jobs).where('deleted', '=', 0).execute();
    return { rows: found.filter((row) => can(principal, 'item.view', row.full_name)), next: null };
  }
  let query = jobsOf(db, principal, of, folder).selectAll().orderBy('full_name').limit(templateShapes.JOBS_AT_ONCE);
  if (after !== null) query = query.where('full_name', '>', after);
  const rows = await query.execute();
  return { rows, next: rows.length < templateShapes.JOBS_AT_ONCE ? null : (rows.at(-1) as Row<'items'>).full_name };
}
