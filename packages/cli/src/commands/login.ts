/** `millrace login`, `logout` and `whoami`. */
import { hostname } from 'node:os';
import { ApiClient } from '../client/api-client.ts';
import { ask, pipedLines } from '../client/ask-secret.ts';
import { Call, COMMON_HELP, print, printJson, remark, STATUS_HELP, serverUrl } from '../client/call.ts';
import { ClientError } from '../client/client-error.ts';
import { forgetLogin, loginFile, readLogin, writeLogin } from '../client/saved-login.ts';
import type { CreatedToken, Whoami } from '../client/shapes.ts';

const LOGIN_HELP = `Usage: millrace login URL [OPTIONS]

Makes an API token for this machine and keeps it with the address in ~/.config/millrace/client.json. A first password has to
be changed: the new one is asked for on the way. The password itself is not kept.

Options:
      --user NAME             who (asked on the terminal where it is not given)
      --password-stdin        the password is the first line of standard input
      --new-password-stdin    the new password, where it has to be changed: the next line of standard input
      --token TOKEN           keeps this token instead of making one; - reads it from standard input
      --scopes LIST           of the token: read, build, admin (default: admin, all that the user may)
      --days N                how long the token holds (default: 90)
      --json, --help

${STATUS_HELP}`;

export async function login(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const,
    flag = { type: 'boolean' } as const;
  const call = new Call('login', args, { user: text, token: text, scopes: text, days: text, 'password-stdin': flag, 'new-password-stdin': flag });
  if (call.help) {
    print(LOGIN_HELP);
    return 0;
  }
  const [word] = call.take('URL?');
  const given = word ?? call.text('server') ?? process.env['MILLRACE_URL'];
  if (given === undefined || given === '') throw call.wrong('it takes the address of a server');
  const url = serverUrl(given);
  const who = call.text('token') === undefined ? await byPassword(call, url) : await byToken(call, url);
  if (call.json) printJson({ url, ...who });
  else print(`Logged in to ${url} as ${who.user}\nThe token is kept in ${loginFile()}\n`);
  return 0;
}

async function byToken(call: Call, url: string): Promise<{ user: string | null }> {
  const given = call.text('token') as string;
  const token = given === '-' ? ((await pipedLines())[0] ?? '').trim() : given;
  const { user } = await new ApiClient(url, { token }).get<Whoami>('/whoami');
  writeLogin({ url, token, user, tokenId: null });
  return { user };
}

async function byPassword(call: Call, url: string): Promise<{ user: string }> {
  const piped = call.flag('password-stdin') || call.flag('new-password-stdin') ? await pipedLines() : [];
  const user = call.text('user') ?? (await ask('User', false, 'give --user'));
  const password = call.flag('password-stdin') ? (piped.shift() ?? '') : await ask('Password', true, 'give --password-stdin or --token');
  const days = call.whole('days', 1) ?? 90;
  const scopes = (call.text('scopes') ?? 'admin').split(',');
  const request = { body: { name: `millrace on ${hostname()}`.slice(0, 200), scopes, days } };
  const make = (current: string): Promise<CreatedToken | null> =>
    new ApiClient(url, { user, password: current }).change<CreatedToken>('POST', '/tokens', request);
  const created = await make(password).catch(async (e: unknown) => {
    if (!(e instanceof ClientError) || e.code !== 'MR_PASSWORD_CHANGE') throw e;
    const next = await newPassword(call, piped);
    await new ApiClient(url, { user, password }).change('POST', '/password', { body: { old: password, new: next } });
    return make(next);
  });
  const token = created as CreatedToken;
  writeLogin({ url, token: token.value, user, tokenId: token.id });
  return { user };
}

async function newPassword(call: Call, piped: string[]): Promise<string> {
  if (call.flag('new-password-stdin')) return piped.shift() ?? '';
  if (process.stdin.isTTY) remark('This password has to be changed first.');
  const instead = 'it has to be changed first; give --new-password-stdin';
  const next = await ask('New password', true, instead);
  if ((await ask('Again', true, instead)) !== next) throw call.wrong('the two passwords are not the same');
  return next;
}

const LOGOUT_HELP = `Usage: millrace logout [OPTIONS]

Ends the token that millrace login made, and forgets it. One that was given by --token is forgotten only.

Options:
      --json, --help

${STATUS_HELP}`;

export async function logout(args: readonly string[]): Promise<number> {
  const call = new Call('logout', args);
  if (call.help) {
    print(LOGOUT_HELP);
    return 0;
  }
  call.take();
  const saved = readLogin();
  let ended = false;
  if (saved?.tokenId != null) {
    try {
      await new ApiClient(saved.url, { token: saved.token }).change('DELETE', `/tokens/${encodeURIComponent(saved.tokenId)}`);
      ended = true;
    } catch (e) {
      if (!(e instanceof ClientError)) throw e;
      remark(`millrace: the token was forgotten here, but not ended on the server: ${e.message}`);
    }
  }
  forgetLogin();
  if (call.json) printJson({ url: saved?.url ?? null, ended });
  else print(saved === null ? 'Nobody was logged in\n' : `Logged out of ${saved.url}\n`);
  return 0;
}

const WHOAMI_HELP = `Usage: millrace whoami [OPTIONS]

Shows the server, the user, and what the token reaches.

Options:
${COMMON_HELP}
${STATUS_HELP}`;

export async function whoami(args: readonly string[]): Promise<number> {
  const call = new Call('whoami', args);
  if (call.help) {
    print(WHOAMI_HELP);
    return 0;
  }
  call.take();
  const client = call.client();
  const who = await client.get<Whoami>('/whoami');
  if (call.json) printJson({ url: client.url, ...who });
  else {
    const grants = who.grants.map((g) => `  ${g.role} of ${g.scope}\n`).join('');
    const scopes = who.scopes === null ? '' : `, token for ${who.scopes.join(', ')}`;
    print(`${who.user ?? 'nobody'} on ${client.url}\n${who.role ?? 'no role'} everywhere${scopes}\n${grants}`);
  }
  return 0;
}
