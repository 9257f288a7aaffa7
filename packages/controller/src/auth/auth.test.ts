import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Store } from '../store/store.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { createAuth } from './auth.ts';
import { Passwords } from './passwords.ts';

const NOBODY = { user: null, address: '10.0.0.1' };
const CHEAP = { N: 1_024, r: 8, p: 1 };

it('passwords are kept as hashes that are all different, and compared however they are typed', async () => {
  const passwords = new Passwords(CHEAP);
  const [a, b] = [await passwords.hash('pässword'), await passwords.hash('pässword')];
  assert.notEqual(a, b);
  assert.match(a, /^scrypt\$1024\$8\$1\$/);
  assert.equal(await passwords.verify('pa\u0308ssword', a), true);
  assert.equal(await passwords.verify('password', a), false);
  assert.equal(await passwords.verify('pässword', null), false);
  assert.equal(await passwords.verify('pässword', 'nonsense'), false);
});

eachEngine('users', (databases) => {
  it('get a dearer hash at a login when the cost has grown', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    const old = createAuth({ store, now: Date.now, scrypt: CHEAP });
    await old.users.create(NOBODY, { id: 'u', fullName: '', email: null, role: 'viewer', password: 'long enough', mustChange: false });
    const now = createAuth({ store, now: Date.now, scrypt: { ...CHEAP, N: 2_048 } });
    await now.authenticator.login('u', 'long enough', '10.0.0.1');
    const { password } = await store.db.selectFrom('users').select('password').executeTakeFirstOrThrow();
    assert.match(String(password), /^scrypt\$2048\$/);
    await now.authenticator.login('u', 'long enough', '10.0.0.1');
    await store.close();
  });

  it('are slowed down by guesses at another controller, and by many guesses at once', async () => {
    const database = await databases.make();
    const one = await Store.open({ ...database, origin: 'a' });
    const two = databases.kind === 'sqlite' ? one : await Store.open({ ...database, origin: 'b' });
    const at = Date.now();
    const [a, b] = [one, two].map((store) => createAuth({ store, now: () => at, scrypt: CHEAP })) as [
      ReturnType<typeof createAuth>,
      ReturnType<typeof createAuth>,
    ];
    await a.users.create(NOBODY, { id: 'u', fullName: '', email: null, role: 'viewer', password: 'long enough', mustChange: false });
    const guesses = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? a : b).authenticator.login('u', `guess ${i}`, '10.0.0.1')));
    const codes = guesses.map((g) => (g as PromiseRejectedResult).reason.code as string);
    assert.equal(codes.filter((code) => code === 'MR_LOGIN').length <= 6, true, codes.join(' '));
    await assert.rejects(b.authenticator.login('u', 'long enough', '10.0.0.2'), { code: 'MR_LOGIN_THROTTLED' });
    await one.close();
    if (two !== one) await two.close();
  });

  it('leave no trace in the audit log of a change that was not made', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    const { audit } = createAuth({ store, now: Date.now, scrypt: CHEAP });
    await assert.rejects(
      audit.change(NOBODY, async (tx, _wakes, note) => {
        note('meta.change', 'k');
        await tx.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
        throw new Error('refused');
      }),
      /refused/,
    );
    assert.deepEqual([await store.db.selectFrom('audit').selectAll().execute(), await store.db.selectFrom('meta').selectAll().execute()], [[], []]);
    await store.close();
  });
});
