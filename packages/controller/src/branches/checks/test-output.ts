/** What the check of a `junit` step shows. Follows JUnitChecksPublisher of Jenkins' junit plug-in. */
import { parse } from '../../builds/records.ts';
import type { Tx } from '../../store/store.ts';
import type { CheckOutput } from './check-said.ts';
import { LARGEST_TEXT } from './check-said.ts';
import { fenced, plain } from './markdown.ts';

interface Detail {
  readonly message: string | null;
  readonly trace: string | null;
  readonly stdout: string | null;
  readonly stderr: string | null;
}

const MOST_SHOWN = 200,
  /** Of one test's trace or output. */
  LONGEST = 10_000,
  MORE = '\nMore failed tests are on the build’s page.\n';

/** `from` and `to`: the numbers of its tests. */
export async function testOutput(db: Tx, build: number, { from, to }: { readonly from: number; readonly to: number }): Promise<CheckOutput> {
  const own = db.selectFrom('tests').where('build_id', '=', build).where('seq', '>=', from).where('seq', '<', to);
  const counts = await own
    .select(['status', (e) => e.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute();
  const count = (status: string): number => Number(counts.find((row) => row.status === status)?.count ?? 0);
  const failed = await own.select(['class_name', 'name', 'detail']).where('status', '=', 'failed').orderBy('seq').limit(MOST_SHOWN).execute();
  let text = '',
    shown = 0;
  for (const { class_name: className, name, detail } of failed) {
    const report = reportOf(`${className}.${name}`, detail === null ? null : parse<Detail>(detail));
    if (text.length + report.length > LARGEST_TEXT - MORE.length) break;
    text += report;
    shown++;
  }
  if (shown < count('failed')) text += MORE;
  const parts = [
    [count('failed'), 'failed'],
    [count('skipped'), 'skipped'],
    [count('passed'), 'passed'],
  ] as const;
  const [only] = failed;
  const title =
    count('failed') === 1 && only !== undefined
      ? `${only.class_name}.${only.name} failed`
      : parts
          .filter(([n]) => n > 0)
          .map(([n, word]) => `${word}: ${n}`)
          .join(', ');
  return { title: title.slice(0, 255), summary: parts.map(([n, word]) => `${word}: ${n}`).join(', '), text };
}

function reportOf(name: string, detail: Detail | null): string {
  const fold = (title: string, body: string | null): string =>
    body === null || body.trim() === '' ? '' : `<details><summary>${title}</summary>\n\n${fenced(plain(body).trim().slice(0, LONGEST))}\n</details>\n`;
  const message = detail?.message == null || detail.message.trim() === '' ? '' : `${fenced(plain(detail.message).trim().slice(0, LONGEST))}\n`;
  const folds = [fold('Stack trace', detail?.trace ?? null), fold('Standard error', detail?.stderr ?? null), fold('Standard out', detail?.stdout ?? null)];
  return `## \`${name.replaceAll('`', "'").trim()}\`\n${message}${folds.join('')}\n`;
}
