/** How a command of the client was called: its options, its words, and the server that it means. */
import process from 'node:process';
import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { CommandError } from '../errors.ts';
import { ApiClient } from './api-client.ts';
import { readLogin } from './saved-login.ts';

export const COMMON_HELP = `      --server URL    the server (default: MILLRACE_URL, else that of millrace login)
      --json          for machines: what the API answers
      --help          this text
`;

export const STATUS_HELP = `Exit status: 0 done, 64 wrong usage, 65 refused by the server, 69 no server answers, 70 the server failed, 77 denied.
`;

type Options = NonNullable<ParseArgsConfig['options']>;

export class Call {
  readonly words: readonly string[];
  private readonly command: string;
  private readonly values: { readonly [name: string]: string | boolean | (string | boolean)[] | undefined };

  /** Throws MR_USAGE. `command` is what stands before the words, such as `job copy`. */
  constructor(command: string, args: readonly string[], options: Options = {}) {
    this.command = command;
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' }, server: { type: 'string' }, ...options },
      });
      this.values = values;
      this.words = positionals;
    } catch (e) {
      throw this.wrong((e as Error).message.split('. ')[0] as string);
    }
  }

  get help(): boolean {
    return this.flag('help');
  }
  get json(): boolean {
    return this.flag('json');
  }
  flag(name: string): boolean {
    return this.values[name] === true;
  }
  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }
  list(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }
  whole(name: string, least: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw this.wrong(`--${name} takes a whole number of at least ${least}`);
    return Number(text);
  }
  /** NAME=VALUE, each. */
  pairs(name: string): [string, string][] {
    return this.list(name).map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw this.wrong(`--${name} takes NAME=VALUE, not ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
  }

  /** The words by their names; a name with `?` may be left out. */
  take(...names: readonly string[]): (string | undefined)[] {
    const needed = names.filter((name) => !name.endsWith('?')).length;
    if (this.words.length < needed || this.words.length > names.length) {
      const wanted = names.length === 0 ? 'no words' : names.map((name) => (name.endsWith('?') ? `[${name.slice(0, -1)}]` : name)).join(' ');
      throw this.wrong(`it takes ${wanted}`);
    }
    return names.map((_, i) => this.words[i]);
  }

  wrong(what: string): CommandError {
    return new CommandError('MR_USAGE', `millrace ${this.command}: ${what} (see millrace ${this.command.split(' ')[0]} --help)`);
  }

  /** A token goes to the server that it was made by, and to no other. */
  client(): ApiClient {
    const given = this.text('server') ?? process.env['MILLRACE_URL'];
    const token = process.env['MILLRACE_TOKEN'];
    const named = given === undefined || given === '' ? null : serverUrl(given);
    // What is not needed is not read: a machine may have no home.
    const saved = named !== null && token !== undefined && token !== '' ? null : readLogin();
    const url = named ?? saved?.url;
    if (url === undefined)
      throw new CommandError('MR_USAGE', 'no server is known: log in with millrace login URL, or name one by --server URL or MILLRACE_URL');
    if (token !== undefined && token !== '') return new ApiClient(url, { token });
    return new ApiClient(url, saved !== null && saved.url === url ? { token: saved.token } : null);
  }
}

/** Without user, query and slash at the end. `host:port` alone is http. */
export function serverUrl(text: string): string {
  let url: URL | null;
  try {
    url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
  } catch {
    url = null;
  }
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new CommandError('MR_USAGE', `${text} is no address of a server: http://HOST:PORT or https://HOST`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

export function print(text: string): void {
  process.stdout.write(text);
}
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
/** For who waits before a terminal: beside the result, so that this can be read by another program. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}
