/**
 * How a git process gets at a repository: which variables, and which files beside them, give it a credential and the rule for
 * host keys. No secret stands in a command line or an address; only processes that need the network are given them. Follows
 * CliGitAPIImpl and the host key strategies of Jenkins' git-client plug-in.
 */

import { sshUser } from './address.ts';

/**
 * Which host keys of SSH servers are taken.
 *
 * - `known-hosts`: those of the machine's own `known_hosts` files and of `knownHosts`; any other is refused.
 * - `accept-first`: also one of a server that was never seen, which is remembered where the files last; a changed one is refused.
 * - `manual`: those of `knownHosts` alone.
 * - `none`: any. Whoever is between here and the server can read and change everything.
 */
export interface HostKeys {
  readonly verification: 'known-hosts' | 'accept-first' | 'manual' | 'none';
  /** Lines as in `known_hosts`. */
  readonly knownHosts: readonly string[];
}

export const DEFAULT_HOST_KEYS: HostKeys = { verification: 'known-hosts', knownHosts: [] };

export interface GitAccess {
  /** To be written into a folder that nobody else can read, before the process starts. */
  readonly files: readonly { readonly name: string; readonly content: string; readonly mode: number }[];
  readonly env: { readonly [name: string]: string };
  /** What must not be seen in any output. */
  readonly secrets: readonly string[];
}

export interface AccessOptions {
  /** Of the repository; the credential's user goes along where it names none. */
  readonly url: string;
  /** Fields of the credential by kind; null: none. */
  readonly fields: { readonly [name: string]: string } | null;
  readonly hostKeys: HostKeys;
  /** Where `files` will be; absolute. */
  readonly folder: string;
  /** Whose `~/.ssh/known_hosts` counts; null: nobody's. */
  readonly home: string | null;
}

/** Git and ssh ask it for names, passwords and passphrases alike; it answers by the question. */
const ASKPASS = `#!/bin/sh
case "$1" in
  *[Uu]sername*) printf '%s\\n' "$MILLRACE_GIT_USER" ;;
  *[Pp]assphrase*) printf '%s\\n' "$MILLRACE_GIT_PASSPHRASE" ;;
  *) printf '%s\\n' "$MILLRACE_GIT_WORD" ;;
esac
`;

export function gitAccess({ url, fields, hostKeys, folder, home }: AccessOptions): GitAccess {
  const files: GitAccess['files'][number][] = [];
  const secrets: string[] = [];
  const askpass = `${folder}/askpass`;
  // The messages are read: see failures.ts.
  const env: Record<string, string> = { GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never', LC_ALL: 'C.UTF-8' };
  const ssh = ['ssh', ...hostKeyOptions(hostKeys, folder, home)];
  if (hostKeys.knownHosts.length > 0 || hostKeys.verification === 'manual')
    files.push({ name: 'known_hosts', content: hostKeys.knownHosts.map((line) => `${line.trim()}\n`).join(''), mode: 0o600 });

  const { privateKey, passphrase = '' } = fields ?? {};
  const username = userOf(url, fields);
  const word = fields?.['password'] ?? fields?.['secret'] ?? fields?.['token'] ?? fields?.['text'] ?? '';
  if (privateKey !== undefined) {
    // OpenSSH refuses a key whose last line has no end, and one with carriage returns.
    const key = privateKey.replaceAll('\r\n', '\n').trimEnd();
    files.push({ name: 'key', content: `${key}\n`, mode: 0o600 });
    ssh.push('-i', quoted(`${folder}/key`), '-o', 'IdentitiesOnly=yes', '-o', 'PasswordAuthentication=no', '-o', 'KbdInteractiveAuthentication=no');
    secrets.push(key, passphrase);
  } else ssh.push('-o', `NumberOfPasswordPrompts=${word === '' ? 0 : 1}`);
  secrets.push(word);
  if (privateKey !== undefined ? passphrase === '' : word === '') ssh.push('-o', 'BatchMode=yes');
  else {
    files.push({ name: 'askpass', content: ASKPASS, mode: 0o700 });
    // Without a display, versions before 8.4 ask nobody.
    Object.assign(env, { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' });
  }
  if (privateKey === undefined && word !== '')
    Object.assign(env, { GIT_ASKPASS: askpass, MILLRACE_GIT_USER: username === '' ? 'git' : username, MILLRACE_GIT_WORD: word });
  if (passphrase !== '') env['MILLRACE_GIT_PASSPHRASE'] = passphrase;
  const user = sshUser(url, username);
  if (user !== null) ssh.push('-l', quoted(user));
  env['GIT_SSH_COMMAND'] = ssh.join(' ');
  env['GIT_SSH_VARIANT'] = 'ssh';
  return { files, env, secrets: secrets.filter((s) => s !== '') };
}

/** The token of a GitHub App goes with a name of its own, whatever its bindings call it, and so do those of Bitbucket. */
function userOf(url: string, fields: AccessOptions['fields']): string {
  const username = fields?.['username'] ?? '';
  if (fields?.['appId'] !== undefined) return 'x-access-token';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return username;
  const { hostname, pathname } = new URL(url);
  const isCloud = hostname === 'bitbucket.org';
  // An access token, at Data Center too, whose repositories are below /scm/.
  if (username === '' && (isCloud || /(^|\/)scm\//.test(pathname))) return 'x-token-auth';
  // The API knows the owner of an API token by his address, git does not.
  return isCloud && username.includes('@') ? 'x-bitbucket-api-token-auth' : username;
}

function hostKeyOptions({ verification, knownHosts }: HostKeys, folder: string, home: string | null): string[] {
  const own = knownHosts.length > 0 || verification === 'manual' ? [`${folder}/known_hosts`] : [];
  const machine = home === null ? [] : [`${home}/.ssh/known_hosts`, `${home}/.ssh/known_hosts2`];
  // New keys are written to the first of them.
  const all = verification === 'manual' ? own : [...machine, ...own];
  const user = ['-o', quoted(`UserKnownHostsFile=${all.length === 0 ? '/dev/null' : all.map(blanks).join(' ')}`)];
  switch (verification) {
    case 'none':
      return ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'GlobalKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'];
    case 'accept-first':
      return ['-o', 'StrictHostKeyChecking=accept-new', ...user];
    case 'manual':
      return ['-o', 'StrictHostKeyChecking=yes', '-o', 'GlobalKnownHostsFile=/dev/null', ...user];
    case 'known-hosts':
      return ['-o', 'StrictHostKeyChecking=yes', ...user];
  }
}

/** For the shell that git starts. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
/** For ssh, which takes a list of names. */
function blanks(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
