/** The tests and artifacts of a build so far, as trusted libraries and templates of mails read them: what its rows say. */
import type { BuildArtifacts, BuildTestCase, BuildTestCases, BuildTestStatus, BuildTests, Json } from '@millrace/pipeline';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import type { AskContext } from '../ask-context.ts';
import { factsOf, parse } from '../records.ts';
import { failingSince, hadFailed } from '../test-failures.ts';

const MOST_CLASSES = 5_000,
  MOST_FAILED = 500,
  MOST_OTHERS = 5_000,
  MOST_ARTIFACTS = 1_000;
/** Characters of one text, and of all of an answer: a journal keeps them. */
const LONGEST = 10_000,
  MOST_TEXT = 1 << 20;
const BUILDS_LOOKED_AT = 100;

export async function buildTests(cx: AskContext<'other'>): Promise<void> {
  const { db } = cx.services.store;
  const classes = await classesOf(db, cx.build.id);
  const answer: BuildTests | null =
    classes.length === 0
      ? null
      : { ...(await totalsOf(db, cx.build.id)), previous: await previousTotals(db, cx.build), classes: classes.slice(0, MOST_CLASSES) };
  cx.answer(answer as unknown as Json);
}

async function classesOf(db: Tx, build: number): Promise<BuildTests['classes']> {
  const rows = await db
    .selectFrom('tests')
    .select((e) => [
      'suite',
      'class_name as name',
      e.fn.countAll<number>().as('total'),
      e.fn.countAll<number>().filterWhere('status', '=', 'failed').as('failed'),
      e.fn.countAll<number>().filterWhere('status', '=', 'skipped').as('skipped'),
      e.fn.sum<number>('seconds').as('seconds'),
      e.fn.min('seq').as('first'),
    ])
    .where('build_id', '=', build)
    .groupBy(['suite', 'class_name'])
    .orderBy('first')
    .limit(MOST_CLASSES)
    .execute();
  return rows.map(({ suite, name, ...of }) => ({ suite, name, ...numbers(of) }));
}

async function totalsOf(db: Tx, build: number) {
  const row = await db
    .selectFrom('tests')
    .select((e) => [
      e.fn.countAll<number>().as('total'),
      e.fn.countAll<number>().filterWhere('status', '=', 'failed').as('failed'),
      e.fn.countAll<number>().filterWhere('status', '=', 'skipped').as('skipped'),
      e.fn.sum<number>('seconds').as('seconds'),
    ])
    .where('build_id', '=', build)
    .executeTakeFirstOrThrow();
  return numbers(row);
}

/** PostgreSQL counts in texts. */
function numbers(row: { readonly total: unknown; readonly failed: unknown; readonly skipped: unknown; readonly seconds: unknown }) {
  return { total: Number(row.total), failed: Number(row.failed), skipped: Number(row.skipped), seconds: Number(row.seconds) };
}

/** Of the newest that has some among the last builds; its seconds are not kept with its counts. */
async function previousTotals(db: Tx, build: AskContext['build']): Promise<BuildTests['previous']> {
  const rows = await db
    .selectFrom('builds')
    .select(['number', 'facts'])
    .where('item_id', '=', build.itemId)
    .where('number', '<', build.number)
    .orderBy('number', 'desc')
    .limit(BUILDS_LOOKED_AT)
    .execute();
  for (const row of rows) {
    const { tests } = factsOf(row);
    if (tests !== undefined && tests.total > 0 && row.number !== null) return { number: row.number, ...tests, seconds: 0 };
  }
  return null;
}

export async function buildTestCases(cx: AskContext<'other'>, status: BuildTestStatus): Promise<void> {
  const { db } = cx.services.store;
  const rows = await db
    .selectFrom('tests')
    .selectAll()
    .where('build_id', '=', cx.build.id)
    .where('status', '=', status)
    .orderBy('seq')
    .limit(status === 'failed' ? MOST_FAILED : MOST_OTHERS)
    .execute();
  const keys = rows.map((row) => row.test_key);
  const since = status === 'failed' ? await failingSince(db, cx.build.itemId, cx.build.number, keys) : null;
  const before = status === 'passed' ? await hadFailed(db, cx.build.itemId, cx.build.number, keys) : null;
  const texts = new Texts();
  const cases = rows.map((row): BuildTestCase => {
    const began = since === null ? null : (since.get(row.test_key) ?? cx.build.number);
    return {
      seq: row.seq,
      suite: row.suite,
      className: row.class_name,
      name: row.name,
      seconds: row.seconds,
      ...texts.of(row, status),
      since: began,
      changed: began === null ? before?.has(row.test_key) === true : began === cx.build.number,
    };
  });
  cx.answer({ cases } satisfies BuildTestCases as unknown as Json);
}

class Texts {
  private left = MOST_TEXT;

  /** A passed test has no message; what it printed is on its page. */
  of(row: Row<'tests'>, status: BuildTestStatus): Pick<BuildTestCase, 'message' | 'trace' | 'stdout' | 'stderr'> {
    const detail =
      row.detail === null || status === 'passed' ? {} : parse<{ readonly [name in 'message' | 'trace' | 'stdout' | 'stderr']?: string | null }>(row.detail);
    return { message: this.cut(detail.message), trace: this.cut(detail.trace), stdout: this.cut(detail.stdout), stderr: this.cut(detail.stderr) };
  }
  private cut(text: string | null | undefined): string | null {
    if (text === null || text === undefined) return null;
    const short = text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}\n...[truncated ${text.length - LONGEST} chars]`;
    if (short.length > this.left) return null;
    this.left -= short.length;
    return short;
  }
}

export async function buildArtifacts(cx: AskContext<'other'>): Promise<void> {
  const { db } = cx.services.store;
  const files = await db.selectFrom('artifacts').select(['path', 'size']).where('build_id', '=', cx.build.id).orderBy('path').limit(MOST_ARTIFACTS).execute();
  cx.answer({ files } satisfies BuildArtifacts as unknown as Json);
}
