/** `junit`: the machine hands the reports over, here they are read and kept as rows, one a test, for history and flakiness. */
import { text } from 'node:stream/consumers';
import type { Json, StdioRetention, TestSuite } from '@millrace/pipeline';
import { TestTally } from '@millrace/pipeline/job';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { transferKey } from '../../nodes/transfers.ts';
import type { NewRow } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import type { AskContext } from '../ask-context.ts';
import { mergedFacts } from '../end-build.ts';
import type { BuildRecordFacts } from '../records.ts';
import { work } from './work.ts';

const STATUS = { PASSED: 'passed', FAILED: 'failed', SKIPPED: 'skipped' } as const;
const ROWS = 500;
/** Asks of one build have room for a million tests each. */
const TESTS_OF_ASK = 1_000_000;

export function tests(blobs: BlobStore) {
  return (cx: AskContext<'tests'>): Promise<void> =>
    work(cx, cx.request.lease, {}, async (answer) => {
      const { files } = answer as unknown as { files: string[] };
      const retention = cx.request.retention as StdioRetention;
      const tally = new TestTally(retention);
      const cases: Omit<NewRow<'tests'>, 'seq'>[] = [];
      const keys = files.map((file) => transferKey(cx.build.id, cx.key, `report:${file}`));
      for (const [i, file] of files.entries()) {
        const report = await text(await blobs.read(keys[i] as string));
        cases.push(...casesOf(cx, tally.add(file, report)));
      }
      const summary = tally.summary();
      if (summary.refused === null) await keep(cx, cases);
      return { value: summary as unknown as Json, after: () => blobs.delete(keys) };
    });
}

function casesOf(cx: AskContext, suites: readonly TestSuite[]): Omit<NewRow<'tests'>, 'seq'>[] {
  return suites.flatMap((suite) =>
    suite.cases.map((one) => {
      const detail = { message: one.message, trace: one.details, stdout: one.stdout, stderr: one.stderr };
      return {
        build_id: cx.build.id,
        item_id: cx.build.itemId,
        number: cx.build.number,
        suite: suite.name,
        test_key: `${one.className}.${one.name}`,
        class_name: one.className,
        name: one.name,
        status: STATUS[one.status],
        seconds: one.duration,
        detail: Object.values(detail).some((d) => d !== null) ? JSON.stringify(detail) : null,
      };
    }),
  );
}

/** All of one ask, once: what it kept before a crash is replaced. */
async function keep(cx: AskContext, cases: readonly Omit<NewRow<'tests'>, 'seq'>[]): Promise<void> {
  await cx.services.store.write(async (tx, wakes) => {
    const base = askNumber(cx.ask.id) * TESTS_OF_ASK;
    await tx
      .deleteFrom('tests')
      .where('build_id', '=', cx.build.id)
      .where('seq', '>=', base)
      .where('seq', '<', base + TESTS_OF_ASK)
      .execute();
    for (let at = 0; at < cases.length; at += ROWS)
      await tx
        .insertInto('tests')
        .values(cases.slice(at, at + ROWS).map((one, i) => ({ ...one, seq: base + at + i })))
        .execute();
    // Locked first: who changes the build's name writes the same facts.
    await tx
      .updateTable('builds')
      .set((e) => ({ facts: e.ref('facts') }))
      .where('id', '=', cx.build.id)
      .execute();
    const facts = await mergedFacts(tx, cx.build.id, { tests: await countsOf(tx, cx.build.id) });
    await tx.updateTable('builds').set({ facts }).where('id', '=', cx.build.id).execute();
    wakes.add(`build ${cx.build.id}`);
  });
}

/** Over all reports of the build. */
async function countsOf(tx: Tx, build: number): Promise<NonNullable<BuildRecordFacts['tests']>> {
  const rows = await tx
    .selectFrom('tests')
    .select(['status', (e) => e.fn.countAll<number>().as('count')])
    .where('build_id', '=', build)
    .groupBy('status')
    .execute();
  const of = (status: string): number => Number(rows.find((r) => r.status === status)?.count ?? 0);
  return { total: rows.reduce((sum, r) => sum + Number(r.count), 0), failed: of('failed'), skipped: of('skipped') };
}

/** The numbers of the tests that an ask has kept. */
export function testsOf(ask: string): { readonly from: number; readonly to: number } {
  const from = askNumber(ask) * TESTS_OF_ASK;
  return { from, to: from + TESTS_OF_ASK };
}

/** `0:12` of the main thread is 12; those of branches are spread by their path. */
function askNumber(id: string): number {
  let hash = 0;
  for (const c of id) hash = (hash * 31 + c.charCodeAt(0)) % 2_000;
  return hash;
}
