/** Who a build concerns: as email-ext's recipient providers, of the addresses that commits and users have. */
import { causesOf } from '../builds/records.ts';
import { culpritsOf } from '../builds/revisions.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { bareAddress } from './channels/addresses.ts';

type Build = Row<'builds'>;

/** By the words of job settings, and by the symbols and classes of email-ext. */
const PROVIDERS: Readonly<Record<string, (db: Tx, build: Build) => Promise<readonly string[]>>> = {
  developers,
  culprits: async (db, build) => (await culpritsOf(db, build)).map((c) => c.email),
  requestor,
  upstreamDevelopers,
};
const CLASSES: Readonly<Record<string, string>> = {
  DevelopersRecipientProvider: 'developers',
  CulpritsRecipientProvider: 'culprits',
  RequesterRecipientProvider: 'requestor',
  requester: 'requestor',
  UpstreamComitterRecipientProvider: 'upstreamDevelopers',
  brokenBuildSuspects: 'culprits',
  FirstFailingBuildSuspectsRecipientProvider: 'culprits',
  FailingTestSuspectsRecipientProvider: 'culprits',
  brokenTestsSuspects: 'culprits',
};
const DEEPEST = 5,
  MOST = 200;

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
  const found: string[] = [];
  for (const word of words) {
    const provider = PROVIDERS[word];
    if (provider !== undefined) found.push(...(await provider(db, build)));
  }
  return unique(found.filter((address) => /^[^\s@]+@[^\s@]+$/.test(address)));
}

export function unique(addresses: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const one of addresses) if (!seen.has(bareAddress(one).toLowerCase())) seen.set(bareAddress(one).toLowerCase(), one);
  return [...seen.values()];
}

async function developers(db: Tx, { id }: Pick<Build, 'id'>): Promise<string[]> {
  const rows = await db.selectFrom('build_changes').select('email').distinct().where('build_id', '=', id).orderBy('email').limit(MOST).execute();
  return rows.map((row) => row.email);
}

async function requestor(db: Tx, build: Build): Promise<string[]> {
  const users = causesOf(build).flatMap(({ data }) => (typeof data?.['userId'] === 'string' ? [data['userId']] : []));
  if (users.length === 0) return [];
  const rows = await db.selectFrom('users').select('email').where('id', 'in', users).execute();
  return rows.flatMap((row) => row.email ?? []);
}

/** Of the builds that led to this one. */
async function upstreamDevelopers(db: Tx, build: Build): Promise<string[]> {
  const found: string[] = [];
  let at = [build];
  for (let deep = 0; deep < DEEPEST && at.length > 0; deep++) {
    const above: Build[] = [];
    for (const { data } of at.flatMap((one) => causesOf(one))) {
      const job = data?.['upstreamProject'],
        number = data?.['upstreamBuild'];
      if (typeof job !== 'string' || typeof number !== 'number') continue;
      const row = await db.selectFrom('builds').selectAll().where('job', '=', job).where('number', '=', number).executeTakeFirst();
      if (row !== undefined) above.push(row);
    }
    for (const one of above) found.push(...(await developers(db, one)));
    at = above;
  }
  return found;
}
