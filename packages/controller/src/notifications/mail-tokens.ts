/** The tokens of a mail that need what the server keeps: the log, changes, causes, tests, the build before. As email-ext has them. */
import type { TokenArguments } from '@millrace/pipeline/job';
import { replaceTokens } from '@millrace/pipeline/job';
import type { BlobStore } from '../blobs/blob-store.ts';
import { causesOf, factsOf } from '../builds/records.ts';
import { BuildRecord } from '../logs/build-record.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { previousResult } from './at-end.ts';

export interface TokenFacts {
  readonly db: Tx;
  readonly blobs: BlobStore;
  readonly build: Row<'builds'>;
  /** So far. */
  readonly result: string;
  readonly rootUrl: string;
  /** What scripts of the mail have written already. */
  readonly rendered?: readonly string[];
}

const LOG_LINES = 250,
  MOST_LINES = 5_000,
  LOG_BYTES = 1 << 20,
  MOST_CHANGES = 200,
  MOST_TESTS = 200;

type Value = (facts: TokenFacts, args: TokenArguments) => Promise<string>;

const TOKENS: Readonly<Record<string, Value>> = {
  BUILD_STATUS: async ({ db, build, result }) => statusOf(result, build.number === null ? null : await previousResult(db, build.item_id, build.number)),
  BUILD_LOG: (facts, args) => logEnd(facts, whole(args['maxLines'], LOG_LINES)),
  BUILD_LOG_EXCERPT: (facts, args) => logEnd(facts, whole(args['maxLines'], LOG_LINES)),
  CHANGES: changes,
  CHANGES_SINCE_LAST_SUCCESS: changes,
  CHANGES_SINCE_LAST_UNSTABLE: changes,
  CAUSE: async ({ build }) => causesOf(build)[0]?.text ?? 'N/A',
  BUILD_CAUSE: async ({ build }) => causesOf(build)[0]?.text ?? 'N/A',
  CAUSES: async ({ build }) =>
    causesOf(build)
      .map((c) => c.text)
      .join(', '),
  FAILED_TESTS: failedTests,
  TEST_COUNTS: async ({ build }, args) => {
    const tests = factsOf(build).tests ?? { total: 0, failed: 0, skipped: 0 };
    const counts: Readonly<Record<string, number>> = {
      total: tests.total,
      fail: tests.failed,
      skip: tests.skipped,
      pass: tests.total - tests.failed - tests.skipped,
    };
    return String(counts[args['var'] ?? 'total'] ?? '');
  },
  BUILD_DURATION: async () => '',
  RENDERED: async ({ rendered }, args) => rendered?.[Number(args['n'])] ?? '',
  JENKINS_URL: async ({ rootUrl }) => rootUrl,
  HUDSON_URL: async ({ rootUrl }) => rootUrl,
};

/** `$X` that is no token stays as it is. */
export async function fillTokens(facts: TokenFacts, texts: readonly string[]): Promise<string[]> {
  const wanted = new Map<string, { readonly name: string; readonly args: TokenArguments }>();
  const keyOf = (name: string, args: TokenArguments): string => `${name} ${JSON.stringify(args)}`;
  for (const text of texts)
    replaceTokens(text, (name, args) => {
      if (Object.hasOwn(TOKENS, name)) wanted.set(keyOf(name, args), { name, args });
      return null;
    });
  const values = new Map<string, string>();
  for (const [key, { name, args }] of wanted) values.set(key, await (TOKENS[name] as Value)(facts, args));
  return texts.map((text) => replaceTokens(text, (name, args) => values.get(keyOf(name, args)) ?? null));
}

/** BuildStatusContent of email-ext. */
export function statusOf(result: string, previous: string | null): string {
  switch (result) {
    case 'FAILURE':
      return previous === 'FAILURE' ? 'Still Failing' : 'Failure';
    case 'UNSTABLE':
      return previous === 'UNSTABLE' ? 'Still Unstable' : previous === 'FAILURE' ? 'Unstable' : 'Unstable';
    case 'SUCCESS':
      return previous === 'FAILURE' || previous === 'UNSTABLE' ? 'Fixed' : 'Successful';
    case 'NOT_BUILT':
      return 'Not Built';
    case 'ABORTED':
      return 'Aborted';
    default:
      return 'Unknown';
  }
}

function whole(text: string | undefined, otherwise: number): number {
  const n = Number(text);
  return text !== undefined && Number.isInteger(n) && n > 0 ? Math.min(n, MOST_LINES) : otherwise;
}

async function logEnd({ db, blobs, build }: TokenFacts, lines: number): Promise<string> {
  const text = await logTail({ db, blobs }, build, LOG_BYTES);
  const all = text.replace(/\n$/, '').split('\n');
  return all.slice(-lines).join('\n');
}

/** The end of what is in the log by now. */
export async function logTail(stores: { readonly db: Tx; readonly blobs: BlobStore }, build: Row<'builds'>, bytes: number): Promise<string> {
  const record = new BuildRecord(stores, build);
  const size = await record.logSize();
  const parts: string[] = [];
  for await (const { log, log_at } of record.log(await record.flushAt(Math.max(0, size - bytes)))) {
    if (log === null) continue;
    const before = size - bytes - log_at;
    parts.push(
      before <= 0
        ? log
        : Buffer.from(log)
            .subarray(before)
            .toString('utf8')
            .replace(/^\uFFFD+/, ''),
    );
  }
  return parts.join('');
}

async function changes({ db, build }: TokenFacts, args: TokenArguments): Promise<string> {
  const rows = await db
    .selectFrom('build_changes')
    .select(['author', 'title', 'commit_id'])
    .where('build_id', '=', build.id)
    .orderBy('n')
    .limit(MOST_CHANGES)
    .execute();
  if (rows.length === 0) return args['default'] ?? 'No changes';
  return rows
    .map((row) => `[${row.author}] ${row.title}${args['showCommit'] === 'true' && row.commit_id !== null ? ` (${row.commit_id.slice(0, 12)})` : ''}`)
    .join('\n');
}

async function failedTests({ db, build }: TokenFacts, args: TokenArguments): Promise<string> {
  const rows = await db
    .selectFrom('tests')
    .select(['class_name', 'name'])
    .where('build_id', '=', build.id)
    .where('status', '=', 'failed')
    .orderBy('seq')
    .limit(Math.min(whole(args['maxTests'], MOST_TESTS), MOST_TESTS))
    .execute();
  if (rows.length === 0) return 'All tests passed';
  return [`${factsOf(build).tests?.failed ?? rows.length} tests failed.`, ...rows.map((t) => `FAILED: ${t.class_name}.${t.name}`)].join('\n');
}
