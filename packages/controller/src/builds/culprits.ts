/**
 * Whose changes a build's state may be due to, from the rows of what had changed in it and the builds before: the one answer
 * for the page, the API, job settings and `emailext`. Of shared libraries too, as Jenkins' change sets have theirs.
 */
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { failingSince } from './test-failures.ts';

type Build = Pick<Row<'builds'>, 'id' | 'item_id' | 'number'>;

export interface Culprit {
  readonly name: string;
  /** Empty: the commit has none. */
  readonly email: string;
}

const MOST_PEOPLE = 100;
/** Of a build's failed tests so many are looked at. */
const MOST_TESTS = 200;
const GOOD = ['SUCCESS', 'UNSTABLE'];

/**
 * Who has changed something since the last build that was a success, this build among them: at most 100, by name. Follows
 * RunWithSCM.calculateCulprits: each build that was none hands on those of the build before it, and one that still runs is
 * passed over. The build's own result decides nothing.
 */
export async function culpritsOf(db: Tx, build: Build): Promise<Culprit[]> {
  if (build.number === null) return [];
  const good = await lastEnded(db, build, build.number, ['SUCCESS']);
  return authorsOf(db, build, { after: good, to: build.number });
}

/** Who has changed something in this build. */
export async function developersOf(db: Tx, build: Build): Promise<Culprit[]> {
  return build.number === null ? [] : authorsOf(db, build, { after: build.number - 1, to: build.number });
}

/**
 * Who has changed something in some builds of the job, each once. Of those after the one number to the other the ended ones and
 * the build itself.
 */
async function authorsOf(db: Tx, build: Build, { after, to }: { readonly after: number; readonly to: number }): Promise<Culprit[]> {
  const rows = await db
    .selectFrom('build_changes')
    .innerJoin('builds', 'builds.id', 'build_changes.build_id')
    .select(['build_changes.author', 'build_changes.email'])
    .distinct()
    .where('build_changes.item_id', '=', build.item_id)
    .where('build_changes.number', '>', after)
    .where('build_changes.number', '<=', to)
    .where((e) => e.or([e('builds.state', '=', 'ended'), e('builds.id', '=', build.id)]))
    .orderBy('build_changes.author')
    .orderBy('build_changes.email')
    .limit(MOST_PEOPLE)
    .execute();
  const people = new Map(rows.map(({ author, email }) => [`${author}\0${email.toLowerCase()}`, { name: author, email }]));
  return [...people.values()];
}

/** The builds of whose people `brokenBuildSuspects` tells: that which failed first after the last that did not. None: this one has not failed. */
export async function firstFailed(db: Tx, build: Build, result: string | null): Promise<number[]> {
  if (build.number === null || result !== 'FAILURE') return [];
  const good = await lastEnded(db, build, build.number, GOOD);
  const first = await db
    .selectFrom('builds')
    .select('number')
    .where('item_id', '=', build.item_id)
    .where('number', '>', good)
    .where('number', '<', build.number)
    .where('state', '=', 'ended')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return [first?.number ?? build.number];
}

/**
 * The builds of whose people `brokenTestsSuspects` tells: those in which tests that fail in this build began to, with the
 * failed ones right before them, which may have hidden it.
 */
export async function brokeTests(db: Tx, build: Build): Promise<number[]> {
  if (build.number === null) return [];
  const failing = await db
    .selectFrom('tests')
    .select('test_key')
    .distinct()
    .where('build_id', '=', build.id)
    .where('status', '=', 'failed')
    .orderBy('test_key')
    .limit(MOST_TESTS)
    .execute();
  const keys = failing.map((test) => test.test_key);
  const since = await failingSince(db, build.item_id, build.number, keys);
  const found = new Set<number>();
  for (const key of keys) found.add(since.get(key) ?? build.number);
  for (const began of [...found]) for (const number of await failedBefore(db, build, began)) found.add(number);
  return [...found].sort((a, b) => a - b);
}

async function failedBefore(db: Tx, build: Build, number: number): Promise<number[]> {
  const rows = await db
    .selectFrom('builds')
    .select('number')
    .where('item_id', '=', build.item_id)
    .where('number', '>', await lastEnded(db, build, number, GOOD))
    .where('number', '<', number)
    .where('state', '=', 'ended')
    .orderBy('number', 'desc')
    .limit(MOST_PEOPLE)
    .execute();
  return rows.flatMap((row) => row.number ?? []);
}

/** The number of the newest build before with one of these results; 0: there is none. */
async function lastEnded(db: Tx, { item_id }: Build, before: number, results: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom('builds')
    .select('number')
    .where('item_id', '=', item_id)
    .where('number', '<', before)
    .where('result', 'in', results)
    .where('state', '=', 'ended')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.number ?? 0;
}
