/** Test results as they were kept: cases, suites, and one test over builds. */
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { parse } from './records.ts';

export interface TestFilter {
  readonly status?: 'passed' | 'failed' | 'skipped' | undefined;
  readonly suite?: string | undefined;
}

export async function listTests({ db }: Store, build: number, filter: TestFilter, after: number | null, limit: number) {
  let query = db.selectFrom('tests').selectAll().where('build_id', '=', build).orderBy('seq').limit(limit);
  if (after !== null) query = query.where('seq', '>', after);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.suite !== undefined) query = query.where('suite', '=', filter.suite);
  return query.execute();
}

export function shownCase(row: Row<'tests'>) {
  const detail =
    row.detail === null ? {} : parse<{ message?: string | null; trace?: string | null; stdout?: string | null; stderr?: string | null }>(row.detail);
  return {
    key: row.test_key,
    suite: row.suite,
    className: row.class_name,
    name: row.name,
    status: row.status,
    seconds: row.seconds,
    message: detail.message ?? null,
    trace: detail.trace ?? null,
    stdout: detail.stdout ?? null,
    stderr: detail.stderr ?? null,
  };
}

export async function listSuites({ db }: Store, build: number) {
  const rows = await db
    .selectFrom('tests')
    .select((e) => ['suite', 'status', e.fn.countAll<number>().as('count'), e.fn.sum<number>('seconds').as('seconds')])
    .where('build_id', '=', build)
    .groupBy(['suite', 'status'])
    .orderBy('suite')
    .execute();
  const suites = new Map<string, { name: string; total: number; failed: number; skipped: number; seconds: number }>();
  for (const { suite, status, count, seconds } of rows) {
    const one = suites.get(suite) ?? { name: suite, total: 0, failed: 0, skipped: 0, seconds: 0 };
    suites.set(suite, one);
    one.total += Number(count);
    one.seconds += Number(seconds);
    if (status === 'failed') one.failed += Number(count);
    if (status === 'skipped') one.skipped += Number(count);
  }
  return [...suites.values()];
}

/** A test that comes several times in a build counts by its worst. */
const WORSE = { skipped: 0, passed: 1, failed: 2 } as const;

/** Over the last builds that have it. Flakiness: of the pairs of neighbours that ran, how many differ. */
export async function testHistory({ db }: Store, item: number, key: string, builds: number) {
  const rows = await db
    .selectFrom('tests')
    .leftJoin('builds', 'builds.id', 'tests.build_id')
    .select(['tests.build_id as build', 'tests.number as number', 'tests.status as status', 'tests.seconds as seconds', 'builds.started_at as at'])
    .where('tests.item_id', '=', item)
    .where('tests.test_key', '=', key)
    .where('tests.number', 'in', (e) =>
      e.selectFrom('tests').select('number').distinct().where('item_id', '=', item).where('test_key', '=', key).orderBy('number', 'desc').limit(builds),
    )
    .orderBy('tests.number', 'desc')
    .orderBy('tests.seq')
    .execute();
  const entries = new Map<number, (typeof rows)[number]>();
  for (const row of rows) {
    const known = entries.get(row.number);
    if (known === undefined) entries.set(row.number, { ...row });
    else
      entries.set(row.number, { ...known, seconds: known.seconds + row.seconds, status: WORSE[row.status] > WORSE[known.status] ? row.status : known.status });
  }
  const all = [...entries.values()];
  const ran = all.filter((e) => e.status !== 'skipped');
  const flips = ran.filter((e, i) => i > 0 && e.status !== ran[i - 1]?.status).length;
  return { key, entries: all, flips, flakiness: ran.length < 2 ? 0 : flips / (ran.length - 1) };
}
