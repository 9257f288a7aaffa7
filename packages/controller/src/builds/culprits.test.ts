import assert from 'node:assert/strict';
import { it } from 'node:test';
import { putBuild, putJob } from '../http/testing/builds.ts';
import { addressesOf } from '../notifications/recipients.ts';
import type { Row } from '../store/schema.ts';
import { Store } from '../store/store.ts';
import type { Databases } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { culpritsOf } from './culprits.ts';
import { keepRevision } from './revisions.ts';
import { showRevisions } from './show-revisions.ts';

interface Told {
  /** null: it still runs. */
  readonly result: string | null;
  readonly by?: readonly string[];
  /** Changes of a library. */
  readonly library?: readonly string[];
  readonly failedTests?: readonly string[];
  readonly passedTests?: readonly string[];
  readonly causes?: readonly object[];
}

/** A job whose builds are as told, from number 1. */
async function history(databases: Databases, builds: readonly Told[]) {
  const store = await Store.open({ ...(await databases.make()), origin: 'test' });
  const item = await putJob(store, 'app');
  for (const [i, { result, by = [], library = [], failedTests = [], passedTests = [], causes }] of builds.entries()) {
    const number = i + 1;
    const id = await putBuild(store, item, 'app', number, {
      ...(result === null ? { state: 'running', result, ended_at: null } : { result }),
      causes: JSON.stringify(causes ?? []),
    });
    const changes = (people: readonly string[]) => people.map((name) => ({ title: 't', comment: '', paths: [], author: name, email: addressOf(name) }));
    const common = { url: 'u', branch: 'main', commit: 'c', poll: true, more: false };
    await store.write(async (tx) => {
      const build = { id, itemId: item, number };
      await keepRevision(tx, build, { ...common, askId: '0:1', kind: 'checkout', changes: changes(by) });
      if (library.length > 0) await keepRevision(tx, build, { ...common, askId: 'library:lib', kind: 'library', name: 'lib', changes: changes(library) });
      for (const [seq, name] of [...failedTests, ...passedTests].entries()) {
        const status = seq < failedTests.length ? 'failed' : 'passed';
        const row = { build_id: id, item_id: item, number, seq, suite: 's', test_key: name, class_name: 'C', name, status, seconds: 0, detail: null } as const;
        await tx.insertInto('tests').values(row).execute();
      }
    });
  }
  const row = (number: number): Promise<Row<'builds'>> => store.db.selectFrom('builds').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
  return {
    store,
    row,
    culprits: async (number: number): Promise<string[]> => (await culpritsOf(store.db, await row(number))).map((c) => c.name),
    mailed: async (number: number, provider: string, result?: string): Promise<string[]> =>
      (await addressesOf(store.db, { ...(await row(number)), ...(result === undefined ? {} : { result }) }, [provider])).map((a) =>
        a.replace('@example.com', ''),
      ),
  };
}
const addressOf = (name: string): string => `${name.toLowerCase()}@example.com`;

eachEngine('culprits', (databases) => {
  it('are the authors since the last success, of sources and libraries, as the page, the API and mails tell them', async () => {
    const { store, row, culprits, mailed } = await history(databases, [
      { result: 'FAILURE', by: ['Old'] },
      { result: 'SUCCESS', by: ['Good'] },
      { result: 'UNSTABLE', by: ['Ann'], library: ['Lib'] },
      { result: 'ABORTED', by: ['Bob'] },
      { result: null, by: ['Runs'] },
      { result: 'FAILURE', by: ['Cid', 'Ann'] },
      { result: 'SUCCESS', by: ['Fix'] },
      { result: 'SUCCESS', by: ['Last'] },
    ]);
    assert.deepEqual(await culprits(1), ['Old']);
    assert.deepEqual(await culprits(2), ['Good', 'Old']);
    assert.deepEqual(await culprits(3), ['Ann', 'Lib']);
    assert.deepEqual(await culprits(5), ['Ann', 'Bob', 'Lib', 'Runs']);
    assert.deepEqual(await culprits(6), ['Ann', 'Bob', 'Cid', 'Lib'], 'a build that still runs hands on nothing');
    assert.deepEqual(await culprits(7), ['Ann', 'Bob', 'Cid', 'Fix', 'Lib'], 'the one that is good again has those of the bad ones');
    assert.deepEqual(await culprits(8), ['Last']);
    const { culprits: shown } = await showRevisions(store.db, await row(6));
    assert.deepEqual(
      shown.map((c) => c.email),
      (await addressesOf(store.db, await row(6), ['culprits'])).sort(),
    );
    assert.deepEqual(await mailed(6, 'developers'), ['ann', 'cid']);
    await store.close();
  });

  it('two people of one name are two, one address is told once', async () => {
    const { store, row } = await history(databases, [{ result: 'FAILURE' }]);
    const { id, item_id: itemId } = await row(1);
    const people = [
      ['Kim', 'kim@one.example'],
      ['Kim', 'kim@two.example'],
      ['Kim', 'KIM@two.example'],
      ['Nobody', ''],
    ] as const;
    const changes = people.map(([author, email]) => ({ title: 't', comment: '', paths: [], author, email }));
    const revision = { askId: 'x', kind: 'checkout', url: 'u', branch: 'b', commit: 'c', poll: true, more: false, changes } as const;
    await store.write((tx) => keepRevision(tx, { id, itemId, number: 1 }, revision));
    const found = await culpritsOf(store.db, await row(1));
    assert.deepEqual(found.map((c) => `${c.name} ${c.email.toLowerCase()}`).sort(), ['Kim kim@one.example', 'Kim kim@two.example', 'Nobody ']);
    assert.equal((await addressesOf(store.db, await row(1), ['culprits'])).length, 2);
    await store.close();
  });

  it('suspects are those of the build that broke it, and who started that', async () => {
    const user = [{ type: 'hudson.model.Cause$UserIdCause', text: '', data: { userId: 'eve' } }];
    const { store, mailed } = await history(databases, [
      { result: 'UNSTABLE', by: ['Ann'], failedTests: ['a'], passedTests: ['b'] },
      { result: 'FAILURE', by: ['Bob'], causes: user },
      { result: 'FAILURE', by: ['Cid'] },
      { result: 'UNSTABLE', by: ['Dan'], failedTests: ['a', 'b'] },
      { result: null, by: ['Fay'], failedTests: ['b'], passedTests: ['a'] },
    ]);
    await store.write((tx) =>
      tx
        .insertInto('users')
        .values({ id: 'eve', full_name: 'Eve', email: 'eve@example.com', password: null, role: null, disabled: 0, must_change: 0, created_at: 0, revision: 1 })
        .execute(),
    );
    assert.deepEqual(await mailed(3, 'brokenBuildSuspects'), ['bob', 'eve']);
    assert.deepEqual(await mailed(4, 'brokenBuildSuspects'), [], 'it has not failed');
    assert.deepEqual(await mailed(5, 'brokenBuildSuspects', 'FAILURE'), ['fay'], 'the first after one that was unstable');
    // b began to fail in 4, right after two that failed before their tests.
    assert.deepEqual(await mailed(5, 'brokenTestsSuspects'), ['bob', 'cid', 'dan', 'eve']);
    assert.deepEqual(await mailed(4, 'brokenTestsSuspects'), ['ann', 'bob', 'cid', 'dan', 'eve']);
    await store.close();
  });
});
