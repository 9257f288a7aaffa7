/** `millrace users`: who may use a server, and what. */
import type { ApiClient } from '../client/api-client.ts';
import { ask, pipedLines } from '../client/ask-secret.ts';
import { Call, COMMON_HELP, print, STATUS_HELP } from '../client/call.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { User } from '../client/shapes.ts';

const HELP = `Usage: millrace users [OPTIONS]
       millrace users add|change USER [--name TEXT] [--email ADDRESS] [--role ROLE] [--password | --password-stdin]
       millrace users enable|disable|delete USER
       millrace users grant USER PATH ROLE
       millrace users revoke USER PATH
       millrace users logout USER [--tokens]

Lists and changes users. A role is viewer, developer or administrator and holds everywhere; none takes it away. grant gives one
for a folder and what is below it, or for a job. A password that is set here has to be changed at the next login.

Options:
      --name TEXT          the full name
      --email ADDRESS
      --role ROLE          everywhere (default of a new user: viewer)
      --password           asks for a password on the terminal
      --password-stdin     the password is the first line of standard input
      --tokens             ends the tokens of the user too
${COMMON_HELP}
${STATUS_HELP}`;

export async function users(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const,
    flag = { type: 'boolean' } as const;
  const call = new Call('users', args, { name: text, email: text, role: text, password: flag, 'password-stdin': flag, tokens: flag });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  const [what] = call.words;
  if (what === undefined || what === 'list') return list(call, client);
  const [, id, ...more] = call.take(what, 'USER', ...(what === 'grant' ? ['PATH', 'ROLE'] : what === 'revoke' ? ['PATH'] : [])) as [
    string,
    string,
    ...string[],
  ];
  const address = `/users/${encodeURIComponent(id)}`;
  switch (what) {
    case 'add':
      return done(call, await client.change<User>('POST', '/users', { body: { id, ...(await settings(call)) } }), `${id} is added`);
    case 'change':
      return done(call, await client.change<User>('PATCH', address, { body: await settings(call) }), `${id} is changed`);
    case 'enable':
      return done(call, await client.change<User>('PATCH', address, { body: { disabled: false } }), `${id} is enabled`);
    case 'disable':
      return done(call, await client.change<User>('PATCH', address, { body: { disabled: true } }), `${id} is disabled`);
    case 'delete':
      await client.change('DELETE', address);
      return done(call, { deleted: id }, `${id} is deleted`);
    case 'grant':
      return done(call, await grant(client, address, more[0] as string, more[1] as string), `${id} is ${more[1]} of ${more[0]}`);
    case 'revoke':
      return done(call, await grant(client, address, more[0] as string, null), `${id} has no role of its own for ${more[0]}`);
    case 'logout':
      await client.change('POST', `${address}/logout`, { body: { tokens: call.flag('tokens') } });
      return done(call, { loggedOut: id }, `The sessions of ${id} have ended`);
    default:
      throw call.wrong(`there is no ${what}`);
  }
}

async function settings(call: Call): Promise<object> {
  const name = call.text('name'),
    email = call.text('email'),
    role = call.text('role');
  const password = call.flag('password-stdin')
    ? ((await pipedLines())[0] ?? '')
    : call.flag('password')
      ? await ask('Password', true, 'give --password-stdin')
      : undefined;
  return {
    ...(name === undefined ? {} : { fullName: name }),
    ...(email === undefined ? {} : { email: email === '' ? null : email }),
    ...(role === undefined ? {} : { role: role === 'none' ? null : role }),
    ...(password === undefined ? {} : { password }),
  };
}

/** Null: none. What somebody else changes meanwhile is refused, not overwritten. */
async function grant(client: ApiClient, address: string, scope: string, role: string | null): Promise<User | null> {
  const response = await client.send('GET', address);
  const user = (await client.reading(response.json())) as User;
  const others = user.grants.filter((g) => g.scope !== scope);
  const etag = response.headers.get('etag');
  return client.change<User>('PUT', `${address}/grants`, {
    body: { grants: role === null ? others : [...others, { scope, role }] },
    ...(etag === null ? {} : { ifMatch: etag }),
  });
}

async function list(call: Call, client: ApiClient): Promise<number> {
  call.take('list?');
  const all = await client.all<User>('/users');
  const rows = all.map((u) => [
    u.id,
    u.disabled ? 'disabled' : (u.role ?? 'none'),
    u.fullName,
    u.email ?? '',
    u.grants.map((g) => `${g.role} of ${g.scope}`).join(', '),
  ]);
  return listed(call, all, ['USER', 'ROLE', 'NAME', 'EMAIL', 'BELOW'], rows);
}
