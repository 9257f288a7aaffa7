/** `$TEST_COUNTS` and `$FAILED_TESTS` of email-ext. */
import type { TokenArguments } from '@millrace/pipeline/job';
import { escapeHtml } from '@millrace/pipeline/job';
import { factsOf, parse } from '../builds/records.ts';
import { failingSince } from '../builds/test-failures.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

const MOST_TESTS = 200,
  /** Of one message or trace, characters. */
  LONGEST = 10_000;

interface Facts {
  readonly db: Tx;
  readonly build: Row<'builds'>;
}
interface Detail {
  readonly message?: string | null;
  readonly trace?: string | null;
}

/** Nothing where no tests ran. */
export async function testCounts({ build }: Facts, args: TokenArguments): Promise<string> {
  const { tests } = factsOf(build);
  if (tests === undefined) return '';
  switch ((args['var'] ?? 'total').toLowerCase()) {
    case 'total':
      return String(tests.total);
    case 'fail':
      return String(tests.failed);
    case 'skip':
      return String(tests.skipped);
    case 'pass':
      return String(tests.total - tests.failed - tests.skipped);
    default:
      return '';
  }
}

/** Follows FailedTestsContent: `maxLength` is in KB, and the test that goes beyond it is the last. */
export async function failedTests({ db, build }: Facts, args: TokenArguments): Promise<string> {
  const counts = factsOf(build).tests;
  if (counts === undefined) return 'No tests ran.';
  if (counts.failed === 0) return 'All tests passed';
  const html = args['escapeHtml'] === 'true';
  const br = html ? '<br/>' : '\n';
  const rows = await failedRows(db, build, args);
  const longest = args['maxLength'] === undefined ? Number.POSITIVE_INFINITY : Number(args['maxLength']) * 1024;
  const shown: string[] = [];
  let size = 0;
  for (const row of rows) {
    if (size > longest) break;
    const text = told(row, args, html, br);
    shown.push(text);
    size += text.length;
  }
  const others = counts.failed - shown.length;
  return [
    `${counts.failed} tests failed.`,
    shown.length > 0 ? br : '',
    ...shown,
    others > 0 && args['maxTests'] !== '0' ? `... and ${others} other failed tests.${br}` : '',
    size > longest ? `${br}... output truncated.${br}` : '',
  ].join('');
}

async function failedRows(db: Tx, build: Row<'builds'>, args: TokenArguments): Promise<Row<'tests'>[]> {
  const wanted = Number(args['maxTests'] ?? MOST_TESTS);
  const most = Number.isInteger(wanted) && wanted >= 0 ? Math.min(wanted, MOST_TESTS) : MOST_TESTS;
  const rows = await db
    .selectFrom('tests')
    .selectAll()
    .where('build_id', '=', build.id)
    .where('status', '=', 'failed')
    .orderBy('seq')
    .limit(args['onlyRegressions'] === 'true' ? MOST_TESTS : most)
    .execute();
  if (args['onlyRegressions'] !== 'true' || build.number === null) return rows;
  const keys = rows.map((row) => row.test_key);
  const since = await failingSince(db, build.item_id, build.number, keys);
  return rows.filter((row) => !since.has(row.test_key)).slice(0, most);
}

function told(row: Row<'tests'>, args: TokenArguments, html: boolean, br: string): string {
  const detail = row.detail === null ? {} : parse<Detail>(row.detail);
  const part = (title: string, text: string | null | undefined, is: string | undefined): string => {
    if (is === 'false' || text === null || text === undefined || text === '') return '';
    const short = text.slice(0, LONGEST);
    return `${br}${title}:${br}${html ? escapeHtml(short) : short}${br}`;
  };
  const name = `${row.class_name}.${row.name}`;
  const parts = part('Error Message', detail.message, args['showMessage']) + part('Stack Trace', detail.trace, args['showStack']);
  return `FAILED:  ${html ? escapeHtml(name) : name}${br}${parts}${parts === '' ? '' : br}`;
}
