/** A library at a version, without a build: its templates are read from there. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiError } from '@millrace/protocol';
import type { AskServices } from '../builds/ask-context.ts';
import type { LibraryConfig } from '../config/installation.ts';
import { addressOf } from '../scm/bound-script.ts';
import { freshMs, inLibrary } from '../scm/libraries.ts';
import type { RemoteRef, Resolved } from '../scm/repository.ts';
import { LARGEST_TEMPLATE } from './template-file.ts';

export type LibraryServices = Pick<AskServices, 'store' | 'credential' | 'repositories' | 'installation' | 'onError'>;
export type FoundLibrary = LibraryConfig & { readonly folder: string | null };

export interface LibraryAt {
  readonly config: FoundLibrary;
  /** Null: it is a folder of the server. */
  readonly version: string | null;
  readonly commit: string | null;
  /** Null for those that are not there. */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, Buffer | null>>;
  /** Every template.yaml, by the name of its template. */
  templates(): Promise<ReadonlyMap<string, Buffer>>;
  /** Branches and tags, a few hundred at most. */
  versions(): Promise<{ readonly versions: readonly LibraryVersion[]; readonly more: boolean }>;
}

export interface LibraryVersion {
  readonly name: string;
  readonly kind: 'branch' | 'tag';
}

const MOST_VERSIONS = 300;
const MOST_TEMPLATES = 500;
const LARGEST_ALL = 16 << 20;
const FILE = /^templates\/([A-Za-z0-9][\w.-]{0,99})\/template\.yaml$/;

/** `known`: the commit that a build is bound to. Throws MR_LIBRARY_VERSION, MR_LIBRARY_AWAY. */
export async function libraryAt(
  services: LibraryServices,
  config: FoundLibrary,
  asked: string | null,
  item: string | null,
  known: Resolved | null = null,
): Promise<LibraryAt> {
  const { name, git, credentialsId = null } = config;
  if (git === null) {
    if (asked !== null) throw new ApiError('MR_LIBRARY_VERSION', `${name} is a folder of the server: it has no versions to choose from.`, VERSION);
    return folderLibrary(config, config.path as string);
  }
  const version = asked ?? config.version;
  if (version === null) throw new ApiError('MR_LIBRARY_VERSION', `${name} has no version of its own: one is needed.`, VERSION);
  if (version !== config.version && config.allowVersionOverride === false)
    throw new ApiError('MR_LIBRARY_VERSION', `${name} is used at ${config.version} alone.`, VERSION);
  return away(name, version, async () => {
    const { repositories } = services;
    const address = await addressOf(services, { url: git, credentialsId }, item, null, 'library');
    const at = known ?? (await repositories.resolve(address, version, { freshMs: freshMs(config, version) }));
    return {
      config,
      version,
      commit: at.commit,
      read: (paths) =>
        away(name, version, async () => {
          const { files } = await repositories.readFiles(
            address,
            at,
            paths.map((p) => inLibrary(config, p)),
            { largest: LARGEST_TEMPLATE },
          );
          return new Map(paths.map((p) => [p, files.get(inLibrary(config, p)) ?? null]));
        }),
      templates: () =>
        away(name, version, async () => {
          const { files } = await repositories.readTree(address, at, [inLibrary(config, 'templates')], { largest: LARGEST_ALL });
          return templatesAmong([...files].map(([path, bytes]) => [path.slice(inLibrary(config, '').length), bytes]));
        }),
      versions: () => away(name, version, () => versionsOf(repositories.listRefs(address, { patterns: ['refs/heads/*', 'refs/tags/*'] }))),
    };
  });
}

async function versionsOf(refs: AsyncIterable<RemoteRef>): Promise<{ versions: LibraryVersion[]; more: boolean }> {
  const versions: LibraryVersion[] = [];
  for await (const { name } of refs) {
    const [, kind, short] = /^refs\/(heads|tags)\/(.+)$/.exec(name) ?? [];
    if (short === undefined) continue;
    if (versions.length === MOST_VERSIONS) return { versions, more: true };
    versions.push({ name: short, kind: kind === 'heads' ? 'branch' : 'tag' });
  }
  return { versions, more: false };
}

function templatesAmong(files: readonly (readonly [string, Buffer | null])[]): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const [path, bytes] of files) {
    const name = FILE.exec(path)?.[1];
    if (name !== undefined && bytes !== null && found.size < MOST_TEMPLATES) found.set(name, bytes);
  }
  return found;
}

function folderLibrary(config: FoundLibrary, root: string): LibraryAt {
  const read = async (path: string): Promise<Buffer | null> => {
    const { size } = await stat(join(root, path)).catch(() => ({ size: -1 }));
    if (size > LARGEST_TEMPLATE) throw new ApiError('MR_TEMPLATE_INVALID', `${path} is larger than ${LARGEST_TEMPLATE} bytes`);
    return size < 0 ? null : await readFile(join(root, path));
  };
  return {
    config,
    version: null,
    commit: null,
    versions: () => Promise.resolve({ versions: [], more: false }),
    read: async (paths) => new Map(await Promise.all(paths.map(async (path) => [path, await read(path)] as const))),
    templates: async () => {
      const names = await readdir(join(root, 'templates')).catch((error: unknown) => {
        if ((error as { code?: string }).code === 'ENOENT') return [];
        throw new ApiError('MR_LIBRARY_AWAY', `${config.name}: ${(error as Error).message}`, LIBRARY);
      });
      const paths = names
        .sort()
        .map((name) => `templates/${name}/template.yaml`)
        .filter((path) => FILE.test(path))
        .slice(0, MOST_TEMPLATES);
      return templatesAmong(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));
    },
  };
}

const LIBRARY = { errors: [{ pointer: '#/definition/library', detail: 'cannot be read now' }] };
const VERSION = { errors: [{ pointer: '#/definition/version', detail: 'is no version that may be chosen' }] };

async function away<T>(name: string, version: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'MR_GIT_REF') throw new ApiError('MR_LIBRARY_VERSION', `${name} has no version ${version}.`, VERSION);
    if (code === 'MR_GIT_LARGE') throw new ApiError('MR_TEMPLATE_INVALID', `${name}: ${message}`);
    if (code === undefined || !/^MR_(GIT|CREDENTIALS)/.test(code)) throw error;
    throw new ApiError('MR_LIBRARY_AWAY', `${name}: ${message}`, LIBRARY);
  }
}
