/**
 * Makes the root file system of the image, which is both controller and agent, from what npm and Debian give:
 *   node deploy/image/build-rootfs.ts FOLDER
 *
 *   /opt/millrace       the agent and all that it needs, libraries included: it also runs where it was copied into another image
 *   /usr/lib/millrace   the command, for controllers
 *   the rest            busybox with its applets, git, ssh, and certificates
 *
 * Needs apt-get (Debian 12 or later, or a system made of it) and `npm ci`; no root, and nothing is installed. Packages are
 * unpacked, and of them is taken what is listed here and the libraries that it needs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { arch, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const repository = path.resolve(import.meta.dirname, '../..');
const PACKAGES = ['busybox-static', 'tini', 'git', 'openssh-client', 'ca-certificates', 'libc6', 'libstdc++6'];
/** Of the packages that those depend on, what holds no library that they load. */
const NO_LIBRARY = /^lib(?:perl|error-perl|debian-installer|newt|slang|textwrap|audit-common|semanage|sepol|pam|gdbm)/;
/** Where libraries are: Debian's name of the machine, and the loader's. */
const MACHINES: { readonly [arch: string]: { readonly folder: string; readonly loader: string } } = {
  x64: { folder: 'x86_64-linux-gnu', loader: '/lib64/ld-linux-x86-64.so.2' },
  arm64: { folder: 'aarch64-linux-gnu', loader: '/lib/ld-linux-aarch64.so.1' },
};
const GIT = ['git-remote-http', 'git-remote-https', 'git-sh-setup', 'git-sh-i18n', 'git-submodule'];
const SSH = ['ssh', 'ssh-add', 'ssh-agent'];
/** The user of the image where nobody names another one. */
const UID = 10_001;

const machine = MACHINES[arch()];
const [target] = process.argv.slice(2);
if (target === undefined || machine === undefined) {
  process.stderr.write(machine === undefined ? `there is no image for ${arch()}\n` : 'usage: node deploy/image/build-rootfs.ts FOLDER\n');
  process.exit(64);
}
const root = path.resolve(target);
if (existsSync(root) && readdirSync(root).length > 0) {
  process.stderr.write(`${root} is not empty\n`);
  process.exit(64);
}
const at = (place: string): string => path.join(root, place);
const unpacked = mkdtempSync(path.join(tmpdir(), 'millrace-image-'));
const from = (place: string): string => path.join(unpacked, place);
const { folder, loader } = machine;

function unpack(): void {
  const words = ['depends', '--recurse', '--no-recommends', '--no-suggests', '--no-conflicts', '--no-breaks', '--no-replaces', '--no-enhances', ...PACKAGES];
  const all = execFileSync('apt-cache', words, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^z?lib/.test(line) && !NO_LIBRARY.test(line));
  const files = mkdtempSync(path.join(tmpdir(), 'millrace-packages-'));
  try {
    execFileSync('apt-get', ['-qq', 'download', ...new Set([...PACKAGES, ...all])], { cwd: files, stdio: ['ignore', 'ignore', 'inherit'] });
    for (const file of readdirSync(files)) execFileSync('dpkg-deb', ['-x', path.join(files, file), unpacked]);
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}

function take(source: string, place: string, mode = 0o755): void {
  mkdirSync(path.dirname(at(place)), { recursive: true });
  copyFileSync(source, at(place));
  chmodSync(at(place), mode);
}

/** The libraries that a program loads, by the loader's own word. Each has to be of the packages. */
function librariesOf(program: string): string[] {
  const search = [`lib/${folder}`, `usr/lib/${folder}`, 'lib', 'usr/lib'].map(from).join(':');
  const listed = spawnSync(realpathSync(from(loader)), ['--library-path', search, '--list', program], { encoding: 'utf8' });
  if (listed.status !== 0) throw new Error(`${program}: ${listed.stderr}`);
  return [...listed.stdout.matchAll(/^\t(\S+) => (\S+) \(/gm)].flatMap(([, name, found]) => {
    if (name === loader) return [];
    if (found === undefined || !found.startsWith(unpacked)) throw new Error(`${program} needs ${name}, which is in none of the packages`);
    return [found];
  });
}

function base(): void {
  for (const place of ['bin', 'etc/ssl/certs', 'proc', 'sys', 'dev', 'root', 'run', 'usr/bin', 'usr/local/bin', 'var'])
    mkdirSync(at(place), { recursive: true });
  for (const place of ['tmp', 'var/tmp', 'home/millrace', 'home/jenkins/agent']) {
    mkdirSync(at(place), { recursive: true });
    chmodSync(at(place), place.endsWith('tmp') ? 0o1777 : 0o777);
  }
  writeFileSync(
    at('etc/passwd'),
    `root:x:0:0:root:/root:/bin/sh\nmillrace:x:${UID}:${UID}::/home/millrace:/bin/sh\njenkins:x:1000:1000::/home/jenkins:/bin/sh\n`,
  );
  writeFileSync(at('etc/group'), `root:x:0:\nmillrace:x:${UID}:\njenkins:x:1000:\n`);
  take(from('bin/busybox'), 'opt/millrace/busybox');
  for (const applet of execFileSync(at('opt/millrace/busybox'), ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    symlinkSync('/opt/millrace/busybox', at(`bin/${applet}`));
  const certificates = globSync('usr/share/ca-certificates/mozilla/*.crt', { cwd: unpacked }).sort();
  writeFileSync(at('etc/ssl/certs/ca-certificates.crt'), certificates.map((name) => readFileSync(from(name), 'utf8')).join(''));
}

function agent(): string {
  take(path.join(repository, 'node_modules/node/bin/node'), 'opt/millrace/node');
  const node = at('opt/millrace/node');
  // A sixth of it is names that only a debugger needs.
  if (spawnSync('strip', ['--strip-unneeded', node]).error !== undefined) process.stderr.write('without strip (binutils) the image is larger\n');
  take(from('usr/bin/tini-static'), 'opt/millrace/tini');
  take(path.join(repository, 'packages/agent/dist/agent.cjs'), 'opt/millrace/agent.cjs', 0o644);
  take(path.join(import.meta.dirname, 'start'), 'opt/millrace/start');
  for (const library of librariesOf(node)) take(library, `opt/millrace/lib/${path.basename(library)}`);
  take(realpathSync(from(loader)), 'opt/millrace/lib/loader');
  return node;
}

function command(): void {
  const home = 'usr/lib/millrace/packages';
  for (const place of ['cli/bin', 'cli/dist']) cpSync(path.join(repository, 'packages', place), at(`${home}/${place}`), { recursive: true });
  cpSync(path.join(repository, 'packages/web/dist'), at(`${home}/web/dist`), { recursive: true });
  mkdirSync(at(`${home}/agent/dist`), { recursive: true });
  symlinkSync('/opt/millrace/agent.cjs', at(`${home}/agent/dist/agent.cjs`));
  symlinkSync('/opt/millrace/node', at('usr/local/bin/node'));
  writeFileSync(at('usr/local/bin/millrace'), `#!/bin/sh\nexec /opt/millrace/node /${home}/cli/bin/millrace.js "$@"\n`, { mode: 0o755 });
}

function tools(): void {
  take(from('usr/bin/git'), 'usr/bin/git');
  mkdirSync(at('usr/lib/git-core'), { recursive: true });
  symlinkSync('../../bin/git', at('usr/lib/git-core/git'));
  for (const name of ['git-upload-pack', 'git-receive-pack']) symlinkSync('git', at(`usr/bin/${name}`));
  for (const name of GIT) cpSync(from(`usr/lib/git-core/${name}`), at(`usr/lib/git-core/${name}`), { verbatimSymlinks: true });
  mkdirSync(at('usr/share/git-core/templates'), { recursive: true });
  for (const name of SSH) take(from(`usr/bin/${name}`), `usr/bin/${name}`);
}

/** For the programs of the image: those that the agent brings along are links to them. */
function libraries(): void {
  const where = `usr/lib/${folder}`;
  mkdirSync(at(where), { recursive: true });
  mkdirSync(path.dirname(at(loader)), { recursive: true });
  symlinkSync('/opt/millrace/lib/loader', at(loader));
  if (!existsSync(at('lib'))) symlinkSync('usr/lib', at('lib'));
  for (const name of readdirSync(at('opt/millrace/lib'))) if (name !== 'loader') symlinkSync(`/opt/millrace/lib/${name}`, at(`${where}/${name}`));
  for (const program of ['usr/bin/git', 'usr/lib/git-core/git-remote-http', ...SSH.map((name) => `usr/bin/${name}`)])
    for (const library of librariesOf(at(program)))
      if (!existsSync(at(`opt/millrace/lib/${path.basename(library)}`))) take(library, `${where}/${path.basename(library)}`);
}

try {
  for (const needed of ['packages/cli/dist/main.cjs', 'packages/agent/dist/agent.cjs', 'packages/web/dist/index.html'])
    if (!existsSync(path.join(repository, needed))) throw new Error(`${needed} is missing: npm run build`);
  unpack();
  base();
  agent();
  command();
  tools();
  libraries();
  const kilobytes = Number(execFileSync('du', ['-sk', root], { encoding: 'utf8' }).split('\t')[0]);
  process.stdout.write(`${root}: ${Math.round(kilobytes / 1_024)} MB\n`);
} finally {
  rmSync(unpacked, { recursive: true, force: true });
}
