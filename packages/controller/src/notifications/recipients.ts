/** Who a build concerns: as email-ext's recipient providers, of the addresses that commits and users have. */
import type { Culprit } from '../builds/culprits.ts';
import { brokeTests, culpritsOf, developersOf, firstFailed } from '../builds/culprits.ts';
import { causesOf } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { bareAddress } from './channels/addresses.ts';

type Build = Row<'builds'>;

/** What is told of a build that may still run: its result so far is the caller's. */
type Provider = (db: Tx, build: Build) => Promise<readonly string[]>;

/** By the words of job settings, and by the symbols and classes of email-ext. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  developers: async (db, build) => emails(await developersOf(db, build)),
  culprits: async (db, build) => emails(await culpritsOf(db, build)),
  requestor: async (db, build) => usersOf(db, await rootsOf(db, build)),
  upstreamDevelopers: async (db, build) => (await each(await aboveOf(db, build), (one) => developersOf(db, one))).map((c) => c.email),
  brokenBuildSuspects: async (db, build) => suspects(db, build, await firstFailed(db, build, build.result)),
  brokenTestsSuspects: async (db, build) => suspects(db, build, await brokeTests(db, build)),
};
const CLASSES: Readonly<Record<string, string>> = {
  DevelopersRecipientProvider: 'developers',
  CulpritsRecipientProvider: 'culprits',
  RequesterRecipientProvider: 'requestor',
  requester: 'requestor',
  UpstreamComitterRecipientProvider: 'upstreamDevelopers',
  FirstFailingBuildSuspectsRecipientProvider: 'brokenBuildSuspects',
  FailingTestSuspectsRecipientProvider: 'brokenTestsSuspects',
};
export const PROVIDER_WORDS = Object.keys(PROVIDERS).join(', ');
const DEEPEST = 5;

export function isProvider(word: string): boolean {
  return Object.hasOwn(PROVIDERS, word);
}
export function providerOf(symbol: string): string | null {
  const word = symbol.replace(/^.*\./, '');
  const name = CLASSES[word] ?? word;
  return isProvider(name) ? name : null;
}

/** Each once; those without an address are left out. */
export async function addressesOf(db: Tx, build: Build, words: readonly string[]): Promise<string[]> {
  const found = (await each(words, async (word) => (await PROVIDERS[word]?.(db, build)) ?? [])).filter((address) => /^[^\s@]+@[^\s@]+$/.test(address));
  return unique(found);
}

export function unique(addresses: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const one of addresses) if (!seen.has(bareAddress(one).toLowerCase())) seen.set(bareAddress(one).toLowerCase(), one);
  return [...seen.values()];
}

function emails(people: readonly Culprit[]): string[] {
  return people.map((one) => one.email);
}

/** Who has changed something in builds of the job, and who has started them. */
async function suspects(db: Tx, build: Build, numbers: readonly number[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const rows = await db.selectFrom('builds').selectAll().where('item_id', '=', build.item_id).where('number', 'in', numbers).orderBy('number').execute();
  return [...emails(await each(rows, (row) => developersOf(db, row))), ...(await usersOf(db, rows))];
}

async function usersOf(db: Tx, builds: readonly Build[]): Promise<string[]> {
  const users = builds.flatMap(causesOf).flatMap(({ data }) => (typeof data?.['userId'] === 'string' ? [data['userId']] : []));
  if (users.length === 0) return [];
  const rows = await db.selectFrom('users').select('email').where('id', 'in', users).execute();
  return rows.flatMap((row) => row.email ?? []);
}

/** The builds that started this one, by the nearest causes. */
async function startersOf(db: Tx, build: Build): Promise<Build[]> {
  return each(causesOf(build), async ({ data }) => {
    const job = data?.['upstreamProject'],
      number = data?.['upstreamBuild'];
    if (typeof job !== 'string' || typeof number !== 'number') return [];
    return db.selectFrom('builds').selectAll().where('job', '=', job).where('number', '=', number).execute();
  });
}

/** The builds that led to this one. */
async function aboveOf(db: Tx, build: Build): Promise<Build[]> {
  const found = new Map<number, Build>();
  let at = [build];
  for (let deep = 0; deep < DEEPEST && at.length > 0; deep++) {
    at = (await each(at, (one) => startersOf(db, one))).filter((one) => !found.has(one.id));
    for (const one of at) found.set(one.id, one);
  }
  return [...found.values()];
}

/** Where it all began: this build, or those above it that no other has started. */
async function rootsOf(db: Tx, build: Build): Promise<Build[]> {
  return each([build, ...(await aboveOf(db, build))], async (one) => ((await startersOf(db, one)).length === 0 ? [one] : []));
}

async function each<T, R>(all: readonly T[], act: (one: T) => Promise<readonly R[]>): Promise<R[]> {
  const found: R[] = [];
  for (const one of all) found.push(...(await act(one)));
  return found;
}
