/** Reports of `publishHTML`: of a build, and of a job the newest of each. Their files are blobs whose keys the paths tell. */
import type { JobReport, Report } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import { canBeHandedOver, transferKey } from '../nodes/transfers.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { askKey } from './ask-context.ts';
import { parse } from './records.ts';

/** What rows of them have as type. */
export const REPORT = 'html';
const MOST_NAMES = 100,
  /** Builds that are looked through for one that was good. */
  MOST_BUILDS = 100;
const GOOD: readonly (string | null)[] = ['SUCCESS', 'UNSTABLE'];

export type Published = Pick<Row<'published'>, 'build_id' | 'ask_id' | 'name' | 'data' | 'files'>;

export interface ReportData {
  readonly urlName: string;
  readonly pages: readonly Report['pages'][number][];
  /** Each build has its own; else the job keeps the newest alone. */
  readonly keepAll: boolean;
  /** The job's page leads to the newest, whatever its build's result is. */
  readonly alwaysLinkToLastBuild: boolean;
}

/** As the step gave it; an older program's told files alone. */
export function reportData(text: string): ReportData {
  const data = parse<Partial<ReportData> & { readonly files?: readonly string[] }>(text);
  return {
    urlName: data.urlName ?? '',
    pages: data.pages ?? (data.files ?? []).map((path) => ({ path, title: path })),
    keepAll: data.keepAll !== false,
    alwaysLinkToLastBuild: data.alwaysLinkToLastBuild === true,
  };
}

export async function listReports(db: Tx, build: number): Promise<Report[]> {
  const rows = await db
    .selectFrom('published')
    .selectAll()
    .where('build_id', '=', build)
    .where('type', '=', REPORT)
    .orderBy('name')
    .orderBy('ask_id')
    .execute();
  return rows.map(shown);
}

/** By name; of each the newest build's, or the newest good one's where the step wants that. */
export async function jobReports(db: Tx, item: number): Promise<JobReport[]> {
  const found: JobReport[] = [];
  for (let name = await nameAfter(db, item, null); name !== null && found.length < MOST_NAMES; name = await nameAfter(db, item, name)) {
    const rows = await db
      .selectFrom('published')
      .innerJoin('builds', 'builds.id', 'published.build_id')
      .select(['published.build_id', 'published.ask_id', 'published.name', 'published.data', 'published.files'])
      .select(['builds.number', 'builds.result', 'builds.started_at'])
      .where('published.type', '=', REPORT)
      .where('published.item_id', '=', item)
      .where('published.name', '=', name)
      .orderBy('published.number', 'desc')
      .orderBy('published.ask_id', 'desc')
      .limit(MOST_BUILDS)
      .execute();
    const [newest] = rows;
    if (newest === undefined) continue;
    const { keepAll, alwaysLinkToLastBuild } = reportData(newest.data);
    const row = !keepAll || alwaysLinkToLastBuild ? newest : rows.find(({ result }) => GOOD.includes(result));
    if (row !== undefined && row.number !== null) found.push({ ...shown(row), number: row.number, startedAt: row.started_at });
  }
  return found;
}

/** One look at the index for each name, however many builds have it. */
async function nameAfter(db: Tx, item: number, name: string | null): Promise<string | null> {
  let query = db.selectFrom('published').select('name').where('type', '=', REPORT).where('item_id', '=', item).orderBy('name').limit(1);
  if (name !== null) query = query.where('name', '>', name);
  return (await query.executeTakeFirst())?.name ?? null;
}

/** The blob of one of its files. Throws MR_REPORT_UNKNOWN where the build has no such report. */
export async function reportBlob(db: Tx, build: number, report: string, path: string): Promise<string> {
  const row = await db
    .selectFrom('published')
    .select('ask_id')
    .where('build_id', '=', build)
    .where('ask_id', '=', report)
    .where('type', '=', REPORT)
    .executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_REPORT_UNKNOWN', report);
  if (!canBeHandedOver(path)) throw new ApiError('MR_ARTIFACT_UNKNOWN', path);
  return fileBlob(build, row.ask_id, path);
}

function shown(row: Published): Report {
  const files = filesOf(row);
  const { urlName, pages } = reportData(row.data);
  return { id: row.ask_id, name: row.name, urlName, pages: [...pages], files: files.length };
}
function filesOf({ files }: Pick<Published, 'files'>): readonly string[] {
  return parse<{ readonly files?: readonly string[] }>(files).files ?? [];
}
function fileBlob(build: number, ask: string, path: string): string {
  return transferKey(build, askKey(build, ask), `file:${path}`);
}
/** Of what was published, whatever type it has. */
export function fileBlobs(row: Pick<Published, 'build_id' | 'ask_id' | 'files'>): string[] {
  return filesOf(row)
    .filter(canBeHandedOver)
    .map((path) => fileBlob(row.build_id, row.ask_id, path));
}
