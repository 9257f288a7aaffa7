/** The tokens of a mail that need what the server keeps: the log, changes, causes, tests, the build before. As email-ext has them. */
import type { TokenArguments } from '@millrace/pipeline/job';
import { escapeHtml, replaceTokens, timeSpan } from '@millrace/pipeline/job';
import type { BlobStore } from '../blobs/blob-store.ts';
import { causesOf } from '../builds/records.ts';
import { BuildRecord } from '../logs/build-record.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { previousResult } from './at-end.ts';
import { changes, changesSince } from './change-tokens.ts';
import { failedTests, testCounts } from './test-tokens.ts';

export interface TokenFacts {
  readonly db: Tx;
  readonly blobs: BlobStore;
  readonly build: Row<'builds'>;
  /** So far. */
  readonly result: string;
  readonly rootUrl: string;
  readonly now: number;
  /** What scripts of the mail have written already. */
  readonly rendered?: readonly string[];
}

const LOG_LINES = 250,
  MOST_LINES = 5_000,
  LOG_BYTES = 1 << 20;

type Value = (facts: TokenFacts, args: TokenArguments) => Promise<string>;

const SUCCESS = ['SUCCESS'],
  NOT_FAILED = ['SUCCESS', 'UNSTABLE'];

const TOKENS: Readonly<Record<string, Value>> = {
  BUILD_STATUS: async ({ db, build, result }) => statusOf(result, build.number === null ? null : await previousResult(db, build.item_id, build.number)),
  BUILD_LOG: buildLog,
  CHANGES: ({ db, build }, args) => changes(db, build, args),
  CHANGES_SINCE_LAST_BUILD: ({ db, build }, args) => changes(db, build, args),
  CHANGES_SINCE_LAST_SUCCESS: ({ db, build }, args) => changesSince(db, build, SUCCESS, args),
  CHANGES_SINCE_LAST_UNSTABLE: ({ db, build }, args) => changesSince(db, build, NOT_FAILED, args),
  CAUSE: cause,
  BUILD_CAUSE: cause,
  CAUSES: cause,
  BUILD_USER: async ({ build }) => {
    const user = causesOf(build).find((one) => one.type === 'hudson.model.Cause$UserIdCause')?.data?.['userId'];
    return typeof user === 'string' ? user : 'Unknown';
  },
  JOB_DESCRIPTION: jobDescription,
  FAILED_TESTS: failedTests,
  TEST_COUNTS: testCounts,
  BUILD_DURATION: async ({ build, now }) => timeSpan(Math.max(0, (build.ended_at ?? now) - (build.started_at ?? now))),
  RENDERED: async ({ rendered }, args) => rendered?.[Number(args['n'])] ?? '',
  JENKINS_URL: async ({ rootUrl }) => rootUrl,
  HUDSON_URL: async ({ rootUrl }) => rootUrl,
};
/** These escape by themselves, or hold what is HTML already. */
const ESCAPED: ReadonlySet<string> = new Set(['FAILED_TESTS', 'RENDERED']);

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
  for (const [key, { name, args }] of wanted) {
    const value = await (TOKENS[name] as Value)(facts, args);
    values.set(key, args['escapeHtml'] === 'true' && !ESCAPED.has(name) ? escapeHtml(value) : value);
  }
  return texts.map((text) => replaceTokens(text, (name, args) => values.get(keyOf(name, args)) ?? null));
}

/** BuildStatusContent of email-ext. */
export function statusOf(result: string, previous: string | null): string {
  switch (result) {
    case 'FAILURE':
      return previous === 'FAILURE' ? 'Still Failing' : 'Failure';
    case 'UNSTABLE':
      return previous === 'UNSTABLE' ? 'Still Unstable' : 'Unstable';
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

async function buildLog({ db, blobs, build }: TokenFacts, args: TokenArguments): Promise<string> {
  const text = await logTail({ db, blobs }, build, LOG_BYTES);
  const longest = whole(args['maxLineLength'], 0);
  const lines = text.replace(/\n$/, '').split('\n').slice(-whole(args['maxLines'], LOG_LINES));
  const shown = lines.slice(0, Math.max(0, lines.length - whole(args['truncTailLines'], 0)));
  return shown.map((line) => (longest > 0 && line.length > longest ? `${line.slice(0, longest)}...` : line)).join('\n');
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

/** `data`: what of the build that started this one. */
async function cause({ build }: TokenFacts, args: TokenArguments): Promise<string> {
  const causes = causesOf(build);
  if (causes.length === 0) return 'N/A';
  const { data } = args;
  if (data === undefined) return causes.map((one) => one.text).join(', ');
  const field = { BUILD_URL: 'upstreamUrl', PROJECT_NAME: 'upstreamProject', BUILD_NUMBER: 'upstreamBuild' }[data];
  return causes.flatMap((one) => (field === undefined || one.data?.[field] === undefined ? [] : [String(one.data[field])])).join(', ');
}

async function jobDescription({ db, build }: TokenFacts, args: TokenArguments): Promise<string> {
  const item = await db.selectFrom('items').select('description').where('id', '=', build.item_id).executeTakeFirst();
  const text = item?.description ?? '';
  return args['removeNewlines'] === 'true' ? text.replace(/[\n\r]/g, ' ') : text;
}
