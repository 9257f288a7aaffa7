/** An administrator of a server that does not run yet, for benchmarks that speak its API. */
import { createAuth } from '../../packages/controller/src/auth/auth.ts';
import type { Store } from '../../packages/controller/src/store/store.ts';

/** Answers a token. */
export async function administrator(store: Store, scopes: readonly ('admin' | 'build')[] = ['admin']): Promise<string> {
  const auth = createAuth({ store, now: Date.now });
  const user = { id: 'bench', full_name: 'bench', email: null, password: null, role: 'administrator' as const };
  await store.write((tx) =>
    tx
      .insertInto('users')
      .values({ ...user, disabled: 0, must_change: 0, created_at: Date.now(), revision: 1 })
      .execute(),
  );
  const principal = {
    user: 'bench',
    fullName: 'bench',
    role: 'administrator',
    grants: [],
    via: 'token',
    scopes: null,
    mustChange: false,
    session: null,
  } as const;
  return (await auth.tokens.create(principal, { user: null, address: null }, { name: 'bench', scopes: [...scopes], days: null })).value;
}

/** What the API answers, as JSON; null: it is to do something, and takes no body. */
export async function ask<T>(url: string, token: string, address: string, body?: object | null): Promise<T> {
  const answer = await fetch(`${url}${address}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, ...(body == null ? {} : { 'content-type': 'application/json' }) },
    ...(body == null ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
