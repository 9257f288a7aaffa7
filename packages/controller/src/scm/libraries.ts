/**
 * Shared libraries of a build: the folders' own, the nearest first, then the installation's. Follows pipeline-groovy-lib
 * (LibraryConfiguration, LibraryAdder). The commit that a version meant is kept as a row of the build, so that it is the same
 * for whoever goes on with the build, and for a replay of it.
 */
import type { Json, LibraryTree, RequestOf, ScmChange } from '@millrace/pipeline';
import type { AskServices, BuildIdentity } from '../builds/ask-context.ts';
import { AskFailure } from '../builds/ask-context.ts';
import { originalOf, parse } from '../builds/records.ts';
import { keepRevision, previousRevisions, repositoryKey } from '../builds/revisions.ts';
import type { LibraryConfig } from '../config/installation.ts';
import type { Tx } from '../store/store.ts';
import { builtInLibraries } from '../templates/built-in-library.ts';
import { addressOf } from './bound-script.ts';
import { COMMIT } from './branch-spec.ts';
import { LIBRARY_FOLDERS, libraryFromFolder, libraryTree } from './library-tree.ts';
import type { RepositoryAddress, Resolved } from './repository.ts';

/** What is larger is hardly a library. */
const LARGEST = 64 << 20;
const MINUTE = 60_000;

/** As one folder's configuration holds them. */
interface FolderLibraries {
  readonly libraries?: readonly (Omit<LibraryConfig, 'git' | 'path'> & { readonly url: string })[];
}

/** Which libraries a job may use, by name. `trusted`: the installation's own. */
export async function librariesOf(
  db: Tx,
  job: string,
  global: readonly LibraryConfig[],
): Promise<Map<string, LibraryConfig & { readonly trusted: boolean; readonly folder: string | null }>> {
  const found = new Map([...builtInLibraries(), ...global].map((l) => [l.name, { ...l, trusted: true, folder: null as string | null }]));
  const parts = job.split('/').slice(0, -1);
  if (parts.length === 0) return found;
  const names = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  const folders = await db.selectFrom('items').select(['full_name', 'config']).where('full_name', 'in', names).where('kind', '=', 'folder').execute();
  for (const { config, full_name: folder } of folders.sort((a, b) => a.full_name.length - b.full_name.length))
    for (const { url, ...library } of parse<FolderLibraries>(config).libraries ?? [])
      found.set(library.name, { ...library, git: url, path: null, trusted: false, folder });
  return found;
}

/** Throws MR_LIBRARY_UNKNOWN, MR_LIBRARY_VERSION, and the codes of a repository with the library's name before their words. */
export async function loadLibrary(services: AskServices, build: BuildIdentity, request: RequestOf<'library'>): Promise<LibraryTree> {
  const { name } = request;
  const found = (await librariesOf(services.store.db, build.job, services.installation().libraries)).get(name);
  const inline = retrieverOf(request.retriever);
  const config: LibraryConfig | undefined =
    inline === null
      ? found
      : { name, path: null, git: inline.url, version: null, implicit: false, credentialsId: inline.credentialsId, libraryPath: inline.libraryPath };
  if (config === undefined) throw new AskFailure({ code: 'MR_LIBRARY_UNKNOWN', message: `No library named ${name} found` });
  if (inline === null && request.version !== null && request.version !== config.version && config.allowVersionOverride === false)
    throw new AskFailure({ code: 'MR_LIBRARY_VERSION', message: `Version override not permitted for library ${name}` });
  const trusted = inline === null && found?.trusted === true;
  if (config.git === null) return { ...(await libraryFromFolder(config.path as string)), trusted };
  const version = request.version ?? config.version;
  if (version === null) throw new AskFailure({ code: 'MR_LIBRARY_VERSION', message: `No version specified for library ${name}` });
  try {
    const tree = await fromGit(services, build, { ...config, git: config.git }, version, request.changelog && config.includeInChangesets !== false);
    return { ...tree, trusted: trusted && isOwnVersion(config, version) };
  } catch (e) {
    throw libraryFailure(e, name, version);
  }
}

/**
 * Whether only those who may push to the repository can have made the version: the configured one, a branch or a tag. A commit
 * by its id or another ref, which a pipeline may name too, can be of a fork's pull request.
 */
function isOwnVersion(config: LibraryConfig, version: string): boolean {
  return version === config.version || !(COMMIT.test(version.trim()) || /^refs\/(?!heads\/|tags\/)/.test(version.trim()));
}

/** With the library's name before the words of its repository. */
function libraryFailure(e: unknown, name: string, version: string): unknown {
  const { code, message } = e as { code?: string; message: string };
  if (code === 'MR_GIT_REF') return new AskFailure({ code: 'MR_LIBRARY_VERSION', message: `No version ${version} found for library ${name}` });
  if (code === undefined || !/^MR_(GIT|CREDENTIALS)/.test(code)) return e;
  return new AskFailure({ code, message: `Library ${name}: ${message}` });
}

/**
 * The commit that a version means for a build, which is kept as when the build's script loads it. Null: the library is a folder, or
 * there is none. Throws as `loadLibrary`.
 */
export async function bindLibrary(services: AskServices, build: BuildIdentity, name: string, asked: string | null): Promise<Resolved | null> {
  const config = (await librariesOf(services.store.db, build.job, services.installation().libraries)).get(name);
  const version = asked ?? config?.version ?? null;
  if (config === undefined || config.git === null || version === null) return null;
  try {
    return (await bound(services, build, { ...config, git: config.git }, version, config.includeInChangesets !== false)).at;
  } catch (e) {
    throw libraryFailure(e, name, version);
  }
}

type GitLibrary = LibraryConfig & { readonly git: string };

async function fromGit(services: AskServices, build: BuildIdentity, config: GitLibrary, version: string, changelog: boolean): Promise<LibraryTree> {
  const { address, at, changes } = await bound(services, build, config, version, changelog);
  const folders = LIBRARY_FOLDERS.map((folder) => inLibrary(config, folder));
  const { files } = await services.repositories.readTree(address, at, folders, { largest: LARGEST });
  const own: [string, Buffer][] = [];
  for (const [path, bytes] of files) if (bytes !== null) own.push([path.slice(inLibrary(config, '').length), bytes]);
  return { ...libraryTree(at.commit, own), ...(changes.length === 0 ? {} : { changes }) };
}

/** A path in the repository. */
export function inLibrary({ libraryPath = '' }: LibraryConfig, path: string): string {
  return libraryPath === '' ? path : `${libraryPath.replace(/^\.?\/+|\/+$/g, '')}/${path}`;
}

async function bound(
  services: AskServices,
  build: BuildIdentity,
  config: GitLibrary,
  version: string,
  changelog: boolean,
): Promise<{ readonly address: RepositoryAddress; readonly at: Resolved; readonly changes: readonly ScmChange[] }> {
  const { repositories, store } = services;
  const { name, git: url, credentialsId = null } = config;
  const address = await addressOf(services, { url, credentialsId }, build.job, build.number, 'library');
  const askId = `library:${name}`;
  const at: Resolved =
    (await usedBefore(store.db, build, askId, url, version)) ?? (await repositories.resolve(address, version, { freshMs: freshMs(config, version) }));
  const { changes, more } = changelog ? await changesOf(services, build, address, version, at) : { changes: [], more: false };
  const revision = { askId, kind: 'library', name, url, branch: version, commit: at.commit, poll: false, changes, more } as const;
  await store.write((tx) => keepRevision(tx, build, revision));
  return { address, at, changes };
}

/** How long what a version meant may be taken for what it means. */
export function freshMs({ caching }: LibraryConfig, version: string): number {
  if (caching == null || caching.excludedVersions.some((part) => version.includes(part))) return 0;
  return caching.refreshMinutes === 0 ? Number.POSITIVE_INFINITY : caching.refreshMinutes * MINUTE;
}

/**
 * By this build before its controller died, or by the build that it replays or restarts. Of the same repository alone: a
 * library of that name with a retriever, or of a folder, may have meant a commit of anybody's, which a host of forks has under
 * the trusted library's address too.
 */
async function usedBefore(db: Tx, build: BuildIdentity, askId: string, url: string, version: string): Promise<Resolved | null> {
  const row = await db.selectFrom('builds').select('origin').where('id', '=', build.id).executeTakeFirst();
  const original = row === undefined ? null : await originalOf(db, { item_id: build.itemId, origin: row.origin });
  for (const id of [build.id, ...(original === null ? [] : [original.id])]) {
    const used = await db
      .selectFrom('build_revisions')
      .select(['commit_id', 'branch'])
      .where('build_id', '=', id)
      .where('ask_id', '=', askId)
      .where('repo', '=', repositoryKey(url))
      .executeTakeFirst();
    if (used?.branch === version) return { commit: used.commit_id, ref: null };
  }
  return null;
}

async function changesOf(
  { repositories, store, onError }: AskServices,
  build: BuildIdentity,
  address: RepositoryAddress,
  version: string,
  at: Resolved,
): Promise<{ readonly changes: readonly ScmChange[]; readonly more: boolean }> {
  const before = (await previousRevisions(store.db, build, address.url, 'library')).find((p) => p.branch === version);
  if (before === undefined || before.commit === at.commit) return { changes: [], more: false };
  try {
    return await repositories.changes(address, before.commit, at);
  } catch (e) {
    // The library is there; what has changed in it is not worth a failed build.
    onError(e);
    return { changes: [], more: false };
  }
}

interface Retriever {
  readonly url: string;
  readonly credentialsId: string | null;
  readonly libraryPath: string;
}

/** `modernSCM([$class: 'GitSCMSource', remote: '…'])`, `modernSCM(scm: git(remote…), libraryPath: '…')`: what is inside, wherever it stands. */
export function retrieverOf(retriever: Json): Retriever | null {
  const url = textIn(retriever, ['remote', 'url']);
  return url === null ? null : { url, credentialsId: textIn(retriever, ['credentialsId']), libraryPath: textIn(retriever, ['libraryPath']) ?? '' };
}

function textIn(value: Json, names: readonly string[]): string | null {
  if (value === null || typeof value !== 'object') return null;
  for (const [name, inner] of Object.entries(value)) {
    if (names.includes(name) && typeof inner === 'string' && inner !== '') return inner;
    const found = textIn(inner as Json, names);
    if (found !== null) return found;
  }
  return null;
}
