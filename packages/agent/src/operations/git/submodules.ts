/**
 * Submodules of a checkout, level by level. Follows SubmoduleOption of the git plug-in, and what its git client asks git for.
 * The repository of each comes through the machine's mirror as that of the checkout does; git itself does all else.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { OperationContext } from '../operation.ts';
import { OperationError } from '../operation.ts';
import { cloned, isBeingCloned, noteCloning } from './clone-folder.ts';
import type { Extension } from './extensions.ts';
import { DEFAULT_TIMEOUT } from './extensions.ts';
import type { Git, GitCall } from './git-process.ts';
import type { Mirrored } from './mirrors.ts';
import { isRemote, usualRefspec } from './remotes.ts';

export interface SubmoduleNetwork {
  /** With the credential of the repository where the submodules have it, else without. */
  readonly env: Readonly<Record<string, string>>;
  readonly credential: Mirrored['credential'];
}

export async function updateSubmodules(git: Git, options: Extension, network: SubmoduleNetwork, mirrors: OperationContext['mirrors']): Promise<void> {
  if (options.flag('disableSubmodules')) return;
  const modules = join(git.cwd, '.git', 'modules');
  const wereThere = existsSync(modules);
  try {
    await new SubmoduleUpdate(options, network, mirrors).level(git);
  } catch (e) {
    // Of what came just now, all would fail again.
    if (!wereThere || !(e instanceof OperationError) || e.failure.code !== 'MR_GIT') throw e;
    git.print('WARNING: what is there of the submodules cannot be brought up to date: they are cloned again');
    for (const { path } of await submodulesOf(git)) await rm(join(git.cwd, path), { recursive: true, force: true });
    await rm(modules, { recursive: true, force: true });
    await new SubmoduleUpdate(options, network, undefined).level(git);
  }
}

/** As `.gitmodules` and the index tell of it. */
interface Submodule {
  readonly name: string;
  /** In the work tree of its parent. */
  readonly path: string;
  readonly url: string;
}

class SubmoduleUpdate {
  private readonly options: Extension;
  private readonly mirrors: OperationContext['mirrors'];
  private readonly credential: Mirrored['credential'];
  private readonly depth: number | null;
  private readonly call: GitCall;

  constructor(options: Extension, { env, credential }: SubmoduleNetwork, mirrors: OperationContext['mirrors']) {
    this.options = options;
    this.mirrors = options.text('reference') === '' ? mirrors : undefined;
    this.credential = credential;
    this.depth = options.flag('shallow') ? options.count('depth', 1) : null;
    this.call = { timeout: options.count('timeout', DEFAULT_TIMEOUT), env };
  }

  async level(git: Git): Promise<void> {
    if (!existsSync(join(git.cwd, '.gitmodules'))) return;
    const { options } = this;
    const reference = options.text('reference');
    await git.run(['submodule', 'sync']);
    // The addresses, those that are relative too, stand in the configuration from here on.
    await git.quiet(['submodule', 'init']);
    const all = await submodulesOf(git);
    for (const one of all) await this.bring(git, one);
    await git.run(
      [
        'submodule',
        'update',
        '--init',
        '--force',
        ...(options.flag('trackingSubmodules') ? ['--remote'] : []),
        ...(reference === '' ? [] : ['--reference', reference]),
        ...(this.depth === null ? [] : [`--depth=${this.depth}`]),
        ...(options.count('threads', 1) > 1 ? [`--jobs=${options.count('threads', 1)}`] : []),
      ],
      this.call,
    );
    if (!options.flag('recursiveSubmodules')) return;
    for (const { path } of all) if (existsSync(join(git.cwd, path, '.git'))) await this.level(git.at(join(git.cwd, path)));
  }

  /** What its remote has, through the mirror. Where there is none, git clones and fetches by itself. */
  private async bring(git: Git, { name, url }: Submodule): Promise<void> {
    const folder = resolve(git.cwd, (await git.quiet(['rev-parse', '--git-path', `modules/${name}`])).trim());
    const there = existsSync(folder);
    const { mirrors, depth, credential, call } = this;
    if (mirrors === undefined || !isRemote(url)) return;
    const own = git.module(folder);
    const isWhole = there && !isBeingCloned(folder) && (await own.tried(['rev-parse', '--verify', '--quiet', 'HEAD'])) !== null;
    if (!isWhole) {
      // A clone that was cut short is begun anew.
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await own.quiet(['init', '--quiet']);
      await noteCloning(folder);
      await own.quiet(['config', 'core.bare', 'false']);
      await own.quiet(['config', 'remote.origin.fetch', usualRefspec('origin')]);
    }
    await own.quiet(['config', 'remote.origin.url', url]);
    git.print(` > git fetch ${url} # timeout=${call.timeout}, submodule ${name}, through the mirror of this machine`);
    const refspecs = [usualRefspec('origin')];
    const brought = await mirrors.fetch({ git: own, url, credential, depth, refspecs, tags: depth === null, call, prune: { branches: false, tags: false } });
    if (brought) await cloned(folder);
    else if (!isWhole) await rm(folder, { recursive: true, force: true });
  }
}

/** Those that are to be there. */
async function submodulesOf(git: Git): Promise<Submodule[]> {
  const told = (await git.tried(['config', '--file', '.gitmodules', '--null', '--get-regexp', String.raw`^submodule\..*\.path$`])) ?? '';
  const paths = new Map<string, string>();
  for (const entry of told.split('\0')) {
    const [key = '', path = ''] = split(entry);
    // What leads out of the folder of modules is git's own to refuse.
    const name = key.slice('submodule.'.length, -'.path'.length);
    if (path !== '' && !name.split('/').includes('..')) paths.set(path, name);
  }
  if (paths.size === 0) return [];
  const staged = await git.quiet(['--literal-pathspecs', 'ls-files', '--stage', '-z', '--', ...paths.keys()]);
  const found: Submodule[] = [];
  for (const entry of staged.split('\0')) {
    const path = entry.startsWith('160000 ') ? entry.slice(entry.indexOf('\t') + 1) : '';
    const name = paths.get(path);
    if (name === undefined) continue;
    const configured = async (key: string): Promise<string> => (await git.tried(['config', '--get', `submodule.${name}.${key}`]))?.trim() ?? '';
    const url = await configured('url');
    if (url !== '' && (await configured('update')) !== 'none') found.push({ name, path, url });
  }
  return found;
}

/** `key\nvalue`, as `git config --null` has it. */
function split(entry: string): [string, string] {
  const end = entry.indexOf('\n');
  return end < 0 ? [entry, ''] : [entry.slice(0, end), entry.slice(end + 1)];
}
